// page: no Node.
// Where in a page's content a point of the screen is, and where on the screen a piece of content is: asked of the host's own documents, or of
// a guest's mirror document. Both answer in the root viewport of the host, CSS pixels.
import type { Box } from '../../../protocol/mark.ts';
import type { FromMirror, ToMirror } from '../../../protocol/mirror-port.ts';
import type { FrameMessage, ShellMessage } from '../../../protocol/page.ts';
import type { TabId } from '../../../protocol/room.ts';
import type { Door, HostPorts } from '../host/ports.ts';

export interface Anchor {
	readonly frame: number;
	readonly node: number;
}

export interface Spot extends Anchor {
	readonly box: Box;
}

/** Where an anchor is, and the viewport of the frame it is in. */
export interface Seen {
	readonly box: Box;
	readonly clip: Box;
}

/** By `keyOf`. */
export type Sight = ReadonlyMap<string, Seen>;

export const keyOf = ({ frame, node }: Anchor): string => `${frame} ${node}`;

/** Milliseconds until a document that does not answer counts as nothing. */
const PATIENCE = 1500;
const EVERYWHERE: Box = { x: 0, y: 0, width: 1e6, height: 1e6 };

/** Questions under way, by number. */
class Asked<T> {
	readonly #waiting = new Map<number, (answer: T | undefined) => void>();
	#count = 0;

	ask(say: (n: number) => boolean): Promise<T | undefined> {
		const n = ++this.#count;
		return new Promise((resolve) => {
			const done = (answer: T | undefined) => {
				this.#waiting.delete(n);
				resolve(answer);
			};
			this.#waiting.set(n, done);
			if (say(n)) setTimeout(() => done(undefined), PATIENCE);
			else done(undefined);
		});
	}

	answer(n: number, answer: T): void {
		this.#waiting.get(n)?.(answer);
	}
}

export class HostAnchors {
	readonly #ports: () => HostPorts;
	readonly #see: (tab: TabId, sight: Sight) => void;
	readonly #asked = new Asked<Extract<FrameMessage, { t: 'located' }>>();
	readonly #watched = new Map<TabId, readonly Anchor[]>();
	readonly #boxes = new Map<Door, Extract<FrameMessage, { t: 'boxes' }>>();

	constructor(ports: () => HostPorts, see: (tab: TabId, sight: Sight) => void) {
		this.#ports = ports;
		this.#see = see;
	}

	async locate(tab: TabId, x: number, y: number): Promise<Spot | undefined> {
		let door = this.#ports().root(tab);
		let [left, top] = [0, 0];
		while (door) {
			const to = door;
			const at = await this.#asked.ask((n) => this.#ports().tell(to.frame, { t: 'locate', n, x: x - left, y: y - top }));
			if (!at) return undefined;
			const [bx = 0, by = 0, width = 0, height = 0] = at.box;
			if (!at.child) return { frame: to.frame, node: at.node, box: { x: left + bx, y: top + by, width, height } };
			[left, top] = [left + bx, top + by];
			door = this.#ports()
				.inTab(tab)
				.find(({ frame }) => frame === at.child);
		}
		return undefined;
	}

