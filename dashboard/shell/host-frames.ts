// page: no Node.
// The tabs this participant hosts: one iframe each, made once and never moved (a moved iframe reloads), and the traffic through their ports.
import { parseZone, type Zone } from '../../protocol/label.ts';
import { headOf } from '../../protocol/mirror-decode.ts';
import type { FrameMessage, ShellMessage } from '../../protocol/page.ts';
import type { Policy } from '../../protocol/privacy.ts';
import type { JarChoice, PrivateEntry, ServerMessage, Tab, TabId } from '../../protocol/room.ts';
import { toProxied } from '../../protocol/url.ts';
import { HostAnchors, type Sight } from './anchors.ts';
import type { Connection } from './connection.ts';
import type { EarlyFrame, EarlyFrames } from './early-frames.ts';
import { HostCarry } from './host-carry.ts';
import { HostCopies } from './host-copies.ts';
import { HostDialogs } from './host-dialogs.ts';
import { HostGate } from './host-gate.ts';
import { HostKeys } from './host-keys.ts';
import { type Door, HostPorts } from './host-ports.ts';
import { HostPrivacy } from './host-privacy.ts';
import { HostWindows } from './host-windows.ts';
import { badRule, outOfReach } from './notices.ts';
import { realUrl } from './real-urls.ts';
import { newTabFrame, openInstead } from './tab-frame.ts';
import { TabHistories } from './tab-histories.ts';

type Order = Extract<ServerMessage, { t: 'navigate' | 'history' | 'input' }>;

/** Steps, by the button's name. */
const BY = { back: -1, forward: 1, reload: 0 } as const;

interface HostOptions {
	readonly stage: HTMLElement;
	/** The zone's origin. */
	readonly zone: string;
	readonly connection: Connection;
	readonly early: EarlyFrames;
	/** A tab's page is another one. */
	onPage(tab: TabId): void;
	/** Where content is that `anchors` was asked to watch. */
	onSight(tab: TabId, sight: Sight): void;
}

