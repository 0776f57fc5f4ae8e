// tests only (Node, Chromium).
// Who is told what was typed into a secret field: documents of its own site, and those that the page itself gives it to. A page that greets the
// shell in the runtime's place is told no more than that.
import type { Frame, Page } from 'puppeteer-core';
import * as assert from 'uvu/assert';
import { suite } from '../harness.ts';
import { control, join, makeSession, sit } from './people.ts';
import { listen } from './privacy-wire.ts';
import { meet, openTown, type Pages, type Town } from './town.ts';

const test = suite('privacy: who learns a secret', { limit: 90_000 });
const SECRET = 'Tr0ub4dor&3-horse';

const FIELD =
	'<form action="https://b.example/shown" method="post"><input id="pass" type="password" name="p"><button id="send">in</button></form>';
/** Shows what it is sent by whichever way. */
const LISTENER = `<p id="out">-</p><script>
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

/** The ways a page gives a secret to a document of another site, which shows it. */
const WAYS: Readonly<Record<string, string>> = {
	message: "f.contentWindow.postMessage(pass.value, 'https://b.example')",
	'a map in a message': "f.contentWindow.postMessage({ in: new Map([['p', pass.value]]) }, { targetOrigin: '*' })",
	port: "const c = new MessageChannel(); f.contentWindow.postMessage('', '*', [c.port2]); c.port1.postMessage({ deep: [pass.value] })",
	"a frame's address": "f.src = 'https://b.example/listener?p=' + encodeURIComponent(pass.value)",
	'its own address': "location.href = 'https://b.example/listener?p=' + encodeURIComponent(pass.value)",
	'a link': "link.href = 'https://b.example/listener?p=' + encodeURIComponent(pass.value); link.click()",
	'a form': 'send.click()',
};

for (const [way, script] of Object.entries(WAYS))
	test(`given by ${way}, it is hidden where it is shown`, async (t) => {
		const town = await openTown(t, PAGES);
		const { host, wire, guestSees } = await sitDown(town);
		await host.sight.within('#f').see({ css: '#out' });
		await host.sight.type('#pass', SECRET);
		const frame = await host.sight.frame();
		await frame.evaluate((text) => document.head.append(Object.assign(document.createElement('script'), { textContent: text })), script);
		const shown = await documentWith(host.page, SECRET);
		assert.match(shown, 'it is Tr0ub4dor&3', 'the page works');
		await guestSees();
		await new Promise((done) => setTimeout(done, 300));
		assert.ok(wire().includes('it is'), 'the document was sent');
		for (const part of ['Tr0u', 'dor&3', 'horse', 'Tr0ub4dor%26']) assert.not.ok(wire().includes(part), part);
	});

async function sitDown(town: Town) {
	const session = await makeSession(town.tandem, 'https://a.example/hands');
	const host = await sit(town.browser, 'host');
	const wire = await listen(host);
	await host.page.goto(session.hostUrl);
	const guest = await sit(town.browser, 'guest');
	await join(guest, session);
	await guest.shell.see({ css: control('participants') });
	const guestSees = async () => {
		for (const end = Date.now() + 10_000; Date.now() < end; ) {
			for (const frame of guest.page.frames()) {
				if (/it is •/.test(await textOf(frame))) return;
			}
			await new Promise((done) => setTimeout(done, 50));
		}
		throw new Error('no document of the guest shows it hidden');
	};
	return { host, wire, guestSees };
}

/** '' where the document is gone. */
async function textOf(frame: Frame): Promise<string> {
	try {
		return (await frame.evaluate('document.body?.innerText ?? ""')) as string;
	} catch {
		return '';
	}
}

async function documentWith(page: Page, text: string): Promise<string> {
	for (const end = Date.now() + 10_000; Date.now() < end; ) {
		for (const frame of page.frames()) {
			const shown = await textOf(frame);
			if (shown.includes(text)) return shown;
		}
		await new Promise((done) => setTimeout(done, 50));
	}
	throw new Error('no document shows it');
}

test.run();
