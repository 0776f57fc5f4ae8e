// tests only (Node and Chromium).
// Changes that are held until there is time for them: whatever happens meanwhile, both sides are alike, and no tree has to be sent twice.
import * as assert from 'uvu/assert';
import { suite } from '../harness.ts';
import { type Bed, openBed } from './bed/bed.ts';

const test = suite('mirror held', { limit: 60_000 });

/** Nearly every change is held for as long as any can be. */
const HELD = { slice: 20, small: 8000, share: 1e-6 };
const PAGE = `<!doctype html><style id=sheet>p{color:red}</style><body><input id=field value=a><p id=p>text</p>
<ul>${'<li class=row>row <b>text</b></li>'.repeat(20)}</ul><div id=scroller style="height:40px;overflow:auto"><div style="height:900px"></div></div>`;

/** Messages of a type that the host has sent. */
const count = async (bed: Bed, type: number) =>
	(await bed.page.evaluate(`app.wire.filter((bytes) => bytes[0] === ${type}).length`)) as number;
const KEY = 0;
const DELTA = 1;
/** Runs `code` as a change of the page's in each of so many tasks, a few milliseconds apart. */
const often = (bed: Bed, times: number, code: string) =>
	bed.host.evaluate(`new Promise((done) => {
		let n = 0;
		const task = () => { ${code}; if (++n < ${times}) setTimeout(task, 3); else done(); };
		task();
	})`);

test('what a page changes again and again goes out in a few messages, with what it came to', async (t) => {
	const bed = await openBed(t, { 'https://one.example/': PAGE }, { pace: HELD });
	await bed.same();
	const before = await count(bed, DELTA);
	await often(
		bed,
		60,
		`p.className = 'c' + n; p.firstChild.data = 'text ' + n; const i = document.body.appendChild(document.createElement('i')); if (n % 2) i.remove();`,
	);
	await bed.same();
	const sent = (await count(bed, DELTA)) - before;
	assert.ok(sent < 30, `${sent} messages`);
});

test('random changes of everything, held, leave both sides alike, and nobody asks for a tree anew', async (t) => {
	const bed = await openBed(t, { 'https://one.example/': PAGE }, { pace: HELD });
	await bed.same();
	const keys = await count(bed, KEY);
	for (let round = 1; round <= 4; round++) {
		await bed.host.evaluate(`seed = ${round}; random = (n) => (seed = (seed * 48271) % 2147483647) % n`);
		await often(
			bed,
			60,
			`const all = [...document.body.querySelectorAll('*')], el = all[random(all.length)], other = all[random(all.length)];
			switch (random(14)) {
				case 0: el.append(document.createElement('u'), 'text ' + n); break;
				case 1: if (all.length > 25 && el.id === '') el.remove(); break;
				case 2: if (!el.contains(other)) other.append(el); break;
				case 3: el.setAttribute('data-n', n % 3); break;
				case 4: el.removeAttribute('data-n'); el.setAttribute('title', 'same'); break;
				case 5: { const style = document.createElement('style'); style.textContent = '.row{margin:1px}'; el.append(style); style.sheet.insertRule('b{color:blue}'); break; }
				case 6: document.querySelectorAll('style').forEach((style) => style.sheet?.cssRules[0] && (style.sheet.cssRules[0].style.color = n % 2 ? 'green' : 'navy')); break;
				case 7: for (const style of document.querySelectorAll('style')) if (style.id === '') { style.remove(); break; } break;
				case 8: { const field = document.createElement('input'); el.append(field); field.value = 'typed ' + n; field.focus(); break; }
				case 9: document.querySelectorAll('input').forEach((field) => (field.value = 'now ' + n)); break;
				case 10: { const wrap = document.createElement('section'); el.replaceWith(wrap); wrap.append(el); break; }
				case 11: { const host = document.createElement('div'); el.append(host); host.attachShadow({ mode: 'open' }).innerHTML = '<p>in a shadow ' + n + '</p>'; break; }
				case 12: getSelection().selectAllChildren(el); break;
				case 13: scroller.scrollTop = n * 5; break;
			}`,
		);
		await bed.same();
	}
	assert.is(await count(bed, KEY), keys);
	await bed.join('late');
	await bed.same('late');
});

test('a key that is asked for in between has what is held', async (t) => {
	const bed = await openBed(t, { 'https://one.example/': PAGE }, { pace: HELD });
	await bed.same();
	const changing = often(bed, 60, `p.setAttribute('data-n', n % 4); document.body.append(document.createElement('i'), 'text ' + n);`);
	for (let n = 0; n < 4; n++) {
		await bed.page.evaluate('for (const port of app.hosts.values()) port.postMessage({ t: "key" })');
		await new Promise((go) => setTimeout(go, 40));
	}
	await changing;
	await bed.same();
});

test.run();
