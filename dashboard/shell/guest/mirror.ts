// page: no Node.
// The tabs that others host: for each one looked at an iframe with its mirror, as large as the host's viewport and scaled to this screen.
import type { Intent } from '../../../protocol/intent.ts';
import { mirrorLabel, parseZone, type Zone, zoneOrigin } from '../../../protocol/label.ts';
import { headOf } from '../../../protocol/mirror-decode.ts';
import type { FromMirror, MirrorStart, ToMirror } from '../../../protocol/mirror-port.ts';
import type { Participant, PrivateEntry, Tab, TabId } from '../../../protocol/room.ts';
import { t } from '../../i18n/index.ts';
import type { Connection, HadTabs } from '../connection.ts';
import { titleFrame } from '../host/tab-frame.ts';
import { type Anchor, MirrorAnchors, type Sight, type Spot } from '../pointing/anchors.ts';
import { placement, type Zoom } from '../scale.ts';
import { lendKeyboard } from '../typing.ts';
import { type FilePlace, Gestures } from './gestures.ts';
import { GuestLook } from './look.ts';

interface Mirror {
	readonly token: string;
	/** Which media conditions hold for the host. */
	readonly media: readonly string[] | undefined;
	readonly box: HTMLElement;
	readonly frame: HTMLIFrameElement;
	/** Bytes that came before the mirror said 'ready'; undefined from then on. */
	early: Uint8Array[] | undefined;
	port: MessagePort | undefined;
	size: { width: number; height: number } | undefined;
	control: boolean;
	/** Up to which delta it has each frame: what to say after a lost connection. */
	readonly had: Map<number, number>;
	readonly anchors: MirrorAnchors;
	/** What hangs over a field that the host is in. */
	curtain: Extract<ToMirror, { t: 'curtain' }>;
}

/** Frames of one mirror that are named to the server; of more, the oldest are sent anew. */
const FRAMES = 500;

/** How a mirror stands to its host's page. */
export interface Sync {
	readonly agree: boolean;
	readonly repairs: number;
}

interface GuestOptions {
	readonly stage: HTMLElement;
	readonly zone: string;
	readonly connection: Connection;
	/** The check by hash of a tab's mirror: whether it agrees with the host's page, and repairs so far. */
	onSync(tab: TabId, sync: Sync): void;
	/** This guest looks elsewhere in the page than its host, or with them again. */
	onRoam(tab: TabId): void;
	/** Where content is that `watch` was asked about. */
	onSight(tab: TabId, sight: Sight): void;
	/** The viewed mirror's place on the stage has changed. */
	onPlaced(): void;
}

export class GuestMirrors {
	readonly looks: GuestLook;
	readonly gestures: Gestures;
	readonly #stage: HTMLElement;
	readonly #zone: Zone;
	readonly #zoneName: string;
	readonly #connection: Connection;
	readonly #onPlaced: () => void;
	readonly #onSync: GuestOptions['onSync'];
	readonly #onSight: GuestOptions['onSight'];
	readonly #mirrors = new Map<TabId, Mirror>();
	readonly #resize = new ResizeObserver(() => this.#layoutAll());
	/** What is to be watched in each tab. */
	readonly #watched = new Map<TabId, readonly Anchor[]>();
	#zoom: Zoom = 'fit';

