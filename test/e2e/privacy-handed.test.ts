// tests only (Node, Chromium).
// Who is told what was typed into a secret field: documents of its own site, and those that the page itself gives it to. A page that greets the
// shell in the runtime's place is told no more than that.
import type { Frame, Page } from 'puppeteer-core';
import * as assert from 'uvu/assert';
import { suite } from '../harness.ts';
import { join, makeSession, sit } from './people.ts';
import { listen } from './privacy-wire.ts';
import { meet, openTown, type Pages } from './town.ts';

const test = suite('privacy: who learns a secret', { limit: 90_000 });
const SECRET = 'Tr0ub4dor&3-horse';

const FIELD =
	'<form action="https://b.example/shown" method="post"><input id="pass" type="password" name="p"><button id="send">in</button></form>';
/** Shows what it is sent by whichever way. */
const LISTENER = `<p id="out">nothing yet</p><script>
const show = (text) => { document.getElementById('out').textContent = 'it is ' + text; };
addEventListener('message', (e) => { if (e.ports[0]) e.ports[0].onmessage = (m) => show(m.data.deep[0]); else show(e.data.in ? e.data.in.get('p') : e.data); });
const asked = new URLSearchParams(location.search).get('p'); if (asked) show(asked);
</script>`;

const PAGES: Pages = {
	'/bank': `${FIELD}<p id="name">bank</p><iframe src="https://b.example/ad"></iframe>`,
	'/ad': '<p id="ad">buy</p>',
	'/away': '<p id="away">another site</p>',
	'/hands': `${FIELD}<iframe id="f" src="https://b.example/listener"></iframe><a id="link">on</a>`,
	'/listener': LISTENER,
	'/shown': (_req, res, body) => {
		res.writeHead(200, { 'content-type': 'text/html' });
		res.end(`<!doctype html><p id="out">it is ${new URLSearchParams(body).get('p')?.replace(/&/g, '&amp;')}</p>`);
	},
};

/** Greets the shell from a document, as a hostile page would, and gathers all that it is told from then on. */
async function pose(frame: Frame, app: string): Promise<() => Promise<string>> {
	const token = /-[a-p]([a-z2-7]{16})\./.exec(frame.url())?.[1];
	await frame.evaluate(
		(token, app) => {
			const { port1, port2 } = new MessageChannel();
			const heard: unknown[] = [];
			Object.assign(globalThis, { heard });
			port1.onmessage = ({ data }) => heard.push(data);
			top?.postMessage({ tandem: 1, hello: { frame: 424242, token, url: 'https://a.example/bank', top: false } }, app, [port2]);
		},
		token,
		app,
	);
	await frame.waitForFunction('heard.some(({ t }) => t === "ready")');
	return () => frame.evaluate('JSON.stringify(heard)') as Promise<string>;
}

async function documentOf(page: Page, path: string): Promise<Frame> {
	for (;;) {
		const found = page.frames().find((frame) => new URL(frame.url() || 'about:blank').pathname === path);
		if (found) return found;
		await new Promise((done) => setTimeout(done, 50));
	}
}

test('a frame of another site, and a site that the tab goes to next, are told nothing', async (t) => {
	const town = await openTown(t, PAGES);
	const { host, guest } = await meet(town, 'https://a.example/bank');
	await guest.sight.see({ css: '#name' });
	await host.sight.within('iframe').see({ css: '#ad' });
	const { app } = town.tandem;
	const heard = await pose(await documentOf(host.page, '/ad'), app);
	await host.sight.type('#pass', SECRET);
	await host.sight.click('#name');
	await guest.sight.see((document) => (document.querySelector('#pass') as HTMLInputElement).value.length > 0);
	const inFrame = await heard();
	assert.match(inFrame, '"ready"', 'it greeted');
	await (await host.sight.frame()).evaluate("location.href = 'https://b.example/away'");
	await host.sight.see({ css: '#away' });
	const next = await (await pose(await documentOf(host.page, '/away'), app))();
	for (const told of [inFrame, next]) assert.not.match(told, /Tr0u|dor&3/);
});

