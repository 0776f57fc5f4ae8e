// tests only (Node).
import * as assert from 'uvu/assert';
import { suite } from '../harness.ts';
import { RUN, startProxy, startSite } from './fixture.ts';

const test = suite('proxy: a page');

test('a document arrives rewritten, with the runtime first in head', async (t) => {
	const site = await startSite((_req, res) => {
		res.setHeader('Content-Type', 'text/html');
		res.setHeader('Set-Cookie', 'a=1');
		res.end('<!doctype html><html><head><title>x</title></head><body><a href="https://other.example/">o</a></body></html>');
	});
	t.defer(() => site.close());
	const s = await startProxy({ upstreamMap: `https://shop.example=${site.url}` });
	t.defer(() => s.close());
	const reply = await s.ask('https://shop.example', '/', { dest: 'document' });
	assert.is(reply.status, 200, reply.text);
	assert.match(reply.text, /<head><script src="\/\.tandem\/runtime-\w+\.js" data-tandem-boot=/);
	assert.match(reply.text, `http://other-example-a${RUN}.tandem.localhost:3000/`);
	assert.is(s.sessions.jar('j1').documentCookie('https://shop.example/'), 'a=1');
});

test.run();
