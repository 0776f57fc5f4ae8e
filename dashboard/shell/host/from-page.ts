// page and tests: no DOM.
// What comes through a document's port, looked at field by field: behind the port may stand the page itself instead of our runtime, and what
// it says is about its own document or nothing.
import { LIMITS } from '../../../protocol/limits.ts';
import { headOf } from '../../../protocol/mirror-decode.ts';
import type { FrameMessage } from '../../../protocol/page.ts';

/** Characters of a selector, a reason, a secret. */
const WORDS = 4096;
/** Numbers in a row of boxes. */
const NUMBERS = 5000;
/** Messages at once, and for ever a second; mirror bytes are counted too. */
const BURST = 2000;
const RATE = 400;

type Fields = Readonly<Record<string, unknown>>;
type Kind = FrameMessage['t'];

const text =
	(most: number) =>
	(value: unknown): boolean =>
		typeof value === 'string' && value.length <= most;
const flag = (value: unknown): boolean => typeof value === 'boolean';
const whole = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
const number = (value: unknown): boolean => Number.isFinite(value);
const bytes = (value: unknown): boolean => value instanceof Uint8Array && value.byteLength > 0 && value.byteLength <= LIMITS.mirrorBytes;
const perhaps =
	(check: (value: unknown) => boolean) =>
	(value: unknown): boolean =>
		value === undefined || check(value);
const numbers = (value: unknown): boolean => Array.isArray(value) && value.length <= NUMBERS && value.every(number);
const words = (value: unknown): boolean => Array.isArray(value) && value.length <= 100 && value.every(text(WORDS));
const stored = (value: unknown): boolean =>
	typeof value === 'object' && value !== null && Object.values(value).every((each) => typeof each === 'string');

const dragged = (value: unknown): boolean => {
	const { texts, allowed } = (value ?? {}) as Fields;
	const pair = (each: unknown): boolean => Array.isArray(each) && each.length === 2 && each.every(text(LIMITS.copied));
	return text(20)(allowed) && Array.isArray(texts) && texts.length <= 100 && texts.every(pair);
};

/** Every kind, and what its fields have to be. */
const FIELDS: Readonly<Record<Kind, Readonly<Record<string, (value: unknown) => boolean>>>> = {
	x: { bytes, only: perhaps(whole) },
	secret: { learn: perhaps(text(WORDS)), forget: perhaps(text(WORDS)), typing: perhaps(text(WORDS)), to: perhaps(text(LIMITS.url)) },
	'secret-known': { n: whole },
	private: { node: whole },
	'bad-rule': { selector: text(WORDS) },
	outer: { child: whole, mask: whole },
	page: { url: text(LIMITS.url), title: text(1 << 16), icon: text(1 << 20), loading: flag },
	moved: { how: (value) => value === 'push' || value === 'replace' || value === 'traverse', url: text(LIMITS.url) },
	travel: { by: Number.isSafeInteger },
	pointer: { x: perhaps(number), y: perhaps(number) },
	touched: {},
	open: { url: text(LIMITS.url), name: text(WORDS), spare: perhaps(text(64)), tied: perhaps(flag) },
	'may-open': {},
	lead: { url: text(LIMITS.url), active: flag },
	sandboxes: { n: whole, tokens: words },
	tie: { key: text(64) },
	external: { url: text(LIMITS.url) },
	spares: { n: whole },
	adopt: { spare: text(64), url: text(LIMITS.url), width: perhaps(whole), height: perhaps(whole) },
	window: { spare: text(64), url: perhaps(text(LIMITS.url)), close: perhaps(flag) },
	show: {},
	focused: {},
	close: {},
	tab: { to: perhaps(whole), back: flag },
	took: { child: whole },
	dragging: { data: perhaps(dragged) },
	dropped: { effect: text(20) },
	copied: { text: text(LIMITS.copied), html: perhaps(text(LIMITS.copied)) },
	saved: {
		name: text(255),
		file: perhaps((value) => value instanceof Blob && value.size <= LIMITS.fileBytes),
		url: perhaps(text(LIMITS.url)),
	},
	choose: { pick: whole, accept: text(1000), multiple: flag, folder: flag },
	'input-done': { id: whole, ok: flag, why: perhaps(text(WORDS)) },
	'input-elsewhere': { id: whole, child: perhaps(whole) },
	'out-of-reach': { what: (value) => value === 'passkey' || value === 'protected-video' || value === 'challenge' },
	storage: { local: stored, session: stored },
	located: { n: whole, node: whole, child: whole, box: numbers },
	boxes: { nodes: numbers, frames: numbers },
	dialog: { id: text(60), text: text(WORDS), value: text(WORDS) },
	leaving: { n: whole, stay: flag },
	stay: { n: whole },
	send: { n: whole, site: text(300) },
	'stay-native': { asks: flag },
	leak: { url: text(1 << 16), directive: text(WORDS) },
};

/** The message, with the fields of its kind and no other; undefined where it is none, or mirror bytes of another document than `frame`. */
export function readFrameMessage(data: unknown, frame: number): FrameMessage | undefined {
	if (typeof data !== 'object' || data === null) return undefined;
	const said = data as Fields;
	const kind = said.t;
	if (typeof kind !== 'string' || !Object.hasOwn(FIELDS, kind)) return undefined;
	const fields = FIELDS[kind as Kind];
	const message: Record<string, unknown> = { t: kind };
	for (const [name, fits] of Object.entries(fields)) {
		const value = Object.hasOwn(said, name) ? said[name] : undefined;
		if (!fits(value)) return undefined;
		if (value !== undefined) message[name] = value;
	}
	const read = message as unknown as FrameMessage;
	return read.t === 'x' && frameOf(read.bytes) !== frame ? undefined : read;
}

function frameOf(message: Uint8Array): number | undefined {
	try {
		return headOf(message).frame;
	} catch {
		return undefined;
	}
}

/** How much one document may say: a bucket that fills again with time, so that no page can use up what the server takes from this host. */
export class Flow {
	#left = BURST;
	#at: number;

	/** `now` in milliseconds, here and below. */
	constructor(now: number) {
		this.#at = now;
	}

	/** Whether a message may come now. */
	allows(now: number): boolean {
		this.#left = Math.min(BURST, this.#left + ((now - this.#at) / 1000) * RATE);
		this.#at = now;
		if (this.#left < 1) return false;
		this.#left--;
		return true;
	}
}
