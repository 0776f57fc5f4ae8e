// tests only (Node, Chromium).
// Who asks the shell for frames of windows to be: the document whose text speaks of opening them, not each empty frame in it.
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

test.run();
