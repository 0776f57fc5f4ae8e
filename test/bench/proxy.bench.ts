// benchmark (Node). The proxy against plain http-proxy-middleware: the same requests, to the same site, in the same run. Each proxy is a
// process of its own, started as people start it, and what counts is the CPU time of that process, so that client and site don't blur it. Rounds alternate.
import { type ChildProcess, fork } from 'node:child_process';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { createProxyMiddleware } from 'http-proxy-middleware';
import { SERVER_FLAGS } from '../../scripts/lib/ensure.mjs';
import { hostOf, startProxy, startSite } from '../proxy/fixture.ts';

const SHOP = 'https://shop.example';
const CONCURRENCY = 16;
const ROUNDS = 5;
const KB = 1024;

interface Work {
	readonly name: string;
	readonly path: string;
	readonly requests: number;
	readonly bytes: number;
	/** Sec-Fetch-Dest: of what a script asks for itself, headers are said twice (proxy/response/said.ts). */
	readonly dest: string;
}

const WORK: readonly Work[] = [
	{ name: '1 kB JSON', path: '/1', requests: 3000, bytes: KB, dest: 'empty' },
	{ name: '64 kB picture', path: '/64', requests: 2000, bytes: 64 * KB, dest: 'image' },
	{ name: '8 MB download', path: '/8192', requests: 24, bytes: 8192 * KB, dest: 'empty' },
];

const [role, site] = process.argv.slice(2);
if (role && site) await beProxy(role, site);
else await compare();

/** A proxy in a child process: says its port, then on each message the CPU time since the last one, in microseconds. */
async function beProxy(name: string, target: string): Promise<void> {
	const port = name === 'tandem' ? (await startProxy({ upstreamMap: `${SHOP}=${target}` })).port : await plain(target);
	let since = process.cpuUsage();
	process.on('message', () => {
		const { user, system } = process.cpuUsage(since);
		since = process.cpuUsage();
		process.send?.(user + system);
	});
	process.on('disconnect', () => process.exit());
	process.send?.(port);
}

async function plain(target: string): Promise<number> {
	const proxy = createProxyMiddleware({ target, changeOrigin: true, agent: new http.Agent({ keepAlive: true }) });
	const server = http.createServer((req, res) => void proxy(req, res, () => res.end()));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return (server.address() as AddressInfo).port;
}

async function compare(): Promise<void> {
	const upstream = await startSite((req, res) => {
		const body = Buffer.alloc(Number(req.url?.slice(1)) * KB, 120);
		res.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Length': body.length }).end(body);
	});
	const children = new Map<string, ChildProcess>();
	const ports = new Map<string, number>();
	for (const name of ['plain', 'tandem']) {
		const child = fork(import.meta.filename, [name, upstream.url], name === 'tandem' ? { execArgv: SERVER_FLAGS } : {});
		children.set(name, child);
		ports.set(name, await reply(child));
	}
	console.log('work            plain req/CPU-s   tandem req/CPU-s   CPU a request, tandem : plain (median of rounds)');
	for (const work of WORK) {
		const spent: Record<string, number[]> = { plain: [], tandem: [] };
		for (let round = -1; round < ROUNDS; round++)
			for (const [name, child] of children) {
				await ask(child);
				await load(ports.get(name) ?? 0, work);
				const micros = await ask(child);
				if (round >= 0) spent[name]?.push(micros / work.requests);
			}
		const [a, b] = [median(spent.plain ?? []), median(spent.tandem ?? [])];
		console.log(
			`${work.name.padEnd(16)}${(1e6 / a).toFixed(0).padStart(15)}${(1e6 / b).toFixed(0).padStart(19)}${(b / a).toFixed(2).padStart(12)}`,
		);
	}
	for (const child of children.values()) child.disconnect();
	await upstream.close();
}

async function load(port: number, { path, requests, bytes, dest }: Work): Promise<void> {
	const agent = new http.Agent({ keepAlive: true, maxSockets: CONCURRENCY });
	const headers = {
		Host: hostOf(SHOP),
		Cookie: 'tandem-v-aaaaaa=0',
		'Sec-Fetch-Dest': dest,
		'Sec-Fetch-Site': 'same-origin',
		'Accept-Encoding': 'gzip, br',
	};
	let left = requests;
	const one = () =>
		new Promise<void>((resolve, reject) => {
			http
				.get({ port, path, agent, headers }, (res) => {
					let size = 0;
					res.on('data', (chunk: Buffer) => {
						size += chunk.length;
					});
					res.on('end', () => (size === bytes ? resolve() : reject(new Error(`${size} bytes, not ${bytes}`))));
				})
				.on('error', reject);
		});
	await Promise.all(
		Array.from({ length: CONCURRENCY }, async () => {
			while (left-- > 0) await one();
		}),
	);
	agent.destroy();
}

function ask(child: ChildProcess): Promise<number> {
	child.send('cpu');
	return reply(child);
}

function reply(child: ChildProcess): Promise<number> {
	return new Promise((resolve) => child.once('message', (value) => resolve(Number(value))));
}

function median(values: number[]): number {
	return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
