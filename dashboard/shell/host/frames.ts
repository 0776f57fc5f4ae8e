// page: no Node.
// The tabs this participant hosts: one iframe each, made once and never moved (a moved iframe reloads), and the traffic through their ports.
import { parseZone, type Zone } from '../../../protocol/label.ts';
import { headOf } from '../../../protocol/mirror-decode.ts';
import type { FrameMessage, ShellMessage } from '../../../protocol/page.ts';
import type { Policy } from '../../../protocol/privacy.ts';
import type { JarChoice, ParticipantId, ServerMessage, Tab, TabId } from '../../../protocol/room.ts';
import { toProxied } from '../../../protocol/url.ts';
import type { Connection } from '../connection.ts';
import { HostAnchors, type Sight } from '../pointing/anchors.ts';
import { realUrl } from '../real-urls.ts';
import { giveBack, isTyping, lendKeyboard, watchTyping } from '../typing.ts';
import { badRule, outOfReach } from '../views/notices.ts';
import { HostCarry } from './carry.ts';
import { HostDialogs } from './dialogs.ts';
import type { EarlyFrame, EarlyFrames } from './early-frames.ts';
import { HostEntry } from './entry.ts';
import { HostInput } from './input.ts';
import { HostPlaces } from './places.ts';
import { type Door, HostPorts } from './ports.ts';
import { HostPrivacy } from './privacy.ts';
import { HostSaved } from './saved.ts';
import { newTabFrame, titleFrame } from './tab-frame.ts';
import { HostTravel, type Wish } from './travel.ts';
import { HostWindows } from './windows.ts';