test('another document of the same origin is told', async (t) => {
	const town = await openTown(t, PAGES);
	const { host } = await meet(town, 'https://a.example/bank');
	await host.sight.type('#pass', SECRET);
	await (await host.sight.frame()).evaluate("location.href = 'https://a.example/away'");
	await host.sight.see({ css: '#away' });
	const told = await (await pose(await documentOf(host.page, '/away'), town.tandem.app))();
	assert.ok(told.includes(SECRET));
});

/** The ways a page gives a secret to a document of another site, which shows it; each with a secret that has nothing of another's. */
const WAYS: readonly { readonly way: string; readonly secret: string; readonly script: string }[] = [
	{ way: 'a message', secret: 'Bq4&limber-oak', script: "f.contentWindow.postMessage(pass.value, 'https://b.example')" },
	{
		way: 'a map in a message',
		secret: 'Cr5&mellow-elm',
		script: "f.contentWindow.postMessage({ in: new Map([['p', pass.value]]) }, { targetOrigin: '*' })",
	},
	{
		way: 'a port',
		secret: 'Ds6&nimble-fir',
		script: "const c = new MessageChannel(); f.contentWindow.postMessage('', '*', [c.port2]); c.port1.postMessage({ deep: [pass.value] })",
	},
	{
		way: "a frame's address",
		secret: 'Et7&orchid-yew',
		script: "f.src = 'https://b.example/listener?p=' + encodeURIComponent(pass.value)",
	},
	{
		way: 'its own address',
		secret: 'Fu8&pebble-ash',
		script: "location.href = 'https://b.example/listener?p=' + encodeURIComponent(pass.value)",
	},
	{
		way: 'a link',
		secret: 'Gv9&quarry-bay',
		script: "link.href = 'https://b.example/listener?p=' + encodeURIComponent(pass.value); link.click()",
	},
	{ way: 'a form', secret: 'Hw2&ribbon-fig', script: 'send.click()' },
];

test('what a page gives away is hidden where it is shown', async (t) => {
	const town = await openTown(t, PAGES);
	const session = await makeSession(town.tandem, 'https://a.example/hands');
	const host = await sit(town.browser, 'host');
	const wire = await listen(host);
	await host.page.goto(session.hostUrl);
	const guest = await sit(town.browser, 'guest');
	await join(guest, session);
	for (const { way, secret, script } of WAYS) {
		await seen(host.page, 'nothing yet', `by ${way}: the host's page is new`);
		await seen(guest.page, 'nothing yet', `by ${way}: the guest's too`);
		await host.sight.type('#pass', secret);
		const frame = await host.sight.frame();
		await frame.evaluate((text) => document.head.append(Object.assign(document.createElement('script'), { textContent: text })), script);
		await seen(host.page, `it is ${secret}`, `by ${way}: the page works`);
		await seen(guest.page, 'it is •', `by ${way}: the guest sees it hidden`);
		await (await host.sight.frame()).evaluate("location.href = 'https://a.example/hands'");
	}
	const sent = wire();
	assert.ok(sent.includes('it is'), 'the documents were sent');
	for (const { way, secret } of WAYS)
		for (const part of [secret.slice(0, 4), secret.slice(4, 10), secret.slice(4), encodeURIComponent(secret)])
			assert.not.ok(sent.includes(part), `${part}, by ${way}`);
});

/** Waits until a document in a window shows a text. */
async function seen(page: Page, text: string, what: string): Promise<void> {
	for (const end = Date.now() + 15_000; Date.now() < end; ) {
		for (const frame of page.frames()) if ((await textOf(frame)).includes(text)) return;
		await new Promise((done) => setTimeout(done, 50));
	}
	throw new Error(`not seen, given ${what}`);
}

/** '' where the document is gone. */
async function textOf(frame: Frame): Promise<string> {
	try {
		return (await frame.evaluate('document.body?.innerText ?? ""')) as string;
	} catch {
		return '';
	}
}

test.run();
