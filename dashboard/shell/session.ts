// page: no Node.
// One participant's part in a session: the state, the socket, and the frames on the stage, kept in step. Views render `state` and call
// the methods. Frames follow the state at once, not at the next render: mirror bytes may come in the same breath as the tab they belong to.
import { parseZone } from '../../protocol/label.ts';
import type { ClientMessage, ServerMessage, TabId } from '../../protocol/room.ts';
import type { Scope } from '../../protocol/url.ts';
import { chooseFiles } from './choose-files.ts';
import { type Connection, connect } from './connection.ts';
import { aboutFiles, type FileNeeds } from './downloads.ts';
import { takeCopied } from './guest/gestures.ts';
import { GuestMirrors, type Sync } from './guest/mirror.ts';
import type { Words } from './host/dialogs.ts';
import { EarlyFrames } from './host/early-frames.ts';
import { HostFrames } from './host/frames.ts';
import { HostMedia } from './host/media.ts';
import { Pointing } from './pointing/index.ts';
import { PointerLayer } from './pointing/pointers.ts';
import type { Zoom } from './scale.ts';
import { type Live, type LocalAction, me, owns, type Panel, person, reduce, type ShellState, START, viewed } from './store.ts';
import { notices } from './views/notices.ts';

export class Session {
	/** Where all frames live. Placed into the page once, never moved. */
	readonly stage: HTMLElement;
	state: ShellState = START;
	online = false;
	/** Why the server will not have this shell, if so. */
	refused: string | undefined;
	zoom: Zoom = 'fit';
	/** How the mirrors on this screen stand to their hosts' pages, by tab; absent: not compared yet. */
	readonly sync = new Map<TabId, Sync>();
	/** Questions that this participant has put aside, by key. */
	readonly dismissed = new Set<string>();
	readonly #connection: Connection;
	readonly points: Pointing;
	readonly #pointers: PointerLayer;
	readonly #changed: () => void;
	readonly #early: EarlyFrames;
	#host: HostFrames | undefined;
	readonly #media = new HostMedia();
	#guest: GuestMirrors | undefined;
	readonly #files: FileNeeds;

