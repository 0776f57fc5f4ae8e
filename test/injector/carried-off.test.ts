// tests only (Node, Chromium).
// What a person copies or drags out of a page leads where the page said.
import type { Frame } from 'puppeteer-core';
import * as assert from 'uvu/assert';
import { suite } from '../harness.ts';
import { type Bench, startBench } from '../parity/harness.ts';

const test = suite('carried off', { limit: 90_000 });

const HTML = `<style>.x{color:rgb(255, 0, 0)} .gone{display:none}</style>
	<div id=p>some <b>bold</b> <a href="http://cdn.localhost:PORT/l?a=1" onclick="top.x" data-u="http://cdn.localhost:PORT/d">link</a>
	<a class=x href="/here">red</a><i class=gone>unseen</i><img src="/image.png"></div>
	<ul><li><a href="http://cdn.localhost:PORT/l">one</a></li><li>two</li></ul><p id=plain>plain</p>
	<div id=into contenteditable>into</div><div id=edit contenteditable>cut <a href="/x">this</a> out</div>`;
const SCRIPT = `
	globalThis.pasted = []; document.addEventListener('paste', (e) => { e.preventDefault(); pasted.push(e.clipboardData.getData('text/html'), e.clipboardData.getData('text/plain')); });
	globalThis.drags = []; document.addEventListener('dragstart', (e) => { drags.push(Object.fromEntries(['text/uri-list', 'text/plain', 'text/html'].map((type) => [type, e.dataTransfer.getData(type)]))); e.preventDefault(); });
	await record('ready', () => 1);`;

async function opened(bench: Bench, how: 'bare' | 'proxied'): Promise<Frame> {
	const frame = await bench.open({ html: HTML, script: SCRIPT }, how);
	await frame.waitForFunction('globalThis.recorded');
	return frame;
}

/** Selects what `script` says, copies it by the keyboard and pastes it: its HTML and its text. */
async function carried(frame: Frame, script: string, key: 'c' | 'x' = 'c'): Promise<[string, string]> {
	const { keyboard } = frame.page();
	await frame.page().bringToFront();
	const press = async (letter: string) => {
		await keyboard.down('Control');
		await keyboard.press(letter as 'c');
		await keyboard.up('Control');
	};
	await frame.click(key === 'x' ? '#edit' : '#plain');
	await frame.evaluate(`getSelection().removeAllRanges(); ${script}`);
	await press(key);
	await frame.click('#into');
	await press('v');
	await frame.waitForFunction('pasted.length === 2');
	return (await frame.evaluate('pasted.splice(0)')) as [string, string];
}

test('a selection that is copied', async (t) => {
	const bench = await startBench();
	t.defer(() => bench.close());
	const cdn = `http://cdn.localhost:${bench.port}`;
	const shop = `http://shop.localhost:${bench.port}`;
	const bare = await opened(bench, 'bare');
	const frame = await opened(bench, 'proxied');
	const all = 'getSelection().selectAllChildren(p)';
	const [html, text] = await carried(frame, all);
	const [bareHtml, bareText] = await carried(bare, all);
	assert.is(text, bareText);
	for (const part of [`href="${cdn}/l?a=1"`, `href="${shop}/here"`, `src="${shop}/image.png"`, `data-u="${cdn}/d"`]) {
		assert.ok(bareHtml.includes(part), `bare: ${part} in ${bareHtml}`);
		assert.ok(html.includes(part), `${part} in ${html}`);
	}
	assert.match(html, /<a [^>]*style="color: rgb\(255, 0, 0\)[^>]*>red<\/a>/);
	assert.not.match(html, /tandem|onclick|unseen/);

	const [list] = await carried(frame, "getSelection().selectAllChildren(document.querySelector('li'))");
	assert.match(list, new RegExp(`<ul><li><a href="${cdn}/l"[^>]*>one</a></li></ul>`));
	const [part] = await carried(frame, 'getSelection().setBaseAndExtent(document.links[0].firstChild, 1, document.links[0].firstChild, 3)');
	assert.match(part, new RegExp(`<a [^>]*href="${cdn}/l\\?a=1"[^>]*>in</a>`));
	const [plain] = await carried(frame, 'getSelection().selectAllChildren(plain)');
	assert.match(plain, /<span style=.*>plain<\/span>/, "the browser's own");
	const [cut] = await carried(frame, 'getSelection().selectAllChildren(edit)', 'x');
	assert.match(cut, new RegExp(`cut <a href="${shop}/x"[^>]*>this</a> out`));
	assert.is(await frame.$eval('#edit', (e) => e.textContent), '');
});

test('a link and a picture that are dragged', async (t) => {
	const bench = await startBench();
	t.defer(() => bench.close());
	const seen: unknown[] = [];
	for (const how of ['bare', 'proxied'] as const) {
		const frame = await opened(bench, how);
		const { mouse } = frame.page();
		for (const css of ['#p a', 'img']) {
			const box = await (await frame.$(css))?.boundingBox();
			assert.ok(box);
			await mouse.move(box.x + box.width / 2, box.y + box.height / 2);
			await mouse.down();
			for (let by = 5; by <= 30; by += 5) await mouse.move(box.x + box.width / 2 + by, box.y + box.height / 2 + by);
			await mouse.up();
		}
		await frame.waitForFunction('drags.length >= 2');
		seen.push(await frame.evaluate('drags'));
	}
	const [bare, proxied] = seen as Record<string, string>[][];
	assert.equal(
		proxied?.map((drag) => [drag['text/uri-list'], drag['text/plain']]),
		bare?.map((drag) => [drag['text/uri-list'], drag['text/plain']]),
	);
	assert.not.match(JSON.stringify(proxied), /tandem/);
});

test.run();
