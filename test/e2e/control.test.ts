// tests only (Node).
// A guest in control acts in the mirror; it happens once, in the host's tab, and comes back: the whole way, through server and proxy.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElementHandle } from 'puppeteer-core';
import * as assert from 'uvu/assert';
import { closeWindows, sharedBrowser } from '../browser.ts';
import { suite, type TestContext } from '../harness.ts';
import { startTandem } from '../tandem.ts';
import { control, handControl, joinGuest, makeSession, openHost } from './people.ts';

const test = suite('e2e: control', { limit: 60_000 });

/** Notes what is told of a drag: at what, what may be read, and what comes of it; once in a row. */
const DRAGS = `globalThis.dragged = []; for (const type of ['dragstart', 'dragenter', 'dragleave', 'dragover', 'drop', 'dragend']) addEventListener(type, (e) => {
	if (type === 'dragstart') { e.dataTransfer.setData('text/plain', 'from ' + location.host); e.dataTransfer.setData('x/y', '1'); e.dataTransfer.effectAllowed = 'copyMove'; }
	if (e.target.id === 'dz' && type.startsWith('dragover')) { e.preventDefault(); e.dataTransfer.dropEffect = 'move'; }
	if (!/^(dg|dz)$/.test(e.target.id)) return;
	const said = [type, e.target.id, type === 'dragstart' ? '' : e.dataTransfer.getData('text/plain'), type === 'drop' ? [...e.dataTransfer.types].join() : '', type === 'dragend' ? e.dataTransfer.dropEffect : ''].filter(Boolean).join(' ');
	if (said !== dragged.at(-1)) dragged.push(said);
}, true);`;

const PAGES: Readonly<Record<string, string>> = {
	'/': `<!DOCTYPE html><title>shop</title><input id=i><button id=b>go</button><p id=o>-</p><input id=c type=checkbox><input id=s value=secret type=password>
		<form action=/two><input id=q name=q></form><a id=l href=/two target=_blank>blank</a>
		<a id=dl href=/bill>bill</a> <a id=notes download=mine.txt href=/notes>notes</a><button id=y>copy</button><input id=u type=file><p id=k>-</p><p id=h>-</p><b id=dg draggable=true>drag</b> <u id=dz>zone</u><iframe id=f src="https://b.example/middle" width=500 height=200></iframe>
		<script>DRAGS onkeydown = onkeyup = (e) => { if (e.target === document.body) h.textContent = e.type + ' ' + e.key; };
		let n = 0; b.onclick = () => { o.textContent = 'pressed ' + ++n; }; b.onpointercancel = () => { o.textContent = 'let go'; };
		y.onclick = () => navigator.clipboard.writeText('copied by the page');
		u.onchange = async () => { const { name, size } = u.files[0]; const sum = new Uint8Array(await u.files[0].arrayBuffer()).reduce((a, b) => (a * 31 + b) % 65521, 0); k.textContent = [name, size, sum]; }</script>`,
	'/middle': `<!DOCTYPE html><iframe id=g src="https://c.example/leaf" width=400 height=100></iframe><b id=told></b><b id=dg draggable=true>drag</b> <u id=dz>zone</u>
		<script>DRAGS for (const type of ['focusin', 'focusout']) addEventListener(type, () => { told.textContent += type; });</script>`,
	'/leaf': `<!DOCTYPE html><input id=deep><b id=echo></b><script>deep.oninput = () => { echo.textContent = deep.value; }</script>`,
	// an editor: its text in a frame, its toolbar and its dialog around it
	'/editor': `<!DOCTYPE html><button id=bold>bold</button><div id=away tabindex=0>away</div><input id=word hidden><iframe id=text srcdoc="<body contenteditable><p>text</p>"></iframe>
		<script>const inner = () => document.querySelector('#text').contentDocument; bold.onmousedown = (e) => e.preventDefault(); bold.onclick = () => inner().execCommand('bold');
		onload = () => inner().addEventListener('keydown', (e) => { if (e.ctrlKey && e.key === 'k') { e.preventDefault(); word.hidden = false; word.focus(); } });</script>`,
	// a number in parts, each in a frame of another site, with a field of the page between them
	'/parts': `<!DOCTYPE html><button>go</button><iframe id=first src="https://b.example/part" height=60></iframe><input id=mid size=2><iframe id=last src="https://b.example/part" height=60></iframe><dialog id=box><input id=sign></dialog>
		<script>onmessage = (e) => { if (e.source !== document.querySelector('#first').contentWindow) setTimeout(() => document.querySelector('#box').showModal(), 50); else setTimeout(() => document.querySelector('#mid').focus(), 50); };
		document.querySelector('#mid').oninput = (e) => { if (e.target.value.length === 2) document.querySelector('#last').contentWindow.postMessage('yours', '*'); };</script>`,
	'/part': `<!DOCTYPE html><input id=part><script>const part = document.querySelector('#part'); onmessage = () => part.focus();
		part.oninput = () => { if (part.value.length === 4) parent.postMessage('full', '*'); };</script>`,
	'/two': `<!DOCTYPE html><title>two</title><h1>page two</h1><button id=t onclick="this.textContent = 'pressed in two'">press</button>`,
};