type Order = Wish | Extract<ServerMessage, { t: 'input' }>;

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
	readonly places: HostPlaces;
	readonly saved: HostSaved;
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
	readonly #travel: HostTravel;
	readonly #input: HostInput;
	readonly #entry: HostEntry;
	/** Which token each tab runs with. */
	readonly #tokens = new Map<TabId, string>();
	readonly #unwatch: () => void;
	#view: TabId | undefined;

	constructor({ stage, zone, connection, early, onPage, onSight }: HostOptions) {
		this.#stage = stage;
		this.#zone = parseZone(zone);
		this.#connection = connection;
		this.#early = early;
		this.#input = new HostInput(() => this.#ports, connection);
		this.#entry = new HostEntry(connection, this.#input);
		this.saved = new HostSaved(connection);
		this.#travel = new HostTravel(this.#zone, () => this.#ports, {
			frameOf: (tab) => this.#frames.get(tab),
			tokenOf: (tab) => this.#tokens.get(tab),
			openEarly: (tab, url) => this.#ready.get(tab)?.open(url) ?? false,
		});
		this.#windows = new HostWindows(stage, this.#zone, {
			tokenOf: (tab) => this.#tokens.get(tab),
			frameOf: (tab) => this.#frames.get(tab),
			doorsIn: (tab) => this.#ports.inTab(tab),
			open: (url, opener) => this.#connection.send({ t: 'tab-open', url, opener: opener.tab }),
			adopt: (tab, frame, url, opener) => this.#adopt(tab, frame, url, opener),
			go: (tab, url) => this.obey({ t: 'navigate', tab, url }),
			close: (tab) => this.#connection.send({ t: 'tab-close', tab }),
			show: (tab) => this.#connection.send({ t: 'tab-present', tab }),
		});
		this.#ports = new HostPorts(this.#zone, (tab) => this.#tokens.get(tab), this.#frames, {
			opened: (door, hello) => {
				this.#entry.opened(door);
				this.#input.gate.opened(door);
				// before it hears that all is ready
				if (door.root && isTyping()) door.port.postMessage({ t: 'typing', on: true } satisfies ShellMessage);
				this.#privacy.admit(door);
				this.carry.opened(door, hello);
				this.dialogs.opened(door);
				this.anchors.opened(door);
				this.#travel.opened(door);
				if (!door.root) return;
				this.places.arrived(door, hello.url);
				this.#settle(door.tab);
				this.#lendKeyboard(door.tab);
				onPage(door.tab);
			},
			message: (door, message) => this.#onPage(door, message),
			left: (door) => this.#windows.left(door),
			mayCome: (window) => this.#windows.isSpare(window),
		});
		this.places = new HostPlaces({
			root: (tab) => this.#ports.root(tab),
			believed: (tab, state) => this.#travel.said(tab, state),
			tell: (tab, state) => this.#connection.send({ ...state, t: 'tab-state', tab }),
		});
		this.#privacy = new HostPrivacy(() => this.#ports, connection, badRule);
		this.carry = new HostCarry(this.#ports, connection);
		this.dialogs = new HostDialogs(() => this.#ports, connection);
		this.anchors = new HostAnchors(() => this.#ports, onSight);
		this.#unwatch = watchTyping(() => {
			for (const door of this.#ports.all()) if (door.root) door.port.postMessage({ t: 'typing', on: isTyping() } satisfies ShellMessage);
		});
	}

	/**
	 * `tokens` by jar; `here`: whether somebody is connected. Makes the frames of new tabs, takes out those of closed ones, and shows the viewed one.
	 * The others keep running unseen.
	 */
	sync(
		tabs: readonly Tab[],
		view: TabId | undefined,
		tokens: Readonly<Record<JarChoice, string>>,
		here: (id: ParticipantId) => boolean,
	): void {
		for (const id of [...this.#frames.keys()]) if (!tabs.some((tab) => tab.id === id) && !this.#windows.expects(id)) this.#remove(id);
		for (const tab of tabs) {
			this.#windows.settled(tab.id);
			const frame = this.#frames.get(tab.id) ?? this.#add(tab, tokens[tab.jar]);
			this.carry.sync(tab);
			this.dialogs.sync(tab);
			this.#input.sync(tab, here);
			titleFrame(frame, tab);
			frame.classList.toggle('shown', tab.id === view);
			frame.inert = tab.id !== view;
		}
		if (view !== undefined && view !== this.#view) this.#lendKeyboard(view);
		this.#view = view;
	}

	#lendKeyboard(tab: TabId): void {
		const frame = this.#frames.get(tab);
		if (frame && !frame.inert) lendKeyboard(frame);
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
		if (order.t === 'input') this.#input.act(order);
		else if (frame) this.dialogs.leave(order.tab, () => this.#frames.get(order.tab) === frame && this.#travel.lead(order));
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
		this.places.resume();
		for (const tab of this.#windows.unsettled()) this.#remove(tab);
		this.#ports.askAllForKeys();
		this.carry.resume();
	}

	dispose(): void {
		this.#unwatch();
		this.#ports.close();
		for (const id of [...this.#frames.keys()]) this.#remove(id);
		this.#windows.dispose();
	}

	#add(tab: Tab, token: string): HTMLIFrameElement {
		// Storage of tabs that share a label is one: only the first of them may empty it.
		const clear = ![...this.#tokens.values()].includes(token);
		this.#tokens.set(tab.id, token);
		this.places.expect(tab.id, tab.url);
		const ready = this.#early.take(new URL(toProxied(realUrl(tab.url), { zone: this.#zone, token })).origin);
		const frame = ready?.element ?? newTabFrame();
		this.#frames.set(tab.id, frame);
		if (ready) this.#await(tab.id, ready);
		else frame.dataset.tandemTab = tab.id;
		const go = () => this.#frames.get(tab.id) === frame && this.#travel.go(tab.id, tab.url);
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
		const { element } = this.#ready.get(tab) ?? {};
		if (element && element.dataset.tandemTab !== tab) element.dataset.tandemTab = tab;
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
		this.#travel.forget(id);
		this.#tokens.delete(id);
		this.places.forget(id);
		this.#frames.get(id)?.remove();
		this.#frames.delete(id);
		this.#ready.delete(id);
		this.#input.forget(id);
		this.#entry.forget(id);
	}

	#onPage(door: Door, message: FrameMessage): void {
		const { tab, root } = door;
		if (this.#privacy.said(door, message) || this.dialogs.said(door, message)) return;
		if (this.anchors.said(door, message) || this.#windows.said(door, message)) return;
		if (this.#entry.said(door, message) || this.#input.said(door, message) || this.saved.said(door, message)) return;
		switch (message.t) {
			case 'x':
				this.#privacy.send(door, message.bytes, message.only);
				break;
			case 'page':
				if (root) this.places.said(door, message);
				break;
			case 'moved':
				if (root && this.places.believes(door, message.url)) this.#travel.said(tab, message);
				break;
			case 'focused':
				giveBack();
				break;
			case 'travel':
				this.dialogs.leave(tab, () => this.#travel.travel(tab, message.by, door));
				break;
			case 'pointer':
				if (root) this.#connection.sendDroppable({ t: 'pointer', tab, ...place(message) });
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
			default:
		}
	}
}

function place({ x, y }: { readonly x?: number; readonly y?: number }): { x?: number; y?: number } {
	return x === undefined || y === undefined ? {} : { x, y };
}
