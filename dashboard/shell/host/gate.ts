// page: no Node.
// The gate of the tabs this participant hosts: tells their documents whether forms that a guest sends have to wait, and who acts beside them.
import type { ShellMessage } from '../../../protocol/page.ts';
import type { Tab, TabId } from '../../../protocol/room.ts';
import type { Door, HostPorts } from './ports.ts';

export class HostGate {
	readonly #ports: () => HostPorts;
	/** Tabs whose gate is shut. */
	readonly #shut = new Set<TabId>();

	constructor(ports: () => HostPorts) {
		this.#ports = ports;
	}

	/** The server says what the tab is now. */
	sync({ id, rules: { gate } }: Tab): void {
		if (gate === this.#shut.has(id)) return;
		if (gate) this.#shut.add(id);
		else this.#shut.delete(id);
		for (const door of this.#ports().inTab(id)) say(door, { t: 'gate', on: gate });
	}

	opened(door: Door): void {
		if (this.#shut.has(door.tab)) say(door, { t: 'gate', on: true });
	}

	/** Somebody acts in the document `frame`: a form in another one of the tab may come of it. */
	acts(tab: TabId, frame: number, guest: boolean): void {
		if (!this.#shut.has(tab)) return;
		for (const door of this.#ports().inTab(tab)) if (door.frame !== frame) say(door, { t: 'acts', guest });
	}

	forget(tab: TabId): void {
		this.#shut.delete(tab);
	}
}

function say({ port }: Door, message: ShellMessage): void {
	port.postMessage(message);
}
