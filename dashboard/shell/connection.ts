// page: no Node.
// The one socket of this participant. It finds its way back by itself; what is said while it is down is not kept: the welcome that
// follows carries the session as it is then, and the host's frames are asked for fresh keys.
import { io, type Socket } from 'socket.io-client';
import { PROTOCOL_VERSION } from '../../protocol/limits.ts';
import type { Mask } from '../../protocol/privacy.ts';
import type { ClientMessage, ServerMessage, TabId } from '../../protocol/room.ts';
import { withoutSecrets } from './host-privacy.ts';

export interface ConnectionEvents {
	message(message: ServerMessage): void;
	/** Mirror bytes of a tab: for its guests a key or delta, for its host a 'resync'. */
	mirror(tab: TabId, bytes: Uint8Array): void;
	/** Whether messages reach the server now. */
	online(up: boolean): void;
	/** The server refused this shell for good: its code, e.g. 'unauthorized' or 'version'. */
	refused(code: string): void;
}

export interface Connection {
	/** Sends a message; false where the socket is down and the message is lost. */
	send(message: ClientMessage): boolean;
	/** Like send, for what the next one makes worthless: only the latest goes, at most so often, and not before bytes that wait. */
	sendDroppable(message: ClientMessage): void;
	/** `only`: for these classes of guests alone (privacy.ts); without: for all alike. */
	sendMirror(tab: TabId, bytes: Uint8Array, only?: Mask): boolean;
	close(): void;
}

/** Milliseconds between two droppable messages: two frames of the screen. */
const DROPPABLE_MS = 33;

/** Connects as the participant that `secret` names. */
export function connect(secret: string, events: ConnectionEvents): Connection {
	const socket: Socket = io({
		auth: { version: PROTOCOL_VERSION, secret },
		transports: ['websocket', 'polling'],
		reconnectionDelay: 300,
		reconnectionDelayMax: 4000,
	});
	socket.on('connect', () => events.online(true));
	socket.on('disconnect', (reason) => {
		events.online(false);
		// The one reason after which socket.io does not come back by itself; a 'bye' has closed the connection before if it was meant.
		if (reason === 'io server disconnect') setTimeout(() => socket.connect(), 1000);
	});
	socket.on('connect_error', (error) => {
		if (socket.active) events.online(false);
		else events.refused(error.message);
	});
	socket.on('m', (message: ServerMessage) => events.message(message));
	socket.on('x', (tab: TabId, bytes: ArrayBuffer | Uint8Array) =>
		events.mirror(tab, bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes)),
	);
	const send = (message: ClientMessage): boolean => {
		if (socket.connected) socket.emit('m', withoutSecrets(message));
		return socket.connected;
	};
	return {
		send,
		sendDroppable: latestOnly((message) => {
			if (socket.io.engine.writeBuffer.length > 0) return false;
			send(message);
			return true;
		}),
		sendMirror: (tab, bytes, only) => {
			if (socket.connected) socket.emit('x', tab, bytes, ...(only === undefined ? [] : [only]));
			return socket.connected;
		},
		close: () => void socket.disconnect(),
	};
}

/**
 * A function that hands the newest message to `send`, the first at once and then one every DROPPABLE_MS. socket.io's `volatile` would
 * lose the last one too, whenever something else was sent just before it. `send` answers false to be asked again later.
 */
function latestOnly(send: (message: ClientMessage) => boolean): (message: ClientMessage) => void {
	let latest: ClientMessage | undefined;
	let resting = false;
	const next = (): void => {
		resting = latest !== undefined;
		if (!latest) return;
		if (send(latest)) latest = undefined;
		setTimeout(next, DROPPABLE_MS);
	};
	return (message) => {
		latest = message;
		if (!resting) next();
	};
}
