// tests only (Node, Chromium).
// One URL, asked for by several destinations: what the browser's cache has of one is not taken for another, whatever the ETag says.
import { paritySuite } from './harness.ts';

const SCRIPT =
	'globalThis.seen = [location.href, globalThis.top === globalThis.parent, origin]; globalThis.postMessage?.call && !globalThis.document && postMessage(seen);';
const HTML = '<!doctype html><script>globalThis.seen = [location.href, top === parent, document.head.innerHTML]</script>';
const CSS = 'p{background:url(http://cdn.localhost:PORT/x.png)}';

/** Paths end with how long the browser may keep the answer, and a letter for each case. */
function files(): Record<string, { type: string; body: string; headers: Record<string, string> }> {
	const kinds = { js: ['text/javascript', SCRIPT], html: ['text/html', HTML], css: ['text/css', CSS] } as const;
	const out: ReturnType<typeof files> = {};
	for (const [kind, [type, body]] of Object.entries(kinds))
		for (const [age, control] of [
			['asked', 'no-cache'],
			['kept', 'max-age=600'],
		] as const)
			for (const n of ['a', 'b', 'c', 'd'])
				out[`/${kind}-${age}-${n}`] = { type, body, headers: { etag: `"${kind}${n}"`, 'cache-control': control } };
	return out;
}

paritySuite('the cache', {
	'one URL': {
		path: '/case-cache',
		files: files(),
		script: `
			const take = (value) => { delete globalThis.seen; return value; };
			const put = async (tag, set) => { const el = Object.assign(document.createElement(tag), set), loaded = event(el, 'load'); document.body.append(el); await loaded; return el; };
			const as = {
				text: async (src) => (await fetch(src)).text(),
				script: async (src) => { await put('script', {src}); return take(seen); },
				cors: async (src) => { await put('script', {src, crossOrigin: 'anonymous'}); return take(seen); },
				module: async (src) => { await put('script', {src, type: 'module'}); return take(seen); },
				worker: async (src) => (await event(new Worker(src), 'message')).data,
				frame: async (src) => (await put('iframe', {src})).contentWindow.seen,
				sheet: async (href) => (await put('link', {rel: 'stylesheet', href})).sheet.cssRules[0].cssText,
			};
			const ways = [['js', 'a', ['text', 'script', 'text', 'worker']], ['js', 'b', ['script', 'text', 'module', 'script']], ['js', 'c', ['worker', 'script', 'cors', 'text']], ['js', 'd', ['module', 'worker', 'cors', 'text']],
				['html', 'a', ['text', 'frame', 'text']], ['html', 'b', ['frame', 'text', 'frame']], ['css', 'a', ['text', 'sheet', 'text']], ['css', 'b', ['sheet', 'text', 'sheet']]];
			for (const age of ['asked', 'kept']) for (const [kind, n, hows] of ways)
				for (const [i, how] of hows.entries()) await record([age, kind, n, i, how].join(' '), () => as[how]('/' + [kind, age, n].join('-')));
		`,
	},
});
