// tests only (Node).
// The ring of the focus (`:focus-visible`) under a guest's hand is what a person's own would draw: none after a press, one after a key.
import * as assert from 'uvu/assert';
import { suite } from '../harness.ts';
import { inPage, openPage } from './bed.ts';

const test = suite('control: the ring of the focus');

const PAGE = `<button id=b>b</button><input id=i><div id=e contenteditable>e</div><button id=s>script</button><button id=later>later</button>
<div id=o tabindex=-1>o</div><div id=m>prevents</div><button id=shows>open</button><dialog id=d><button id=x>x</button></dialog><label id=l for=c>l</label><input id=c type=checkbox>
<svg width=40 height=40><g id=g tabindex=0><rect width=40 height=40 /></g></svg>`;
const SCRIPT = `s.onclick = () => o.focus({ preventScroll: true }); later.onclick = () => setTimeout(() => g.focus(), 20); m.onmousedown = (e) => { e.preventDefault(); o.focus(); };
shows.onclick = () => d.showModal(); x.onclick = () => d.close();
globalThis.ring = () => { const at = document.activeElement; return at.id + (at.matches(':focus-visible') ? '*' : ''); };`;

test('a press draws none: on what it focuses, and on what scripts and the browser focus after it; what one types into keeps its own', async (t) => {
	const page = await openPage(t, PAGE, SCRIPT);
	const seen = await inPage(
		page,
		`bed.watch('focus', 'blur'); const out = [];
		for (const at of ['#b', '#i', '#b', '#e', '#s', '#i', '#m', '#l', '#shows', '#x', '#g']) { await bed.click(at); out.push(ring()); }
		await bed.click('#later'); while (document.activeElement !== g) await new Promise((go) => setTimeout(go, 10)); out.push(ring());
		await bed.click('#i'); await bed.text('a'); await bed.click('#m'); out.push(ring());
		return [out.join(' '), bed.log.filter((line) => line.endsWith(':x')).join(' ')];`,
	);
	assert.equal(seen, ['b i* b e* o i* o c x shows g g o*', 'focus:x blur:x']);
});

test('after a key there is one, whoever moves the focus; a page that says which gets that', async (t) => {
	const page = await openPage(
		t,
		PAGE,
		`${SCRIPT} addEventListener('keydown', (e) => { if (e.key === 'j') o.focus(); if (e.key === 'k') b.focus({ focusVisible: false }); });`,
	);
	await page.click('#b');
	const seen = await inPage(
		page,
		`const out = [ring()]; await bed.click('#b'); for (const key of ['Tab', 'j', 'k']) { await bed.key(key); out.push(ring()); }
		await bed.click('#s'); out.push(ring()); await bed.key('j', { accel: true }); out.push(ring()); return out.join(' ');`,
	);
	assert.is(seen, 'b i* o* b o o');
});

test('what a press has brought the focus to gets it with the next key, before the page is told of that one; a shortcut draws none', async (t) => {
	const page = await openPage(t, PAGE, `onkeydown = () => seen.push(ring()); globalThis.seen = []; ${SCRIPT}`);
	await page.click('#b');
	const seen = await inPage(
		page,
		`bed.watch('focus', 'blur'); await bed.click('#o'); await bed.key('c', { accel: true }); await bed.key('ArrowDown'); await bed.click('#c'); await bed.key('Escape'); await bed.click('#b'); await bed.text('x');
		return [seen.join(' '), bed.log.join(' ')];`,
	);
	assert.equal(seen, ['o o* c* b*', 'blur:b focus:o blur:o focus:c blur:c focus:b']);
});

test('what the host has brought the focus to by a key keeps its ring under a press that moves nothing', async (t) => {
	const page = await openPage(t, PAGE, SCRIPT);
	await inPage(page, `m.onmousedown = (e) => e.preventDefault();`);
	await page.keyboard.press('Tab');
	assert.is(await inPage(page, `await bed.click('#m'); return ring();`), 'b*');
});

test.run();
