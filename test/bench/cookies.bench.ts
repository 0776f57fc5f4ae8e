// benchmark (Node, Chromium): `npm run bench -- cookies`. How long a page stands still for what it writes to and reads from `document.cookie` while it
// loads, direct and through Tandem, on loopback and over a line with a round trip of 50 ms to Tandem. Milliseconds, median.
import type { Frame } from 'puppeteer-core';
import { EARLY_PATH } from '../../protocol/page.ts';
import { chromium } from '../browser.ts';
import { startSite } from '../proxy/fixture.ts';
import { slowLine } from '../slow-line.ts';
import { startTandem } from '../tandem.ts';

const ROUNDS = Number(process.env.ROUNDS ?? 7);
const TRIP = 50;
const HOST = 'www.shop.example';
const PAGE = `<!doctype html><title>cookies</title><script>
	const took = [], time = (work) => { const began = performance.now(); work(); took.push(performance.now() - began); };
	time(() => { for (let i = 0; i < 20; i++) document.cookie = 'w' + i + '=1; path=/; max-age=86400'; });
	time(() => { for (let i = 0; i < 20; i++) { document.cookie = 'r' + i + '=1; path=/; domain=shop.example; expires=Fri, 01 Jan 2038 00:00:00 GMT'; document.cookie; } });
	time(() => { for (let i = 0; i < 20; i++) document.cookie; });
	window.took = took;
</script>`;
const WHAT = ['20 writes', '20 writes, each read', '20 reads'];

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
const site = await startSite((_req, res) => void res.setHeader('content-type', 'text/html').end(PAGE));
const tandem = await startTandem({ env: { TANDEM_UPSTREAM_MAP: `http://${HOST}=${site.url}` } });
const line = await slowLine(tandem.port, 0, TRIP);
const direct = await chromium({ whole: true, names: [[HOST, Number(new URL(site.url).port)]] });
const near = await chromium({ whole: true });
const far = await chromium({ whole: true, through: line.port });

console.log(`ms${' '.repeat(28)}${WHAT.map((what) => what.padStart(22)).join('')}`);
const plain = await direct.newPage();
await plain.goto(`http://${HOST}/`);
await measure('direct', plain.mainFrame());
await measure('Tandem, loopback', await proxied(near));
await measure(`Tandem, ${TRIP} ms away`, await proxied(far));
for (const browser of [direct, near, far]) await browser.close();
await line.close();
await tandem.close();
await site.close();

async function proxied(browser: typeof near): Promise<Frame> {
	const { body } = await tandem.rest<{ hostUrl: string }>('POST', '/api/sessions', { url: `http://${HOST}/` });
	const page = await browser.newPage();
	await page.goto(body.hostUrl);
	for (;;) {
		const frame = page
			.frames()
			.find((one) => one.parentFrame() === page.mainFrame() && /^http/.test(one.url()) && !one.url().includes(EARLY_PATH));
		if (await frame?.evaluate('window.took').catch(() => undefined)) return frame as Frame;
		await pause(100);
	}
}

/** Loads the page again and again, and says what it took in the middle. */
async function measure(name: string, frame: Frame): Promise<void> {
	const all: number[][] = [];
	for (let round = 0; round < ROUNDS; round++) {
		await pause(500);
		const loaded = frame.waitForNavigation({ waitUntil: 'load' });
		await frame.evaluate('setTimeout(() => location.reload())');
		await loaded;
		all.push((await frame.evaluate('window.took')) as number[]);
	}
	const middle = (at: number) => all.map((took) => took[at] ?? Number.NaN).sort((a, b) => a - b)[ROUNDS >> 1] as number;
	console.log(name.padEnd(30) + WHAT.map((_, i) => middle(i).toFixed(1).padStart(22)).join(''));
}
