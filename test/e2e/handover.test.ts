// tests only (Node, Chromium).
// The host's role of a tab moves: given, asked for, or taken over from a host whose browser is gone. Cookies, storage, scroll and form values
// come along, secrets don't, and the old host's labels are dead.
import { request } from 'node:http';
import * as assert from 'uvu/assert';
import { chromium } from '../browser.ts';
import { suite } from '../harness.ts';
import { control, joinGuest, makeSession, openHost, type Person } from './people.ts';
import { openTown, type Pages, type Town } from './town.ts';

const test = suite('hand-over', { limit: 90_000 });

const FORM = `<input id=name><textarea id=area></textarea><select id=pick><option>a<option>b<option>c</select>
	<input id=box type=checkbox><input id=pass type=password><input id=card autocomplete=cc-number>`;
const PAGES: Pages = {
	'/login': (_, res) => res.writeHead(302, { 'Set-Cookie': 'sid=ada; HttpOnly; Path=/', Location: '/' }).end(),
	'/': (req, res) =>
		res
			.writeHead(200, { 'Content-Type': 'text/html' })
			.end(`<!DOCTYPE html><title>account</title><style>html { overflow-anchor: none }</style>
			<h1>${/sid=ada/.test(req.headers.cookie ?? '') ? 'signed in as ada' : 'who are you?'}</h1>
			<p id=kept></p><script>kept.textContent = 'kept ' + localStorage.note + ' and ' + sessionStorage.step</script>
			${FORM}<iframe id=f src=https://b.example/frame></iframe><div style="height: 4000px"></div><p id=end>end</p>`),
	'/frame': '<p id=inner></p><input id=deep><script>inner.textContent = "inner " + localStorage.inner</script>',
};

/** What the host does in the page before it moves. */
async function use(host: Person): Promise<void> {
	await host.sight.see({ css: 'h1', text: 'signed in as ada' });
	await (await host.sight.within('#f').frame()).evaluate(() => {
		localStorage.inner = 'deep note';
	});
	await host.sight.within('#f').type('#deep', 'from below');
	await host.sight.type('#name', 'Ada Lovelace');
	await host.sight.type('#area', 'two\nlines');
	await host.sight.choose('#pick', 'c');
	await host.sight.click('#box');
	await host.sight.type('#pass', 'hunter2');
	await host.sight.type('#card', '4111111111111111');
	await (await host.sight.frame()).evaluate(() => {
		localStorage.note = 'a note';
		sessionStorage.step = 'step 3';
		scrollTo(0, 1500);
	});
}

/** The page as it has to be at its new host: `page` is the live one in their browser. */
async function arrived(page: Person['sight']): Promise<void> {
	await page.see([
		{ css: 'h1', text: 'signed in as ada' },
		{ css: '#kept', text: 'kept a note and step 3' },
		{ css: '#name', value: 'Ada Lovelace' },
		{ css: '#area', value: 'two\nlines' },
		{ css: '#pick', value: 'c' },
		{ css: '#box:checked' },
		{ css: '#pass', value: '' },
		{ css: '#card', value: '' },
	]);
	await page.see((document) => Math.abs((document.scrollingElement?.scrollTop ?? 0) - 1500) < 3);
	await page.within('#f').see([
		{ css: '#inner', text: 'inner deep note' },
		{ css: '#deep', value: 'from below' },
	]);
}

const frameUrl = async (host: Person): Promise<string> =>
	(await host.shell.frame()).$eval('iframe[data-tandem-tab]', (e) => (e as HTMLIFrameElement).src);

/** What a label answers to somebody who kept its name. */
const status = (town: Town, url: string) =>
	new Promise((done) =>
		request({ host: '127.0.0.1', port: town.tandem.port, path: '/', headers: { Host: new URL(url).host } }, (res) =>
			done(res.resume().statusCode),
		).end(),
	);

