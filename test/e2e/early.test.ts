// tests only (Node, Chromium). The frame that gets ready before its tab is known: to the site and the page it is as if it had never been.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Frame } from 'puppeteer-core';
import * as assert from 'uvu/assert';
import { EARLY_PATH } from '../../protocol/page.ts';
import { suite } from '../harness.ts';
import { control, makeSession, openHost, sit } from './people.ts';
import { openTown } from './town.ts';

const test = suite('an early frame', { limit: 60_000 });

test('the page is asked for once, by a person, and nothing is behind it', async (t) => {
	const asked: IncomingMessage['headers'][] = [];
	const page = (req: IncomingMessage, res: ServerResponse, body: string) => {
		asked.push(req.headers);
		res
			.setHeader('Content-Type', 'text/html')
			.end(
				body ||
					'<h1>Shop</h1><p></p><a href="/two">on</a><script>document.querySelector("p").textContent = [document.referrer, performance.getEntriesByType("navigation")[0].type, window.name, navigation.entries().length, navigation.activation.from, navigation.activation.navigationType, performance.getEntriesByType("navigation")[0].unloadEventStart].join()</script>',
			);
	};
	const { tandem, browser } = await openTown(t, { '/': page, '/two': '<h1>Two</h1>' });
	const host = await openHost(browser, await makeSession(tandem, 'https://a.example/'));
	await host.sight.see({ css: 'p', text: ',navigate,,1,,push,0' });
	assert.is(asked.length, 1);
	const { referer, 'sec-fetch-site': site, 'sec-fetch-dest': dest, 'sec-fetch-mode': mode } = asked[0] ?? {};
	assert.equal({ referer, site, dest, mode }, { referer: undefined, site: 'none', dest: 'document', mode: 'navigate' });
	const src = await (await host.shell.frame()).$eval('iframe[data-tandem-tab]', (e) => (e as HTMLIFrameElement).src);
	assert.ok(src.endsWith(EARLY_PATH), 'it was such a frame');
	await host.sight.click('a');
	await host.sight.see({ css: 'h1', text: 'Two' });
	await host.shell.click(control('back'));
	await host.sight.see({ css: 'h1', text: 'Shop' });
});

test('what is rehearsed in it is told to nobody', async (t) => {
	const { tandem, browser } = await openTown(t, { '/': '<h1>Shop</h1>' });
	const session = await makeSession(tandem, 'https://a.example/');
	const host = await sit(browser, 'host');
	const errors: string[] = [];
	host.page.on('console', (message) => /Content Security Policy|runtime-/.test(message.text()) && errors.push(message.text()));
	host.page.on('pageerror', (error) => errors.push(String(error)));
	const early: Frame[] = [];
	host.page.on('framenavigated', (frame) => frame.url().endsWith(EARLY_PATH) && early.push(frame));
	await host.page.evaluateOnNewDocument(() => {
		const greetings: string[] = [];
		Object.assign(globalThis, { greetings });
		addEventListener('message', ({ data }) => data?.tandem === 1 && data.hello && greetings.push(data.hello.url), true);
	});
	await host.page.goto(session.hostUrl, { waitUntil: 'domcontentloaded' });
	await host.sight.see({ css: 'h1', text: 'Shop' });
	assert.is(early.length, 1);
	assert.equal(await host.page.evaluate('greetings'), ['https://a.example/']);
	assert.equal(errors, []);
});

test('a page without a runtime of ours, of a host that does not answer, stands in the tab too', async (t) => {
	const { tandem, browser } = await openTown(t, {});
	const host = await openHost(browser, await makeSession(tandem, 'https://a.example.invalid/'));
	await host.shell.see({ css: 'iframe[data-tandem-tab]' });
});

test.run();
