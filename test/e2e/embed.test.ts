// tests only (Node, Chromium). The shell in a page of another site (TANDEM_EMBED_ORIGINS): host and guest work there as in a window of their own.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'puppeteer-core';
import { suite } from '../harness.ts';
import { Hand } from './hand.ts';
import { control, makeSession, sit } from './people.ts';
import { openTown } from './town.ts';

const test = suite('a shell inside another page', { limit: 60_000 });

const PAGE = `<h1>Shop</h1><button>0</button><p></p><iframe src="https://b.example/in"></iframe>
<script>document.querySelector('button').onclick = (e) => { e.target.textContent++ };
document.querySelector('p').textContent = [top === window, parent === window, document.referrer, typeof localStorage].join()</script>`;

test('host and guest see the page, also what is in its frames', async (t) => {
	const desk = createServer((req, res) => {
		const url = new URL(req.url ?? '/', 'http://desk').searchParams.get('shell') ?? '';
		res.setHeader('Content-Type', 'text/html');
		res.end(
			`<!doctype html><body style="margin:0"><iframe style="border:0;width:100vw;height:100vh" src="${url.replaceAll('&', '&amp;')}"></iframe>`,
		);
	});
	await new Promise<void>((done) => desk.listen(0, '127.0.0.1', done));
	t.defer(() => {
		desk.closeAllConnections();
		desk.close();
	});
	const origin = `http://desk.localhost:${(desk.address() as AddressInfo).port}`;
	const town = await openTown(t, { '/': PAGE, '/in': '<h2>Inside</h2>' }, undefined, { TANDEM_EMBED_ORIGINS: origin });
	const session = await makeSession(town.tandem, 'https://a.example/');
	const host = await at(town.browser, `${origin}/?shell=${encodeURIComponent(session.hostUrl)}`);
	const page = host.within('iframe[data-tandem-tab]');
	await page.see({ css: 'p', text: 'true,true,,object' });
	const guest = await at(town.browser, `${origin}/?shell=${encodeURIComponent(session.joinUrl)}`);
	await guest.type(control('join-name'), 'Grace');
	await guest.click(control('join'));
	const mirror = guest.within('iframe[data-tandem-mirror]').within('iframe');
	await mirror.see({ css: 'h1', text: 'Shop' });
	await page.click('button');
	await mirror.see({ css: 'button', text: '1' });
	await mirror.within('iframe').see({ css: 'h2', text: 'Inside' });
});

/** A window of its own at that address; the shell in it. */
async function at(browser: Browser, url: string): Promise<Hand> {
	const { page } = await sit(browser, 'host');
	await page.goto(url);
	return new Hand(page, 'desk', async () => page.mainFrame()).within('iframe');
}

test.run();
