// tests only (Node).
// What somebody with a full line is brought up to date with once it is free.
import type { Server, Socket } from 'socket.io';
import * as assert from 'uvu/assert';
import { encodeMirror } from '../../protocol/mirror-encode.ts';
import { type Had, Outbox } from '../../server/rooms/outbox.ts';
import { suite } from '../harness.ts';

const test = suite('outbox');

/** A guest on a line of which a test says how much waits in it, and what the outbox wants sent again once it is free. */
function guestOnLine() {
	const buffer = { bufferedAmount: 0 };
	const socket = { id: 's', conn: { writeBuffer: [], transport: { socket: buffer } } } as unknown as Socket;
	const io = { to: () => ({ emit: () => true }) } as unknown as Server;
	let restarted: (had: Had) => void;
	const restart = new Promise<Had>((done) => {
		restarted = done;
	});
	const outbox = new Outbox(io, { restart: (_, __, had) => restarted(had), refresh: () => {}, slow: () => {} });
	outbox.open('guest', socket);
	return { outbox, buffer, restart };
}

const key = encodeMirror({ t: 'key', frame: 7, seq: 3, root: true, base: 'https://a.example/', quirks: false, nodes: [], ops: [] });
const delta = encodeMirror({ t: 'delta', frame: 8, seq: 5, ops: [] });

test('a key that found the line full counts as not had, a delta as missed since the last one', async (t) => {
	const { outbox, buffer, restart } = guestOnLine();
	t.defer(() => outbox.close('guest'));
	outbox.upToDate('guest', 'tab', [], new Map<number, number>().set(7, 3).set(8, 4));
	buffer.bufferedAmount = 1e9;
	assert.is(outbox.mirror(['guest'], 'tab', delta, false), 0);
	assert.is(outbox.mirror(['guest'], 'tab', key, false), 0);
	buffer.bufferedAmount = 0;
	assert.equal([...(await restart)], [[8, 4]]);
});

test.run();
