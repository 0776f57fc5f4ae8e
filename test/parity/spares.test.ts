// tests only (Node, Chromium).
// Frames of windows to be. Who asks the shell for them: the document whose text speaks of opening them, not each empty frame in it.
// And frames that lead their top.
import * as assert from 'uvu/assert';
import { suite } from '../harness.ts';
import { startBench } from './harness.ts';

const test = suite('parity: spares', { limit: 120_000 });

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

/** What a frame does to its top, which is its parent. */
const LEADS = {
	'a form': `form('post', '_top')`,
	'a form, as by its button': `form('post', '_top', 'requestSubmit')`,
	'a form, to the parent': `form('post', '_parent')`,
	'a form without a body': `form('get', '_top')`,
	'a link': `link('_parent')`,
	open: `open(url + '?open', '_parent')`,
	location: `parent.location = url + '?location'`,
	'location.replace': `top.location.replace(url + '?replace')`,
};

test('a frame leads its top as if that were the browser’s, also from another site', async (t) => {
	const bench = await startBench();
	t.defer(() => bench.close());
	for (const host of ['shop', 'cdn']) {
		for (const [title, way] of Object.entries(LEADS)) {
			if (host === 'shop' && title === 'location.replace') continue; // in a script of another window, and says so in its Referer
			const said = [];
			for (const how of ['bare', 'proxied'] as const) {
				const body = `<body><script>
					const url = 'http://shop.localhost:PORT/echo', make = (tag, given) => document.body.appendChild(Object.assign(document.createElement(tag), given));
					const form = (method, target, send = 'submit') => { const f = make('form', {method, target, action: url}); f.append(Object.assign(document.createElement('input'), {name: 'a', value: 'b'})); f[send](); };
					const link = (target) => make('a', {target, href: url + '?link'}).click();
					onload = () => setTimeout(() => { ${way}; });
				</script>`;
				const files = { '/leads': { type: 'text/html', body } };
				const frame = await bench.open({ script: '', html: `<iframe src="http://${host}.localhost:PORT/leads"></iframe>`, files }, how);
				await frame.waitForFunction('location.pathname === "/echo"');
				const { method, url, origin, referer } = JSON.parse((await frame.evaluate('document.body.innerText')) as string);
				said.push([method, url, origin, referer, await frame.evaluate('document.referrer')]);
				await frame.page().close();
			}
			assert.equal(said[1], said[0], `${title} of ${host}`);
		}
	}
});

test.run();