async function together(t: TestContext, path = '/') {
	const site = createServer((request, response) => {
		const path = new URL(request.url ?? '/', 'http://x').pathname;
		if (path === '/bill') response.setHeader('content-disposition', 'attachment; filename="bill.csv"');
		const signedIn = /session=1/.test(request.headers.cookie ?? '');
		response.setHeader('content-type', path === '/notes' ? 'text/plain' : 'text/html').setHeader('set-cookie', 'session=1');
		response.end(/bill|notes/.test(path) ? (signedIn ? 'a,b' : 'who?') : (PAGES[path] ?? '').replace('DRAGS', DRAGS));
	});
	await new Promise<void>((listening) => site.listen(0, '127.0.0.1', listening));
	t.defer(() => {
		site.closeAllConnections();
		site.close();
	});
	const to = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
	const map = ['shop.example', 'b.example', 'c.example'].map((name) => `https://${name}=${to}`).join(',');
	const tandem = await startTandem({ env: { TANDEM_UPSTREAM_MAP: map, TANDEM_ALLOW_PRIVATE: '127.0.0.0/8' } });
	t.defer(() => tandem.close());
	const browser = await sharedBrowser();
	t.defer(() => closeWindows(browser));
	const session = await makeSession(tandem, `https://shop.example${path}`, { waitingRoom: false });
	const host = await openHost(browser, session);
	const guest = await joinGuest(browser, session);
	await guest.sight.see({ css: 'button' });
	return { tandem, session, host, guest };
}

test('without control nothing happens; with it, a click happens once, and text arrives whole, three frames deep too', async (t) => {
	const { host, guest } = await together(t);
	await guest.sight.click('#b');
	await handControl(host, guest);
	await guest.sight.click('#b');
	await host.sight.see({ css: '#o', text: 'pressed 1' });
	// What a browser gives by itself to the top of a window alone, the shell hands on.
	await host.sight.see((doc) =>
		(doc as Document & { featurePolicy: { allowsFeature(name: string): boolean } }).featurePolicy.allowsFeature('keyboard-map'),
	);
	await guest.sight.see({ css: '#o', text: 'pressed 1' });
	await guest.sight.click('#c');
	await host.sight.see({ css: '#c:checked' });
	await guest.sight.see({ css: '#c:checked' });
	const text = 'the quick brown fox jumps over the lazy dog; '.repeat(3).slice(0, 100);
	await guest.sight.click('#i');
	const method = await guest.page.createCDPSession();
	await method.send('Input.imeSetComposition', { text: 'に', selectionStart: 1, selectionEnd: 1 });
	await host.sight.see({ css: '#i', value: 'に' });
	const mirror = await (await guest.page.$('iframe[data-tandem-mirror]'))?.contentFrame();
	await mirror?.waitForSelector('[data-tandem="host-composition"]');
	await method.send('Input.insertText', { text: '日' });
	await host.sight.see({ css: '#i', value: '日' });
	await mirror?.waitForSelector('[data-tandem="host-composition"]', { hidden: true });
	await guest.page.keyboard.press('Backspace');
	await guest.page.keyboard.type(text);
	await host.sight.see({ css: '#i', value: text });
	await guest.sight.see({ css: '#i', value: text });
	const leaf = guest.sight.within('#f').within('#g');
	await leaf.click('#deep');
	await guest.page.keyboard.type('deep');
	await host.sight.within('#f').within('#g').see({ css: '#echo', text: 'deep' });
	await leaf.see({ css: '#echo', text: 'deep' });
	// Tab leads out of both frames and of the page, then to its first field, and back into them.
	await guest.page.keyboard.press('Tab');
	await host.sight.see((doc) => doc.activeElement === doc.body);
	await guest.page.keyboard.press('Tab');
	await host.sight.see({ css: '#i:focus' });
	await guest.page.keyboard.type('out');
	await host.sight.see({ css: '#i', value: 'out' });
	await guest.sight.press('Shift+Tab');
	await host.sight.see((doc) => doc.activeElement === doc.body);
	await guest.sight.press('Shift+Tab');
	await host.sight.within('#f').within('#g').see({ css: '#deep:focus' });
	await guest.page.keyboard.type('back');
	await host.sight.within('#f').within('#g').see({ css: '#echo', text: 'back' });
	// The document in between had no focus to tell of: a frame's element gets none of its own.
	await host.sight.within('#f').see((doc) => doc.querySelector('#told')?.textContent === '');
	// Where nobody types, a key is down for as long as the guest holds it; when control ends it comes up.
	await guest.sight.click('#h');
	for (const key of ['Shift', 'w'] as const) {
		await guest.page.keyboard.down(key);
		await host.sight.see({ css: '#h', text: `keydown ${key}` });
		await guest.page.keyboard.up(key);
		await host.sight.see({ css: '#h', text: `keyup ${key}` });
	}
	await guest.page.keyboard.down('d');
	await host.sight.see({ css: '#h', text: 'keydown d' });
	// Taken back in the middle of a press: the button is let go of, and nothing is clicked.
	const { x, y } = await guest.sight.at('#b');
	await guest.page.mouse.move(x, y);
	await guest.page.mouse.down();
	await host.sight.see({ css: '#b:focus' });
	await host.shell.click(control('control-take-back'));
	await host.sight.see({ css: '#o', text: 'let go' });
	await host.sight.see({ css: '#h', text: 'keyup d' });
	await guest.page.mouse.up();
	await guest.page.keyboard.up('d');
	await guest.sight.see({ css: '#o', text: 'let go' });
});

