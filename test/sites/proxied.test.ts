// tests only (Node, Chromium).
// Each journey through Tandem: the host walks it on the proxied page, the guest must see each result in the mirror.
// In three of them the guest is in control and walks it by their own hand. Nothing may leave for the real site.
// At the end both see the same, pixel by pixel (`node test/e2e/pictures.ts` prints the figures and keeps the pictures).
// A journey that fails is walked once more without Tandem: what fails there too is the journey's own fault, and the message says so.
import * as assert from 'uvu/assert';
import { chromium, closeWindows, sharedBrowser } from '../browser.ts';
import { Hand } from '../e2e/hand.ts';
import { control, handControl, joinGuest, makeSession, openHost, type Person } from '../e2e/people.ts';
import { line } from '../e2e/picture.ts';
import { atRest, BAR } from '../e2e/side-by-side.ts';
import { suite } from '../harness.ts';
import { startTandem } from '../tandem.ts';
import { sites } from './all.ts';
import { serve } from './serve.ts';
import type { Site } from './site.ts';
import { walk } from './walk.ts';

const GUEST_WALKS = new Set((process.env.GUEST ?? 'todomvc-react,quill,tinymce').split(','));

/** Names that no site of ours has are refused at once, whatever network the machine has. */
const NOWHERE = 'https://*=http://127.0.0.1:9,http://*=http://127.0.0.1:9';

const test = suite('sites, proxied', { limit: 150_000 });

for (const site of sites) {
	const guestActs = GUEST_WALKS.has(site.name);
	test(`${site.name}${guestActs ? ', guest in control' : ''}`, async (t) => {
		const served = await serve(site, false);
		t.defer(() => served.close());
		const tandem = await startTandem({
			env: { TANDEM_UPSTREAM_MAP: `${served.upstreamMap},${NOWHERE}`, TANDEM_ALLOW_PRIVATE: '127.0.0.0/8' },
		});
		t.defer(() => tandem.close());
		const browser = await sharedBrowser();
		t.defer(() => closeWindows(browser));
		const session = await makeSession(tandem, served.url);
		const host = await openHost(browser, session);
		const guest = await joinGuest(browser, session);
		if (process.env.VERBOSE) for (const [name, person] of Object.entries({ host, guest })) listen(name, person);
		try {
			if (guestActs) await handControl(host, guest);
			try {
				await walk(site, { host: host.sight, mirrors: [guest.sight], ...(guestActs && { actor: guest.sight }) });
			} catch (error) {
				throw new Error(`${(error as Error).message}\ndirectly: ${await directly(site)}`, { cause: error });
			}
			const found = await atRest(browser, host, guest);
			assert.ok(found.alike >= BAR, line(site.name, found));
		} finally {
			if (process.env.SHOTS) {
				await host.page.screenshot({ path: `${process.env.SHOTS}/${site.name}-host.png` });
				await guest.page.screenshot({ path: `${process.env.SHOTS}/${site.name}-guest.png` });
			}
		}
		assert.equal(
			[...host.problems, ...guest.problems].filter((problem) => problem.includes('real site')),
			[],
		);
		const repairs = await guest.page.$eval(control('sync'), (sync) => (sync as HTMLElement).dataset.repairs);
		assert.is(repairs, '0', 'the mirror never lacked anything that a check by hash would have found');
		assert.is(await leaks(tandem.api), 0, 'the leak guard stopped nothing, since nothing tried');
	});
}

/** How the journey goes without Tandem, in words. */
async function directly(site: Site): Promise<string> {
	const served = await serve(site, true);
	const browser = await chromium({ names: served.ports });
	try {
		const page = await browser.newPage();
		await page.goto(served.url, { waitUntil: 'domcontentloaded' });
		await walk(site, { host: new Hand(page, 'page', async () => page.mainFrame()) });
		return 'passes';
	} catch (error) {
		return `fails too: ${(error as Error).message}`;
	} finally {
		await browser.close();
		await served.close();
	}
}

/** Requests that the leak guard stopped, as counted by the server. */
async function leaks(api: string): Promise<number> {
	const metrics = await (await fetch(`${api}/metrics`)).text();
	return Number(/^tandem_leaks_total (\d+)/m.exec(metrics)?.[1] ?? Number.NaN);
}

function listen(name: string, { page }: Person): void {
	page.on('console', (m) => console.log(`${name} [${m.type()}] ${m.text().slice(0, 400)}`));
	page.on('pageerror', (e) => console.log(`${name} [error] ${(e as Error).stack ?? e}`));
	page.on('requestfailed', (r) => console.log(`${name} [failed] ${r.url()} ${r.failure()?.errorText}`));
	page.on('response', (r) => r.status() >= 400 && console.log(`${name} [${r.status()}] ${r.url()}`));
}

test.run();
