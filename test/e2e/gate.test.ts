// tests only (Node, Chromium).
// The gate: a form that a guest's act sends waits for the host's yes, and goes off then as it would have at once; the host's own goes.
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as assert from 'uvu/assert';
import { suite } from '../harness.ts';
import { control, handControl, joinGuest, makeSession, openHost } from './people.ts';
import { openTown, type Pages } from './town.ts';

const test = suite('gate', { limit: 120_000 });

/** Answers with what came. */
const echo = (req: IncomingMessage, res: ServerResponse, body: string) => {
	const type = (req.headers['content-type'] ?? '').replace(/boundary=.*/, 'boundary');
	const shown = body
		.replace(/-{4,}[^\r]*/g, '--')
		.replace(/&/g, '&amp;')
		.replace(/</g, '&lt;');
	res.setHeader('Content-Type', 'text/html; charset=utf-8');
	res.end(`<!doctype html><title>sent</title><pre id="got">${req.method} ${req.url?.replace(/&/g, '&amp;')} ${type}\n${shown}</pre>`);
};

const FIELDS = '<input name="a" value="1 &amp; 2"><textarea name="t">x\ny</textarea><input type="hidden" name="_charset_">';
const PAGES: Pages = {
	'/': `<form id="post" method="post" action="/echo">${FIELDS}<button name="by" value="one">one</button><button name="by" value="two" formaction="/echo?two" formenctype="multipart/form-data">two</button></form>
		<form id="get" action="https://b.example/echo" onsubmit="globalThis.times = (globalThis.times ?? 0) + 1; this.count.value = times"><input name="q" value="what"><input name="count" type="hidden"></form>
		<form id="framed" method="post" action="/echo" target="inner" enctype="text/plain">${FIELDS}<button id="into">into</button></form><iframe name="inner" id="inner"></iframe>
		<button id="script" onclick="setTimeout(() => document.getElementById('post').submit(), 50)">by script</button>
		<form onsubmit="event.preventDefault(); out.textContent = 'by itself'; location.hash = 'x'"><button id="own">own</button></form><output id="out"></output><a id="link" href="/next">next</a>`,
	'/next': '<h1>next</h1>',
	'/echo': echo,
};

const DIALOG = control('dialog');

test('forms wait for the host, and are sent as they were', async (t) => {
	const town = await openTown(t, PAGES);
	const session = await makeSession(town.tandem, 'https://a.example/', { gate: true });
	const host = await openHost(town.browser, session);
	const guest = await joinGuest(town.browser, session);
	await handControl(host, guest);
	const posted = () => town.asked.filter((line) => line.includes('/echo'));
	const answer = async (yes: boolean, site: string) => {
		for (const { shell } of [host, guest])
			await shell.see({ css: `${DIALOG}[data-kind="send"]`, text: `Grace wants to send this form to ${site}` });
		await guest.shell.see([
			{ css: control('dialog-who'), text: 'Host answers' },
			{ css: control('dialog-ok'), count: 0 },
		]);
		await host.shell.click(control(yes ? 'dialog-ok' : 'dialog-cancel'));
		for (const { shell } of [host, guest]) await shell.see({ css: DIALOG, count: 0 });
	};
	/** What a form sends without the gate, by the host's own hand, in the same page. */
	const back = async () => {
		await town.tandem.rest('POST', `/api/sessions/${session.id}/tabs/${session.tabs[0]?.id}/navigate`, { url: 'https://a.example/' });
		await guest.sight.see({ css: '#script' });
	};

	// No: nothing is sent, and the page goes on.
	await guest.sight.click('#post button', { text: 'one' });
	await answer(false, 'a.example');
	assert.equal(posted(), []);
	await guest.sight.click('#own');
	await guest.sight.see({ css: '#out', text: 'by itself' });

	for (const [send, site, path] of [
		['#post button:nth-of-type(1)', 'a.example', ''],
		['#post button:nth-of-type(2)', 'a.example', '?two'],
	] as const) {
		const bare = await sentBy(host, send, back);
		const before = posted().length;
		await guest.sight.click(send);
		await answer(true, site);
		await guest.sight.see({ css: '#got' });
		assert.is(await gotBy(host), bare, send);
		assert.equal(posted().slice(before), [`POST a.example/echo${path}`]);
		await back();
	}

	// Enter in a field; listeners have run once.
	await guest.sight.click('#get input');
	await guest.page.keyboard.press('Enter');
	await answer(true, 'b.example');
	await guest.sight.see({ css: '#got', text: 'GET /echo?q=what&count=1' });
	await back();

	await guest.sight.click('#script');
	await answer(true, 'a.example');
	await guest.sight.see({ css: '#got', text: 'POST /echo' });
	await back();

	await guest.sight.click('#into');
	await answer(true, 'a.example');
	await guest.sight.within('#inner').see({ css: '#got', text: 'text/plain' });

	// Links go, and with the gate open forms do.
	await guest.sight.click('#link');
	await guest.sight.see({ css: 'h1', text: 'next' });
	await host.shell.click(control('rules'));
	await host.shell.click(control('gate'));
	await back();
	await guest.sight.click('#post button', { text: 'one' });
	await guest.sight.see({ css: '#got', text: 'POST /echo' });
	await guest.shell.see({ css: DIALOG, count: 0 });
});

type Host = Awaited<ReturnType<typeof openHost>>;

async function gotBy(host: Host): Promise<string> {
	return (await (await host.sight.frame()).evaluate(() => document.querySelector('#got')?.textContent)) ?? '';
}

async function sentBy(host: Host, css: string, back: () => Promise<void>): Promise<string> {
	await host.sight.click(css);
	await host.sight.see({ css: '#got' });
	const got = await gotBy(host);
	await back();
	return got;
}

test.run();
