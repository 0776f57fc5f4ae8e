// benchmark (Node). A gigabyte down and a gigabyte up through the proxy, which is a process of its own: the most memory it held meanwhile
// above what it held before, and how fast it went. The site makes and counts the bytes, and keeps none.
import { fork } from 'node:child_process';
import * as http from 'node:http';
import { Readable } from 'node:stream';
import { hostOf, startProxy, startSite } from '../proxy/fixture.ts';

const SHOP = 'https://shop.example';
const MB = 1024 * 1024;
const BLOCKS = 1024;
const block = Buffer.alloc(MB, 120);

const [site] = process.argv.slice(2);
if (site) await beProxy(site);
else await measure();

/** Says its port; each message is answered by the resident memory now and the most since the last message, in bytes. */
async function beProxy(target: string): Promise<void> {
	const { port } = await startProxy({ upstreamMap: `${SHOP}=${target}` });
	let most = 0;
	setInterval(() => {
		most = Math.max(most, process.memoryUsage.rss());
	}, 20);
	process.on('message', () => {
		const now = process.memoryUsage.rss();
		process.send?.([now, Math.max(most, now)]);
		most = 0;
	});
	process.on('disconnect', () => process.exit());
	process.send?.(port);
}

function* blocks(count: number): Generator<Buffer> {
	for (let i = 0; i < count; i++) yield block;
}

async function measure(): Promise<void> {
	const upstream = await startSite(async (req, res) => {
		let size = 0;
		for await (const chunk of req as AsyncIterable<Buffer>) size += chunk.length;
		if (req.method === 'POST') return void res.end(String(size));
		const count = Number(req.url?.slice(1));
		res.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Length': count * MB });
		Readable.from(blocks(count)).pipe(res);
	});
	const child = fork(import.meta.filename, [upstream.url]);
	const said = <T>() => new Promise<T>((resolve) => child.once('message', (message) => resolve(message as T)));
	const port = await said<number>();
	const memory = () => {
		const answer = said<[number, number]>();
		child.send('');
		return answer;
	};
	const down = async (count: number) => {
		let size = 0;
		for await (const chunk of await ask(port, 'GET', `/${count}`)) size += chunk.length;
		return size;
	};
	const up = async (count: number) => {
		let text = '';
		for await (const chunk of await ask(port, 'POST', '/', count)) text += chunk;
		return Number(text);
	};
	for (const [name, move] of [
		['down', down],
		['up', up],
	] as const) {
		await move(64); // so that code is compiled and buffers are there
		const [before] = await memory();
		const began = performance.now();
		const size = await move(BLOCKS);
		const seconds = (performance.now() - began) / 1000;
		const [, most] = await memory();
		if (size !== BLOCKS * MB) throw new Error(`${name}: ${size} bytes arrived`);
		console.log(`  1 GB ${name}: ${Math.round((most - before) / MB)} MB above before, ${Math.round(BLOCKS / seconds)} MB/s`);
	}
	child.kill();
	await upstream.close();
}

function ask(port: number, method: string, path: string, count = 0): Promise<http.IncomingMessage> {
	return new Promise((resolve, reject) => {
		const headers = { Host: hostOf(SHOP), ...(count ? { 'Content-Length': count * MB } : {}) };
		const request = http.request({ port, method, path, headers, agent: false }, resolve);
		request.on('error', reject);
		if (count) Readable.from(blocks(count)).pipe(request);
		else request.end();
	});
}
