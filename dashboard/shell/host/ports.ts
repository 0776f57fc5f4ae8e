// page: no Node.
// The doors of proxied documents to this shell: who greets is checked here, and from then on speaks through a MessagePort of its own.
import { decodeLabel, placeOf, type Zone, zoneHost } from '../../../protocol/label.ts';
import type { FrameMessage, Hello, ShellMessage } from '../../../protocol/page.ts';
import type { TabId } from '../../../protocol/room.ts';
import { Flow, readFrameMessage } from './from-page.ts';

export interface Door {
	readonly tab: TabId;
	readonly frame: number;
	/** Whether it is the document in the tab's own iframe. */
	readonly root: boolean;
	readonly source: Window;
	readonly port: MessagePort;
	/** Its label's part before the token; undefined for a sandboxed document. */
	readonly place: string | undefined;
}

interface PortEvents {
	/** Somebody greets; it waits for 'ready'. */
	opened(door: Door, hello: Hello): void;
	message(door: Door, message: FrameMessage): void;
	/** A document is gone. */
	left(door: Door): void;
	/** Whether `window`, a frame of the shell, may become a tab: who greets from inside it is heard then. */
	mayCome(window: Window): boolean;
}

/** Documents inside one another of which the outermost speaks for the innermost. */
const DEEP = 20;
/** Greetings that wait for their tab. */
const WAITING = 100;

/** Whether `origin` may speak for `token`: a label with this token, or 'null' (a sandboxed document), whose hello has to know the token. */
export function speaksFor(origin: string, token: string, zone: Zone): boolean {
	if (origin === 'null') return true;
	const suffix = zoneHost('', zone);
	const scheme = `${zone.scheme}://`;
	if (!origin.startsWith(scheme) || !origin.endsWith(suffix)) return false;
	const label = decodeLabel(origin.slice(scheme.length, -suffix.length));
	return label !== undefined && label.kind !== 'mirror' && label.token === token;
}

/** Whether a document at `place` may say that its real URL is `url`. One without an origin may say anything, and a URL without one (`about:blank`) be said by anybody. */
export function mayBeAt(place: string | undefined, url: string): boolean {
	if (place === undefined || !/^(?:blob:)?https?:/i.test(url)) return true;
	return URL.canParse(url) && place === placeOf(new URL(url).origin);
}

export class HostPorts {
	readonly #zone: Zone;
	readonly #tokenOf: (tab: TabId) => string | undefined;
	readonly #frames: ReadonlyMap<TabId, HTMLIFrameElement>;
	readonly #events: PortEvents;
	readonly #doors = new Map<number, Door>();
	#waiting: MessageEvent[] = [];

