// page: no Node.
// Windows that pages open by script. A spare frame stands on the stage at the page's own label, under a name that only that page is told: by the
// browser's own rules the page can open it by that name, so that it has a real window with a real opener, and the frame becomes a tab
// (docs/decisions/0017).
import { type Zone, zoneOrigin } from '../../../protocol/label.ts';
import { type FrameMessage, type ShellMessage, SPARE_PATH } from '../../../protocol/page.ts';
import type { TabId } from '../../../protocol/room.ts';
import { BoxedWindows, type WindowTabs } from './boxed-windows.ts';
import { launch } from './launch.ts';
import type { Door } from './ports.ts';
import { newTabFrame } from './tab-frame.ts';

/** Spare frames for one document, and for all. */
const EACH = 6;
const ALL = 24;
/** Milliseconds. */
const LINGER = 1000;

interface WindowEvents extends WindowTabs {
	/** Which token a tab runs with. */
	tokenOf(tab: TabId): string | undefined;
	/** `frame` is a tab now, called `tab`, on its way to the real `url`. */
	adopt(tab: TabId, frame: HTMLIFrameElement, url: string, opener: Door): void;
}

interface Opened {
	readonly tab: TabId;
	/** Of the label of the document that opened it. */
	readonly place: string;
	readonly token: string;
}

export class HostWindows {
	readonly #stage: HTMLElement;
	readonly #zone: Zone;
	readonly #events: WindowEvents;
	readonly #spares = new Map<string, { readonly frame: HTMLIFrameElement; readonly door: Door }>();
	readonly #opened = new Map<string, Opened>();
	/** Tabs that the server hasn't confirmed yet. */
	readonly #expected = new Set<TabId>();
	readonly #boxed: BoxedWindows;

	constructor(stage: HTMLElement, zone: Zone, events: WindowEvents) {
		this.#stage = stage;
		this.#zone = zone;
		this.#events = events;
		this.#boxed = new BoxedWindows({ ...events, adopt: (frame, url, opener) => this.#admit(frame, url, opener) });
	}

	/** Takes what is about windows; false for everything else. */
	said(door: Door, message: FrameMessage): boolean {
		if (this.#boxed.said(door, message)) return true;
		if (message.t === 'spares') this.#prepare(door, message.n);
		else if (message.t === 'adopt') this.#adopt(door, message);
		else if (message.t === 'window') this.#window(door, message);
		else if (message.t === 'external') launch(message.url);
		else if (message.t === 'show' && door.root) this.#events.show(door.tab);
		else return false;
		return true;
	}

	/** A document is gone, and with it what was kept ready for it: taken off the stage a little later, as the next one is just being loaded. */
	left(door: Door): void {
		for (const [name, spare] of this.#spares) {
			if (spare.door !== door) continue;
			this.#spares.delete(name);
			setTimeout(() => spare.frame.remove(), LINGER);
		}
	}

	/** Whether a window, a child of this one, is a spare frame's. */
	isSpare(window: Window): boolean {
		return [...this.#spares.values()].some(({ frame }) => frame.contentWindow === window);
	}

	/** Whether a tab stands here that the server hasn't spoken of yet. */
	expects(tab: TabId): boolean {
		return this.#expected.has(tab);
	}

	/** The server knows the tab, or will never know it. */
	settled(tab: TabId): void {
		this.#expected.delete(tab);
	}

	/** Tabs that the server said nothing of. */
	unsettled(): readonly TabId[] {
		return [...this.#expected];
	}

	/** A tab is gone. */
	closed(tab: TabId): void {
		this.#expected.delete(tab);
		this.#boxed.closed(tab);
		for (const [name, opened] of this.#opened) if (opened.tab === tab) this.#opened.delete(name);
	}

	dispose(): void {
		for (const { frame } of this.#spares.values()) frame.remove();
		this.#spares.clear();
	}

	#prepare(door: Door, wanted: number): void {
		const token = this.#events.tokenOf(door.tab);
		if (door.place === undefined || token === undefined) return;
		const there = [...this.#spares.values()].filter((spare) => spare.door === door).length;
		for (let more = Math.min(wanted, EACH) - there; more > 0 && this.#spares.size < ALL; more--) {
			const name = randomName();
			const frame = newTabFrame();
			frame.ariaHidden = 'true';
			frame.addEventListener('load', () => door.port.postMessage({ t: 'spare', name } satisfies ShellMessage), { once: true });
			frame.src = `${zoneOrigin(`${door.place}${token}`, this.#zone)}${SPARE_PATH}#${name}`;
			this.#spares.set(name, { frame, door });
			this.#stage.append(frame);
		}
	}

	#adopt(door: Door, { spare: name, url, width, height }: Extract<FrameMessage, { t: 'adopt' }>): void {
		const spare = this.#spares.get(name);
		const token = this.#events.tokenOf(door.tab);
		if (spare?.door !== door || door.place === undefined || token === undefined) return;
		this.#spares.delete(name);
		const tab = randomName();
		this.#opened.set(name, { tab, place: door.place, token });
		this.#expected.add(tab);
		spare.frame.ariaHidden = null;
		// at the stage's corner, where everything else that is drawn over a page expects it
		if (width) spare.frame.style.width = `min(100%, ${width}px)`;
		if (height) spare.frame.style.height = `min(100%, ${height}px)`;
		this.#events.adopt(tab, spare.frame, url, door);
	}

	/** A frame that the shell has made for a document's window, which is on no stage yet. */
	#admit(frame: HTMLIFrameElement, url: string, opener: Door): TabId | undefined {
		if (this.#events.tokenOf(opener.tab) === undefined || this.#expected.size >= ALL) return undefined;
		const tab = randomName();
		this.#expected.add(tab);
		this.#stage.append(frame);
		this.#events.adopt(tab, frame, url, opener);
		return tab;
	}

	/** Any document of the label that opened it may send a window elsewhere and close it. */
	#window(door: Door, { spare, url, close }: Extract<FrameMessage, { t: 'window' }>): void {
		const opened = this.#opened.get(spare);
		if (!opened || opened.place !== door.place || opened.token !== this.#events.tokenOf(door.tab)) return;
		if (close) this.#events.close(opened.tab);
		else if (url !== undefined) {
			this.#events.go(opened.tab, url);
			this.#events.show(opened.tab);
		}
	}
}

/** 120 random bits as 20 characters. */
function randomName(): string {
	return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(15))))
		.replace(/\+/g, '-')
		.replace(/\//g, '_');
}
