// server only (Node).
// The one thing that all stages read and write: an exchange (the browser's request) and its answer (the site's response).
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ReasonCode } from '../protocol/errors.ts';
import type { Label } from '../protocol/label.ts';
import type { Scope } from '../protocol/url.ts';
import type { Wanted } from '../rewrite/integrity.ts';
import type { Agents } from './address/agents.ts';
import type { Guard } from './address/guard.ts';
import type { Target, UpstreamMap } from './address/upstream-map.ts';
import type { ScriptCache } from './body/script-cache.ts';
import type { CookieWrites } from './cookie-writes.ts';
import type { HeaderList } from './headers.ts';
import type { Jar } from './jar.ts';
import type { Bundles } from './own/bundles.ts';
import type { Leads } from './own/leads.ts';
import type { ClientHints } from './request/client-hints.ts';
import type { Embedders } from './request/embedders.ts';
import type { Initiator } from './request/initiator.ts';
import type { Place, Places } from './request/place.ts';
import type { Redirects } from './request/redirects.ts';
import type { ProxyCounts, ProxyOptions, TokenInfo } from './types.ts';

/** What lives as long as the proxy. */
export interface Environment extends ProxyOptions {
	readonly timeouts: { readonly connect: number; readonly answer: number };
	readonly map: UpstreamMap;
	readonly guard: Guard;
	readonly agents: Agents;
	readonly bundles: Bundles;
	readonly scripts: ScriptCache;
	/** One function for each exchange under way: it cuts the exchange off. */
	readonly live: Set<() => void>;
	readonly counts: ProxyCounts;
	readonly places: Places;
	readonly hints: ClientHints;
	readonly redirects: Redirects;
	readonly leads: Leads;
	readonly writes: CookieWrites;
	readonly embedders: Embedders;
	/** By token, the origins whose root asked for isolation: only their own frames are isolated with them. */
	readonly isolated: Map<string, Set<string>>;
	/** By token and host, why a script's last request that got no answer got none: a service worker's may have been for a page. */
	readonly silent: Map<string, { readonly code: ReasonCode; readonly at: number }>;
}

/** What a request says about itself, before anything was sent: filled by request/identify.ts, read by every stage. */
export interface Asked {
	readonly env: Environment;
	readonly req: IncomingMessage;
	readonly label: Label;
	readonly token: string;
	readonly info: TokenInfo;
	readonly jar: Jar;
	readonly scope: Scope;
	readonly table: { get(hash: string): string | undefined };
	/** The real URL, `https://www.example.com/x?y`; for a mirror label '' . */
	readonly url: URL;
	/** Sec-Fetch-Dest, or what the Accept header lets us guess where a browser sends none. */
	readonly dest: string;
	/** Sec-Fetch-Mode, or ''. */
	readonly mode: string;
	/** A document is asked for. */
	readonly navigation: boolean;
	readonly initiator: Initiator;
	/** Of the document that is asked for. */
	readonly place: Place;
	/** It belongs to a document in a page of another site: see request/place.ts. */
	readonly embedded: boolean;
	/** By which hash the bytes are asked for. */
	readonly wanted: Wanted | undefined;
	/** Whether the browser would send cookies with it. */
	readonly credentials: boolean;
}

export interface Exchange extends Asked {
	readonly res: ServerResponse;
	/** Where to connect. */
	target: Target | undefined;
	/** Request headers for the site. */
	headers: HeaderList;
	/** What goes to the site in the place of the browser's own body. */
	sent?: Buffer;
	/** A guest's asset label gives this out as a file of this name: the host has let it. */
	readonly given?: string;
	/** A redirect was followed here: `url` is another than the browser asked for. */
	readonly redirected?: boolean;
	/** The site's response once it began. */
	upstream: IncomingMessage | undefined;
	/** Set by the stage that answered; the stages after it are not run. */
	done: boolean;
}

/** What is done with a response's body. */
export type BodyKind = 'raw' | 'whole' | 'html' | 'text' | 'media' | 'script' | 'style' | 'none';

export interface Answer extends Exchange {
	readonly upstream: IncomingMessage;
	status: number;
	/** Response headers as the site gave them. */
	readonly said: HeaderList;
	/** Response headers for the browser, in the site's order. */
	answer: HeaderList;
	body: BodyKind;
	/** The site's bytes, decoded, where they are what was asked for by hash. */
	fitting?: Buffer | undefined;
	/** For CSP: the nonce of our own script in this document. */
	readonly nonce: string;
}
