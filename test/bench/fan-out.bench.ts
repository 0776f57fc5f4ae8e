// benchmark (Node, Chromium): `npm run bench -- fan-out`. One host in a browser, a page that changes ten times a second, and many guests: some in
// browsers, through shell and mirror, the rest by socket alone, in a process of their own. From the change in the host's page to its arrival.
import { type ChildProcess, fork } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Frame } from 'puppeteer-core';
import { chromium } from '../browser.ts';
import { joinGuest, openHost, type Person, type SessionMade } from '../e2e/people.ts';
import { startTandem, type Tandem } from '../tandem.ts';
import { type Crowd, gather, KEY } from './crowd.ts';

const BROWSERS = Number(process.env.BROWSERS ?? 3);
const CROWDS = (process.env.GUESTS ?? '20,100,300').split(',').map(Number);
const SECONDS = 20;
const MB = 1024 * 1024;

/** Ten times a second a stamp, a text and a few rows change: about what a chart or a list of prices does. */
const PAGE = `<!doctype html><title>prices</title><p id=at data-at=0>0</p><table id=t>${Array.from({ length: 40 }, (_, i) => `<tr><td>share ${i}<td>0`).join('')}</table>
<script>
	const at = document.querySelector('#at'), cells = document.querySelectorAll('td:nth-child(2)');
	let n = 0;
	setInterval(() => {
		for (let i = 0; i < 8; i++) cells[(n * 8 + i) % cells.length].textContent = (Math.random() * 1000).toFixed(2);
		at.textContent = ++n;
		at.setAttribute('data-at', 'at' + (performance.timeOrigin + performance.now()).toFixed(2) + ';');
	}, 100);
</script>`;

type Server = Pick<Tandem, 'origin' | 'app' | 'api' | 'port'>;
interface Load {
	readonly cpu: number;
	readonly memory: number;
}

const [role, ...rest] = process.argv.slice(2);
if (role === 'server') await beServer(rest[0] ?? '');
else if (role === 'guests') await beGuests(rest[0] ?? '', rest[1] ?? '', rest[2] ?? '', Number(rest[3]));
else await measure();

/** The server in a process of its own: says where it is, then on each message its CPU time in microseconds and its memory in bytes. */
async function beServer(upstreamMap: string): Promise<void> {
	const tandem = await startTandem({ env: { TANDEM_UPSTREAM_MAP: upstreamMap, TANDEM_ALLOW_PRIVATE: '127.0.0.0/8' } });
	process.on('message', () => {
		globalThis.gc?.();
		const { user, system } = process.cpuUsage();
		process.send?.({ cpu: user + system, memory: process.memoryUsage.rss() } satisfies Load);
	});
	process.on('disconnect', () => void tandem.close().then(() => process.exit()));
	const { origin, app, api, port } = tandem;
	process.send?.({ origin, app, api, port } satisfies Server);
}

async function beGuests(api: string, app: string, code: string, count: number): Promise<void> {
	let crowd: Crowd | undefined;
	process.on('message', (what) => {
		if (what === 'begin') crowd?.begin();
		else process.send?.(crowd?.end() ?? {});
	});
	process.on('disconnect', () => process.exit());
	crowd = await gather(api, app, code, count);
	process.send?.('here');
}

async function measure(): Promise<void> {
	const site = createServer((_, res) => res.writeHead(200, { 'Content-Type': 'text/html' }).end(PAGE));
	await new Promise<void>((done) => site.listen(0, '127.0.0.1', done));
	const map = `https://a.example=http://127.0.0.1:${(site.address() as AddressInfo).port}`;
	const browser = await chromium({ whole: true });
	console.log('guests          socket: p50    p95    p99   most   browser: p50    p95   lost   server: CPU   memory (before)');
	for (const guests of CROWDS) await round(browser, map, guests);
	await browser.close();
	site.close();
}

async function round(browser: Browser, map: string, guests: number): Promise<void> {
	const server = fork(import.meta.filename, ['server', map], { execArgv: [...process.execArgv, '--expose-gc'] });
	const where = await reply<Server>(server);
	const made = await fetch(`${where.api}/api/sessions`, {
		method: 'POST',
		headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
		body: JSON.stringify({ url: 'https://a.example/' }),
	});
	const session = (await made.json()) as SessionMade;
	const host = await openHost(browser, session);
	await host.sight.see({ css: '#at' });
	const before = await ask<Load>(server, 'load');
	const crowd = fork(import.meta.filename, ['guests', where.api, where.app, session.code, String(guests - BROWSERS)]);
	await reply(crowd);
	const seats: Person[] = [];
	for (let n = 0; n < BROWSERS; n++) seats.push(await joinGuest(browser, session, `Browser ${n}`));
	for (const { sight } of seats) await sight.see({ css: '#at' });
	await new Promise((rest) => setTimeout(rest, 3000));
	// Nothing runs in the mirrored document: it is watched from the one around it.
	const frames = await Promise.all(seats.map(async ({ sight }) => (await sight.frame()).parentFrame() as Frame));
	for (const frame of frames) await frame.evaluate(watch);
	crowd.send('begin');
	const began = await ask<Load>(server, 'load');
	await new Promise((rest) => setTimeout(rest, SECONDS * 1000));
	const ended = await ask<Load>(server, 'load');
	const seen = (await Promise.all(frames.map((frame) => told(frame)))).flat();
	const { took, lost } = await ask<{ took: number[]; lost: number }>(crowd, 'end');
	const cells = [part(took, 0.5), part(took, 0.95), part(took, 0.99), Math.max(...took), part(seen, 0.5), part(seen, 0.95)].map((ms) =>
		ms.toFixed(0).padStart(6),
	);
	const cpu = ((ended.cpu - began.cpu) / SECONDS / 1e4).toFixed(0);
	console.log(
		`${String(guests).padEnd(15)} ${cells.slice(0, 4).join(' ')} ms ${cells.slice(4).join(' ')} ms ${String(lost).padStart(6)}         ${cpu.padStart(3)} %   ${(ended.memory / MB).toFixed(0)} MB (${(before.memory / MB).toFixed(0)})`,
	);
	crowd.disconnect();
	for (const person of [host, ...seats]) await person.close();
	server.disconnect();
	await new Promise((gone) => server.once('exit', gone));
}

/** Around a guest's mirror: milliseconds from each change on the host until it stands here. */
function watch(): void {
	const took: number[] = [];
	const at = document.querySelector('iframe')?.contentDocument?.querySelector('#at') as Element;
	const look = () => {
		const began = Number(at.getAttribute('data-at')?.slice(2, -1));
		took.push(performance.timeOrigin + performance.now() - began);
	};
	new MutationObserver(look).observe(at, { attributeFilter: ['data-at'] });
	Object.assign(globalThis, { took });
}

function told(frame: Frame): Promise<number[]> {
	return frame.evaluate('took') as Promise<number[]>;
}

function ask<T>(child: ChildProcess, what: string): Promise<T> {
	child.send(what);
	return reply<T>(child);
}

function reply<T>(child: ChildProcess): Promise<T> {
	return new Promise((resolve, reject) => {
		const gone = () => reject(new Error('a part of the benchmark has ended too early'));
		child.once('exit', gone);
		child.once('message', (value) => {
			child.off('exit', gone);
			resolve(value as T);
		});
	});
}

function part(values: readonly number[], share: number): number {
	return [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;
}
