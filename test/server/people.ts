// tests only (Node).
// Participants by socket alone: what a shell says and hears, without a browser.
import { io, type Socket } from 'socket.io-client';
import { PROTOCOL_VERSION } from '../../protocol/limits.ts';
import type { ClientMessage, ServerMessage } from '../../protocol/room.ts';
import type { Tandem } from '../tandem.ts';

type Kind = ServerMessage['t'];
type Of<K extends Kind> = Extract<ServerMessage, { t: K }>;

export interface Person {
	readonly socket: Socket;
	/** Everything heard, in order. */
	readonly heard: ServerMessage[];
	/** Mirror bytes that came, with their tab. */
	readonly mirror: { readonly tab: string; readonly bytes: Uint8Array }[];
	say(message: ClientMessage): void;
	/** The next message of that kind that nobody has waited for yet and that `fits`; also one that came already. */
	hears<K extends Kind>(kind: K, fits?: (message: Of<K>) => boolean): Promise<Of<K>>;
	/** Waits until so many mirror messages came in all. */
	mirrored(count: number): Promise<void>;
	/** Resolves when the socket is closed. */
	closed(): Promise<void>;
}

/** Connects with a secret. The test's `defer` closes it. */
export function connect(
	tandem: Tandem,
	secret: string,
	t: { defer(undo: () => unknown): void },
	version: number = PROTOCOL_VERSION,
): Person {
	const socket = io(tandem.api, {
		auth: { version, secret },
		transports: ['websocket'],
		extraHeaders: { host: new URL(tandem.app).host },
		reconnection: false,
		forceNew: true,
	});
	t.defer(() => socket.close());
	const heard: ServerMessage[] = [];
	const taken = new Set<ServerMessage>();
	const mirror: { tab: string; bytes: Uint8Array }[] = [];
	const waiters = new Set<() => void>();
	const tell = () => {
		for (const waiter of [...waiters]) waiter();
	};
	const until = <T>(look: () => T | undefined) =>
		new Promise<T>((resolve) => {
			const waiter = () => {
				const found = look();
				if (found === undefined) return;
				waiters.delete(waiter);
				resolve(found);
			};
			waiters.add(waiter);
			waiter();
		});
	socket.on('m', (message: ServerMessage) => {
		heard.push(message);
		tell();
	});
	socket.on('x', (tab: string, bytes: Uint8Array) => {
		mirror.push({ tab, bytes });
		tell();
	});
	socket.on('disconnect', tell);
	return {
		socket,
		heard,
		mirror,
		say: (message) => {
			socket.emit('m', message);
		},
		hears: (kind, fits = () => true) =>
			until(() => {
				const found = heard.find((each): each is Of<typeof kind> => each.t === kind && !taken.has(each) && fits(each as never));
				if (found) taken.add(found);
				return found;
			}),
		mirrored: async (count) => {
			await until(() => (mirror.length >= count ? true : undefined));
		},
		closed: async () => {
			await until(() => (socket.disconnected ? true : undefined));
		},
	};
}

/** A new session, its host connected and welcomed. */
export async function hosted(tandem: Tandem, t: { defer(undo: () => unknown): void }, body: object = {}) {
	const made = await tandem.rest<{ id: string; hostUrl: string; code: string; joinUrl: string; tabs: { id: string }[] }>(
		'POST',
		'/api/sessions',
		{
			url: 'https://a.example/',
			...body,
		},
	);
	const ticket = new URL(made.body.hostUrl).hash.slice('#ticket='.length);
	const { body: entry } = await tandem.rest<{ secret: string }>('POST', '/api/enter', { ticket });
	const host = connect(tandem, entry.secret, t);
	const welcome = await host.hears('welcome');
	return { ...made.body, tab: made.body.tabs[0]?.id ?? '', secret: entry.secret, host, welcome };
}

/** A visitor joins by code and connects. */
export async function joined(tandem: Tandem, t: { defer(undo: () => unknown): void }, code: string, name: string) {
	const { body } = await tandem.rest<{ secret: string }>('POST', '/api/join', { code, name });
	return { secret: body.secret, person: connect(tandem, body.secret, t) };
}
