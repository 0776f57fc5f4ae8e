// benchmarks only (Node). A peer beside Tandem: testcafe-hammerhead, the most thorough rewriting proxy that is free to use, in a process of its own.
import { type ChildProcess, fork } from 'node:child_process';
import dns from 'node:dns';
import { type AddressInfo, createServer } from 'node:net';

export interface Hammerhead {
	/** A new session's address of the page. */
	open(): Promise<string>;
	close(): Promise<void>;
}

/** Starts one that takes every name for this machine, to look at `url`. */
export async function startHammerhead(url: string): Promise<Hammerhead> {
	const child = fork(import.meta.filename, [url]);
	await reply(child);
	return {
		open: () => {
			child.send('open');
			return reply(child);
		},
		close: async () => {
			const gone = new Promise<void>((done) => child.once('exit', () => done()));
			child.disconnect();
			await gone;
		},
	};
}

function reply(child: ChildProcess): Promise<string> {
	return new Promise((done, fail) => {
		const exit = () => fail(new Error('hammerhead has ended'));
		child.once('exit', exit);
		child.once('message', (said) => {
			child.off('exit', exit);
			done(String(said));
		});
	});
}

async function freePorts(): Promise<[number, number]> {
	const servers = [createServer(), createServer()];
	for (const server of servers) await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const ports = servers.map((server) => (server.address() as AddressInfo).port);
	for (const server of servers) await new Promise((done) => server.close(done));
	return ports as [number, number];
}

async function bePeer(url: string): Promise<void> {
	const { Proxy: Peer, Session } = (await import('testcafe-hammerhead')).default;
	const { lookup } = dns;
	Object.assign(dns, { lookup: (_: string, options: dns.LookupOptions, done: () => void) => lookup('127.0.0.1', options, done) });
	class Quiet extends Session {
		constructor() {
			super([], {});
		}
		getIframePayloadScript = async () => '';
		getPayloadScript = async () => '';
		getAuthCredentials = () => null;
		handleAttachment = () => {};
		handleFileDownload(): void {}
		handlePageError(_: unknown, error: unknown): void {
			console.error(String(error));
		}
	}
	const peer = new Peer({});
	const [port1, port2] = await freePorts();
	peer.start({ hostname: '127.0.0.1', port1, port2 });
	const open = peer.openSession.bind(peer) as (url: string, session: Quiet) => string;
	process.on('message', () => process.send?.(open(url, new Quiet())));
	process.on('disconnect', () => process.exit());
	process.send?.('here');
}

if (process.argv[1] === import.meta.filename) await bePeer(process.argv[2] ?? '');
