// tests only (Node).
// A Chromium page with injector/control alone in every frame, before the page's own scripts; intents name nodes by CSS selector.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { build } from 'esbuild';
import type { Frame, Page } from 'puppeteer-core';
import { plainChromium, sharedBrowser } from '../browser.ts';
import type { TestContext } from '../harness.ts';

const ROOT = new URL('../..', import.meta.url).pathname;

const ENTRY = `
import { natives } from './injector/natives.ts';
import { startControl } from './injector/control/index.ts';
import { give, idOf, take } from './injector/mirror/ids.ts';
import { masksContent } from './injector/mirror/privacy/mask.ts';
import { rememberRoot } from './injector/shadow-roots.ts';
import { clipName } from './protocol/intent.ts';
const frame = 1 + Math.floor(Math.random() * 1e9);
const roots = [], shell = [], done = new Map();
let last = 0;
startControl({
	win: window, doc: document, natives, frame, isTop: parent === window, boot: {}, toReal: (u) => u, toProxied: (u) => u,
	send: (m) => { bed.said.push(m); if (m.t === 'input-done') { (bed.acks[m.id] ??= []).push(m); done.get(m.id)?.(m); } },
	onShell: (h) => shell.push(h), childFrames: new Map(), onChild() {}, onShadowRoot: (h) => roots.push(h), onReopen() {},
});
const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (init) { const root = attach.call(this, init); rememberRoot(root); for (const h of roots) h(root); return root; };
const bed = globalThis.bed = {
	frame, acks: {}, log: [], said: [], masksContent, take,
	id(where) {
		if (where === '' || typeof where === 'number') return where || 0;
		const node = typeof where === 'string' ? document.querySelector(where) : where;
		return idOf(node) ?? give(node);
	},
	watch(...types) { for (const type of types) addEventListener(type, (e) => bed.log.push(type + ':' + (e.target.id || e.target.nodeName || 'window').toLowerCase()), true); },
	tell(id, intent) {
		const node = (o) => o && { ...o, ...('node' in o && { node: bed.id(o.node) }), ...(o.at && { at: spot(o.at) }), ...(o.from && { from: spot(o.from) }), ...(o.to && { to: spot(o.to) }), ...(o.anchor && { anchor: node(o.anchor), head: node(o.head) }) };
		const spot = (s) => typeof s === 'string' ? { node: bed.id(s), fx: .5, fy: .5 } : { ...s, node: bed.id(s.node) };
		for (const h of shell) h({ t: 'input', id, intent: { frame, ...node(intent) } });
	},
	/** Control ended. */
	stop() { for (const h of shell) h({ t: 'input-stop' }); },
	act(intent) {
		const id = ++last;
		return new Promise((resolve) => { done.set(id, (m) => resolve(m.ok ? 'ok' : m.why)); bed.tell(id, intent); });
	},
	async all(intents) { return Promise.all(intents.map((i) => bed.act(i))); },
	async click(at, clicks = 1, more = {}) {
		const base = { at, button: 0, clicks, ...more };
		return (await bed.all([{ ...base, k: 'down' }, { ...base, k: 'up' }])).find((r) => r !== 'ok') ?? 'ok';
	},
	key(key, keys, node = 0) { return bed.act({ k: 'key', node, key, code: '', keys }); },
	/** Ctrl+C of a guest whose mirror showed "had" as selected. */
	copy(had) { return bed.act({ k: 'key', node: 0, key: 'c', code: 'KeyC', keys: { accel: true }, copied: clipName(had) }); },
	text(text, node = 0) { return bed.act({ k: 'text', node, text }); },
};
`;

let control: string | undefined;

async function bundle(contents: string): Promise<string> {
	const options = {
		bundle: true,
		write: false,
		format: 'iife',
		target: 'es2022',
		logLevel: 'error',
		define: { 'process.env.NODE_ENV': '"production"' },
	} as const;
	const { outputFiles } = await build({ ...options, stdin: { contents, resolveDir: ROOT, loader: 'ts' } });
	return outputFiles[0]?.text ?? '';
}

/** A script of a test page that imports npm packages, as one classic script. */
export const appScript = bundle;

/**
 * A page with `html` in it; `script` runs at its end. Further documents for its iframes are `frames`, by path. Every document can be had under
 * `localhost` and any name below it, so that frames can be cross-origin. Closed with the test.
 */
export async function openPage(t: TestContext, html: string, script = '', frames: Readonly<Record<string, string>> = {}): Promise<Page> {
	control ??= await bundle(ENTRY);
	const browser = await sharedBrowser(plainChromium);
	const port = await serve(t, { ...frames, '/': `<!DOCTYPE html><body>${html}<script src=/app.js></script>` }, script);
	const page = await browser.newPage();
	t.defer(() => page.close());
	await page.setViewport({ width: 800, height: 600 });
	await page.evaluateOnNewDocument(control);
	await page.goto(`http://localhost:${port}/`);
	return page;
}

async function serve(t: TestContext, pages: Readonly<Record<string, string>>, script: string): Promise<number> {
	const server = createServer((request, response) => {
		const path = request.url ?? '/';
		const host = request.headers.host?.split(':')[1] ?? '';
		const body = path === '/app.js' ? script : (pages[path] ?? '').replaceAll('PORT', host);
		response.setHeader('content-type', path === '/app.js' ? 'text/javascript; charset=utf-8' : 'text/html; charset=utf-8').end(body);
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	t.defer(() => {
		server.closeAllConnections();
		server.close();
	});
	return (server.address() as AddressInfo).port;
}

/** Runs `code` (an async function's body that may use `bed`) in a page or frame. */
export function inPage<T>(page: Page | Frame, code: string): Promise<T> {
	return page.evaluate(`(async () => { ${code} })()`) as Promise<T>;
}
