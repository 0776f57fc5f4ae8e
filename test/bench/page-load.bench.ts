// benchmark (Node, Chromium). A page's load, proxied (as host, in the shell) against direct: real sites, one browser, the same run, ways alternating.
// Cold: a browser context that has never seen the site, and for Tandem a new session. Warm: the same page at rest, loaded again. Milliseconds from the
// navigation's start to the end of the load event, as the page itself measures it (Navigation Timing level 2).
import type { Browser, Frame } from 'puppeteer-core';
import { EARLY_PATH } from '../../protocol/page.ts';
import { chromium } from '../browser.ts';
import { sites } from '../sites/all.ts';
import { serve } from '../sites/serve.ts';
import type { Site } from '../sites/site.ts';
import { startTandemApart, type Tandem } from '../tandem.ts';

const ROUNDS = Number(process.env.ROUNDS ?? 7);
const NAMES = ['swagger', 'redoc', 'monaco', 'quill', 'shoelace', 'todomvc-react', 'verdaccio'];
const PATIENCE = 30_000;
/** Milliseconds. */
const REST = 1500;

interface Load {
	readonly cold: number;
	readonly warm: number;
}

const chosen = process.env.SITE ? sites : sites.filter((site) => NAMES.some((name) => site.name.includes(name)));
console.log('site                cold: direct  tandem  ratio    warm: direct  tandem  ratio   (median ms)');
const ratios: Load[] = [];
for (const site of chosen) ratios.push(await compare(site));
console.log(
	`median of the ratios: cold ${median(ratios.map((r) => r.cold)).toFixed(2)}, warm ${median(ratios.map((r) => r.warm)).toFixed(2)}`,
);

/** Loads one site both ways, ROUNDS times; answers the ratios of the medians. */
async function compare(site: Site): Promise<Load> {
	const [plain, behind] = [await serve(site, true), await serve(site, false)];
	const tandem = await startTandemApart({ env: { TANDEM_UPSTREAM_MAP: behind.upstreamMap } });
	const browser = await chromium({ names: plain.ports });
	try {
		const direct: Load[] = [];
		const proxied: Load[] = [];
		// Once unmeasured: neither server is new to anybody.
		await loadDirect(browser, plain.url);
		await loadProxied(browser, tandem, behind.url);
		for (let round = 0; round < ROUNDS; round++) {
			direct.push(await loadDirect(browser, plain.url));
			proxied.push(await loadProxied(browser, tandem, behind.url));
		}
		const [d, p] = [middle(direct), middle(proxied)];
		const cells = [d.cold, p.cold, p.cold / d.cold, d.warm, p.warm, p.warm / d.warm].map((n, i) =>
			n.toFixed(i % 3 === 2 ? 2 : 0).padStart(7),
		);
		console.log(`${site.name.padEnd(24)} ${cells[0]} ${cells[1]} ${cells[2]}          ${cells[3]} ${cells[4]} ${cells[5]}`);
		return { cold: p.cold / d.cold, warm: p.warm / d.warm };
	} finally {
		await browser.close();
		await tandem.close();
		await plain.close();
		await behind.close();
	}
}

async function loadDirect(browser: Browser, url: string): Promise<Load> {
	const context = await browser.createBrowserContext();
	const page = await context.newPage();
	await page.goto(url, { waitUntil: 'load' });
	const cold = await loadTime(() => page.mainFrame(), 0);
	await atRest();
	await page.reload({ waitUntil: 'load' });
	const warm = await loadTime(() => page.mainFrame(), 0);
	await context.close();
	return { cold, warm };
}

async function loadProxied(browser: Browser, tandem: Pick<Tandem, 'rest'>, url: string): Promise<Load> {
	const session = await tandem.rest<{ id: string; hostUrl: string }>('POST', '/api/sessions', { url });
	const context = await browser.createBrowserContext();
	const page = await context.newPage();
	await page.goto(session.body.hostUrl);
	const frame = () => page.frames().find((f) => f.parentFrame() === page.mainFrame() && isPage(f.url()));
	const cold = await loadTime(frame, 0);
	const origin = await frame()?.evaluate(() => performance.timeOrigin);
	await atRest();
	await page.click('[data-tandem="reload"]');
	const warm = await loadTime(frame, origin ?? 0);
	await context.close();
	await tandem.rest('DELETE', `/api/sessions/${session.body.id}`);
	return { cold, warm };
}

/** Whether a frame's document is the page, and not what stands there before it. */
function isPage(url: string): boolean {
	return url.startsWith('http') && !url.includes(EARLY_PATH);
}

/** Waits for the document after `before` (its time origin) to finish loading; answers how long that took, in milliseconds. */
async function loadTime(frame: () => Frame | undefined, before: number): Promise<number> {
	for (const end = Date.now() + PATIENCE; Date.now() < end; ) {
		const took = await frame()
			?.evaluate((old) => {
				const entry = performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming | undefined;
				return performance.timeOrigin > old && entry ? entry.loadEventEnd : 0;
			}, before)
			.catch(() => 0);
		if (took) return took;
		await new Promise((done) => setTimeout(done, 50));
	}
	throw new Error('the page did not finish loading');
}

/**
 * Waits until a page has surely ended what its `load` set going (workers above all): one that is left while a worker imports a large script has that
 * worker go on beside the next page (Chromium ends it no earlier than after two seconds), so how soon after `load` it is left would be measured.
 */
function atRest(): Promise<void> {
	return new Promise((done) => setTimeout(done, REST));
}

function middle(loads: readonly Load[]): Load {
	return { cold: median(loads.map((l) => l.cold)), warm: median(loads.map((l) => l.warm)) };
}

function median(numbers: readonly number[]): number {
	const sorted = [...numbers].sort((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
