// tests only (Node, Chromium).
// A site as its host has it and as a guest sees it, compared at rest.
import type { Browser } from 'puppeteer-core';
import { serve } from '../sites/serve.ts';
import type { Site } from '../sites/site.ts';
import { walk } from '../sites/walk.ts';
import { startTandem } from '../tandem.ts';
import { control, joinGuest, makeSession, openHost, type Person } from './people.ts';
import { type Comparison, compare, type Place, still } from './picture.ts';

/** Share of pixels that has to be alike. */
export const BAR = 0.995;
/** Steps of a journey that are walked first. */
const STEPS = 3;
/** Looks in a row that have to say the same before a picture counts as at rest. */
const LOOKS = 12;
const PAUSE = 700;

/** Walks the beginning of a site's journey with one guest and compares what host and guest see then. */
export async function compareSite(browser: Browser, site: Site): Promise<Comparison> {
	const served = await serve(site, false);
	const tandem = await startTandem({ env: { TANDEM_UPSTREAM_MAP: served.upstreamMap, TANDEM_ALLOW_PRIVATE: '127.0.0.0/8' } });
	const session = await makeSession(tandem, served.url);
	const host = await openHost(browser, session);
	const guest = await joinGuest(browser, session);
	try {
		await walk({ ...site, steps: site.steps.slice(0, STEPS) }, { host: host.sight, mirrors: [guest.sight] });
		await guest.shell.see({ css: `${control('sync')}[data-agree="true"]` });
		return await atRest(browser, host, guest);
	} finally {
		await host.close();
		await guest.close();
		await tandem.close();
		await served.close();
	}
}

/** Compares until the share reaches the bar or no longer moves. */
export async function atRest(browser: Browser, host: Person, guest: Person): Promise<Comparison> {
	// The host's alone: the mirror takes it over, and what is put into the mirror by hand would be a difference to repair.
	await still(await host.sight.frame());
	for (const { page } of [host, guest]) await page.evaluate(alone);
	const scratch = await browser.newPage();
	try {
		let last: Comparison | undefined;
		for (let look = 0; look < LOOKS; look++) {
			await new Promise((done) => setTimeout(done, PAUSE));
			const now = await compare(scratch, await place(host, 'iframe[data-tandem-tab]'), await place(guest, 'iframe[data-tandem-mirror]'));
			if (now.alike >= BAR && (now.alike === 1 || now.alike === last?.alike)) return now;
			if (look >= LOOKS / 2 && now.alike === last?.alike) return now;
			last = now;
		}
		return last as Comparison;
	} finally {
		await scratch.close();
	}
}

/** In a shell: nothing lies over the page but the page (chips, notices, others' pointers). */
function alone(): void {
	const sheet = new CSSStyleSheet();
	sheet.replaceSync('body *{visibility:hidden!important}iframe[data-tandem-tab],iframe[data-tandem-mirror]{visibility:visible!important}');
	document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

/** Where a person's window shows the page, without the shell around it. */
async function place(person: Person, css: string): Promise<Place> {
	const box = await person.page.evaluate((selector) => {
		const shown = [...document.querySelectorAll(selector)].find((el) => el.getClientRects().length > 0);
		const { x, y, width, height } = shown?.getBoundingClientRect() ?? new DOMRect();
		return { x, y, width, height };
	}, css);
	return { page: person.page, frame: await person.sight.frame(), box };
}
