// server only (Node).
// What the server hands to the proxy and gets from it.
import type { DialogReply } from '../protocol/dialog.ts';
import type { Grade, Zone } from '../protocol/label.ts';
import type { Resolve } from './address/guard.ts';
import type { Jar } from './jar.ts';

/** What a token names. */
export interface TokenInfo {
	readonly session: string;
	/** The jar's id: cookies of the tab's owner, for a guest's assets too. */
	readonly jar: string;
	readonly grade: Grade;
	/** Whose tab it is. */
	readonly owner: string;
	/** Who may use the token. */
	readonly holder: string;
	/** Of assets: which conditions of protocol/css-media.ts hold in the browser of the tab's host; absent: not known. */
	readonly media?: readonly string[];
}

/** A file that a page's browser saves: its real URL, and the name it goes by. */
export interface FileSeen {
	readonly url: string;
	readonly name: string;
}

/** The sessions, as the server keeps them. */
export interface SessionSource {
	/** Undefined: revoked, or never given out. */
	lookup(token: string): TokenInfo | undefined;
	jar(id: string): Jar;
	/** Origins whose label is a hash (protocol/label.ts). */
	table(session: string): { get(hash: string): string | undefined; set(hash: string, origin: string): void };
}

export interface Log {
	info(obj: object, msg: string): void;
	warn(obj: object, msg: string): void;
	error(obj: object, msg: string): void;
}

export interface ProxyOptions {
	readonly zone: Zone;
	readonly appOrigin: string;
	/** Origins that may show the app in a frame; none by default. */
	readonly embedOrigins?: readonly string[];
	/** TANDEM_UPSTREAM_MAP, see address/upstream-map.ts. */
	readonly upstreamMap: string;
	/** CIDRs (or single addresses) of private networks that may be reached. */
	readonly allowPrivate: readonly string[];
	readonly sessions: SessionSource;
	/** The folder of runtime.js, worker.js and mirror.js. */
	readonly dist: string;
	readonly log: Log;
	/** A page tried to reach something outside our zone; `report` is the browser's CSP report. */
	onLeak?(token: string, report: unknown): void;
	/**
	 * A page waits for an answer to its dialog (protocol/dialog.ts): what it asked, as it came, and what to call with what is to be done when
	 * its line is cut. Absent: pages keep the browser's own dialogs.
	 */
	onDialog?(info: TokenInfo, origin: string, ask: unknown, gone: (then: () => void) => void): Promise<DialogReply>;
	/** A page's link leads to a file that its browser saves. */
	onDownload?(info: TokenInfo, file: FileSeen): void;
	/** A document of this real origin is on its way into a tab's frame, and its policy leaves it without an origin: no browser says where it is from. */
	onSandboxed?(info: TokenInfo, origin: string): void;
	/** What the file at this address is called, if whoever holds a token of assets may have it; it is used up by that. */
	mayDownload?(info: TokenInfo, url: string): string | undefined;
	/** How names become addresses; dns.lookup but in tests. */
	readonly resolve?: Resolve;
	/** Milliseconds: to connect, and until a site begins to answer. */
	readonly timeouts?: { readonly connect?: number; readonly answer?: number };
}

export interface ProxyCounts {
	requests: number;
	upgrades: number;
	/** Error pages of ours. */
	errors: number;
	/** Of these: refused by the guard. */
	refused: number;
	leaks: number;
	/** Bodies that were changed. */
	rewritten: number;
	/** Scripts that were read and needed no change. */
	unchanged: number;
	/** Bodies that should have been rewritten but went out raw (too large, broken, past the deadline). */
	rawFallbacks: number;
}

export interface ProxyStats extends Readonly<ProxyCounts> {
	/** Exchanges under way. */
	readonly open: number;
	readonly scriptCacheBytes: number;
	readonly scriptCacheHits: number;
}