export class HostFrames {
	readonly carry: HostCarry;
	readonly dialogs: HostDialogs;
	readonly anchors: HostAnchors;
	readonly #stage: HTMLElement;
	readonly #zone: Zone;
	readonly #connection: Connection;
	readonly #early: EarlyFrames;
	readonly #frames = new Map<TabId, HTMLIFrameElement>();
	/** Frames that stood ready when their tab came. */
	readonly #ready = new Map<TabId, EarlyFrame>();
	readonly #ports: HostPorts;
	readonly #privacy: HostPrivacy;
	readonly #windows: HostWindows;
	readonly #pending = new Map<number, { tab: TabId; to: string; n: number; frame: number }>();
	/** The last address each tab's page reported; where to go back to from a page that has no runtime. */
	readonly #shown = new Map<TabId, string>();
	/** The last address each tab was sent to. */
	readonly #asked = new Map<TabId, string>();
	/** The secret field the host is in, by tab. */
	readonly #entered = new Map<TabId, PrivateEntry>();
	/** Who acts in each tab besides this host. */
	readonly #controllers = new Map<TabId, string | undefined>();
	readonly #keys = new HostKeys(() => this.#ports);
	readonly #gate = new HostGate(() => this.#ports);
	readonly #copies: HostCopies;
	readonly #histories = new TabHistories((tab) => {
		for (const { port } of this.#ports.inTab(tab)) port.postMessage({ t: 'apart' } satisfies ShellMessage);
	});
	/** Which token each tab runs with. */
	readonly #tokens = new Map<TabId, string>();
	#inputs = 0;

	constructor({ stage, zone, connection, early, onPage, onSight }: HostOptions) {
		this.#stage = stage;
		this.#zone = parseZone(zone);
		this.#connection = connection;
		this.#early = early;
		this.#windows = new HostWindows(stage, this.#zone, {
			tokenOf: (tab) => this.#tokens.get(tab),
			adopt: (tab, frame, url, opener) => this.#adopt(tab, frame, url, opener),
			go: (tab, url) => this.obey({ t: 'navigate', tab, url }),
			close: (tab) => this.#connection.send({ t: 'tab-close', tab }),
			show: (tab) => this.#connection.send({ t: 'tab-present', tab }),
		});
		this.#ports = new HostPorts(this.#zone, (tab) => this.#tokens.get(tab), this.#frames, {
			opened: (door, hello) => {
				// A new document in place of one with such a field.
				if (door.root) this.#enter(door.tab, undefined, undefined);
				this.#gate.opened(door);
				this.#privacy.admit(door);
				this.carry.opened(door, hello);
				this.dialogs.opened(door);
				this.anchors.opened(door);
				if (this.#histories.isApart(door.tab)) door.port.postMessage({ t: 'apart' } satisfies ShellMessage);
				if (!door.root) return;
				this.#settle(door.tab);
				onPage(door.tab);
			},
			message: (door, message) => this.#onPage(door, message),
			left: (door) => this.#windows.left(door),
			mayCome: (window) => this.#windows.isSpare(window),
		});
		this.#privacy = new HostPrivacy(() => this.#ports, connection, badRule);
		this.carry = new HostCarry(this.#ports, connection);
		this.#copies = new HostCopies(connection);
		this.dialogs = new HostDialogs(() => this.#ports, connection);
		this.anchors = new HostAnchors(() => this.#ports, onSight);
	}

	/** `tokens` by jar. Makes the frames of new tabs, takes out those of closed ones, and shows the viewed one. The others keep running unseen. */
	sync(tabs: readonly Tab[], view: TabId | undefined, tokens: Readonly<Record<JarChoice, string>>): void {
		for (const id of [...this.#frames.keys()]) if (!tabs.some((tab) => tab.id === id) && !this.#windows.expects(id)) this.#remove(id);
		for (const tab of tabs) {
			this.#windows.settled(tab.id);
			const frame = this.#frames.get(tab.id) ?? this.#add(tab, tokens[tab.jar]);
			this.carry.sync(tab);
			this.dialogs.sync(tab);
			this.#gate.sync(tab);
			frame.title = tab.title || tab.url;
			frame.classList.toggle('shown', tab.id === view);
			frame.inert = tab.id !== view;
			if (this.#controllers.get(tab.id) !== tab.controller) this.#stop(tab.id);
			this.#controllers.set(tab.id, tab.controller);
		}
	}

	/** Whether this host runs that tab. */
	has(tab: TabId): boolean {
		return this.#frames.has(tab);
	}

	/** Whether anybody else is in the session. */
	accompany(others: boolean): void {
		this.#privacy.accompany(others);
	}

	/** Takes the workspace's rules of what guests may see. */
	protect(policy: Policy): void {
		this.#privacy.use(policy);
	}

	/** Carries out what the server asks of this host. */
	obey(order: Order): void {
		const frame = this.#frames.get(order.tab);
		if (order.t === 'input') this.#input(order);
		else if (frame) this.dialogs.leave(order.tab, () => this.#lead(frame, order));
	}

	#lead(frame: HTMLIFrameElement, order: Exclude<Order, { t: 'input' }>): void {
		if (this.#frames.get(order.tab) !== frame) return;
		if (order.t === 'navigate') this.#go(frame, order.tab, order.url);
		else this.#history(frame, order.tab, order.go);
	}

	/** Mirror bytes for a host are always a 'resync': one document's tree is needed anew. */
	onMirror(bytes: Uint8Array): void {
		const message = headOf(bytes);
		if (message.t === 'resync') this.#ports.tell(message.frame, { t: 'key' });
	}

	/** The server won't have a tab that a page of this host's opened as a window: the window is closed. */
	refuse(tab: TabId): void {
		if (this.#windows.expects(tab)) this.#remove(tab);
	}

	/** After a lost connection: what was sent meanwhile is gone, so every document says itself anew. */
	resume(): void {
		for (const tab of this.#windows.unsettled()) this.#remove(tab);
		this.#ports.askAllForKeys();
		this.carry.resume();
	}

	dispose(): void {
		this.#ports.close();
		for (const id of [...this.#frames.keys()]) this.#remove(id);
		this.#windows.dispose();
	}

	#add(tab: Tab, token: string): HTMLIFrameElement {
		// Storage of tabs that share a label is one: only the first of them may empty it.
		const clear = ![...this.#tokens.values()].includes(token);
		this.#tokens.set(tab.id, token);
		const ready = this.#early.take(new URL(toProxied(realUrl(tab.url), { zone: this.#zone, token })).origin);
		const frame = ready?.element ?? newTabFrame();
		this.#frames.set(tab.id, frame);
		if (ready) this.#await(tab.id, ready);
		else frame.dataset.tandemTab = tab.id;
		const go = () => this.#frames.get(tab.id) === frame && this.#go(frame, tab.id, tab.url);
		if (this.carry.has(tab.id)) void this.carry.unpack(tab.id, { zone: this.#zone, token, stage: this.#stage, clear }).then(go);
		else go();
		if (!ready) this.#stage.append(frame);
		return frame;
	}

	/** A frame that got ready early is called a tab's frame once its page is in it. */
	#await(tab: TabId, early: EarlyFrame): void {
		this.#ready.set(tab, early);
		early.element.addEventListener('load', () => early.left && this.#settle(tab));
	}

	#settle(tab: TabId): void {
		const early = this.#ready.get(tab);
		if (early) early.element.dataset.tandemTab = tab;
	}

	/** A window that a page has opened becomes a tab: it is there at once, as the page's own object is. */
	#adopt(tab: TabId, frame: HTMLIFrameElement, url: string, opener: Door): void {
		const token = this.#tokens.get(opener.tab) ?? '';
		this.#tokens.set(tab, token);
		this.#frames.set(tab, frame);
		frame.dataset.tandemTab = tab;
		if (!this.#connection.send({ t: 'tab-open', as: tab, url, opener: opener.tab })) this.#remove(tab);
		else this.#ports.retry();
	}

	#remove(id: TabId): void {
		this.#windows.closed(id);
		this.#ports.forget(id);
		this.carry.forget(id);
		this.#histories.forget(id);
		this.#tokens.delete(id);
		this.#frames.get(id)?.remove();
		this.#frames.delete(id);
		for (const map of [this.#ready, this.#shown, this.#asked]) map.delete(id);
		this.#controllers.delete(id);
		this.#copies.forget(id);
		this.#keys.forget(id);
		this.#gate.forget(id);
	}

	/** By `src`, which works whatever runs in the frame; to the site it looks like a typed address. */
	#go(frame: HTMLIFrameElement, tab: TabId, url: string): void {
		const token = this.#tokens.get(tab);
		if (token === undefined) return;
		this.#asked.set(tab, url);
		const proxied = toProxied(realUrl(url), { zone: this.#zone, token });
		if (!this.#ready.get(tab)?.open(proxied)) frame.src = proxied;
	}

	#history(frame: HTMLIFrameElement, tab: TabId, go: 'back' | 'forward' | 'reload'): void {
		const root = this.#ports.root(tab);
		if (root) this.#travel(tab, BY[go], root);
		else if (go !== 'forward') this.#go(frame, tab, this.#shown.get(tab) ?? this.#asked.get(tab) ?? '');
	}

	/** `door`: the document that is told to, where the browser's own way is right. */
	#travel(tab: TabId, by: number, door: Door): void {
		const way = by === 0 ? { native: 0 } : this.#histories.way(tab, by);
		const frame = this.#frames.get(tab);
		const token = this.#tokens.get(tab);
		if (!way || !frame || token === undefined) return;
		if ('native' in way) door.port.postMessage({ t: 'history', by: way.native } satisfies ShellMessage);
		else openInstead(frame, toProxied(way.open, { zone: this.#zone, token }));
	}

	#input({ tab, from, n, intent }: Extract<Order, { t: 'input' }>): void {
		const id = ++this.#inputs;
		this.#copies.acts(tab, from);
		const aimed = this.#keys.aim(tab, intent);
		if (intent.k !== 'hover' && intent.k !== 'move') this.#gate.acts(tab, aimed.frame, true);
		this.#pending.set(id, { tab, to: from, n, frame: aimed.frame });
		if (!this.#ports.tell(aimed.frame, { t: 'input', id, intent: aimed })) this.#inputDone(id, aimed.frame, false, 'stale-frame');
	}

	/** Ends what a guest has under way in a tab, and what waits. */
	#stop(tab: TabId): void {
		for (const door of this.#ports.inTab(tab)) door.port.postMessage({ t: 'input-stop' } satisfies ShellMessage);
	}

	/** Ends what a guest has half done (a button held) in a tab's documents, but for the one that saw the host act and did so by itself. */
	#cancel(tab: TabId, but?: Door): void {
		for (const door of this.#ports.inTab(tab)) {
			if (door !== but) door.port.postMessage({ t: 'input', id: 0, intent: { k: 'cancel', frame: door.frame } } satisfies ShellMessage);
		}
	}

	/** The host is in a secret field, or (`from` its document, or undefined: any) has left it. */
	#enter(tab: TabId, at: PrivateEntry | undefined, from: number | undefined): void {
		const before = this.#entered.get(tab);
		if (!at && (!before || (from !== undefined && before.frame !== from))) return;
		if (at) this.#entered.set(tab, at);
		else this.#entered.delete(tab);
		this.#stop(tab);
		this.#connection.send({ t: 'private', tab, at });
	}

	#inputDone(id: number, frame: number, ok: boolean, why?: string): void {
		const pending = this.#pending.get(id);
		if (!pending || pending.frame !== frame) return;
		this.#pending.delete(id);
		const { tab, to, n } = pending;
		this.#connection.send({ t: 'input-done', tab, to, n, ok, ...(why === undefined ? {} : { why }) });
	}

	#onPage(door: Door, message: FrameMessage): void {
		const { tab, root } = door;
		if (this.#privacy.said(door, message) || this.dialogs.said(door, message)) return;
		if (this.anchors.said(door, message) || this.#windows.said(door, message)) return;
		switch (message.t) {
			case 'private':
				this.#enter(tab, message.node ? { frame: door.frame, node: message.node } : undefined, door.frame);
				break;
			case 'touched':
				// A field in a document that is gone says nothing any more; the host acting elsewhere does.
				this.#enter(tab, undefined, this.#entered.get(tab)?.frame === door.frame ? 0 : undefined);
				this.#gate.acts(tab, door.frame, false);
				if (this.#controllers.get(tab)) this.#cancel(tab, door);
				break;
			case 'x':
				this.#privacy.send(door, message.bytes, message.only);
				break;
			case 'page':
				if (!root) break;
				this.#shown.set(tab, message.url);
				this.#connection.send({ ...message, t: 'tab-state', tab });
				break;
			case 'moved':
				if (root) this.#histories.moved(tab, message.how, message.url);
				break;
			case 'travel':
				this.dialogs.leave(tab, () => this.#travel(tab, message.by, door));
				break;
			case 'pointer':
				if (root) this.#connection.sendDroppable({ t: 'pointer', tab, ...place(message) });
				break;
			case 'open':
				this.#connection.send({ t: 'tab-open', url: message.url, opener: tab });
				break;
			case 'close':
				if (root) this.dialogs.leave(tab, () => this.#connection.send({ t: 'tab-close', tab }));
				break;
			case 'out-of-reach':
				outOfReach(message.what);
				break;
			case 'storage':
				this.carry.said(door, message.local, message.session);
				break;
			case 'tab':
				this.#keys.handOn(door, message);
				break;
			case 'copied':
				this.#copies.copied(tab, message);
				break;
			case 'input-done':
				this.#inputDone(message.id, door.frame, message.ok, message.why);
				break;
			default:
		}
	}
}

function place({ x, y }: { readonly x?: number; readonly y?: number }): { x?: number; y?: number } {
	return x === undefined || y === undefined ? {} : { x, y };
}
