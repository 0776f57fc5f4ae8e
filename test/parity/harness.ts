// tests only (Node).
// The same page script runs bare (the site served directly, top level) and proxied (in a frame of a page that stands for the shell), and what
// it records must be equal. known-failures.json names what isn't yet; it may only shrink.
import { readFileSync } from 'node:fs';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, Frame } from 'puppeteer-core';
import * as assert from 'uvu/assert';
import { parseZone } from '../../protocol/label.ts';
import { toProxied } from '../../protocol/url.ts';
import { createProxy } from '../../proxy/index.ts';
import { closeWindows, plainChromium, sharedBrowser } from '../browser.ts';
import { suite } from '../harness.ts';
import { MemorySessions, RUN } from '../proxy/fixture.ts';
import { respond } from './site.ts';

const ROOT = new URL('../..', import.meta.url).pathname;
const KNOWN = JSON.parse(readFileSync(new URL('known-failures.json', import.meta.url), 'utf8')) as Record<string, string>;

/** As the shell's own frames (dashboard/shell/host/tab-frame.ts), of what cases ask about. */
const ALLOW = ['autoplay', 'camera', 'clipboard-read', 'clipboard-write', 'fullscreen', 'geolocation', 'microphone', 'payment']
	.map((feature) => `${feature} *`)
	.join(';');

export interface Case {
	/** Body of an async function with `record(name, () => value)` and `origins` ({shop, cdn, other}); `value` may be a promise. */
	readonly script: string;
	/** Markup of the page, before the script. */
	readonly html?: string;
	/** The path and query the page has; /case by default. */
	readonly path?: string;
	/** Further paths of the site and what they answer. */
	readonly files?: Readonly<Record<string, { readonly type: string; readonly body: string; readonly headers?: Record<string, string> }>>;
	/** The site's name before .localhost, or a whole one that ends with .test, which is no secure context. */
	readonly host?: string;
}

export interface Bench {
	readonly browser: Browser;
	readonly shell: string;
	readonly port: number;
	run(c: Case, how: 'bare' | 'proxied'): Promise<Record<string, string>>;
	/** The page's frame, left open. */
	open(c: Case, how: 'bare' | 'proxied'): Promise<Frame>;
	close(): Promise<void>;
}

/** A browser, a site on *.localhost, a proxy in front of it and a page that frames it. */
export async function startBench(): Promise<Bench> {
	const cases = new Map<string, Case>();
	const site = http.createServer((req, res) => respond(req, res, cases));
	const port = await listen(site);
	const gate = http.createServer();
	const gatePort = await listen(gate);
	const zone = parseZone(`http://tandem.localhost:${gatePort}`);
	const shell = `http://app.tandem.localhost:${gatePort}`;
	const log = { info() {}, warn() {}, error() {} };
	const proxy = createProxy({
		zone,
		appOrigin: shell,
		upstreamMap: ['localhost', 'test'].map((zone) => `http://*.${zone}:${port}=http://127.0.0.1:${port}`).join(','),
		allowPrivate: [],
		sessions: new MemorySessions(),
		dist: join(ROOT, 'dist'),
		log,
	});
	gate.on('request', (req, res) => (proxy.owns(req.headers.host) ? proxy.request(req, res) : shellPage(res)));
	gate.on('upgrade', (req, socket, head) => proxy.upgrade(req, socket, head));
	const browser = await sharedBrowser(plainChromium);
	const open: Bench['open'] = async (c, how) => {
		const page = await browser.newPage();
		if (process.env.PARITY_LOG) page.on('console', (m) => console.log(how, m.text())).on('pageerror', (e) => console.log(how, e));
		const host = c.host?.endsWith('.test') ? c.host : `${c.host ?? 'shop'}.localhost`;
		const url = `http://${host}:${port}${c.path ?? '/case'}`;
		cases.set(new URL(url).pathname, c);
		for (const path of Object.keys(c.files ?? {})) cases.set(path, c);
		if (how === 'bare') {
			await page.goto(url, { waitUntil: 'domcontentloaded' });
			return page.mainFrame();
		}
		await page.goto(`${shell}/?${encodeURIComponent(toProxied(url, { zone, token: RUN }))}`, { waitUntil: 'domcontentloaded' });
		const handle = await page.waitForSelector('iframe');
		const frame = await handle?.contentFrame();
		if (!frame) throw new Error('the shell has no frame');
		return frame;
	};
	return {
		browser,
		shell,
		port,
		open,
		async run(c, how) {
			const frame = await open(c, how);
			try {
				await frame.waitForFunction('globalThis.recorded', { timeout: 30_000 });
				return (await frame.evaluate('recorded')) as Record<string, string>;
			} finally {
				await frame.page().close();
			}
		},
		async close() {
			await closeWindows(browser);
			await proxy.close();
			for (const server of [site, gate]) {
				server.closeAllConnections();
				await new Promise((resolve) => server.close(resolve));
			}
		},
	};
}