	/** From now on `see` is told where these are. */
	watch(tab: TabId, anchors: readonly Anchor[]): void {
		if (!anchors.length && !this.#watched.has(tab)) return;
		if (anchors.length) this.#watched.set(tab, anchors);
		else this.#watched.delete(tab);
		for (const door of this.#ports().inTab(tab)) this.#tell(door);
	}

	/** Turns the wheel over a point of the root's viewport, as the host's own hand would. */
	async wheel(tab: TabId, x: number, y: number, dx: number, dy: number): Promise<void> {
		const spot = await this.locate(tab, x, y);
		if (!spot) return;
		const { frame, node } = spot;
		this.#ports().tell(frame, { t: 'input', id: 0, intent: { k: 'wheel', frame, at: { node, fx: 0.5, fy: 0.5 }, dx, dy } });
	}

	opened(door: Door): void {
		for (const old of this.#boxes.keys()) if (!this.#ports().inTab(old.tab).includes(old)) this.#boxes.delete(old);
		if (this.#watched.has(door.tab)) this.#tell(door);
	}

	/** Takes what a document says about places; false where it is about something else. */
	said(door: Door, message: FrameMessage): boolean {
		if (message.t === 'located') this.#asked.answer(message.n, message);
		else if (message.t === 'boxes') {
			this.#boxes.set(door, message);
			this.#look(door.tab);
		} else return false;
		return true;
	}

	#tell(door: Door): void {
		const anchors = this.#watched.get(door.tab) ?? [];
		const root = this.#ports().root(door.tab);
		const nodes = [...new Set(anchors.filter(({ frame }) => frame === door.frame).map(({ node }) => node))];
		const frames = anchors.some(({ frame }) => frame !== root?.frame);
		door.port.postMessage({ t: 'watch', nodes, frames } satisfies ShellMessage);
	}

	#look(tab: TabId): void {
		const sight = new Map<string, Seen>();
		for (const door of this.#ports().inTab(tab)) {
			const nodes = this.#boxes.get(door)?.nodes ?? [];
			const clip = nodes.length ? this.#clip(door) : undefined;
			for (let i = 0; clip && i + 4 < nodes.length; i += 5) {
				const [node, x, y, width, height] = nodes.slice(i, i + 5) as [number, number, number, number, number];
				sight.set(keyOf({ frame: door.frame, node }), { box: { x: clip.x + x, y: clip.y + y, width, height }, clip });
			}
		}
		this.#see(tab, sight);
	}

	/** A document's viewport in the root's; undefined where no parent has told of it. */
	#clip(door: Door, depth = 0): Box | undefined {
		if (door.root) return EVERYWHERE;
		if (depth > 20) return undefined;
		for (const parent of this.#ports().inTab(door.tab)) {
			const frames = this.#boxes.get(parent)?.frames ?? [];
			for (let i = 0; i + 4 < frames.length; i += 5) {
				if (frames[i] !== door.frame) continue;
				const outer = this.#clip(parent, depth + 1);
				const [x, y, width, height] = frames.slice(i + 1, i + 5) as [number, number, number, number];
				return outer && { x: outer.x + x, y: outer.y + y, width, height };
			}
		}
		return undefined;
	}
}

/** The same for one mirror. */
export class MirrorAnchors {
	readonly #say: (message: ToMirror) => void;
	readonly #see: (sight: Sight) => void;
	readonly #asked = new Asked<Extract<FromMirror, { t: 'located' }>>();
	#watched: readonly Anchor[] = [];

	constructor(say: (message: ToMirror) => void, see: (sight: Sight) => void) {
		this.#say = say;
		this.#see = see;
	}

	async locate(x: number, y: number): Promise<Spot | undefined> {
		const at = await this.#asked.ask((n) => {
			this.#say({ t: 'locate', n, x, y });
			return true;
		});
		return at?.frame === undefined ? undefined : { frame: at.frame, node: at.node, box: at.box };
	}

	watch(anchors: readonly Anchor[]): void {
		if (!anchors.length && !this.#watched.length) return;
		this.#watched = anchors;
		this.resume();
	}

	/** The mirror document has begun (anew). */
	resume(): void {
		if (this.#watched.length) this.#say({ t: 'watch', anchors: this.#watched.flatMap(({ frame, node }) => [frame, node]) });
	}

	/** Takes what the mirror document says about places. */
	said(message: FromMirror): void {
		if (message.t === 'located') this.#asked.answer(message.n, message);
		if (message.t !== 'boxes') return;
		const sight = new Map<string, Seen>();
		for (let i = 0; i + 9 < message.boxes.length; i += 10) {
			const [frame, node, ...rest] = message.boxes.slice(i, i + 10) as [number, number, ...number[]];
			sight.set(keyOf({ frame, node }), { box: asBox(rest.slice(0, 4)), clip: asBox(rest.slice(4)) });
		}
		this.#see(sight);
	}
}

function asBox([x = 0, y = 0, width = 0, height = 0]: readonly number[]): Box {
	return { x, y, width, height };
}
