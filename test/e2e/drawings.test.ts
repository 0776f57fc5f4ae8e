// tests only (Node, Chromium). A drawing opened in a tab has the size it says, as at the top of a browser's window, for everybody.
import * as assert from 'uvu/assert';
import { suite } from '../harness.ts';
import { meet, openTown, type Pages } from './town.ts';

const test = suite('drawings', { limit: 60_000 });

const DRAWING = `<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg" width="340" height="140" viewBox="0 0 680 280"><title>Plan</title>
<rect id="r" x="10%" y="20" width="50%" height="40"/><script>document.documentElement.dataset.says = [document.contentType, document.doctype?.name, document.title, document.createElement('a').namespaceURI].join()</script></svg>`;
const PAGES: Pages = { '/plan.svg': (_, res) => res.writeHead(200, { 'Content-Type': 'image/svg+xml' }).end(DRAWING) };

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

test.run();
