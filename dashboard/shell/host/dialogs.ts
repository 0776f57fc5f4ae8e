// page: no Node.
// Dialogs of the tabs this participant hosts: says that they are shown, knows their whole text, and asks before a page is left that minds it.
import type { FrameMessage, ShellMessage } from '../../../protocol/page.ts';
import type { ServerMessage, Tab, TabId } from '../../../protocol/room.ts';
import type { Connection } from '../connection.ts';
import type { Door, HostPorts } from './ports.ts';

/** Milliseconds that a page may take to say whether it minds. */
const PATIENCE = 700;
/** Texts kept; more than a page can have open. */
const KEPT = 50;

export interface Words {
	readonly text: string;
	readonly value: string;
}

interface Said extends Words {
	readonly tab: TabId;
	readonly frame: number;
}

interface Leaving {
	readonly tab: TabId;
	readonly waits: Set<Door>;
	readonly timer: number;
	readonly then: () => void;
	stay: boolean;
}

export class HostDialogs {
	readonly #ports: () => HostPorts;
	readonly #connection: Connection;
	readonly #said = new Map<string, Said>();
	/** The newest dialog of each tab that the server was told of as shown. */
	readonly #shown = new Map<TabId, string>();
	readonly #leaving = new Map<number, Leaving>();
	/** What happens when the session agrees, by the dialog's id. */
	readonly #agreed = new Map<string, { readonly tab: TabId; readonly go: () => void }>();
	/** The dialog by which the host's own browser asks, by tab. */
	readonly #native = new Map<TabId, string>();
	#count = 0;

	constructor(ports: () => HostPorts, connection: Connection) {
		this.#ports = ports;
		this.#connection = connection;
	}

	/** The server says what the tab is now. */
	sync({ id: tab, dialog }: Tab): void {
		for (const [id, agreed] of [...this.#agreed]) {
			if (agreed.tab === tab && id !== dialog?.id && this.#shown.get(tab) === id) this.#agreed.delete(id);
		}
		if (!dialog || dialog.native || this.#shown.get(tab) === dialog.id) return;
		this.#shown.set(tab, dialog.id);
		this.#connection.send({ t: 'dialog-shown', tab, id: dialog.id });
	}

	/** What a dialog says, for the host's own eyes; undefined: not known here. */
	words(id: string): Words | undefined {
		return this.#said.get(id);
	}

	/** A document has begun: what those before it in its place asked is over. */
	opened({ tab, root, frame }: Door): void {
		if (!root) return;
		for (const [id, said] of [...this.#said]) {
			if (said.tab !== tab || said.frame === frame) continue;
			this.#said.delete(id);
			this.#drop(tab, id);
		}
		this.#overNative(tab);
	}

	/** Takes what a document says about dialogs; false where it is about something else. */
	said(door: Door, message: FrameMessage): boolean {
		const { tab, frame } = door;
		switch (message.t) {
			case 'dialog':
				this.#said.set(message.id, { tab, frame, text: message.text, value: message.value });
				for (const id of [...this.#said.keys()].slice(0, -KEPT)) this.#said.delete(id);
				return true;
			case 'leaving':
				this.#heard(door, message.n, message.stay);
				return true;
			case 'stay':
				this.#ask(tab, () => door.port.postMessage({ t: 'leave', n: message.n } satisfies ShellMessage));
				return true;
			case 'send':
				this.#ask(tab, () => door.port.postMessage({ t: 'send', n: message.n } satisfies ShellMessage), message.site);
				return true;
			case 'stay-native':
				if (message.asks) this.#native.set(tab, this.#leaveAsk(tab, true));
				else this.#overNative(tab);
				return true;
			default:
				return false;
		}
	}

	/** Does `then`, which ends the tab's page, unless the page minds and the session says no. */
	leave(tab: TabId, then: () => void): void {
		const doors = this.#ports().inTab(tab);
		if (!doors.length) {
			then();
			return;
		}
		const n = ++this.#count;
		const timer = window.setTimeout(() => this.#decide(n), PATIENCE);
		this.#leaving.set(n, { tab, waits: new Set(doors), timer, then, stay: false });
		for (const door of doors) door.port.postMessage({ t: 'leaving', n } satisfies ShellMessage);
	}

	/** Somebody has answered. */
	answered({ id, ok }: Extract<ServerMessage, { t: 'dialog-answered' }>): void {
		const agreed = this.#agreed.get(id);
		this.#agreed.delete(id);
		if (ok) agreed?.go();
	}

	#heard(door: Door, n: number, stay: boolean): void {
		const leaving = this.#leaving.get(n);
		if (!leaving?.waits.delete(door)) return;
		leaving.stay ||= stay;
		if (!leaving.waits.size) this.#decide(n);
	}

	#decide(n: number): void {
		const leaving = this.#leaving.get(n);
		if (!leaving) return;
		const { tab, timer, then, stay } = leaving;
		clearTimeout(timer);
		this.#leaving.delete(n);
		const go = () => {
			// Each has been asked: its browser is not to ask once more.
			for (const door of this.#ports().inTab(tab)) door.port.postMessage({ t: 'leave' } satisfies ShellMessage);
			then();
		};
		if (stay) this.#ask(tab, go);
		else go();
	}

	/** `site`: a form that a guest sends there waits; else the page is left. */
	#ask(tab: TabId, go: () => void, site?: string): void {
		this.#agreed.set(site === undefined ? this.#leaveAsk(tab, false) : this.#sendAsk(tab, site), { tab, go });
	}

	#sendAsk(tab: TabId, site: string): string {
		const id = crypto.randomUUID();
		this.#connection.send({ t: 'send-ask', tab, id, site });
		return id;
	}

	#leaveAsk(tab: TabId, native: boolean): string {
		const id = crypto.randomUUID();
		this.#connection.send({ t: 'leave-ask', tab, id, native });
		return id;
	}

	#overNative(tab: TabId): void {
		const id = this.#native.get(tab);
		this.#native.delete(tab);
		if (id !== undefined) this.#drop(tab, id);
	}

	#drop(tab: TabId, id: string): void {
		this.#connection.send({ t: 'dialog-drop', tab, id });
	}
}