test('a link with target=_blank opens a tab of the session, and the guest who opened it goes on in it', async (t) => {
	const { tandem, session, host, guest } = await together(t);
	await handControl(host, guest);
	await guest.sight.click('#l');
	const tabs = async () => (await tandem.rest<{ tabs: { url: string }[] }>('GET', `/api/sessions/${session.id}`)).body.tabs;
	const end = Date.now() + 15_000;
	while ((await tabs()).length < 2 && Date.now() < end) await new Promise((go) => setTimeout(go, 100));
	assert.equal(
		(await tabs()).map(({ url }) => url),
		['https://shop.example/', 'https://shop.example/two'],
	);
	await guest.sight.see({ css: 'h1', text: 'page two' });
	await guest.shell.see({ css: control('control-release') });
	await guest.sight.click('#t');
	await guest.sight.see({ css: '#t', text: 'pressed in two' });
});

test("what the page copies is on the guest's clipboard, and what the guest copies themselves with its markup; a file of 9 MiB of the guest's arrives in the host's page", async (t) => {
	const { host, guest } = await together(t);
	await guest.page.browserContext().overridePermissions(new URL(guest.page.url()).origin, ['clipboard-read', 'clipboard-sanitized-write']);
	await handControl(host, guest);
	await guest.sight.click('#y');
	await guest.page.waitForFunction(async () => (await navigator.clipboard.readText()) === 'copied by the page', { polling: 100 });
	const rich = '<p id=rich>some <b>bold</b> <a href="https://c.example/leaf?a" data-kind=x>link</a></p>';
	await (await host.sight.frame()).evaluate((html) => document.body.insertAdjacentHTML('beforeend', html), rich);
	await guest.sight.click('#rich', { times: 3 });
	await guest.sight.see("getSelection().toString().includes('bold')");
	await guest.sight.press('Control+c');
	const html = await guest.page.evaluate(async () => (await (await navigator.clipboard.read())[0]?.getType('text/html'))?.text());
	assert.match(html ?? '', /some <b[^>]*>bold<\/b> <a href="https:\/\/c\.example\/leaf\?a" data-kind="x"[^>]*>link<\/a>/);
	const bytes = Uint8Array.from({ length: 9 * 1024 * 1024 + 5 }, (_, i) => i % 251);
	const folder = mkdtempSync(join(tmpdir(), 'tandem-'));
	t.defer(() => rmSync(folder, { recursive: true }));
	writeFileSync(join(folder, 'big.bin'), bytes);
	const field = await (await guest.sight.frame()).$('#u');
	await (field as ElementHandle<HTMLInputElement>).uploadFile(join(folder, 'big.bin'));
	const sum = bytes.reduce((a, b) => (a * 31 + b) % 65521, 0);
	await host.sight.see({ css: '#k', text: `big.bin,${bytes.length},${sum}` }, 30_000);
});

