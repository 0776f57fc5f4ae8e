// server only (Node).
// A frame of another site leads the tab's root: to a page that is the top, which it may lead (HTML section 7.4.2.1), and to the browser a frame, which
// leads itself alone. So the root goes there for it. The frame says here first where that is, and gets a key; the root goes by the frame's label, with the
// key, and the request that comes of it counts as the frame's: its Origin, its Referer, its cookies.
import { randomUUID } from 'node:crypto';
import { TandemError } from '../../protocol/errors.ts';
import { toReal } from '../../protocol/url.ts';
import type { Exchange } from '../context.ts';
import { makeRoom } from '../make-room.ts';
import type { Initiator } from '../request/initiator.ts';
import { keyOf } from '../request/redirects.ts';
import { readText } from './read-text.ts';

/** Milliseconds within which the root goes, and follows. */
const PATIENCE = 10_000;
const KEPT = 500;

interface Led {
	/** The URL of ours that it leads to. */
	readonly to: string;
	readonly page: Initiator;
	readonly until: number;
}

/** Where frames lead their tabs' roots just now. */
export class Leads {
	/** By the frame's label and the key. */
	readonly #said = new Map<string, Led>();
	/** By the token and the real URL. */
	readonly #underWay = new Map<string, Led>();

	/** `POST /.tandem/lead`, of a document of that label: where it leads the root. Answers the key. Throws 'bad-url' for what is no URL of ours. */
	async note(x: Exchange): Promise<string> {
		const to = await readText(x.req, 64 * 1024);
		const real = toReal(to, x.env.zone, x.table);
		if (real === to || !URL.canParse(real)) throw new TandemError('bad-url');
		const key = randomUUID();
		const { origin } = x.url;
		const from = x.initiator.kind === 'page' ? x.initiator.referrer : '';
		// the default policy (Referrer Policy section 3.7); where the document has one that says nothing, this request didn't either
		const referrer = from && new URL(real).origin !== origin ? `${origin}/` : from;
		keep(this.#said, `${x.token} ${origin} ${key}`, {
			to,
			page: { kind: 'page', origin, referrer, led: true },
			until: Date.now() + PATIENCE,
		});
		return key;
	}

	/** `/.tandem/led?<key>`, asked by the root: where it goes on. Throws 'not-found' for a key of nobody's. */
	take({ token, url, env, table }: Exchange): string {
		const led = take(this.#said, `${token} ${url.origin} ${url.search.slice(1)}`);
		if (!led) throw new TandemError('not-found');
		keep(this.#underWay, keyOf(token, new URL(toReal(led.to, env.zone, table))), led);
		return led.to;
	}

	/** The page that leads a navigation to this real URL, where it isn't the root itself. */
	by(token: string, url: URL): Initiator | undefined {
		return this.#underWay.size ? take(this.#underWay, keyOf(token, url))?.page : undefined;
	}
}

function keep(map: Map<string, Led>, key: string, led: Led): void {
	makeRoom(map, KEPT);
	map.set(key, led);
}

function take(map: Map<string, Led>, key: string): Led | undefined {
	const led = map.get(key);
	map.delete(key);
	return led && led.until > Date.now() ? led : undefined;
}
