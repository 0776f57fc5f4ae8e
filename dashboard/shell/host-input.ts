// page: no Node.
// What guests do in the tabs that this participant hosts: to the document that it is meant for, and its outcome back to whoever did it.
import type { ShellMessage } from '../../protocol/page.ts';
import type { ParticipantId, ServerMessage, Tab, TabId } from '../../protocol/room.ts';
import type { Connection } from './connection.ts';
import { HostCopies } from './host-copies.ts';
import { HostGate } from './host-gate.ts';
import { HostKeys } from './host-keys.ts';
import type { Door, HostPorts } from './host-ports.ts';

export class HostInput {
	readonly gate: HostGate;
	readonly keys: HostKeys;
	readonly copies: HostCopies;
	readonly #ports: () => HostPorts;
	readonly #connection: Connection;
	readonly #pending = new Map<number, { tab: TabId; to: string; n: number; frame: number }>();
	/** Who acts in each tab besides this host. */
	readonly #controllers = new Map<TabId, string | undefined>();
	#inputs = 0;

	constructor(ports: () => HostPorts, connection: Connection) {
		this.#ports = ports;
		this.#connection = connection;
		this.gate = new HostGate(ports);
		this.keys = new HostKeys(ports);
		this.copies = new HostCopies(connection);
	}

	/** The server says what the tab is now. `here`: whether somebody is connected; one who is not holds nothing down any more, though they keep control. */
	sync(tab: Tab, here: (id: ParticipantId) => boolean): void {
		this.gate.sync(tab);
		const acts = tab.controller !== undefined && here(tab.controller) ? tab.controller : undefined;
		if (this.#controllers.get(tab.id) !== acts) this.stop(tab.id);
		this.#controllers.set(tab.id, acts);
	}

	/** A guest acts. */
	act({ tab, from, n, intent }: Extract<ServerMessage, { t: 'input' }>): void {
		const id = ++this.#inputs;
		this.copies.acts(tab, from);
		const aimed = this.keys.aim(tab, intent);
		if (intent.k !== 'hover' && intent.k !== 'move') this.gate.acts(tab, aimed.frame, true);
		this.#pending.set(id, { tab, to: from, n, frame: aimed.frame });
		if (!this.#ports().tell(aimed.frame, { t: 'input', id, intent: aimed })) this.done(id, aimed.frame, false, 'stale-frame');
	}

	/** A document has carried out what it was told, or refuses to. */
	done(id: number, frame: number, ok: boolean, why?: string): void {
		const pending = this.#pending.get(id);
		if (!pending || pending.frame !== frame) return;
		this.#pending.delete(id);
		const { tab, to, n } = pending;
		this.#connection.send({ t: 'input-done', tab, to, n, ok, ...(why === undefined ? {} : { why }) });
	}

	/** The host acts in a document: what a guest has half done (a button held) in the tab's others ends. That one saw it, and did so by itself. */
	touched({ tab, frame }: Door): void {
		this.gate.acts(tab, frame, false);
		if (!this.#controllers.get(tab)) return;
		for (const door of this.#ports().inTab(tab)) {
			if (door.frame !== frame) say(door, { t: 'input', id: 0, intent: { k: 'cancel', frame: door.frame } });
		}
	}

	/** Ends what a guest has under way in a tab, and what waits. */
	stop(tab: TabId): void {
		for (const door of this.#ports().inTab(tab)) say(door, { t: 'input-stop' });
	}

	forget(tab: TabId): void {
		this.#controllers.delete(tab);
		for (const part of [this.copies, this.keys, this.gate]) part.forget(tab);
	}
}

function say({ port }: Door, message: ShellMessage): void {
	port.postMessage(message);
}