	/** `frames` is the live list of this host's tab frames; greetings from anywhere else are ignored. `tokenOf`: which token a tab runs with. */
	constructor(zone: Zone, tokenOf: (tab: TabId) => string | undefined, frames: ReadonlyMap<TabId, HTMLIFrameElement>, events: PortEvents) {
		this.#zone = zone;
		this.#tokenOf = tokenOf;
		this.#frames = frames;
		this.#events = events;
		window.addEventListener('message', this.#onGreeting);
	}

	/** Says something to one document; false where it is gone. */
	tell(frame: number, message: ShellMessage): boolean {
		const door = this.#doors.get(frame);
		door?.port.postMessage(message);
		return door !== undefined;
	}

	/** Every document in a tab. */
	inTab(tab: TabId): Door[] {
		return [...this.#doors.values()].filter((door) => door.tab === tab);
	}

	/** Every document of this host. */
	all(): Door[] {
		return [...this.#doors.values()];
	}

	root(tab: TabId): Door | undefined {
		return [...this.#doors.values()].find((door) => door.root && door.tab === tab);
	}

	/** Asks every document for a fresh key, roots first: a tree's frames make sense in that order. */
	askAllForKeys(): void {
		const doors = [...this.#doors.values()];
		for (const door of [...doors.filter(({ root }) => root), ...doors.filter(({ root }) => !root)]) door.port.postMessage({ t: 'key' });
	}

	/** There is a new tab: who greeted before it was one is heard. */
	retry(): void {
		const waiting = this.#waiting;
		this.#waiting = [];
		for (const event of waiting) this.#onGreeting(event);
	}

	forget(tab: TabId): void {
		this.#drop((door) => door.tab === tab);
	}

	close(): void {
		window.removeEventListener('message', this.#onGreeting);
		this.#drop(() => true);
	}

	readonly #onGreeting = (event: MessageEvent): void => {
		const hello = readHello(event.data);
		const port = event.ports[0];
		if (!hello || !port) return;
		const source = below(event.source as Window | null, hello.within);
		const at = source ? outermost(source) : undefined;
		if (at && this.#events.mayCome(at) && this.#waiting.length < WAITING) return void this.#waiting.push(event);
		const tab = source ? this.#tabOf(source) : undefined;
		const token = tab === undefined ? undefined : this.#tokenOf(tab);
		if (!source || tab === undefined || token === undefined || hello.token !== token) return;
		if (!speaksFor(event.origin, token, this.#zone)) return;
		const root = source === this.#frames.get(tab)?.contentWindow;
		// A new document in a window ends the one before it; a new root ends all that was in the tab.
		this.#drop((door) => door.tab === tab && (root || door.source === source || this.#tabOf(door.source) !== tab));
		// A number that another document goes by is not given away: a page could only want it to speak in that document's place.
		if (this.#doors.has(hello.frame)) return;
		const place = event.origin === 'null' ? undefined : new URL(event.origin).hostname.split('.')[0]?.slice(0, -token.length);
		const door: Door = { tab, frame: hello.frame, root, source, port, place };
		this.#doors.set(hello.frame, door);
		const flow = new Flow(performance.now());
		port.onmessage = ({ data }: MessageEvent<unknown>) => {
			if (this.#doors.get(door.frame) !== door) return;
			const message = readFrameMessage(data, door.frame);
			// too much of it: mirror bytes that are left out are asked for again by whoever misses them
			if (message && flow.allows(performance.now())) this.#events.message(door, message);
		};
		this.#events.opened(door, hello);
	};

	/** The tab whose frame `source` is, or is somewhere inside of. */
	#tabOf(source: Window): TabId | undefined {
		const at = outermost(source);
		if (at) for (const [tab, frame] of this.#frames) if (frame.contentWindow === at) return tab;
		return undefined;
	}

	#drop(gone: (door: Door) => boolean): void {
		for (const door of [...this.#doors.values()]) {
			if (!gone(door)) continue;
			this.#doors.delete(door.frame);
			door.port.close();
			this.#events.left(door);
		}
	}
}

/** The frame of this document that a window is, or is somewhere inside of. A frame taken out of its document has no parent any more. */
function outermost(source: Window): Window | undefined {
	for (let at: Window | null = source; at && at !== window; at = at.parent === at ? null : at.parent) if (at.parent === window) return at;
	return undefined;
}

/** The window to which `within` leads from `source`, one step for each document. */
function below(source: Window | null, within: readonly number[] = []): Window | null {
	let at = source;
	for (const step of within) at = at?.[step] ?? null;
	return at;
}

/** What came over `postMessage`, if it is a greeting. Its sender is not trusted: every field is looked at. */
function readHello(data: unknown): Hello | undefined {
	if (typeof data !== 'object' || data === null || !('tandem' in data) || data.tandem !== 1 || !('hello' in data)) return undefined;
	const hello = data.hello as Partial<Hello> | null;
	if (typeof hello !== 'object' || hello === null) return undefined;
	const { frame, token, url, top, within } = hello;
	if (typeof frame !== 'number' || !Number.isInteger(frame) || frame < 1 || frame > 0x7fffffff) return undefined;
	if (typeof token !== 'string' || typeof url !== 'string') return undefined;
	if (within !== undefined && !(Array.isArray(within) && within.length <= DEEP && within.every((step) => Number.isInteger(step))))
		return undefined;
	return { frame, token, url, top: top === true, within };
}
