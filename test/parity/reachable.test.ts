// tests only (Node, Chromium).
// Everything that can be reached from the global object without calling anything looks the same: names and their order, attributes, prototypes,
// lengths, texts, what is callable and what constructs. Left out is what no frame can have (injector/sandbox/windows/top-only.ts).
import { paritySuite } from './harness.ts';

/** Fills `found` (path → description) with all objects that can be reached from the global one and from `roots`. */
const WALK = `
	const found = new Map(), paths = new Map(), queue = [];
	const skip = (key) => typeof key === 'string' && /^(recorded|puppeteer|__aria|\\d+$|show(Open|Save|Directory)(File)?Picker$|documentPictureInPicture)/i.test(key);
	const seen = (value, path) => {
		if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return typeof value === 'number' ? 'number' : String(value).slice(0, 60);
		if (!paths.has(value)) { paths.set(value, path); queue.push([value, path]); }
		return '@' + paths.get(value);
	};
	const constructs = (fn) => { try { Reflect.construct(Object, [], fn); return true; } catch { return false; } };
	const look = (object, path) => {
		const keys = Reflect.ownKeys(object).filter((key) => !skip(key));
		const out = [typeof object, Object.isExtensible(object), keys.map(String), Object.getOwnPropertyNames(object).filter((key) => !skip(key)).length + Object.getOwnPropertySymbols(object).length];
		out.push(typeof object === 'function' ? Function.prototype.toString.call(object).slice(0, 200) + constructs(object) : Object.prototype.toString.call(object));
		out.push(seen(Object.getPrototypeOf(object), path + '.__proto__'));
		for (const key of keys) {
			const d = Object.getOwnPropertyDescriptor(object, key), at = path + '.' + String(key);
			out.push(d ? [String(key), d.enumerable, d.configurable, d.writable, 'value' in d ? seen(d.value, at) : seen(d.get, at + ' get') + seen(d.set, at + ' set')] : 'nothing');
		}
		return out.join('\\n');
	};
	const walk = (roots) => {
		seen(globalThis, 'global');
		for (const name of Object.keys(roots)) seen(roots[name], '~' + name);
		for (let next; (next = queue.shift()); ) {
			const group = next[1].split('.', 2).join('.'), before = found.get(group) ?? '';
			let said; try { said = look(...next); } catch (error) { said = error.name; }
			found.set(group, before + '\\n' + next[1] + ': ' + said);
		}
	};
`;

paritySuite('reachable', {
	'in a document': {
		html: '<style>p{color:red}</style><div id=box style="top:0"></div><iframe></iframe><form><input></form>',
		script: `${WALK}
			const child = document.querySelector('iframe').contentWindow, sheet = document.styleSheets[0], form = document.forms[0];
			walk({
				document, location, navigator, history, performance, screen, crypto, customElements, navigation, visualViewport, localStorage, indexedDB, caches, cookieStore, trustedTypes, box,
				child, childDocument: child.document, sheet, rule: sheet.cssRules[0], ruleStyle: sheet.cssRules[0].style, style: box.style, computed: getComputedStyle(box), form, input: form[0],
				error: new TypeError('x'), exception: new DOMException('x'), origins: location.ancestorOrigins, request: new Request('/x'), response: new Response(''), xhr: new XMLHttpRequest(),
				url: new URL('http://a/'), message: new MessageEvent('x'), image: new Image(), attribute: box.attributes, face: new FontFace('a', 'url(x)'), generator: (function* () {})(),
				asyncFunction: async () => {}, asyncGenerator: async function* () {}, links: document.links, worker: navigator.serviceWorker, serviceEvents: new Event('x'), sheets: document.styleSheets,
			});
			await record('found', () => [found.size > 1000, paths.size > 20000]);
			for (const [group, said] of found) values[group] = said;
		`,
	},
	...Object.fromEntries(
		(['classic', 'module'] as const).map((type) => [
			`in a worker, ${type}`,
			{
				script: `
					const w = new Worker('/case/worker.js', {type: '${type}'}); const e = await event(w, 'message');
					await record('found', () => e.data.size > 100);
					for (const [group, said] of e.data) values[group] = said;
				`,
				files: {
					'/case/worker.js': {
						type: 'text/javascript',
						body: `${WALK} ${type === 'module' ? 'import.meta.url;' : ''} walk({location, navigator, performance, error: new TypeError('x'), asyncFunction: async () => {}}); postMessage(found);`,
					},
				},
			},
		]),
	),
});