/** A suite whose cases run both ways in one browser. */
export function paritySuite(name: string, cases: Readonly<Record<string, Case>>): void {
	const test = suite(`parity: ${name}`, { limit: 180_000 });
	let compared = 0;
	test('bare and proxied agree', async (t) => {
		const bench = await startBench();
		t.defer(() => bench.close());
		const wrong: string[] = [];
		for (const [title, c] of Object.entries(cases)) {
			const bare = await bench.run(c, 'bare');
			const proxied = await bench.run(c, 'proxied');
			assert.ok(Object.keys(bare).length, `${title} records something`);
			for (const key of new Set([...Object.keys(bare), ...Object.keys(proxied)])) {
				compared++;
				const id = `${name} / ${title} / ${key}`;
				const same = bare[key] === proxied[key];
				if (same && KNOWN[id]) wrong.push(`${id}: passes now, take it out of known-failures.json`);
				if (!same && !KNOWN[id]) wrong.push(`${id}\n${difference(`${bare[key]}`, `${proxied[key]}`)}`);
			}
		}
		console.log(`${name}: ${compared} values compared`);
		assert.is(wrong.length, 0, `\n${wrong.join('\n')}`);
	});
	test.run();
}

/** Both texts from a little before the first place where they differ. */
function difference(bare: string, proxied: string): string {
	let at = 0;
	while (at < bare.length && bare[at] === proxied[at]) at++;
	const from = Math.max(0, at - 60);
	return `    bare    …${bare.slice(from, at + 200)}\n    proxied …${proxied.slice(from, at + 200)}`;
}

/** Takes a frame's greeting as the shell does, and keeps what it says in `messages`. */
function shellPage(res: http.ServerResponse): void {
	res.setHeader('content-type', 'text/html');
	res.end(`<!doctype html><script>
		messages = []; ports = [];
		spares = new Map();
		function away(frame, {url, close}, real, origin) {
			if (close) frame.remove();
			else if (url.startsWith(real)) frame.src = origin + url.slice(real.length);
		}
		function keep(port, origin, n) {
			for (let more = n - [...spares.values()].filter(({owner}) => owner === port).length; more > 0; more--) {
				const frame = document.createElement('iframe'), name = 'spare-' + crypto.randomUUID();
				spares.set(name, {frame, owner: port});
				frame.onload = () => port.postMessage({t: 'spare', name}, frame.onload = null);
				frame.src = origin + '/.tandem/spare#' + name;
				document.body.append(frame);
			}
		}
		function adopt(spare, {width, height}) {
			spare.owner = undefined;
			Object.assign(spare.frame.style, {width: width ? width + 'px' : '', height: height ? height + 'px' : '', border: 0});
		}
		addEventListener('message', (e) => {
			if (e.data?.tandem !== 1 || !e.data.hello) return;
			const hello = e.data.hello, port = e.ports[0];
			messages.push({t: 'hello', ...hello});
			ports.push(port);
			port.onmessage = (m) => {
				if (m.data.t !== 'x') messages.push({frame: hello.frame, ...m.data});
				if (m.data.t === 'spares') keep(port, e.origin, m.data.n);
				if (m.data.t === 'adopt') adopt(spares.get(m.data.spare), m.data);
				if (m.data.t === 'window') away(spares.get(m.data.spare).frame, m.data, new URL(hello.url).origin, e.origin);
				if (m.data.t === 'close') for (const spare of spares.values()) if (spare.frame.contentWindow === e.source) spare.frame.remove();
			};
			port.postMessage({t: 'ready', tab: 'tab1'});
		});
	</script><iframe style="width:800px;height:600px" allow="${ALLOW}"></iframe>
	<script>document.querySelector('iframe').src = decodeURIComponent(location.search.slice(1))</script>`);
}

function listen(server: http.Server): Promise<number> {
	return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));
}