test('a guest whose connection is gone holds nothing down any more, and has control again when they are back', async (t) => {
	const { host, guest } = await together(t);
	await handControl(host, guest);
	const frame = await host.sight.frame();
	await frame.evaluate(`{
		const box = document.body.appendChild(Object.assign(document.createElement('div'), { id: 'hold', tabIndex: 0, textContent: 'hold', style: 'padding:20px' }));
		window.held = []; for (const type of ['pointerdown', 'pointerup', 'pointercancel', 'keydown', 'keyup']) addEventListener(type, (e) => held.push(e.key ?? type), true);
	}`);
	const held = (list: string) => frame.waitForFunction(`held.join() === ${JSON.stringify(list)}`, { timeout: 8000 });
	await guest.sight.click('#hold');
	await held('pointerdown,pointerup');
	await guest.page.mouse.down();
	await guest.page.keyboard.down('ArrowLeft');
	await held('pointerdown,pointerup,pointerdown,ArrowLeft');
	await guest.page.reload();
	await frame.waitForFunction('/pointercancel/.test(held) && held.filter((key) => key === "ArrowLeft").length === 2', { timeout: 8000 });
	await guest.shell.see({ css: control('control-release') });
});

test('Tabs in a row lead through a frame and out of it, and what is typed then stands where they have led', async (t) => {
	const { host, guest } = await together(t);
	await handControl(host, guest);
	await (await host.sight.frame()).evaluate(
		`document.body.innerHTML = '<input id="one"><iframe id="mid" srcdoc="<input id=x><input id=y>"></iframe><input id="last">'`,
	);
	await guest.sight.within('#mid').see({ css: '#y' });
	for (let n = 1; n <= 6; n++) {
		await guest.sight.click('#one');
		await Promise.all(['Tab', 'Tab', 'Tab'].map((key) => guest.page.keyboard.press(key as 'Tab')));
		await guest.page.keyboard.type(`${n}`);
		await host.sight.see({ css: '#last', value: `${n}` });
	}
	await guest.sight.within('#mid').see({ css: '#y', value: '' });
});

test("a page's button for files opens the picker of the guest who presses it", async (t) => {
	const { host, guest } = await together(t);
	await handControl(host, guest);
	const folder = mkdtempSync(join(tmpdir(), 'tandem-'));
	t.defer(() => rmSync(folder, { recursive: true }));
	writeFileSync(join(folder, 'note.txt'), 'a note');
	await (await host.sight.frame()).evaluate(`{
		const button = document.body.appendChild(Object.assign(document.createElement('button'), { id: 'own', textContent: 'Upload' }));
		button.onclick = () => { const own = Object.assign(document.createElement('input'), { type: 'file' }); own.onchange = async () => { button.textContent = await own.files[0].text(); }; own.click(); };
	}`);
	const [chooser] = await Promise.all([guest.page.waitForFileChooser(), guest.sight.click('#own')]);
	await chooser.accept([join(folder, 'note.txt')]);
	await guest.sight.see({ css: '#own', text: 'a note' });
});

