// tests only (Node).
import * as assert from 'uvu/assert';
import { ownLayerFirst } from '../../protocol/css-layers.ts';
import { suite } from '../harness.ts';

const test = suite('css layers');

test('a sheet with layers of its own names ours first, once; any other stays', () => {
	for (const css of ['@layer a,b;p{}', '@import "a.css" layer(x);', 'p{}@LAYER a{p{}}']) {
		const mapped = ownLayerFirst(css);
		assert.is(mapped, `@layer tandem;${css}`);
		assert.is(ownLayerFirst(mapped), mapped);
	}
	for (const css of ['', 'p{color:red}', '.player{}']) assert.is(ownLayerFirst(css), css);
});

test.run();
