// tests only (Node, Chromium).
// Every real site as its host has it and as a guest sees it: at least 99.5 % of the pixels alike. `node test/e2e/pictures.ts` prints the figures.
import * as assert from 'uvu/assert';
import { chromium } from '../browser.ts';
import { suite } from '../harness.ts';
import { sites } from '../sites/all.ts';
import { line } from './picture.ts';
import { BAR, compareSite } from './side-by-side.ts';

const test = suite('pictures of real sites', { limit: 120_000 });

for (const site of sites) {
	test(site.name, async (t) => {
		const browser = await chromium();
		t.defer(() => browser.close());
		const found = await compareSite(browser, site);
		assert.ok(found.alike >= BAR, line(site.name, found));
	});
}

test.run();