test("a file that a guest's click downloads is the guest's too, once the host says so", async (t) => {
	const { host, guest } = await together(t);
	const folder = mkdtempSync(join(tmpdir(), 'tandem-'));
	t.defer(() => rmSync(folder, { recursive: true }));
	const session = await guest.page.createCDPSession();
	await session.send('Browser.setDownloadBehavior', {
		behavior: 'allow',
		downloadPath: folder,
		browserContextId: guest.page.browserContext().id ?? '',
	});
	await handControl(host, guest);
	await guest.sight.click('#dl');
	await host.shell.see({ css: control('download-yes') });
	assert.equal(readdirSync(folder), []);
	await host.shell.click(control('download-yes'));
	assert.is(await saved(join(folder, 'bill.csv')), 'a,b');
	// One that is a file by the link alone.
	await guest.sight.click('#notes');
	await host.shell.click(control('download-yes'));
	assert.is(await saved(join(folder, 'mine.txt')), 'a,b');
	// One that the page makes itself has no address, and after the click nothing that could be asked for.
	await (await host.sight.frame()).evaluate(() => {
		(document.getElementById('dl') as HTMLElement).outerHTML = '<button id="make">Export</button>';
		(document.getElementById('make') as HTMLElement).onclick = () => {
			const url = URL.createObjectURL(new Blob(['x'.repeat(200_000), 'end']));
			Object.assign(document.createElement('a'), { href: url, download: 'export.csv' }).click();
			URL.revokeObjectURL(url);
		};
	});
	await guest.sight.click('#make');
	await host.shell.click(control('download-yes'));
	const made = await saved(join(folder, 'export.csv'));
	assert.is(made.length, 200_003);
	assert.is(made.slice(-4), 'xend');
});

/** What a browser has saved there, as soon as it has. */
async function saved(path: string): Promise<string> {
	for (const end = Date.now() + 15_000; !existsSync(path) && Date.now() < end; ) await new Promise((go) => setTimeout(go, 50));
	return readFileSync(path, 'utf8');
}

test('Enter in a field sends its form, and both see the next page', async (t) => {
	const { host, guest } = await together(t);
	await handControl(host, guest);
	await guest.sight.click('#q');
	await guest.page.keyboard.type('find me');
	await guest.page.keyboard.press('Enter');
	await host.sight.see({ css: 'h1', text: 'page two' });
	await guest.sight.see({ css: 'h1', text: 'page two' });
	assert.match((await host.sight.frame()).url(), /\/two\?q=find\+me$/);
});

test('two clicks on an option of a list are told to the page, after what they choose, once', async (t) => {
	const { host, guest } = await together(t);
	await handControl(host, guest);
	await (await host.sight.frame()).evaluate(() => {
		document.body.innerHTML = '<select id="a" size="4"><option>one<option id="o2">two<option id="o3">three</select><p id="told"></p>';
		const [a, told] = ['a', 'told'].map((id) => document.getElementById(id)) as [HTMLSelectElement, HTMLElement];
		for (const type of ['input', 'change', 'click', 'dblclick'])
			a.addEventListener(type, () => (told.textContent += `${type} ${a.value} `));
	});
	await guest.sight.see({ css: '#told', hidden: true });
	await guest.sight.click('#o2');
	await host.sight.see({ css: '#told', text: 'input two change two click two' });
	await guest.sight.click('#o3', { times: 2 });
	const all = 'input two change two click two input three change three click three click three dblclick three ';
	await host.sight.see({ css: '#told', text: 'dblclick' });
	assert.is(await (await host.sight.frame()).evaluate(() => document.getElementById('told')?.textContent), all);
});

test("a drag goes on into another site's frame and out of one: what is dragged may be read where it is dropped, and its source hears what came of it", async (t) => {
	const { host, guest } = await together(t);
	await handControl(host, guest);
	const inside = guest.sight.within('#f');
	await inside.see({ css: '#dz' });
	const drag = async (from: { x: number; y: number }, to: { x: number; y: number }) => {
		const { mouse } = guest.page;
		await mouse.move(from.x, from.y);
		await mouse.down();
		for (let i = 1; i <= 10; i++) {
			await mouse.move(from.x + ((to.x - from.x) * i) / 10, from.y + ((to.y - from.y) * i) / 10);
			await new Promise((go) => setTimeout(go, 40));
		}
		await new Promise((go) => setTimeout(go, 200));
		await mouse.move(to.x + 1, to.y);
		await mouse.up();
	};
	const told = (at: typeof host.sight) => at.frame().then((frame) => frame.evaluate('dragged.splice(0)') as Promise<string[]>);
	await drag(await guest.sight.at('#dg'), await inside.at('#dz'));
	await host.sight.see((doc) => (doc.defaultView as unknown as { dragged: string[] }).dragged.at(-1)?.startsWith('dragend'));
	assert.equal(
		(await told(host.sight)).filter((said) => /dragstart|dragend/.test(said)),
		['dragstart dg', 'dragend dg move'],
	);
	assert.equal(
		(await told(host.sight.within('#f'))).filter((said) => said.includes('dz')),
		['dragenter dz', 'dragover dz', 'drop dz from shop.example text/plain,x/y'],
	);
	await drag(await inside.at('#dg'), await guest.sight.at('#dz'));
	await host.sight.within('#f').see((doc) => (doc.defaultView as unknown as { dragged: string[] }).dragged.at(-1)?.startsWith('dragend'));
	assert.equal(
		(await told(host.sight)).filter((said) => said.includes('dz')),
		['dragenter dz', 'dragover dz', 'drop dz from b.example text/plain,x/y'],
	);
	assert.equal(
		(await told(host.sight.within('#f'))).filter((said) => /dragstart|dragend/.test(said)),
		['dragstart dg', 'dragend dg move'],
	);
});