test('a host gives the tab to a guest who takes it: all that can come along does, and the old label is dead', async (t) => {
	const town = await openTown(t, PAGES);
	const session = await makeSession(town.tandem, 'https://a.example/login');
	const host = await openHost(town.browser, session);
	const guest = await joinGuest(town.browser, session);
	await use(host);
	await guest.sight.see({ css: '#name', value: 'Ada Lovelace' });
	const old = await frameUrl(host);
	assert.is(await status(town, old), 200);
	await host.shell.click(control('participants'));
	await host.shell.click(control('host-give'));
	await guest.shell.click(control('host-accept'));
	await arrived(guest.host);
	assert.is(await status(town, old), 410);
	await host.shell.see({ css: 'iframe[data-tandem-tab]', count: 0, hidden: true });
	await host.guest.see([
		{ css: 'h1', text: 'signed in as ada' },
		{ css: '#name', value: 'Ada Lovelace' },
	]);
	await guest.host.type('#area', ' and more');
	await host.guest.see({ css: '#area', value: 'two\nlines and more' });
});

test('a guest asks; the host says no, then yes', async (t) => {
	const town = await openTown(t, PAGES);
	const session = await makeSession(town.tandem, 'https://a.example/login');
	const host = await openHost(town.browser, session);
	const guest = await joinGuest(town.browser, session);
	await guest.sight.see({ css: 'h1', text: 'signed in as ada' });
	await guest.shell.click(control('host-ask'));
	await host.shell.click(control('host-deny'));
	await guest.shell.see({ css: `${control('host-ask')}[aria-pressed=false]` });
	await guest.shell.click(control('host-ask'));
	await host.shell.click(control('host-accept'));
	await guest.host.see({ css: 'h1', text: 'signed in as ada' });
	await guest.shell.click(control('participants'));
	await guest.shell.click(control('host-give'));
	await host.shell.click(control('host-accept'));
	await host.host.see({ css: 'h1', text: 'signed in as ada' });
	await guest.guest.see({ css: 'h1', text: 'signed in as ada' });
});

test("the host's browser is killed: a guest is offered the tab, and goes on with it", async (t) => {
	const town = await openTown(t, PAGES);
	const session = await makeSession(town.tandem, 'https://a.example/login');
	const theirs = await chromium();
	t.defer(() => theirs.close());
	const host = await openHost(theirs, session);
	const guest = await joinGuest(town.browser, session);
	await use(host);
	await guest.sight.see({ css: '#card', value: '••••••••' });
	// Storage is looked at once a second.
	await guest.sight.see((document) => (document.scrollingElement?.scrollTop ?? 0) > 1400);
	await new Promise((resolve) => setTimeout(resolve, 2500));
	const old = await frameUrl(host);
	theirs.process()?.kill('SIGKILL');
	await guest.shell.click(control('host-accept'));
	await arrived(guest.host);
	assert.is(await status(town, old), 410);
});

test('a private jar stays with its owner, unless they let their sign-in go along', async (t) => {
	const town = await openTown(t, PAGES);
	const session = await makeSession(town.tandem, 'https://a.example/login', { jar: 'private' });
	const host = await openHost(town.browser, session);
	const guest = await joinGuest(town.browser, session);
	await guest.sight.see({ css: 'h1', text: 'signed in as ada' });
	await guest.shell.click(control('host-ask'));
	await host.shell.click(control('host-accept'));
	await guest.host.see({ css: 'h1', text: 'who are you?' });
	await host.shell.click(control('host-ask'));
	await guest.shell.click(control('host-accept'));
	await host.host.see({ css: 'h1', text: 'signed in as ada' });
	await guest.shell.click(control('host-ask'));
	await host.shell.click(control('host-accept-signed-in'));
	await guest.host.see({ css: 'h1', text: 'signed in as ada' });
});

test('only agents may take over where the session says so', async (t) => {
	const town = await openTown(t, PAGES);
	const session = await makeSession(town.tandem, 'https://a.example/login', { takeOver: 'agents' });
	const host = await openHost(town.browser, session);
	const guest = await joinGuest(town.browser, session);
	await guest.sight.see({ css: 'h1', text: 'signed in as ada' });
	await host.close();
	await guest.shell.see({ css: control('host-away') });
	const gone = async () => {
		const { body } = await town.tandem.rest<{ tabs: { handover: { gone: boolean } }[] }>('GET', `/api/sessions/${session.id}`);
		return body.tabs[0]?.handover.gone;
	};
	for (const end = Date.now() + 15_000; !(await gone()) && Date.now() < end; ) await new Promise((go) => setTimeout(go, 200));
	assert.is(await gone(), true);
	await guest.shell.see({ css: control('host-accept'), count: 0 });
});

test.run();
