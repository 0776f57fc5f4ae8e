// benchmark (Node, Chromium). A page's load, proxied (as host, in the shell) against direct: real sites, one browser, the same run, ways alternating.
// Beside it the same through a peer, testcafe-hammerhead (PEER=0 leaves it out). Cold: a browser context that has never seen the site, and for the
// proxies a new session. Warm: the same page at rest, loaded again. Milliseconds from the navigation's start to the end of the load event, as the
// page itself measures it (Navigation Timing level 2). TRIP=50: over lines with a round trip of so many milliseconds, to the sites and to Tandem.
import type { Browser, Frame, Page } from 'puppeteer-core';
import { EARLY_PATH } from '../../protocol/page.ts';
import { chromium } from '../browser.ts';
import { sites } from '../sites/all.ts';
import { serve } from '../sites/serve.ts';
import type { Site } from '../sites/site.ts';
import { slowLine } from '../slow-line.ts';
import { startTandemApart } from '../tandem.ts';
import { startHammerhead } from './hammerhead.ts';

const ROUNDS = Number(process.env.ROUNDS ?? 7);
const TRIP = Number(process.env.TRIP ?? 0);
const PEER = process.env.PEER !== '0' && TRIP === 0;
const NAMES = ['swagger', 'redoc', 'monaco', 'quill', 'shoelace', 'todomvc-react', 'verdaccio', 'oidc'];
const PATIENCE = 30_000;
/** Milliseconds. */
const REST = 1500;
const BETWEEN = 400;

interface Load {
	readonly cold: number;
	readonly warm: number;
}

/** One way to a page: opened in a new browser context. */
type Way = (page: Page) => Promise<Load>;

const chosen = process.env.SITE ? sites : sites.filter((site) => NAMES.some((name) => site.name.includes(name)));
console.log(
	`median ms (of ${ROUNDS})       cold: direct  tandem   ratio${PEER ? '  peer  ratio' : ''}    warm: direct  tandem   ratio${PEER ? '  peer  ratio' : ''}`,
);
const ratios: { tandem: Load; peer?: Load | undefined }[] = [];
for (const site of chosen) ratios.push(await compare(site));
for (const who of ['tandem', 'peer'] as const) {
	const own = ratios.flatMap((each) => each[who] ?? []);
	if (own.length)
		console.log(
			`median of the ratios, ${who}: cold ${median(own.map((r) => r.cold)).toFixed(2)}, warm ${median(own.map((r) => r.warm)).toFixed(2)}`,
		);
}

/** Loads one site by all ways, ROUNDS times; answers the ratios of the medians to the direct one's. */
async function compare(site: Site): Promise<{ tandem: Load; peer?: Load | undefined }> {
	const [plain, behind] = [await serve(site, true), await serve(site, false)];
	const tandem = await startTandemApart({ env: { TANDEM_UPSTREAM_MAP: behind.upstreamMap } });
	const peer = PEER ? await startHammerhead(plain.url) : undefined;
	const lines = TRIP ? await Promise.all([...plain.ports, ['', tandem.port] as const].map(([, port]) => slowLine(port, 0, TRIP))) : [];
	const names = [...plain.ports].map(([host, port], i) => [host, lines[i]?.port ?? port] as const);
	const browser = await chromium({ whole: true, names, ...(lines.length && { through: lines.at(-1)?.port }) });
	const ways: Way[] = [(page) => loadPlain(page, plain.url), (page) => loadProxied(page, tandem, behind.url)];
	if (peer) ways.push(async (page) => loadPlain(page, await peer.open()));
	try {
		const loads: Load[][] = ways.map(() => []);
		// Once unmeasured: no server is new to anybody.
		for (let round = -1; round < ROUNDS; round++)
			for (const [i, way] of ways.entries()) {
				const load = await inContext(browser, way);
				if (round >= 0) loads[i]?.push(load);
			}
		const [direct, ...others] = loads.map(middle) as [Load, ...Load[]];
		const against = (load: Load): Load => ({ cold: load.cold / direct.cold, warm: load.warm / direct.warm });
		const cells = (key: keyof Load) =>
			[direct[key].toFixed(0), ...others.flatMap((load) => [load[key].toFixed(0), against(load)[key].toFixed(2)])]
				.map((cell) => cell.padStart(7))
				.join('');
		console.log(`${site.name.padEnd(24)} ${cells('cold')}           ${cells('warm')}`);
		return { tandem: against(others[0] as Load), peer: others[1] && against(others[1]) };
	} finally {
		await browser.close();
		await tandem.close();
		await peer?.close();
		for (const line of lines) await line.close();
		await plain.close();
		await behind.close();
	}
}

async function inContext(browser: Browser, way: Way): Promise<Load> {
	const context = await browser.createBrowserContext();
	try {
		return await way(await context.newPage());
	} finally {
		await context.close();
	}
}

/** The page in a tab of its own: directly, or through a proxy without a shell. */
async function loadPlain(page: Page, url: string): Promise<Load> {
	await page.goto(url, { waitUntil: 'load' });
	const cold = await loadTime(() => page.mainFrame());
	return { cold, warm: await reloadTime(page.mainFrame()) };
}

async function loadProxied(page: Page, tandem: Awaited<ReturnType<typeof startTandemApart>>, url: string): Promise<Load> {
	const session = await tandem.rest<{ id: string; hostUrl: string }>('POST', '/api/sessions', { url });
	await page.goto(session.body.hostUrl);
	const frame = () => page.frames().find((f) => f.parentFrame() === page.mainFrame() && isPage(f.url()));
	const cold = await loadTime(frame);
	const warm = await reloadTime(frame() as Frame);
	await tandem.rest('DELETE', `/api/sessions/${session.body.id}`);
	return { cold, warm };
}

/** Whether a frame's document is the page, and not what stands there before it. */
function isPage(url: string): boolean {
	return url.startsWith('http') && !url.includes(EARLY_PATH);
}

/** Waits for the page to finish loading; answers how long that took, in milliseconds. It is asked seldom, and not at first: a question is work too. */
async function loadTime(frame: () => Frame | undefined): Promise<number> {
	for (const end = Date.now() + PATIENCE; Date.now() < end; ) {
		const took = await frame()
			?.evaluate(ownLoadTime)
			.catch(() => 0);
		if (took) return took;
		await new Promise((done) => setTimeout(done, BETWEEN));
	}
	throw new Error('the page did not finish loading');
}

/** The page at rest, loaded again by itself, whichever way it came. */
async function reloadTime(frame: Frame): Promise<number> {
	await atRest();
	const again = frame.waitForNavigation({ waitUntil: 'load', timeout: PATIENCE });
	await frame.evaluate(() => void setTimeout(() => location.reload()));
	await again;
	return loadTime(() => frame);
}

/** In the page: from the navigation's start to the end of its load event; 0 before that. */
function ownLoadTime(): number {
	return (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming | undefined)?.loadEventEnd ?? 0;
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

/** Of an even count the middle of the two in the middle. */
function median(numbers: readonly number[]): number {
	const sorted = [...numbers].sort((a, b) => a - b);
	const [low = Number.NaN, high = low] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
	return (low + high) / 2;
}
