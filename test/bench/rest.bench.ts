// benchmark (Node, Chromium): `npm run bench -- rest`. What a page costs that nothing happens in, while a guest watches: the share of the main thread that
// all tasks take in 10 s, of the host's page, of the same page directly, and of the guest's mirror. And what a page costs that shows one thing after
// another for a minute: the heap of the host's page and of the guest's mirror at its start and its end, after a collection.
import type { Browser, CDPSession } from 'puppeteer-core';
import { chromium } from '../browser.ts';
import { joinGuest, makeSession, openHost } from '../e2e/people.ts';
import { startSite } from '../proxy/fixture.ts';
import { startTandem } from '../tandem.ts';

const SETTLES = 8000;
const SECONDS = 10;
const MINUTE = 60_000;
const part = `customElements.define('x-a', class extends HTMLElement { constructor() { super(); this.attachShadow({ mode: 'open' }).innerHTML = '<style>p{color:red}</style><p>x</p>'; } })`;

/** Pages at rest, by what is many in them. */
const PAGES: Readonly<Record<string, string>> = {
	'2,000 paragraphs': '<p>text <b>b</b></p>'.repeat(2000),
	'50 frames': Array.from({ length: 50 }, () => '<iframe src="/frame" width=100 height=60></iframe>').join(''),
	'3,000 components': `<script>${part}</script>${'<x-a></x-a>'.repeat(3000)}`,
	'300 style sheets': `<body><script>for (let i = 0; i < 300; i++) {
		const el = document.createElement('style'); document.head.append(el); el.sheet.insertRule('p{color:red}'); el.sheet.cssRules[0].style.color;
	}</script>`,
};
/** 200 rows, a component and a sheet 20 times a second, a frame once. */
const CHANGES = `<div id=at></div><iframe id=f></iframe><script>${part};
	let n = 0;
	setInterval(() => {
		n++;
		at.replaceChildren(...Array.from({ length: 200 }, (_, i) => Object.assign(document.createElement('p'), { textContent: n + ' ' + i })), document.createElement('x-a'));
		const sheet = new CSSStyleSheet(); sheet.replaceSync('p{margin:' + n % 5 + 'px}'); document.adoptedStyleSheets = [sheet];
		if (n % 20 === 0) { const next = document.createElement('iframe'); next.id = 'f'; next.srcdoc = '<p>frame ' + n; f.replaceWith(next); }
	}, 50);
</script>`;

const names = [...Object.keys(PAGES), 'changes'];
const site = await startSite((req, res) => {
	const name = names[Number(new URL(req.url ?? '/', 'http://x').pathname.slice(1))];
	const body = req.url === '/frame' ? '<p>frame' : name === 'changes' ? CHANGES : PAGES[name ?? ''];
	res.writeHead(200, { 'Content-Type': 'text/html' }).end(`<!doctype html><title>rest</title>${body}`);
});
const tandem = await startTandem({ env: { TANDEM_UPSTREAM_MAP: `https://a.example=${site.url}`, TANDEM_ALLOW_PRIVATE: '127.0.0.0/8' } });
const browser = await chromium({ whole: true });

console.log('at rest, % of the main thread     host   directly   mirror');
for (const name of Object.keys(PAGES)) {
	const { close, ...pages } = await open(name);
	const shares = await Promise.all(Object.values(pages).map(share));
	console.log(`${name.padEnd(30)} ${shares.map((each) => each.toFixed(2).padStart(8)).join(' ')}`);
	await close();
}
const { close, ...pages } = await open('changes');
const before = await Promise.all(Object.values(pages).map(heap));
await new Promise((done) => setTimeout(done, MINUTE));
const after = await Promise.all(Object.values(pages).map(heap));
console.log('heap, MB, a minute of changes');
for (const [i, name] of Object.keys(pages).entries()) console.log(`${name.padEnd(30)} ${before[i]?.toFixed(1)} → ${after[i]?.toFixed(1)}`);
await close();
await browser.close();
await tandem.close();
await site.close();
process.exit();

/** The page as a host's, directly, and as a guest's mirror, each in front in a window of its own. */
async function open(name: string) {
	const path = `/${names.indexOf(name)}`;
	const own = await browser.createBrowserContext();
	const plain = await own.newPage();
	await plain.goto(site.url + path);
	const session = await makeSession(tandem, `https://a.example${path}`);
	const host = await openHost(browser, session);
	const guest = await joinGuest(browser, session);
	await new Promise((done) => setTimeout(done, SETTLES));
	const sessions = {
		host: await targetOf(browser, (await host.sight.frame()).url()),
		directly: await plain.createCDPSession(),
		mirror: await targetOf(browser, (await guest.sight.frame()).parentFrame()?.url()),
	};
	const close = async () => {
		await own.close();
		for (const { page } of [host, guest]) await page.close();
	};
	return { ...sessions, close };
}

async function targetOf(browser: Browser, url: string | undefined): Promise<CDPSession> {
	const target = browser.targets().find((each) => each.url() === url);
	if (!target) throw new Error(`no process of its own for ${url}`);
	return await target.createCDPSession();
}

/** Percent of the main thread's time that tasks take. */
async function share(session: CDPSession): Promise<number> {
	await session.send('Performance.enable');
	const before = await metric(session, 'TaskDuration');
	await new Promise((done) => setTimeout(done, SECONDS * 1000));
	return ((await metric(session, 'TaskDuration')) - before) * (100 / SECONDS);
}

/** Megabytes in use once what is not needed is collected. */
async function heap(session: CDPSession): Promise<number> {
	await session.send('Performance.enable');
	for (let i = 0; i < 3; i++) await session.send('HeapProfiler.collectGarbage');
	return (await metric(session, 'JSHeapUsedSize')) / 1e6;
}

async function metric(session: CDPSession, name: string): Promise<number> {
	const { metrics } = await session.send('Performance.getMetrics');
	return metrics.find((each) => each.name === name)?.value ?? Number.NaN;
}
