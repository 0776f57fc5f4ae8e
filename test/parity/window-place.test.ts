// tests only (Node, Chromium).
// Windows that are opened with a size and a place have them.
import { paritySuite } from './harness.ts';

paritySuite('window place', {
	'of what is opened': {
		script: `
			await event(window, 'load');
			const pause = (ms) => new Promise((r) => setTimeout(r, ms));
			for (let real = false; !real; await pause(300)) { const w = open(''); real = !!w.document; w.close(); }
			const opened = async (features) => { for (;;) { const w = open('/case/placed', '', features); if (w.document) return w; w.close(); await pause(300); } };
			// browsers are a pixel off in some of their windows
			for (const [features, width, height] of [['left=30,top=40,width=401,height=204', 401, 204], ['screenx=31, screeny = 41.9,innerwidth=402,innerheight==205;', 402, 205], ['left=+32,top=0,width=403.7,height=206px', 403, 206], ['left=-x1,top=12,width=300,height=-300', 300, 100]])
				await record(features, async () => { const heard = event(window, 'message'), w = await opened(features), [x, left, y, top, w_, h] = (await heard).data; w.close(); return [x, left, y, top, Math.abs(w_ - width) < 2, Math.abs(h - height) < 2]; });
		`,
		files: {
			'/case/placed': {
				type: 'text/html',
				body: '<script>onload = () => setTimeout(() => opener.postMessage([screenX, screenLeft, screenY, screenTop, innerWidth, innerHeight], "*"), 300)</script>',
			},
		},
	},
});