test('keys go where the page has the focus: into a frame after a press on its toolbar, and out of it into a dialog', async (t) => {
	const { host, guest } = await together(t, '/editor');
	await handControl(host, guest);
	const text = guest.sight.within('#text');
	await text.click('p');
	await guest.sight.press('Control+End');
	await guest.sight.press('Enter');
	await guest.sight.click('#bold');
	await guest.sight.keys('stout');
	await host.sight.within('#text').see({ css: 'b', text: 'stout' });
	await guest.sight.press('Control+k');
	await guest.sight.keys('word');
	await host.sight.see({ css: '#word', value: 'word' });
	await text.click('p');
	await guest.sight.keys('!');
	await host.sight.within('#text').see({ css: 'body', text: '!' });
	await guest.sight.click('#away');
	await guest.sight.keys('lost');
	await guest.sight.click('#word');
	await guest.sight.keys('s');
	await host.sight.see({ css: '#word', value: 'words' });
	await guest.sight
		.within('#text')
		.see((document) => document.body.textContent?.includes('stout') && !document.body.textContent.includes('lost'));
});

test('keys go on to a field that the page leads to from a frame of another site, and from there into another one', async (t) => {
	const { host, guest } = await together(t, '/parts');
	await handControl(host, guest);
	await guest.sight.within('#last').see({ css: '#part' });
	await guest.sight.within('#first').click('#part');
	for (const [keys, where, css] of [
		['1234', host.sight.within('#first'), '#part'],
		['56', host.sight, '#mid'],
		['789', host.sight.within('#last'), '#part'],
	] as const) {
		await guest.sight.keys(keys);
		await where.see({ css, value: keys });
		await new Promise((done) => setTimeout(done, 300));
	}
	await guest.sight.within('#first').click('#part');
	await guest.sight.press('End');
	await guest.sight.keys('0');
	await host.sight.within('#first').see({ css: '#part', value: '12340' });
	// a dialog takes the focus by itself
	await guest.sight.within('#last').click('#part');
	await guest.sight.press('End');
	await guest.sight.keys('0');
	await host.sight.see({ css: '#box[open]' });
	await guest.sight.keys('ok');
	await host.sight.see({ css: '#sign', value: 'ok' });
});

test('a drag that was captured goes on over a frame, and ends there', async (t) => {
	const { host, guest } = await together(t);
	await handControl(host, guest);
	await (await host.sight.frame()).evaluate(() => {
		document.body.innerHTML =
			'<div id="k" style="width: 80px; height: 30px; background: red; touch-action: none"></div><iframe id="in" srcdoc="<body>inner</body>"></iframe><p id="told"></p>';
		const [k, told] = ['k', 'told'].map((id) => document.getElementById(id)) as [HTMLElement, HTMLElement];
		let from: number;
		k.onpointerdown = (event) => {
			from = event.clientY;
			k.setPointerCapture(event.pointerId);
		};
		for (const type of ['pointerup', 'mouseup', 'lostpointercapture', 'click'])
			k.addEventListener(type, (event) => {
				told.textContent += `${type} ${Math.round((event as MouseEvent).clientY - from)} `;
			});
	});
	await guest.sight.see({ css: '#in' });
	const { x, y } = await guest.sight.at('#k');
	await guest.page.mouse.move(x, y);
	await guest.page.mouse.down();
	await guest.page.mouse.move(x, y + 100, { steps: 5 });
	await guest.page.mouse.up();
	const all = 'pointerup 100 mouseup 100 lostpointercapture 100 click 100';
	await host.sight.see({ css: '#told', text: all }).catch(async (error) => {
		assert.is(await (await host.sight.frame()).evaluate(() => document.getElementById('told')?.textContent), all, String(error));
	});
});

test.run();