	/** Connects as the participant that `secret` names; `changed` is called whenever there is something new to render. */
	constructor(secret: string, changed: () => void) {
		this.#changed = changed;
		this.stage = document.createElement('div');
		this.stage.className = 'stage';
		this.#early = new EarlyFrames(this.stage);
		this.#pointers = new PointerLayer(this.stage, (tab) => this.#placeOfHost(tab));
		this.points = new Pointing(this.stage, {
			live: () => (this.state.phase === 'live' ? this.state : undefined),
			placeOf: (tab) => this.#placeOf(tab),
			locate: async (...at) => (this.#host?.has(at[0]) ? this.#host.anchors.locate(...at) : this.#guest?.locate(...at)),
			watch: (...what) => (this.#host?.has(what[0]) ? this.#host.anchors.watch(...what) : this.#guest?.watch(...what)),
			drift: (tab) => this.#guest?.looks.drift(tab) ?? { x: 0, y: 0 },
			wheel: (tab, x, y, dx, dy) =>
				this.#host?.has(tab) ? void this.#host.anchors.wheel(tab, x, y, dx, dy) : this.#guest?.looks.look(tab, dx, dy),
			send: (message) => this.send(message),
			sendDroppable: (message) => this.#connection.sendDroppable(message),
			showPointer: (message) => this.#onMessage(message),
			changed: () => this.#changed(),
		});
		this.#connection = connect(secret, {
			had: () => this.#guest?.had() ?? [],
			message: (message) => this.#onMessage(message),
			mirror: (tab, bytes) => this.#onMirror(tab, bytes),
			online: (up) => {
				this.online = up;
				this.#changed();
			},
			refused: (code) => {
				this.refused = code;
				this.#changed();
			},
		});
		this.#files = {
			connection: this.#connection,
			saved: () => this.#host?.saved,
			scopeOf: (tab) => this.#assetsOf(tab),
			ask: (ask) => this.#reduce(ask),
			keep: (ask) => notices(this.state, ask),
		};
	}

	/** A tab will be opened at this origin of ours in a moment. Once the stage is in the document. */
	expect(origin: string): void {
		if (this.state.phase === 'connecting') this.#early.prepare(origin);
	}

	send(message: ClientMessage): boolean {
		if (message.t === 'tab-close' && this.#host?.has(message.tab)) {
			this.#host.dialogs.leave(message.tab, () => this.#connection.send(message));
			return this.online;
		}
		return this.#connection.send(message);
	}

	/** What the dialog of a tab hosted here says, whole. */
	words(dialog: string): Words | undefined {
		return this.#host?.dialogs.words(dialog);
	}

	/** Goes to a tab: who presents takes those who follow along, everybody else looks around by themselves. */
	show(tab: TabId): void {
		const { state } = this;
		if (state.phase !== 'live') return;
		const presents = me(state)?.role === 'agent' || state.session.tabs.find(({ id }) => id === tab)?.owner === state.you;
		this.#reduce({ t: 'look', tab, following: presents });
		this.send(presents ? { t: 'tab-present', tab } : { t: 'view', tab, following: false });
	}

	/** Back to what is presented, and to where its host is in it. */
	follow(tab: TabId | undefined = this.state.phase === 'live' ? this.state.session.presented : undefined): void {
		if (this.state.phase !== 'live' || tab === undefined) return;
		this.#reduce({ t: 'look', tab, following: true });
		this.#guest?.looks.follow(tab);
	}

	/** Whether this participant looks elsewhere in the viewed page than its host. */
	get roaming(): boolean {
		return this.state.phase === 'live' && (this.#guest?.looks.roams(this.state.view) ?? false);
	}

	panel(panel: Panel | undefined): void {
		this.#reduce({ t: 'panel', panel });
	}

	dismiss(key: string): void {
		this.dismissed.add(key);
		this.#changed();
	}

	setZoom(zoom: Zoom): void {
		this.zoom = zoom;
		this.stage.classList.toggle('full', zoom === 'full');
		this.#guest?.zoom(zoom);
		this.#changed();
	}

	dispose(): void {
		this.#connection.close();
		this.points.dispose();
		this.#dropFrames();
	}

	#onMessage(message: ServerMessage): void {
		if (message.t === 'pointer') {
			if (this.state.phase === 'live') this.#pointers.move(message, person(this.state, message.from));
			return;
		}
		if (message.t === 'mark' || message.t === 'marks' || message.t === 'mark-clear') {
			this.points.take(message);
			return;
		}
		if (message.t === 'gather') {
			this.follow(message.tab);
			return;
		}
		if (message.t === 'dialog-answered') {
			this.#host?.dialogs.answered(message);
			notices(this.state, message);
			return;
		}
		if (message.t === 'carry') {
			this.#host?.carry.expect(message.tab, message.carried);
			return;
		}
		if (message.t === 'host-pack') {
			this.#host?.carry.pack(message.tab);
			return;
		}
		if (message.t === 'navigate' || message.t === 'history' || message.t === 'input') {
			this.#host?.obey(message);
			return;
		}
		if (message.t === 'sandboxed') {
			this.#host?.places.vouch(message.origin);
			return;
		}
		if (message.t === 'input-done') {
			this.#guest?.gestures.done(message);
			return;
		}
		if (message.t === 'copied') {
			void takeCopied(message);
			return;
		}
		if (message.t === 'choose') {
			const at = { frame: message.frame, node: 0, pick: message.pick };
			chooseFiles(message, (files) => this.#guest?.handOver(message.tab, at, files));
			return;
		}
		if (aboutFiles(message, this.#files)) return;
		const again = message.t === 'welcome' && this.state.phase === 'live';
		if (again) this.#guest?.resume();
		if (again) this.#media.resume();
		if (message.t === 'refused' && message.as !== undefined) this.#host?.refuse(message.as);
		notices(this.state, message);
		this.#reduce(message);
		if (again) this.#host?.resume();
		if (message.t === 'bye') this.dispose();
	}

	/** Where this guest's browser asks for what a tab shows. */
	#assetsOf(tab: TabId): Scope | undefined {
		const { state } = this;
		const token = state.phase === 'live' ? state.assetTokens[tab] : undefined;
		return state.phase === 'live' && token ? { zone: parseZone(state.zone), token } : undefined;
	}

	#onMirror(tab: TabId, bytes: Uint8Array): void {
		if (this.state.phase !== 'live') return;
		if (
			owns(
				this.state,
				this.state.session.tabs.find(({ id }) => id === tab),
			)
		)
			this.#host?.onMirror(bytes);
		else this.#guest?.onMirror(tab, bytes);
	}

	#onSync(tab: TabId, { agree, repairs }: Sync): void {
		const was = this.sync.get(tab);
		if (was?.agree === agree && was.repairs === repairs) return;
		this.sync.set(tab, { agree, repairs });
		this.#changed();
	}

	#reduce(message: ServerMessage | LocalAction): void {
		const before = this.state;
		this.state = reduce(before, message);
		if (this.state === before) return;
		if (this.state.phase === 'live') {
			this.#syncFrames(this.state);
			this.#syncFollowing(this.state);
			if (before.phase === 'live' && before.view !== this.state.view) this.#tellRoaming();
		} else this.#early.drop();
		this.#changed();
	}

	/** The server moves those along who follow; it has to know of whom that holds, also where the tab they looked at by themselves was closed. */
	#syncFollowing(state: Live): void {
		if (state.following && state.view !== undefined && me(state)?.following === false) {
			this.send({ t: 'view', tab: state.view, following: true });
		}
	}

	#syncFrames(state: Live): void {
		const { zone, runToken, sharedToken, you, view } = state;
		const connection = this.#connection;
		const { stage } = this;
		this.#host ??= new HostFrames({
			...{ stage, zone, connection, early: this.#early },
			onPage: (tab) => this.points.newPage(tab),
			onSight: (tab, sight) => this.points.see(tab, sight),
		});
		this.#guest ??= new GuestMirrors({
			stage,
			zone,
			connection,
			onPlaced: () => {
				this.#pointers.place();
				this.points.place();
			},
			onSight: (tab, sight) => this.points.see(tab, sight),
			onRoam: (tab) => this.#tellRoaming(tab),
			onSync: (tab, sync) => this.#onSync(tab, sync),
		});
		const mine = state.session.tabs.filter((tab) => tab.owner === you);
		const theirs = state.session.tabs.filter((tab) => tab.owner !== you);
		this.#host.protect(state.policy);
		this.#host.accompany(state.session.participants.some(({ id, state: where }) => id !== you && where === 'here'));
		if (mine.length) this.#media.tell(me(state)?.media, (holds) => this.send({ t: 'media', holds }));
		this.#host.sync(mine, view, { private: runToken, shared: sharedToken }, (id) => person(state, id)?.state === 'here');
		this.#early.drop();
		this.#guest.sync(theirs, state.assetTokens, view, you, new Map(state.session.participants.map((each) => [each.id, each])));
		this.#pointers.sync(view, state.session.participants);
		this.points.sync(state);
	}

	/** The others, and its host above all, see who looks elsewhere. */
	#tellRoaming(tab?: TabId): void {
		if (this.state.phase !== 'live' || (tab !== undefined && tab !== this.state.view)) return;
		const on = this.roaming;
		if ((me(this.state)?.roaming ?? false) !== on) this.send({ t: 'roam', on });
		this.#changed();
	}

	/** Where what the host sees of a tab lies on the stage: shifted, while this guest looks elsewhere. */
	#placeOfHost(tab: TabId): { x: number; y: number; factor: number } | undefined {
		const place = this.#placeOf(tab);
		const drift = this.#guest?.looks.drift(tab) ?? { x: 0, y: 0 };
		return place && { ...place, x: place.x + drift.x * place.factor, y: place.y + drift.y * place.factor };
	}

	/** Where a tab's root viewport lies on the stage. A host's own frame fills it. */
	#placeOf(tab: TabId): { x: number; y: number; factor: number } | undefined {
		if (this.state.phase !== 'live') return undefined;
		return owns(this.state, viewed(this.state)) ? { x: 0, y: 0, factor: 1 } : this.#guest?.place(tab);
	}

	#dropFrames(): void {
		this.#early.drop();
		this.#host?.dispose();
		this.#guest?.dispose();
		this.#host = undefined;
		this.#guest = undefined;
	}
}
