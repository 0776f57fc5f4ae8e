// page: no Node.
// Privacy in the host's shell, the last place before the wire: what was entered into secret fields is told to documents that may know it, and to
// nobody else; texts that differ by class of guest part here; messages and addresses leave without what is secret.
import { placeOf } from '../../../protocol/label.ts';
import { decodeMirror } from '../../../protocol/mirror-decode.ts';
import { bytesFor, isVeiled } from '../../../protocol/mirror-veil.ts';
import type { FrameMessage, Learnt, ShellMessage } from '../../../protocol/page.ts';
import { CLASSES, HIDDEN, type Mask, NOBODY, OPEN_POLICY, type Policy, tellsApart } from '../../../protocol/privacy.ts';
import type { ClientMessage, ServerMessage } from '../../../protocol/room.ts';
import { Secrets, squeeze } from '../../../protocol/secrets.ts';
import type { Connection } from '../connection.ts';
import { hideUrl } from '../real-urls.ts';
import type { Door, HostPorts } from './ports.ts';

/** Milliseconds a nested document waits to be told from whom its frame is hidden; past it everything in it is. */
const WAIT = 2000;

/** What was entered on this screen. One store: a password may show up in another tab too. */
const secrets = new Secrets();
/**
 * Where each was entered, or given to by a page (whereIs). A document learns of those of its own place alone: in the runtime's place a page itself may
 * greet, and hear what it is told.
 */
const entered = new Map<string, ReadonlySet<string>>();
let policy: Policy = OPEN_POLICY;
/** What is being typed into a secret field, as long as it is too short to be known as a value. */
let typed = '';

/** A message as it may leave. A guest's own gesture stays as it is, and so do an answer, which goes to the page alone, and a file's address, at which it must be found (saved.ts). */
export function withoutSecrets(message: ClientMessage): ClientMessage {
	if (message.t === 'input' || message.t === 'dialog-answer' || message.t === 'download-saved') return message;
	const hidden = 'url' in message ? { ...message, url: hideUrl(message.url, policy.query, secrets, typed) } : message;
	return secrets.size || typed ? (deep(hidden, '', message.t === 'storage' ? typed : '') as ClientMessage) : hidden;
}

/** What the shell answers without asking the host whether a guest gets a file: no where a secret stands in what it is called, yes where they have decided. */
export function answerByItself({ name, url, decided }: Extract<ServerMessage, { t: 'download-ask' }>): boolean | undefined {
	if (secrets.find(name) || secrets.find(url)) return false;
	return decided ? true : undefined;
}

/** Whether something that was entered in a secret field stands in a text. */
export function isSecretIn(text: string): boolean {
	return secrets.find(text) !== undefined;
}

/** `part`: a text that is nothing but this is hidden, too. */
function deep(value: unknown, name: string, part: string): unknown {
	if (typeof value === 'string') {
		if (name === 't' || name === 'url') return value;
		return part && squeeze(value) === part ? HIDDEN : secrets.redact(value);
	}
	if (Array.isArray(value)) return value.map((each) => deep(each, '', part));
	if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
	return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, deep(each, key, part)]));
}

export class HostPrivacy {
	readonly #ports: () => HostPorts;
	readonly #connection: Connection;
	readonly #onBadRule: (selector: string) => void;
	/** Nobody else is in the session: documents may wait with their first keyframe until they have loaded. */
	#alone = false;
	/** Those that do. */
	readonly #resting = new Set<Door>();
	/** From whom the frame of a document is hidden, by the document's number. */
	readonly #outer = new Map<number, Mask>();
	/** Nested documents that wait to be told. */
	readonly #waiting = new Map<number, { door: Door; timer: number }>();
	readonly #told = new Set<string>();
	/** Documents that have not yet heard of the newest secret, and whether something of theirs was kept back. */
	readonly #behind = new Map<number, { n: number; lost: boolean }>();
	#count = 0;

	constructor(ports: () => HostPorts, connection: Connection, onBadRule: (selector: string) => void) {
		this.#ports = ports;
		this.#connection = connection;
		this.#onBadRule = onBadRule;
	}