	constructor({ stage, zone, connection, onPlaced, onSync, onSight, onRoam }: GuestOptions) {
		this.#stage = stage;
		this.#zoneName = zone;
		this.#zone = parseZone(zone);
		this.#connection = connection;
		this.gestures = new Gestures(connection.send);
		this.#onPlaced = onPlaced;
		this.#onSync = onSync;
		this.#onSight = onSight;
		this.looks = new GuestLook((tab, message) => this.#mirrors.get(tab)?.port?.postMessage(message), onRoam);
		this.#resize.observe(stage);
	}

	/** Shows the mirror of `view`, making it when first looked at, and drops mirrors of closed tabs or of a host that changed. */
	sync(
		tabs: readonly Tab[],
		tokens: Readonly<Record<TabId, string>>,
		view: TabId | undefined,
		you: string,
		people: ReadonlyMap<string, Pick<Participant, 'name' | 'media'>>,
	): void {
		for (const [id, mirror] of [...this.#mirrors]) {
			if (!tabs.some((tab) => tab.id === id) || tokens[id] !== mirror.token) this.#remove(id);
		}
		for (const tab of tabs) {
			const token = tokens[tab.id];
			if (tab.id === view && token && !this.#mirrors.has(tab.id)) this.#add(tab, token, people.get(tab.owner)?.media);
			const mirror = this.#mirrors.get(tab.id);
			if (!mirror) continue;
			titleFrame(mirror.frame, tab);
			mirror.box.classList.toggle('shown', tab.id === view);
			mirror.box.inert = tab.id !== view;
			const acts = tab.controller === you && !tab.private;
			mirror.box.classList.toggle('acting', acts);
			this.#control(mirror, acts);
			this.#curtain(mirror, tab.private, tab.private ? t('private.other', people.get(tab.owner)?.name ?? '…') : '');
		}
	}

	onMirror(tab: TabId, bytes: Uint8Array): void {
		const mirror = this.#mirrors.get(tab);
		if (mirror) note(mirror.had, bytes);
		if (mirror?.early) mirror.early.push(bytes);
		else if (mirror) this.#play(mirror, bytes);
	}

	/** From the first bytes on there is a picture: over the whole stage, until the mirror says how large the host's viewport is. */
	#play(mirror: Mirror, bytes: Uint8Array): void {
		mirror.box.classList.add('playing');
		mirror.port?.postMessage({ t: 'x', bytes } satisfies ToMirror);
	}

	/** What each mirror has. */
	had(): HadTabs {
		return [...this.#mirrors].filter(([, { had }]) => had.size > 0).map(([tab, { had }]) => [tab, [...had].slice(-FRAMES)]);
	}

	/** The connection was lost and is back: what a mirror had asked for may have been lost. */
	resume(): void {
		for (const { port } of this.#mirrors.values()) port?.postMessage({ t: 'resume' } satisfies ToMirror);
	}

	zoom(zoom: Zoom): void {
		this.#zoom = zoom;
		this.#layoutAll();
	}

	/** Where the host's viewport lies on the stage: offset in CSS pixels of this screen, and the factor. */
	place(tab: TabId | undefined): { x: number; y: number; factor: number } | undefined {
		const mirror = tab === undefined ? undefined : this.#mirrors.get(tab);
		if (!mirror) return undefined;
		if (!mirror.size) return { x: 0, y: 0, factor: 1 };
		const { x, y, factor } = this.#placement(mirror.size);
		return { x: x - mirror.box.scrollLeft, y: y - mirror.box.scrollTop, factor };
	}

	/** Where in a tab's content a point of its viewport is. */
	async locate(tab: TabId, x: number, y: number): Promise<Spot | undefined> {
		return this.#mirrors.get(tab)?.anchors.locate(x, y);
	}

	/** From now on `onSight` is told where these are. */
	watch(tab: TabId, anchors: readonly Anchor[]): void {
		this.#watched.set(tab, anchors);
		this.#mirrors.get(tab)?.anchors.watch(anchors);
	}

	dispose(): void {
		this.#resize.disconnect();
		for (const id of [...this.#mirrors.keys()]) this.#remove(id);
	}

	#add(tab: Tab, token: string, media: readonly string[] | undefined): void {
		const origin = zoneOrigin(mirrorLabel(token), this.#zone);
		const frame = document.createElement('iframe');
		frame.dataset.tandemMirror = tab.id;
		frame.allow = 'autoplay *; fullscreen *; clipboard-read *; clipboard-write *';
		frame.src = `${origin}/`;
		const box = document.createElement('div');
		box.className = 'mirror';
		box.append(frame);
		box.addEventListener('scroll', () => this.#onPlaced(), { passive: true });
		const mirror: Mirror = {
			token,
			media,
			box,
			frame,
			early: [],
			port: undefined,
			size: undefined,
			control: false,
			had: new Map(),
			anchors: new MirrorAnchors(
				(message) => mirror.port?.postMessage(message),
				(sight) => this.#onSight(tab.id, sight),
			),
			curtain: { t: 'curtain', text: '' },
		};
		this.#mirrors.set(tab.id, mirror);
		mirror.anchors.watch(this.#watched.get(tab.id) ?? []);
		frame.addEventListener('load', () => this.#start(tab.id, mirror, origin));
		this.#stage.append(box);
	}

	/** Hands files over to a place in the host's page, as long as this guest is in control. */
	handOver(tab: TabId, at: FilePlace, files: readonly File[]): void {
		const mirror = this.#mirrors.get(tab);
		if (mirror?.control) void this.gestures.handOver(tab, at, files, () => mirror.control);
	}

	/** Hands the mirror document its port. It runs our script alone, and is addressed by its origin all the same. */
	#start(tab: TabId, mirror: Mirror, origin: string): void {
		const { port1, port2 } = new MessageChannel();
		mirror.port?.close();
		mirror.port = port1;
		port1.onmessage = ({ data }: MessageEvent<FromMirror>) => this.#onMessage(tab, mirror, data);
		const start: MirrorStart = { tandem: 1, mirror: { zone: this.#zoneName, token: mirror.token, media: mirror.media } };
		mirror.frame.contentWindow?.postMessage(start, origin, [port2]);
	}

	#onMessage(tab: TabId, mirror: Mirror, message: FromMirror): void {
		switch (message.t) {
			case 'ready':
				mirror.port?.postMessage({ t: 'control', allowed: mirror.control } satisfies ToMirror);
				mirror.port?.postMessage(mirror.curtain);
				mirror.anchors.resume();
				for (const bytes of mirror.early ?? []) this.#play(mirror, bytes);
				mirror.early = undefined;
				break;
			case 'x':
				this.#connection.sendMirror(tab, message.bytes);
				break;
			case 'intent':
				if (mirror.control) this.#act(tab, mirror, message.intent);
				break;
			case 'files':
				this.handOver(tab, message, message.files);
				break;
			case 'pointer':
				this.#connection.sendDroppable({ t: 'pointer', tab, ...(message.x === undefined || message.y === undefined ? {} : message) });
				break;
			case 'sync':
				this.#onSync(tab, message);
				break;
			case 'scrolled':
				this.looks.said(tab, message);
				this.#onPlaced();
				break;
			case 'located':
			case 'boxes':
				mirror.anchors.said(message);
				break;
			case 'size':
				mirror.size = { width: message.width, height: message.height };
				this.#layout(mirror);
				break;
			default:
		}
	}

	#act(tab: TabId, mirror: Mirror, intent: Intent): void {
		const zooms = intent.k === 'wheel' && intent.keys?.ctrl;
		this.gestures.send(tab, intent, zooms ? () => mirror.port?.postMessage({ t: 'own-zoom' } satisfies ToMirror) : undefined);
	}

	#control(mirror: Mirror, allowed: boolean): void {
		if (mirror.control === allowed) return;
		mirror.control = allowed;
		if (allowed) lendKeyboard(mirror.frame);
		if (!mirror.early) mirror.port?.postMessage({ t: 'control', allowed } satisfies ToMirror);
	}

	#curtain(mirror: Mirror, at: PrivateEntry | undefined, text: string): void {
		if (mirror.curtain.at?.node === at?.node && mirror.curtain.at?.frame === at?.frame && mirror.curtain.text === text) return;
		mirror.curtain = { t: 'curtain', at, text };
		if (!mirror.early) mirror.port?.postMessage(mirror.curtain);
	}

	#placement(size: { width: number; height: number }, zoom = this.#zoom) {
		return placement(size, { width: this.#stage.clientWidth, height: this.#stage.clientHeight }, zoom);
	}

	#layoutAll(): void {
		for (const mirror of this.#mirrors.values()) this.#layout(mirror);
	}

	#layout(mirror: Mirror): void {
		if (!mirror.size) return;
		const { width, height } = mirror.size;
		const { x, y, factor } = this.#placement(mirror.size);
		mirror.frame.style.width = `${width}px`;
		mirror.frame.style.height = `${height}px`;
		mirror.frame.style.transform = `translate(${x}px, ${y}px) scale(${factor})`;
		if (!mirror.early) mirror.port?.postMessage({ t: 'scale', factor } satisfies ToMirror);
		// Nothing to choose then, and no button over the page's corner.
		mirror.box.classList.toggle('same', this.#placement(mirror.size, 'fit').factor === 1);
		this.#onPlaced();
	}

	#remove(id: TabId): void {
		const mirror = this.#mirrors.get(id);
		mirror?.port?.close();
		mirror?.box.remove();
		this.#mirrors.delete(id);
		this.looks.forget(id);
	}
}

/** Takes note of a key or delta; a gap is left as it is, for the mirror to find. */
function note(had: Map<number, number>, bytes: Uint8Array): void {
	try {
		const { t, frame, seq } = headOf(bytes);
		if (t === 'key' || (t === 'delta' && had.get(frame) === seq - 1)) {
			had.delete(frame);
			had.set(frame, seq);
		}
	} catch {
		// No mirror message; the mirror drops it too.
	}
}
