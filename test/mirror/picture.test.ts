// tests only (Node, Chromium).
// Host's page and guest's mirror of our own pages, at rest: what has to hold in the guest's document holds, and both look alike.
import * as assert from 'uvu/assert';
import { compare, line, type Place } from '../e2e/picture.ts';
import { suite } from '../harness.ts';
import { type Bed, openBed } from './bed/bed.ts';
import { themes } from './themes.ts';
import { more } from './themes-more.ts';

const test = suite('pictures of our own pages', { limit: 60_000 });
const BAR = 0.995;
const wished = process.env.THEME;

for (const { name, pages, act, holds = [], picture = true } of [...themes, ...more].filter(
	(theme) => !wished || theme.name.includes(wished),
)) {
	test(name, async (t) => {
		const site = Object.fromEntries(
			Object.entries(pages).map(([path, body]) => [path.startsWith('/') ? `https://one.example${path}` : path, document(path, body)]),
		);
		const bed = await openBed(t, site);
		await bed.mirror().waitForFunction('document.querySelector("iframe")?.contentDocument?.body?.childNodes.length', { timeout: 8000 });
		await act?.(bed);
		for (const claim of holds) await holdsAtGuest(bed, claim);
		const agree = 'app.said.findLast((message) => message.t === "sync")?.agree';
		await bed.page.waitForFunction(agree, { timeout: 8000 }).catch(() => assert.unreachable('the check by hash never agreed'));
		if (!picture) return;
		const scratch = await bed.page.browserContext().newPage();
		let found = await look(scratch);
		for (let tries = 0; tries < 10 && found.alike < BAR; tries++) {
			await new Promise((done) => setTimeout(done, 500));
			found = await look(scratch);
		}
		if (process.env.VERBOSE) console.log(line(name, found));
		assert.ok(found.alike >= BAR, line(name, found));

		async function look(page: typeof scratch) {
			await bed.page.bringToFront();
			const guest = bed.mirror().childFrames()[0] ?? bed.mirror();
			return compare(page, await place(bed, 'host', bed.host), await place(bed, 'guest', guest));
		}
	});
}

function document(path: string, body: string): string | { type: string; body: string } {
	if (path.endsWith('.svg')) return { type: 'image/svg+xml', body };
	if (path.endsWith('.css')) return { type: 'text/css', body };
	return /^\s*<(?:!doctype|html|frameset)/i.test(body) ? body : `<!doctype html><meta charset=utf-8><body>${body}`;
}

async function holdsAtGuest(bed: Bed, claim: string): Promise<void> {
	const body = `(() => { const doc = document.querySelector('iframe')?.contentDocument, win = doc?.defaultView; return ${claim}; })()`;
	await bed
		.mirror()
		.waitForFunction(body, { timeout: 8000, polling: 100 })
		.catch(() => assert.unreachable(`the guest never had: ${claim}`));
}

async function place(bed: Bed, name: string, frame: Place['frame']): Promise<Place> {
	const box = await bed.page.$eval(`iframe[name=${name}]`, (el) => {
		const { x, y, width, height } = el.getBoundingClientRect();
		return { x, y, width, height };
	});
	return { page: bed.page, frame, box };
}

test.run();
