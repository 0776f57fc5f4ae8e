// page: no Node.
// Private entry in the host's shell: which secret field the host is in, by tab. While they are in one, no guest acts in that tab, and the others see a curtain.
import type { FrameMessage } from '../../../protocol/page.ts';
import type { PrivateEntry, TabId } from '../../../protocol/room.ts';
import type { Connection } from '../connection.ts';
import type { HostInput } from './input.ts';
import type { Door } from './ports.ts';

export class HostEntry {
	readonly #connection: Connection;
	readonly #input: HostInput;
	/** The secret field the host is in. */
	readonly #at = new Map<TabId, PrivateEntry>();

	constructor(connection: Connection, input: HostInput) {
		this.#connection = connection;
		this.#input = input;
	}

	/** A document has come in place of one with such a field. */
	opened({ root, tab }: Door): void {
		if (root) this.#leave(tab);
	}

	/** Takes what a document says of such fields, and that the host acts in it; false where it says neither. */
	said(door: Door, message: FrameMessage): boolean {
		const { tab, frame } = door;
		switch (message.t) {
			case 'private':
				if (message.node) this.#enter(tab, { frame, node: message.node });
				else this.#leave(tab, frame);
				return true;
			case 'touched':
				// A field in a document that is gone says nothing any more; the host acting elsewhere does.
				if (this.#at.get(tab)?.frame !== frame) this.#leave(tab);
				this.#input.touched(door);
				return true;
			default:
				return false;
		}
	}

	forget(tab: TabId): void {
		this.#at.delete(tab);
	}

	/** The host has left such a field of the document `frame`, or of any. */
	#leave(tab: TabId, frame?: number): void {
		const before = this.#at.get(tab);
		if (before && (frame === undefined || before.frame === frame)) this.#enter(tab, undefined);
	}

	#enter(tab: TabId, at: PrivateEntry | undefined): void {
		if (at) this.#at.set(tab, at);
		else this.#at.delete(tab);
		this.#input.stop(tab);
		this.#connection.send({ t: 'private', tab, at });
	}
}
