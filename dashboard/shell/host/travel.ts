// page: no Node.
// Where the tabs that this participant hosts go: to an address, along their own history, or to the same page again.
import type { Zone } from '../../../protocol/label.ts';
import type { FrameMessage, ShellMessage } from '../../../protocol/page.ts';
import type { ServerMessage, TabId } from '../../../protocol/room.ts';
import { toProxied } from '../../../protocol/url.ts';
import { realUrl } from '../real-urls.ts';
import { stepsBack } from './edge.ts';
import type { Door, HostPorts } from './ports.ts';
import { openInstead } from './tab-frame.ts';
import { TabHistories } from './tab-histories.ts';

export type Wish = Extract<ServerMessage, { t: 'navigate' | 'history' }>;

/** Steps, by the button's name. */
const BY = { back: -1, forward: 1, reload: 0 } as const;

interface Tabs {
	frameOf(tab: TabId): HTMLIFrameElement | undefined;
	tokenOf(tab: TabId): string | undefined;
	/** Opens a URL of ours in a frame that stood ready before its tab; false where that is past. */
	openEarly(tab: TabId, url: string): boolean;
}

export class HostTravel {
	readonly #zone: Zone;
	readonly #ports: () => HostPorts;
	readonly #tabs: Tabs;
	readonly #histories = new TabHistories((tab) => {
		for (const door of this.#ports().inTab(tab)) apart(door);
	});

	constructor(zone: Zone, ports: () => HostPorts, tabs: Tabs) {
		this.#zone = zone;
		this.#ports = ports;
		this.#tabs = tabs;
	}

	/** Carries out what somebody asked for. */
	lead(wish: Wish): void {
		if (wish.t === 'navigate') this.go(wish.tab, wish.url);
		else this.#history(wish.tab, wish.go);
	}

	/** By `src`, which works whatever runs in the frame; to the site it looks like a typed address. */
	go(tab: TabId, url: string): void {
		const frame = this.#tabs.frameOf(tab);
		const token = this.#tabs.tokenOf(tab);
		if (!frame || token === undefined) return;
		this.#histories.sent(tab, url);
		const proxied = toProxied(realUrl(url), { zone: this.#zone, token });
		if (!this.#tabs.openEarly(tab, proxied)) frame.src = proxied;
	}

	/** `door`: the document that is told to, where the browser's own way is right. */
	travel(tab: TabId, by: number, door: Door): void {
		const way = by === 0 ? { native: 0 } : this.#histories.way(tab, by);
		const frame = this.#tabs.frameOf(tab);
		const token = this.#tabs.tokenOf(tab);
		if (!way || !frame || token === undefined) return;
		if ('native' in way) door.port.postMessage({ t: 'history', by: way.native } satisfies ShellMessage);
		else openInstead(frame, toProxied(way.open, { zone: this.#zone, token }));
	}

	/** A document has greeted. */
	opened(door: Door): void {
		if (this.#histories.isApart(door.tab)) apart(door);
	}

	/** A tab's root says where it is, or how it came there. */
	said(tab: TabId, message: Extract<FrameMessage, { t: 'page' | 'moved' }>): void {
		if (message.t === 'moved') this.#histories.moved(tab, message.how, message.url);
		else this.#histories.said(tab, message.url);
	}

	forget(tab: TabId): void {
		this.#histories.forget(tab);
	}

	#history(tab: TabId, go: keyof typeof BY): void {
		const root = this.#ports().root(tab);
		stepsBack();
		if (root) this.travel(tab, BY[go], root);
		// A page without the runtime: there is no way but back to the one before it.
		else if (go !== 'forward') this.go(tab, this.#histories.address(tab));
	}
}

function apart({ port }: Door): void {
	port.postMessage({ t: 'apart' } satisfies ShellMessage);
}
