// tests only (Node, Chromium). Drawings and pictures that are documents, or stand in an object, have the size that they would have without us.
import * as assert from 'uvu/assert';
import { suite } from '../harness.ts';
import { control } from './people.ts';
import { meet, openTown, type Pages } from './town.ts';

const test = suite('drawings', { limit: 60_000 });

const DRAWING = `<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg" width="340" height="140" viewBox="0 0 680 280"><title>Plan</title>
<rect id="r" x="10%" y="20" width="50%" height="40"/><script>document.documentElement.dataset.says = [document.contentType, document.doctype?.name, document.title, document.createElement('a').namespaceURI].join()</script></svg>`;
/** 3 by 2 pixels. */
const PICTURE = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg==',
	'base64',
);
/** As places for raw files say it of all that they give out. */
const BARE = { 'Content-Security-Policy': "default-src 'none'; sandbox" };
const PAGES: Pages = {
	'/objects':
		'<object id=own data="p.png" style="image-rendering:pixelated"></object><embed id=given src="p.png" style="width:60px;height:40px"><p>objects</p>',
	'/p.png': (_, res) => res.writeHead(200, { 'Content-Type': 'image/png' }).end(PICTURE),
	'/letter': '<iframe src="/strict.png"></iframe><p>letter</p>',
	'/strict.png': (_, res) =>
		res.writeHead(200, { 'Content-Type': 'image/png', 'Content-Security-Policy': "default-src 'none'; img-src 'self'" }).end(PICTURE),
	'/raw.png': (_, res) => res.writeHead(200, { 'Content-Type': 'image/png', ...BARE }).end(PICTURE),
	'/raw.svg': (_, res) => res.writeHead(200, { 'Content-Type': 'image/svg+xml', ...BARE }).end(DRAWING),
	'/raw.txt': (_, res) => res.writeHead(200, { 'Content-Type': 'text/plain', ...BARE }).end(`<b>raw</b> ${'word '.repeat(400)}`),
	'/plan.svg': (_, res) => res.writeHead(200, { 'Content-Type': 'image/svg+xml' }).end(DRAWING),
};

test('a drawing at a tab’s root is as large as it says, and as large for a guest', async (t) => {
	const town = await openTown(t, PAGES);
	const { host, guest } = await meet(town, 'https://a.example/plan.svg');
	await guest.sight.see({ css: '#r', hidden: true });
	const box = `(({ x, y, width, height }) => [x, y, width, height].join())(document.getElementById('r').getBoundingClientRect())`;
	const frame = await host.sight.frame();
	assert.is(await frame.evaluate(box), '34,10,170,20');
	assert.is(await (await guest.sight.frame()).evaluate(box), '34,10,170,20');
	assert.is(await frame.evaluate('document.documentElement.dataset.says'), 'image/svg+xml,svg,Plan,');
});

test('an object that is a picture is one, for a guest too', async (t) => {
	const town = await openTown(t, PAGES);
	const { host, guest } = await meet(town, 'https://a.example/objects');
	await guest.sight.see({ css: 'p', text: 'objects' });
	const sizes = `['own', 'given'].map((id) => document.getElementById(id)).map((e) => [e.clientWidth, e.clientHeight].join()).join(' ')`;
	await host.sight.see((document) => document.getElementById('own')?.clientWidth === 3);
	const frame = await host.sight.frame();
	assert.is(await frame.evaluate(sizes), '3,2 60,40');
	assert.is(frame.childFrames().length, 0);
	await guest.sight.see((document) => document.getElementById('own')?.clientWidth === 3);
	const seen = await guest.sight.frame();
	assert.is(await seen.evaluate(sizes), '3,2 60,40');
	const pictures = await Promise.all(seen.childFrames().map((inner) => inner.evaluate('document.images[0]?.naturalWidth')));
	assert.equal(pictures, [3, 3]);
	assert.is(await seen.childFrames()[0]?.evaluate('getComputedStyle(document.images[0]).imageRendering'), 'pixelated');
});

test('a picture in a frame, as webmail shows what is attached, is there for guests whatever its policy says of scripts', async (t) => {
	const town = await openTown(t, PAGES);
	const { host, guest } = await meet(town, 'https://a.example/letter');
	await guest.sight.see({ css: 'p', text: 'letter' });
	for (const { sight } of [host, guest]) await sight.within('iframe').see((document) => document.images[0]?.naturalWidth === 3);
});

test('a picture, a text and a drawing that a policy sandboxes look as without it, and are there for guests', async (t) => {
	const town = await openTown(t, PAGES);
	const { host, guest } = await meet(town, 'https://a.example/raw.png');
	for (const { sight } of [host, guest]) await sight.see((document) => document.images[0]?.naturalWidth === 3);
	await host.shell.type(control('address'), 'https://a.example/raw.txt');
	await host.shell.press('Enter');
	for (const { sight } of [host, guest]) {
		await sight.see({ css: 'pre', text: '<b>raw</b>' });
		await sight.see(({ documentElement }) => documentElement.scrollWidth === documentElement.clientWidth);
	}
	assert.is(await (await host.sight.frame()).evaluate('origin'), 'null');
	await host.shell.type(control('address'), 'https://a.example/raw.svg');
	await host.shell.press('Enter');
	for (const { sight } of [host, guest]) await sight.see({ css: '#r', hidden: true });
	assert.is(await (await host.sight.frame()).evaluate('document.documentElement.dataset.says'), undefined);
});

test.run();
