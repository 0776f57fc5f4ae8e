// tests only (Node, Chromium).
// The whole path: an agent signs in and pastes an address, a visitor types the code, sees the page, gets control and clicks.
import { request } from 'node:http';
import * as assert from 'uvu/assert';
import { wholeChromium } from '../browser.ts';
import { suite } from '../harness.ts';
import { control, handControl, joinGuest, sit } from './people.ts';
import { meet, openTown } from './town.ts';

const test = suite('from paste to click', { limit: 60_000 });

const COUNTER = `<h1>Shop</h1><button id="buy">Buy</button><p id="bought">0</p>
<script>buy.onclick = () => { bought.textContent = Number(bought.textContent) + 1 + ' by hand of ' + location.host }</script>`;

test('an agent pastes a name, a visitor types the code, sees the page and clicks in it', async (t) => {
	const { tandem, browser, asked } = await openTown(t, { '/': COUNTER }, wholeChromium);
	assert.ok(tandem.first, 'a first agent was made');
	const agent = await sit(browser, 'host');
	await agent.page.goto(`${tandem.app}/`);
	await agent.shell.type(control('login-email'), tandem.first?.email ?? '');
	await agent.shell.type(control('login-password'), tandem.first?.password ?? '');
	await agent.shell.click(control('login'));
	await agent.shell.type(control('new-url'), 'a.example');
	await agent.shell.click(control('start'));
	await agent.sight.see({ css: 'h1', text: 'Shop' });
	await agent.shell.click(control('share'));
	await agent.shell.see([{ css: control('share-code') }, { css: control('share-qr') }]);
	const code = await (await agent.shell.frame()).$eval(control('share-code'), (e) => e.textContent ?? '');
	assert.match(code.trim(), /^\d{3}\s?\d{3}$/);
	await agent.shell.press('Escape');

	const guest = await sit(browser, 'guest');
	await guest.page.goto(`${tandem.app}/join`);
	await guest.shell.type(control('join-code'), code.replace(/\D/g, ''));
	await guest.shell.press('Enter');
	await guest.shell.type(control('join-name'), 'Grace');
	await guest.shell.click(control('join'));
	await guest.sight.see({ css: 'h1', text: 'Shop' });

	await guest.sight.click('#buy');
	await handControl(agent, guest);
	await agent.sight.see({ css: '#bought', text: '0' });
	await guest.sight.click('#buy');
	await agent.sight.see({ css: '#bought', text: '1 by hand of a.example' });
	await guest.sight.see({ css: '#bought', text: '1 by hand of a.example' });
	await agent.shell.click(control('control-take-back'));
	await guest.shell.see({ css: control('control-ask') });
	assert.is(asked.filter((line) => line === 'GET a.example/').length, 1, 'the page was fetched once, by the host');
});

test('a guest who comes while the page still loads sees what is there', async (t) => {
	const pages = {
		'/': `<h1>Shop</h1><iframe src="https://b.example/in"></iframe><img src="/never">`,
		'/in': '<h2>Inside</h2>',
		'/never': () => {},
	};
	const town = await openTown(t, pages, wholeChromium);
	const { host, guest } = await meet(town, 'https://a.example/');
	await guest.sight.see({ css: 'h1', text: 'Shop' });
	const page = await (await host.shell.frame()).$('iframe[data-tandem-tab]').then((frame) => frame?.contentFrame());
	assert.is(await page?.evaluate(() => document.readyState), 'interactive');
	await page?.evaluate(() => document.querySelector('h1')?.append('!'));
	await guest.sight.see({ css: 'h1', text: 'Shop!' });
});

test('the session ends and nothing of it answers any more', async (t) => {
	const town = await openTown(t, { '/': COUNTER }, wholeChromium);
	const { host, guest, session } = await meet(town, 'https://a.example/');
	await guest.sight.see({ css: 'h1', text: 'Shop' });
	const src = await (await host.shell.frame()).$eval('iframe[data-tandem-tab]', (e) => (e as HTMLIFrameElement).src);
	await host.shell.click(control('end'));
	await guest.shell.see({ css: '[data-tandem=over][data-code=session-ended]' });
	await host.shell.see({ css: '[data-tandem=over][data-code=session-ended]' });
	const { hostname, host: authority } = new URL(src);
	assert.ok(hostname.endsWith('.tandem.localhost'));
	const status = await new Promise((done) =>
		request({ host: '127.0.0.1', port: town.tandem.port, path: '/', headers: { Host: authority } }, (res) =>
			done(res.resume().statusCode),
		).end(),
	);
	assert.is(status, 410);
	const late = await sit(town.browser, 'guest', 'late');
	await late.page.goto(session.joinUrl);
	await late.shell.type(control('join-name'), 'Late');
	await late.shell.click(control('join'));
	await late.shell.see({ css: control('problem') });
});

test('somebody who is removed sees no more, the others go on', async (t) => {
	const town = await openTown(t, { '/': COUNTER }, wholeChromium);
	const { host, guest, session } = await meet(town, 'https://a.example/');
	const other = await joinGuest(town.browser, session, 'Edsger');
	await other.sight.see({ css: 'h1', text: 'Shop' });
	await guest.sight.see({ css: 'h1', text: 'Shop' });
	await host.shell.click(control('participants'));
	await host.shell.click(`${control('remove')}[title*="Grace"]`);
	await guest.shell.see({ css: '[data-tandem=over][data-code=removed]' });
	await host.sight.click('#buy');
	await other.sight.see({ css: '#bought', text: '1 by hand' });
});

test.run();
