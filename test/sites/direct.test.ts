// tests only (Node, Chromium).
// Each journey first passes directly, without Tandem, so that what fails behind Tandem is Tandem's.
import { chromium } from '../browser.ts';
import { Hand } from '../e2e/hand.ts';
import { suite } from '../harness.ts';
import { sites } from './all.ts';
import { serve } from './serve.ts';
import { walk } from './walk.ts';

const test = suite('sites, directly', { limit: 60_000 });

for (const site of sites) {
	test(site.name, async (t) => {
		const served = await serve(site, true);
		t.defer(() => served.close());
		const browser = await chromium({ names: served.ports });
		t.defer(() => browser.close());
		const page = await browser.newPage();
		if (process.env.VERBOSE) {
			page.on('console', (m) => console.log(`[${m.type()}] ${m.text()}`));
			page.on('pageerror', (e) => console.log(`[error] ${e}`));
			page.on('requestfailed', (r) => console.log(`[failed] ${r.url()} ${r.failure()?.errorText}`));
			page.on('response', (r) => r.status() >= 400 && console.log(`[${r.status()}] ${r.url()}`));
		}
		await page.goto(served.url, { waitUntil: 'domcontentloaded' });
		try {
			await walk(site, { host: new Hand(page, 'page', async () => page.mainFrame()) });
		} finally {
			if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${site.name}.png` });
		}
	});
}

test.run();
