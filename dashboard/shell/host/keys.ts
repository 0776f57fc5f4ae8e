// page: no Node.
// Where a guest's keys go in a tab: to the document that they pressed in, and from there with Tab into frames and out of them, as the
// browser's own focus goes (HTML section 6.6.4, "sequential focus navigation").
import { followsFocus, type Intent } from '../../../protocol/intent.ts';
import type { FrameMessage, ShellMessage } from '../../../protocol/page.ts';
import type { TabId } from '../../../protocol/room.ts';
import type { Door, HostPorts } from './ports.ts';

/** Gestures that lead the focus by themselves. */
const AIMED: ReadonlySet<Intent['k']> = new Set<Intent['k']>(['down', 'focus', 'select', 'value', 'drag']);
/** How long after a Tab a document may hand the focus on, milliseconds, and over how many documents. */
const HANDED_WITHIN = 2000;
const MOST = 20;

export class HostKeys {
	readonly #ports: () => HostPorts;
	/** The document that a guest's last gesture was for. */
	readonly #last = new Map<TabId, number>();
	/** The document that keys for another one go to now. */
	readonly #moved = new Map<TabId, { readonly from: number; readonly to: number }>();
	/** The document whose turn it is to hand the focus on: nobody else can draw a guest's keys to a frame. */
	readonly #turn = new Map<TabId, { readonly frame: number; readonly at: number; readonly hops: number }>();

	constructor(ports: () => HostPorts) {
		this.#ports = ports;
	}

	/** A gesture, addressed to the document that has to carry it out. */
	aim(tab: TabId, intent: Intent): Intent {
		if (AIMED.has(intent.k)) {
			this.#moved.delete(tab);
			this.#last.set(tab, intent.frame);
		}
		if (!followsFocus(intent)) return intent;
		const moved = this.#moved.get(tab);
		const frame = moved?.from === intent.frame ? moved.to : intent.frame;
		if (intent.k === 'key' && intent.key === 'Tab') this.#turn.set(tab, { frame, at: performance.now(), hops: 0 });
		return { ...intent, frame };
	}

	/** A gesture that a document was given, addressed to a frame of it (`child`) or to the document around it; undefined where it is no key, or nobody is there. */
	passOn(door: Door, intent: Intent, child: number | undefined): Intent | undefined {
		const next = this.#next(door, child);
		if (!next || !followsFocus(intent)) return undefined;
		const turn = this.#turn.get(door.tab);
		if (turn?.frame === door.frame) this.#turn.set(door.tab, { ...turn, frame: next.frame });
		return { ...intent, frame: next.frame };
	}

	/** The focus leaves a document: into a frame of it, or out of it. */
	handOn(door: Door, { to, back }: Extract<FrameMessage, { t: 'tab' }>): void {
		const turn = this.#turn.get(door.tab);
		if (turn?.frame !== door.frame || performance.now() - turn.at > HANDED_WITHIN || turn.hops >= MOST) return;
		const next = this.#next(door, to);
		if (!next) return;
		this.#turn.set(door.tab, { ...turn, frame: next.frame, hops: turn.hops + 1 });
		this.#moved.set(door.tab, { from: this.#moved.get(door.tab)?.from ?? door.frame, to: next.frame });
		next.port.postMessage({ t: 'tab', back, ...(to === undefined && { from: door.frame }) } satisfies ShellMessage);
	}

	/** A script of a document has taken the focus from a frame of it: keys meant for what is in there go to that document, which knows where on. */
	took(door: Door, child: number): void {
		const from = this.#last.get(door.tab);
		const moved = this.#moved.get(door.tab);
		const all = this.#ports().inTab(door.tab);
		let at = all.find(({ frame }) => frame === (moved && moved.from === from ? moved.to : from));
		while (at && at.source.parent !== door.source)
			at = at.source === at.source.parent ? undefined : all.find(({ source }) => source === at?.source.parent);
		if (from !== undefined && at?.frame === child) this.#moved.set(door.tab, { from, to: door.frame });
	}

	/** A frame of a document, or the document around it. */
	#next({ tab, source }: Door, child: number | undefined): Door | undefined {
		return this.#ports()
			.inTab(tab)
			.find((other) => (child === undefined ? other.source === source.parent : other.frame === child && other.source.parent === source));
	}

	forget(tab: TabId): void {
		this.#moved.delete(tab);
		this.#turn.delete(tab);
		this.#last.delete(tab);
	}
}
