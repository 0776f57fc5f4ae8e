// tests only (Node, Chromium).
// Frames of windows to be. Who asks the shell for them: the document whose text speaks of opening them, not each empty frame in it.
import * as assert from 'uvu/assert';
import { suite } from '../harness.ts';
import { startBench } from './harness.ts';

const test = suite('parity: spares', { limit: 60_000 });

test('an empty frame of a page that opens windows asks for none', async (t) => {
	const bench = await startBench();
	t.defer(() => bench.close());
	const frame = await bench.open(
		{
			html: '<iframe></iframe><script>onclick = () => { open("/a"); open("/b"); }</script>',
			script: 'await record("frame", () => frames[0].document.URL)',
		},
		'proxied',
	);
	await frame.waitForFunction('globalThis.recorded');
	const asked = (await frame.page().evaluate('messages.filter(({t}) => t === "spares").map(({n}) => n)')) as number[];
	assert.equal(asked, [2]);
});

test('a window that is sent to about:blank before its page comes hears of its load', async (t) => {
	const bench = await startBench();
	t.defer(() => bench.close());
	const frame = await bench.open(
		{
			script: '',
			html: '<script>const w = open("/empty.html"); w.location = "about:blank"; w.onload = () => { heard = w.document.URL; };</script>',
		},
		'proxied',
	);
	await frame.waitForFunction('globalThis.heard === "about:blank"');
});

test.run();
