// tests only (Node).
// Bytes on the wire: a site that answers with exactly these bytes, and a client that asks with exactly these.
import type { AddressInfo } from 'node:net';
import * as net from 'node:net';

export interface RawSite {
	readonly port: number;
	readonly url: string;
	/** What arrived, one text a connection, in order. */
	readonly heard: string[];
	close(): Promise<void>;
}

/** A site that runs `answer` once a connection's first bytes came; a text is sent and the connection ended. */
export async function rawSite(answer: string | ((socket: net.Socket, heard: string) => unknown)): Promise<RawSite> {
	const heard: string[] = [];
	const open = new Set<net.Socket>();
	const server = net.createServer((socket) => {
		open.add(socket);
		socket.on('error', () => {}).on('close', () => open.delete(socket));
		const place = heard.push('') - 1;
		let begun = false;
		socket.on('data', (chunk) => {
			heard[place] += chunk.toString('latin1');
			if (begun) return;
			begun = true;
			if (typeof answer === 'string') socket.end(answer, 'latin1');
			else answer(socket, heard[place] as string);
		});
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const { port } = server.address() as AddressInfo;
	return {
		port,
		url: `http://127.0.0.1:${port}`,
		heard,
		close: () =>
			new Promise((done) => {
				for (const socket of open) socket.destroy();
				server.close(() => done());
			}),
	};
}

/** Sends these bytes to a port of this machine and answers all that comes back until the other side ends, or `enough` says so. */
export function rawAsk(port: number, bytes: string, enough: (text: string) => boolean = () => false): Promise<string> {
	return new Promise((resolve, reject) => {
		const socket = net.connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
		let text = '';
		const end = () => {
			socket.destroy();
			resolve(text);
		};
		socket.on('data', (chunk) => {
			text += chunk.toString('latin1');
			if (enough(text)) end();
		});
		socket.on('end', end);
		socket.on('close', end);
		socket.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ECONNRESET' || error.code === 'EPIPE' ? end() : reject(error)));
	});
}

/** The status codes of the responses in `text`, in order. */
export function statuses(text: string): number[] {
	return [...text.matchAll(/^HTTP\/1\.[01] (\d{3})/gm)].map(([, code]) => Number(code));
}
