// page: no Node.
// Hand-over in the hosts' shells: what goes along is gathered from the old host's documents, and put in place before the new host's begin.
import type { Carried, DocumentState, Kept } from '../../../protocol/carry.ts';
import { CARRY_PATH, type CarryIn } from '../../../protocol/carry.ts';
import { type Zone, zoneOrigin } from '../../../protocol/label.ts';
import type { Hello, ShellMessage } from '../../../protocol/page.ts';
import type { Tab, TabId } from '../../../protocol/room.ts';
import type { Connection } from '../connection.ts';
import { type Door, type HostPorts, mayBeAt } from './ports.ts';

/** Milliseconds that a document may take to say what its storage holds, and one of ours to put it in place. */
const PACK = 500;
const UNPACK = 4000;

export class HostCarry {
	readonly #ports: HostPorts;
	readonly #connection: Connection;
	/** Tabs whose storage is told to the server, for a next host. */
	readonly #kept = new Set<TabId>();
	/** Documents that a tab which came from somebody else still has to be given the state of. */
	readonly #coming = new Map<TabId, DocumentState[]>();
	readonly #storage = new Map<TabId, readonly Kept[]>();
	/** Documents that have not answered yet, of tabs that are being packed. */
	readonly #packing = new Map<TabId, Set<Door>>();

	constructor(ports: HostPorts, connection: Connection) {
		this.#ports = ports;
		this.#connection = connection;
	}

	/** What comes along with a tab that will be this host's in a moment. */
	expect(tab: TabId, { storage, documents }: Carried): void {
		this.#coming.set(tab, [...documents]);
		this.#storage.set(tab, storage);
	}

	/** Puts a tab's storage in place, if any came along: before its page is opened. `clear`: what is there belongs to nothing any more. */
	async unpack(
		tab: TabId,
		at: { readonly zone: Zone; readonly token: string; readonly stage: HTMLElement; readonly clear: boolean },
	): Promise<void> {
		const storage = this.#storage.get(tab) ?? [];
		this.#storage.delete(tab);
		await Promise.all(storage.map((kept) => place(kept, at)));
	}

	/** Whether something came along for this tab that has to be in place first. */
	has(tab: TabId): boolean {
		return (this.#storage.get(tab)?.length ?? 0) > 0;
	}

	/** Storage goes to the server where the tab's jar is shared, or its host let their own go along. */
	sync({ id, jar, handover }: Tab): void {
		const keep = jar === 'shared' || handover.signedIn;
		if (keep === this.#kept.has(id)) return;
		if (keep) this.#kept.add(id);
		else this.#kept.delete(id);
		this.#ask(id);
	}

	/** Everything is said anew: the server may have forgotten it. */
	resume(): void {
		for (const tab of this.#kept) this.#ask(tab);
	}

	/** A document has come. The root gets the root's state, another one that of a document with its URL; none that of another origin. */
	opened(door: Door, hello: Hello): void {
		if (this.#kept.has(door.tab)) door.port.postMessage({ t: 'storage', on: true } satisfies ShellMessage);
		const coming = this.#coming.get(door.tab);
		const at = door.root ? 0 : (coming ?? []).findIndex(({ url }, i) => i > 0 && url === hello.url.replace(/#.*$/s, ''));
		const state = coming?.[at];
		if (!state) return;
		const its = this.#isOf(door, state.url);
		// The root's place stays taken, so that the others keep theirs; a second root document is another page.
		if (its || door.root) coming[at] = { url: '', fields: [], scrolls: [] };
		if (!its) return;
		door.port.postMessage({ t: 'restore', state } satisfies ShellMessage);
	}

	/** Whether a document stands where one of that URL was; what it says of itself may be a page's own word. Those without an address are the root's. */
	#isOf({ tab, place }: Door, url: string): boolean {
		return place !== undefined && (/^https?:/.test(url) ? mayBeAt(place, url) : place === this.#ports.root(tab)?.place);
	}

	/** Storage of a document of this host's. */
	said(door: Door, local: Kept['local'], session: Kept['session']): void {
		if (door.place !== undefined) this.#connection.send({ t: 'storage', tab: door.tab, kept: { place: door.place, local, session } });
		const left = this.#packing.get(door.tab);
		if (left?.delete(door) && left.size === 0) this.#packed(door.tab);
	}

	/** The tab moves to somebody else: the last that is to be said of it. */
	pack(tab: TabId): void {
		const doors = this.#kept.has(tab) ? this.#ports.inTab(tab).filter(({ place }) => place !== undefined) : [];
		if (!doors.length) {
			this.#packed(tab);
			return;
		}
		this.#packing.set(tab, new Set(doors));
		setTimeout(() => this.#packing.has(tab) && this.#packed(tab), PACK);
		this.#ask(tab);
	}

	forget(tab: TabId): void {
		for (const map of [this.#coming, this.#storage, this.#packing]) map.delete(tab);
		this.#kept.delete(tab);
	}

	#packed(tab: TabId): void {
		this.#packing.delete(tab);
		this.#connection.send({ t: 'host-packed', tab });
	}

	#ask(tab: TabId): void {
		for (const { port } of this.#ports.inTab(tab)) port.postMessage({ t: 'storage', on: this.#kept.has(tab) } satisfies ShellMessage);
	}
}

/** Opens a document of ours on the label that stands for the same origin here, and has it fill its storage. */
async function place(
	kept: Kept,
	{ zone, token, stage, clear }: { zone: Zone; token: string; stage: HTMLElement; clear: boolean },
): Promise<void> {
	const origin = zoneOrigin(`${kept.place}${token}`, zone);
	const frame = document.createElement('iframe');
	frame.className = 'carry';
	frame.hidden = true;
	const done = new Promise<void>((resolve) => {
		const onMessage = ({ source, origin: from, data }: MessageEvent) => {
			if (source === frame.contentWindow && from === origin && data?.carried) resolve();
		};
		window.addEventListener('message', onMessage);
		setTimeout(resolve, UNPACK);
		void Promise.resolve().then(() => done.finally(() => window.removeEventListener('message', onMessage)));
	});
	frame.addEventListener('load', () => {
		frame.contentWindow?.postMessage({ tandem: 1, carry: kept, clear } satisfies CarryIn, origin);
	});
	frame.src = origin + CARRY_PATH;
	stage.append(frame);
	await done;
	frame.remove();
}
