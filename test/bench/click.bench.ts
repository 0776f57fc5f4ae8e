// benchmark (Node, Chromium): `npm run bench -- click`. Through the whole product (server, both shells, proxied page, mirror): from a guest letting
// go of the mouse to what comes of it in the host's page and in the guest's mirror, beside one mutation's way, host to guest, in turns. On a plain
// element, and on a button: of that the guest's own browser draws the pressed and the released look, just when what comes of the click is on its way.
import type { Frame } from 'puppeteer-core';
import { chromium } from '../browser.ts';
import { handControl, joinGuest, makeSession, openHost } from '../e2e/people.ts';
import { startSite } from '../proxy/fixture.ts';
import { startTandem } from '../tandem.ts';

const ROUNDS = 100;
/** Milliseconds between two: a guest's pointer is told every 33. */
const REST = 40;
const PAGE = `<!doctype html><title>click</title><div id=d style="height:90px">0</div><button id=b style="width:200px;height:90px">0</button><p id=p>0</p><ul>${'<li>row <b>text</b></li>'.repeat(1500)}</ul>
<script>for (const el of [b, d]) { let n = 0; el.onclick = () => el.setAttribute('data-n', ++n); }</script>`;
/** What is clicked, by its id. */
const TARGETS = { d: 'a plain element', b: 'a button' } as const;

const site = await startSite((_, res) => res.writeHead(200, { 'Content-Type': 'text/html' }).end(PAGE));
const tandem = await startTandem({ env: { TANDEM_UPSTREAM_MAP: `https://a.example=${site.url}`, TANDEM_ALLOW_PRIVATE: '127.0.0.0/8' } });
const browser = await chromium({ whole: true });
const session = await makeSession(tandem, 'https://a.example/');
const host = await openHost(browser, session);
const guest = await joinGuest(browser, session);
await guest.sight.see({ css: '#b' });
await handControl(host, guest);
// Nothing runs in the mirrored document: it is watched from the one around it.
const [page, mirror] = [await host.sight.frame(), (await guest.sight.frame()).parentFrame() as Frame];
for (const frame of [page, mirror]) await frame.evaluate(watch);

const ways: number[] = [];
const toHost = { d: [] as number[], b: [] as number[] };
const back = { d: [] as number[], b: [] as number[] };
for (const [n, id] of (['d', 'b'] as const).entries()) {
	const { x, y } = await guest.sight.at(`#${id}`);
	await guest.page.mouse.move(x, y);
	for (let round = 0; round < ROUNDS; round++) await click(id, round, n * ROUNDS + round);
}
const way = part(ways, 0.5);
row('one mutation, host to guest', ways);
for (const [id, name] of Object.entries(TARGETS) as ['d' | 'b', string][]) {
	row(`guest's click on ${name} to the host's page`, toHost[id]);
	row(`guest's click on ${name} to the guest's mirror`, back[id]);
}
await browser.close();
await tandem.close();
await site.close();
process.exit();

/** One mutation and one click on `id`, the `nth` of it and the `all`th in all. */
async function click(id: 'd' | 'b', nth: number, all: number): Promise<void> {
	const began = (await page.evaluate(
		`{ const at = performance.timeOrigin + performance.now(); document.querySelector('#p').setAttribute('data-n', ${all}); at }`,
	)) as number;
	ways.push((await when(mirror, 'p', all)) - began);
	await new Promise((rest) => setTimeout(rest, REST));
	await guest.page.mouse.down();
	await new Promise((rest) => setTimeout(rest, REST));
	await guest.page.mouse.up();
	const there = await when(page, id, nth);
	const seen = await when(mirror, id, nth);
	const released = (await mirror.evaluate(`released[${all}]`)) as number;
	toHost[id].push(there - released);
	back[id].push(seen - released);
	await new Promise((rest) => setTimeout(rest, REST));
}

/** In a document of either side: when each change of the two elements stood there, and when the mouse was let go, milliseconds since the epoch. */
function watch(): void {
	const now = () => performance.timeOrigin + performance.now();
	const doc = document.getElementById('b') ? document : (document.querySelector('iframe')?.contentDocument as Document);
	const times: Record<string, number[]> = { b: [], d: [], p: [] };
	const released: number[] = [];
	for (const [id, list] of Object.entries(times)) {
		const el = doc.getElementById(id) as Element;
		new MutationObserver(() => list.push(now())).observe(el, { attributeFilter: ['data-n'] });
	}
	// Before anything of ours hears it, wherever the pointer is taken.
	for (const at of [document, doc]) at.addEventListener('mouseup', ({ isTrusted }) => isTrusted && released.push(now()), true);
	Object.assign(globalThis, { times, released });
}

async function when(frame: Frame, id: string, n: number): Promise<number> {
	await frame.waitForFunction(`times.${id}.length > ${n}`, { polling: 5 });
	return (await frame.evaluate(`times.${id}[${n}]`)) as number;
}

function row(name: string, list: readonly number[]): void {
	const half = part(list, 0.5);
	console.log(
		`  ${name.padEnd(56)} ${half.toFixed(1).padStart(6)} / ${part(list, 0.95).toFixed(1).padStart(6)} ms   ${(half / way).toFixed(2)} ×`,
	);
}

function part(values: readonly number[], share: number): number {
	return [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;
}
