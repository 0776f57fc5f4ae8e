// tests only (Node, Chromium).
// What no frame can have is not there, so that a page takes the way it has for browsers without it.
import * as assert from 'uvu/assert';
import { suite } from '../harness.ts';
import { startBench } from './harness.ts';

const test = suite('what is absent', { limit: 60_000 });

test('pickers of files and windows over windows', async (t) => {
	const bench = await startBench();
	t.defer(() => bench.close());
	const script = `await record('found', () => ['showOpenFilePicker', 'showSaveFilePicker', 'showDirectoryPicker', 'documentPictureInPicture'].filter((name) => name in window));
		const f = document.body.appendChild(document.createElement('iframe'));
		await record('in a frame', () => 'showOpenFilePicker' in f.contentWindow);`;
	assert.equal(await bench.run({ script }, 'proxied'), { found: '[]', 'in a frame': 'false' });
});

test.run();