	/** Takes the workspace's rules; documents that are there begin anew under them. */
	use(next: Policy): void {
		if (JSON.stringify(next) === JSON.stringify(policy)) return;
		policy = next;
		this.#told.clear();
		for (const door of this.#ports().all()) this.#say(door, { t: 'policy', policy });
	}

	/** Whether anybody else is in the session. As soon as somebody is, no document waits. */
	accompany(others: boolean): void {
		this.#alone = !others;
		if (!others) return;
		for (const door of this.#ports().all()) if (this.#resting.has(door)) this.#say(door, { t: 'key' });
		this.#resting.clear();
	}

	/** A document may begin: at once, or as soon as it is known where it stands. */
	admit(door: Door): void {
		if (door.root || this.#outer.has(door.frame)) {
			this.#ready(door);
			return;
		}
		const timer = window.setTimeout(() => {
			this.#outer.set(door.frame, NOBODY);
			this.#ready(door);
		}, WAIT);
		this.#waiting.set(door.frame, { door, timer });
	}

	/** Takes what a document says about privacy; false where it is about something else. */
	said(door: Door, message: FrameMessage): boolean {
		switch (message.t) {
			case 'secret':
				this.#secret(door, message);
				return true;
			case 'secret-known':
				this.#known(door, message.n);
				return true;
			case 'outer':
				this.#place(message.child, message.mask);
				return true;
			case 'bad-rule':
				if (!this.#told.has(message.selector)) this.#onBadRule(message.selector);
				this.#told.add(message.selector);
				return true;
			default:
				return false;
		}
	}

	/** Sends mirror bytes: once, or to each class what it may see. */
	send(door: Door, bytes: Uint8Array, only: Mask | undefined): void {
		this.#resting.delete(door);
		const { tab } = door;
		const behind = this.#behind.get(door.frame);
		if (behind && !isHarmless(bytes)) {
			behind.lost = true;
			return;
		}
		if (!tellsApart(policy)) {
			this.#connection.sendMirror(tab, bytes);
			return;
		}
		if (only !== undefined || !isVeiled(bytes)) {
			this.#connection.sendMirror(tab, bytes, only ?? NOBODY);
			return;
		}
		CLASSES.forEach((_, i) => {
			this.#connection.sendMirror(tab, bytesFor(bytes, 1 << i), 1 << i);
		});
	}

	#secret(door: Door, { learn, forget, typing, to }: Learnt & { readonly to?: string }): void {
		const others = this.#ports()
			.all()
			.filter((other) => other !== door);
		if (forget !== undefined) {
			const places = drop(forget);
			for (const other of others) if (places.has(whereIs(other))) this.#tell(other, { forget });
		}
		if (learn !== undefined) {
			const fresh = keep(learn, to === '*' ? others.filter(({ tab }) => tab === door.tab).map(whereIs) : [placeNamed(to, door)]);
			for (const other of others) if (fresh.has(whereIs(other))) this.#tell(other, { learn });
		}
		typed = typing ?? typed;
		// That nothing is being typed any more may be known to whom it was handed to.
		if (typing !== undefined)
			for (const other of others)
				if (typing === '' ? other.tab === door.tab : whereIs(other) === whereIs(door)) this.#tell(other, { typing });
	}

	/** Until the document knows it, nothing of its content is passed on: the frame that learnt may have given it to this one directly. */
	#tell(door: Door, what: Learnt): void {
		const n = ++this.#count;
		if (what.learn !== undefined || what.typing) this.#behind.set(door.frame, { n, lost: this.#behind.get(door.frame)?.lost ?? false });
		this.#say(door, { t: 'secret', n, ...what });
	}

	#known(door: Door, n: number): void {
		const behind = this.#behind.get(door.frame);
		if (!behind || behind.n > n) return;
		this.#behind.delete(door.frame);
		if (behind.lost) this.#say(door, { t: 'key' });
	}

	#place(frame: number, mask: Mask): void {
		const before = this.#outer.get(frame);
		this.#outer.set(frame, mask);
		const waits = this.#waiting.get(frame);
		if (waits) this.#ready(waits.door);
		else if (before !== undefined && before !== mask) this.#ports().tell(frame, { t: 'policy', outer: mask });
	}

	#ready(door: Door): void {
		const waits = this.#waiting.get(door.frame);
		clearTimeout(waits?.timer);
		this.#waiting.delete(door.frame);
		const values: string[] = [];
		secrets.each((value) => {
			if (entered.get(value)?.has(whereIs(door))) values.push(value);
		});
		this.#say(door, { t: 'ready', tab: door.tab, policy, secrets: values, outer: this.#outer.get(door.frame) ?? 0, alone: this.#alone });
		if (this.#alone) this.#resting.add(door);
	}

	#say(door: Door, message: ShellMessage): void {
		door.port.postMessage(message);
	}
}

/** Whom a document speaks for: its label, or where it has no origin its tab. */
function whereIs({ tab, place }: Door): string {
	return place ?? `tab ${tab}`;
}

/** The place of documents of an origin; without one, or with one that is none, of those without an origin in the tab of `door`, or its own. */
function placeNamed(origin: string | undefined, door: Door): string {
	if (origin === undefined) return whereIs(door);
	try {
		return placeOf(origin);
	} catch {
		return `tab ${door.tab}`;
	}
}

/** Keeps a value for some places; answers those to which it is new. None where it is too short. */
function keep(value: string, places: readonly string[]): ReadonlySet<string> {
	if (!secrets.learn(value) && !entered.has(value)) return new Set();
	const known = entered.get(value) ?? new Set();
	const fresh = new Set(places.filter((place) => !known.has(place)));
	entered.set(value, new Set([...known, ...fresh]));
	return fresh;
}

/** Forgets a value; answers where it was known. */
function drop(value: string): ReadonlySet<string> {
	const places = entered.get(value) ?? new Set();
	secrets.unlearn(value);
	entered.delete(value);
	return places;
}

/** Scroll positions, focus, hover: nothing of a document's content. */
function isHarmless(bytes: Uint8Array): boolean {
	const message = decodeMirror(bytes);
	if (message.t === 'eph') return message.ops.every(({ op }) => op !== 'picture');
	return message.t === 'resync';
}
