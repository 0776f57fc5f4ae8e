// tests only (Node, Chromium).
// Media conditions about the host's person answer in the mirror as they do at the host's: in sheets of every kind and in attributes.
import { suite } from '../harness.ts';
import { joinGuest, makeSession, openHost } from './people.ts';
import { openTown, type Pages } from './town.ts';

const test = suite('media', { limit: 60_000 });

const rule = (id: string) => `@media (prefers-reduced-motion: reduce) { #${id} { color: rgb(1, 2, 3) } }`;
const PAGES: Pages = {
	'/': `<link rel="stylesheet" href="/sheet.css"><style>${rule('style')}</style><style media="(prefers-reduced-motion)">#attr { color: rgb(1, 2, 3) }</style>
		<style>@media (scripting: none) { p { color: red !important } }</style>${['link', 'style', 'attr', 'adopted'].map((id) => `<p id="${id}">${id}</p>`).join('')}
		<script>const sheet = new CSSStyleSheet(); sheet.replaceSync('${rule('adopted')}'); document.adoptedStyleSheets = [sheet];</script>`,
	'/sheet.css': (_req, res) => {
		res.setHeader('Content-Type', 'text/css');
		res.end(rule('link'));
	},
};

test('reduced motion and scripting are the host’s', async (t) => {
	const town = await openTown(t, PAGES);
	for (const reduced of [true, false]) {
		const session = await makeSession(town.tandem, 'https://a.example/');
		const host = await openHost(town.browser, { ...session, hostUrl: 'about:blank' });
		await host.page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: reduced ? 'reduce' : 'no-preference' }]);
		await host.page.goto(session.hostUrl, { waitUntil: 'domcontentloaded' });
		await host.sight.see({ css: '#adopted' });
		const guest = await joinGuest(town.browser, session);
		await guest.page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: reduced ? 'no-preference' : 'reduce' }]);
		await guest.sight.see({ css: '#adopted' });
		const color = reduced ? 'rgb(1, 2, 3)' : 'rgb(0, 0, 0)';
		await guest.sight.see(`[...document.querySelectorAll('p')].every((el) => getComputedStyle(el).color === '${color}')`);
		await (await host.sight.frame()).evaluate(() => document.body.append('more'));
		await guest.shell.see({ css: '[data-tandem="sync"][data-agree="true"]' });
	}
});

test.run();
