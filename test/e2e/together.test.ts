// tests only (Node, Chromium).
// What people do beside the page: tabs, chat that survives navigation, leaving, a waiting room.
import * as assert from 'uvu/assert';
import { suite } from '../harness.ts';
import { control, joinGuest, makeSession, openHost } from './people.ts';
import { meet, openTown, type Pages } from './town.ts';

const test = suite('together', { limit: 60_000 });

const PAGES: Pages = { '/': '<h1>first</h1><a href="/next">next</a>', '/next': '<h1>next</h1>', '/other': '<h1>other</h1>' };

test('tabs are opened, switched and closed, and the guest follows', async (t) => {
	const { host, guest } = await meet(await openTown(t, PAGES), 'https://a.example/');
	await guest.sight.see({ css: 'h1', text: 'first' });
	await host.shell.click(control('tab-new'));
	await host.shell.type(control('address'), 'b.example/other');
	await host.shell.press('Enter');
	await guest.shell.see({ css: control('tab'), count: 2 });
	await guest.sight.see({ css: 'h1', text: 'other' });
	await host.shell.click(control('tab'), { nth: 0 });
	await guest.sight.see({ css: 'h1', text: 'first' });
	await host.shell.click(control('tab-close'), { nth: 1 });
	await guest.shell.see({ css: control('tab'), count: 1 });
	await guest.sight.see({ css: 'h1', text: 'first' });
});

test('chat goes both ways, survives a navigation, and a late guest reads it', async (t) => {
	const town = await openTown(t, PAGES);
	const { host, guest, session } = await meet(town, 'https://a.example/');
	await guest.sight.see({ css: 'h1', text: 'first' });
	await host.shell.click(control('chat-open'));
	await host.shell.type(control('chat-input'), 'Do you see it?');
	await host.shell.click(control('chat-send'));
	await guest.shell.click(control('chat-open'));
	await guest.shell.see({ css: control('chat-message'), text: 'Do you see it?' });
	await host.sight.click('a');
	await guest.sight.see({ css: 'h1', text: 'next' });
	await guest.shell.type(control('chat-input'), 'Now I do.');
	await guest.shell.press('Enter');
	await host.shell.see({ css: control('chat-message'), text: 'Now I do.' });
	const late = await joinGuest(town.browser, session, 'Late');
	await late.sight.see({ css: 'h1', text: 'next' });
	await late.shell.click(control('chat-open'));
	await late.shell.see([
		{ css: control('chat-message'), text: 'Do you see it?' },
		{ css: control('chat-message'), text: 'Now I do.' },
	]);
});

test('a waiting room: the host admits; a guest may leave', async (t) => {
	const town = await openTown(t, PAGES);
	const session = await makeSession(town.tandem, 'https://a.example/', { waitingRoom: true });
	const host = await openHost(town.browser, session);
	const guest = await joinGuest(town.browser, session);
	await guest.shell.see({ css: control('waiting') });
	await host.shell.click(control('admit'));
	await guest.sight.see({ css: 'h1', text: 'first' });
	await guest.shell.click(control('leave'));
	await guest.shell.see({ css: '[data-tandem=over][data-code=left]' });
	await host.shell.click(control('participants'));
	await host.shell.see({ css: control('participant'), text: 'Grace', count: 0 });
});

test('a difference put into a mirror by hand is found and repaired without a reload', async (t) => {
	const { host, guest } = await meet(await openTown(t, { '/': '<h1>right</h1><input id=f value=one>' }), 'https://a.example/');
	await host.sight.type('#f', '!');
	await host.sight.see({ css: '#f', value: 'one!' });
	await guest.sight.see({ css: '#f', value: 'one!' });
	await guest.shell.see({ css: `${control('sync')}[data-agree="true"]` });
	const around = (await guest.sight.frame()).parentFrame();
	await around?.evaluate('window.mark = 1');
	for (const wrong of ["document.querySelector('h1').textContent = 'wrong'", "document.querySelector('#f').value = 'wrong'"]) {
		await (await guest.sight.frame()).evaluate(wrong);
		const began = Date.now();
		await guest.sight.see([
			{ css: 'h1', text: 'right' },
			{ css: '#f', value: 'one!' },
		]);
		console.log(`repaired after ${Date.now() - began} ms`);
	}
	assert.is(await around?.evaluate('window.mark'), 1, 'the mirror document is the same');
});

test('the host’s scroll and typing arrive, and their pointer with a name', async (t) => {
	const town = await openTown(t, { '/': '<input id="name"><div style="height: 3000px"></div><p id="end">the end</p>' });
	const { host, guest } = await meet(town, 'https://a.example/');
	await host.sight.type('#name', 'Ada');
	await guest.sight.see({ css: '#name', value: 'Ada' });
	await (await host.sight.frame()).evaluate(() => scrollTo(0, 1500));
	await guest.sight.see((document) => Math.abs((document.scrollingElement?.scrollTop ?? 0) - 1500) < 3);
});

test('a guest whose window shows the page as large as it is has no zoom over its corner; one with a smaller window has', async (t) => {
	const { guest } = await meet(await openTown(t, { '/': '<p id="p">page</p>' }), 'https://a.example/');
	await guest.sight.see({ css: '#p' });
	await guest.shell.see((document) => getComputedStyle(document.querySelector('[data-tandem="zoom"]') as Element).display === 'none');
	await guest.page.setViewport({ width: 700, height: 500 });
	await guest.shell.see((document) => getComputedStyle(document.querySelector('[data-tandem="zoom"]') as Element).display !== 'none');
});

test.run();
