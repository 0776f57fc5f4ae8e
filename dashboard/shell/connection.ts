// page: no Node.
// The one socket of this participant. It finds its way back by itself; what is said while it is down is not kept: the welcome that
// follows carries the session as it is then, the host's frames are asked for fresh keys, and a guest gets what they missed.
import { io, type Socket } from 'socket.io-client';
import { PROTOCOL_VERSION } from '../../protocol/limits.ts';
import type { Mask } from '../../protocol/privacy.ts';
import type { ClientMessage, ServerMessage, TabId } from '../../protocol/room.ts';
import { asBytes, makeArrivals, unpack } from './arrivals.ts';
import { withoutSecrets } from './host/privacy.ts';

/** Up to which delta this shell has each frame of a tab. */
export type HadTabs = readonly (readonly [tab: TabId, frames: readonly (readonly [frame: number, seq: number])[]])[];

export interface ConnectionEvents {
	/** What this shell has, when it comes back after a lost connection. */
	had(): HadTabs;
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
		auth: (tell: (auth: object) => void) => tell({ version: PROTOCOL_VERSION, secret, modern: true, fresh, had: events.had() }),
		transports: ['websocket', 'polling'],
		// At the longest 0.9 s apart, so that a mended line is found again at once; each try is one small request.
		reconnectionDelay: 250,
		reconnectionDelayMax: 700,
		randomizationFactor: 0.3,
		timeout: 5000,
	});
	let fresh = true;
	const arrivals = makeArrivals(socket);
	socket.on('connect', () => {
		arrivals.begin();
		events.online(true);
	});
	socket.on('disconnect', (reason) => {
		events.online(false);
		// The one reason after which socket.io does not come back by itself; a 'bye' has closed the connection before if it was meant.
		if (reason === 'io server disconnect') setTimeout(() => socket.connect(), 1000);
	});
	socket.on('connect_error', (error) => {
		if (socket.active) events.online(false);
		else events.refused(error.message);
	});
	socket.on('m', (message: ServerMessage) => {
		if (message.t === 'welcome') fresh = false;
		arrivals.take(() => events.message(message));
	});
	socket.on('x', (tab: TabId, data: ArrayBuffer | Uint8Array) => {
		const bytes = asBytes(data);
		arrivals.got(bytes.byteLength);
		arrivals.take(() => events.mirror(tab, bytes));
	});
	socket.on('z', (tab: TabId, data: ArrayBuffer | Uint8Array) => {
		const bytes = asBytes(data);
		arrivals.got(bytes.byteLength);
		const messages = unpack(bytes);
		arrivals.take(async () => {
			for (const message of await messages) events.mirror(tab, message);
		});
	});
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
