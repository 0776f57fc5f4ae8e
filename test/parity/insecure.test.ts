// tests only (Node, Chromium).
// A site of http is no secure context: what browsers keep to those isn't there, by name, in a page, its frames and its workers.
import { paritySuite } from './harness.ts';

const NAMES = `
	const names = () => {
		const out = {}, add = (path, object) => { out[path] = Reflect.ownKeys(object).map(String).filter((name) => !/^(?:recorded|puppeteer|__aria|\\d+$|onmessage$)/.test(name)).sort(); };
		add('global', globalThis);
		for (let p = globalThis; (p = Object.getPrototypeOf(p)); ) add('global ' + p[Symbol.toStringTag], p);
		for (const name of Object.getOwnPropertyNames(globalThis).filter((name) => !/^(?:puppeteer|__aria)/.test(name))) {
			const {value} = Object.getOwnPropertyDescriptor(globalThis, name);
			if (typeof value === 'function' && value.prototype) { add(name, value); add(name + '.prototype', value.prototype); }
			else if (typeof value === 'object' && value && value !== globalThis) add(name, value);
		}
		return out;
	};`;

paritySuite('insecure', {
	names: {
		host: 'plain.test',
		path: '/case-plain',
		files: { '/names.js': { type: 'text/javascript', body: `${NAMES} postMessage([isSecureContext, names()]);` } },
		script: `${NAMES}
			const all = async (title, get) => { const found = await get(); await record(title, () => Object.keys(found)); for (const key of Object.keys(found)) await record(title + ' ' + key, () => found[key]); };
			await record('secure', () => [isSecureContext, 'serviceWorker' in navigator, typeof caches, crypto.subtle, crypto.randomUUID, navigator.clipboard, navigator.mediaDevices]);
			await all('page', names);
			await all('worker', async () => (await event(new Worker('/names.js'), 'message')).data[1]);
			await record('frame', async () => { const f = document.body.appendChild(document.createElement('iframe')); return [Object.keys(f.contentWindow), f.contentWindow.isSecureContext, f.contentWindow.navigator.serviceWorker]; });
			await record('use', async () => { const b = new Blob(['x']); return [await b.text(), crypto.getRandomValues(new Uint8Array(2)).length, typeof localStorage, (await fetch('/json')).status, document.cookie]; });
		`,
	},
});
