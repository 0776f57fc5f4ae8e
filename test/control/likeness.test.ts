// tests only (Node, Chromium).
// The same gesture by the browser's own mouse and by a guest: what the page is told must be the same, in the same order.
import type { Page } from 'puppeteer-core';
import * as assert from 'uvu/assert';
import { suite, type TestContext } from '../harness.ts';
import { inPage, openPage } from './bed.ts';

const test = suite('control: as by a hand of its own', { limit: 60_000 });

/** Notes the events of these types: target, button, buttons and, of a drag, what is allowed. */
const NOTE = (types: string) => `globalThis.noted = [];
for (const type of ${JSON.stringify(types.split(' '))}) addEventListener(type, (e) => {
	const said = [type, e.target.id || e.target.nodeName].concat('buttons' in e ? [e.button, e.buttons] : [], type !== 'dragstart' && e.dataTransfer ? e.dataTransfer.effectAllowed : []).join(' ');
	if (said !== noted.at(-1)) noted.push(said);
}, true);`;

/** What a page was told of a gesture by the browser and, in a page of its own, by a guest. */
async function both(
	t: TestContext,
	html: string,
	types: string,
	real: (page: Page) => Promise<void>,
	guest: string,
): Promise<readonly [string[], string[]]> {
	const noted: string[][] = [];
	for (const act of [real, (page: Page) => inPage<void>(page, guest)]) {
		const page = await openPage(t, html, NOTE(types));
		await act(page);
		noted.push(
			await inPage<string[]>(
				page,
				'while (!/mouseup|click|dragend|keyup/.test(noted.join())) await new Promise((go) => setTimeout(go, 20)); await new Promise((go) => setTimeout(go, 50)); return noted;',
			),
		);
	}
	return noted as [string[], string[]];
}

/** Presses at one place, and lets go there, or drags on to another and lets go once something is told that it is there. */
async function press(page: Page, from: readonly [number, number], to = from, there = ''): Promise<void> {
	await page.mouse.move(...from);
	await page.mouse.down();
	if (to !== from) await page.mouse.move(...to, { steps: 4 });
	// Chromium tells a drag's first step onto something with dragenter alone.
	if (to !== from) await page.mouse.move(to[0] + 1, to[1]);
	if (there)
		await page.waitForFunction(
			(what) => (globalThis as unknown as { noted: string[] }).noted.some((said) => said.startsWith(what)),
			{},
			there,
		);
	await page.mouse.up();
}

const BOXES = '<style>body{margin:0} div{width:100px;height:50px}</style><div id=a>a</div><div id=b>b</div><div id=c>c</div>';
const PRESSES = 'pointerdown mousedown pointerup mouseup click';

test('what events of a mouse say of its buttons, of what they are and how far they go', async (t) => {
	// The pixel at 0, 0, where a pointer counts as being that nobody has moved yet, belongs to none of them.
	const html = `${BOXES}<style>html{padding:1px}</style><x-s id=s style="display:block;width:100px;height:50px"></x-s><script>s.attachShadow({ mode: 'open' }).innerHTML = '<p style="margin:0;height:50px">in</p>';
		const types = 'over enter move down up out leave'.split(' ').flatMap((type) => ['pointer' + type, 'mouse' + type]).concat('click', 'dblclick', 'auxclick', 'contextmenu', 'wheel');
		for (const el of [a, s]) for (const type of types) el.addEventListener(type, (e) => {
			const said = [type, el.id, e.button, e.buttons, e.which, e.detail, e.bubbles, e.cancelable, e.composed, e.isPrimary, e.pointerType, e.constructor.name].join(' ');
			if (said !== noted.at(-1)) noted.push(said);
		});</script>`;
	const real = async (page: Page) => {
		await page.mouse.move(20, 20);
		await page.mouse.click(20, 20, { count: 2 });
		await page.mouse.click(20, 20, { button: 'middle' });
		await page.mouse.wheel({ deltaY: 10 });
		await page.mouse.move(20, 170);
		await page.mouse.move(20, 120);
	};
	const [direct, byGuest] = await both(
		t,
		html,
		'',
		real,
		`const at = (node) => ({ node, fx: .2, fy: .4 }); await bed.act({ k: 'hover', at: at('#a') }); await bed.click(at('#a')); await bed.click(at('#a'), 2); await bed.click(at('#a'), 1, { button: 1 });
		await bed.act({ k: 'wheel', at: at('#a'), dx: 0, dy: 10 }); await bed.act({ k: 'hover', at: at(s.shadowRoot.firstChild) }); await bed.act({ k: 'hover', at: at('#c') });`,
	);
	// Moves in between are the test's own hand.
	const said = (all: string[]) => all.filter((each, i) => !/^(pointer|mouse)move a /.test(each) || all.indexOf(each) === i);
	assert.equal(said(byGuest), said(direct));
});

test('what a listener of pointerup puts elsewhere gets no click, and its parent the mouseup', async (t) => {
	const html = `${BOXES}<script>onpointerup = () => document.body.append(a);</script>`;
	const [real, guest] = await both(t, html, PRESSES, (page) => press(page, [20, 20]), `await bed.click('#a')`);
	assert.equal(guest, real);
	assert.ok(!real.join().includes('click'));
});

test('what is taken away while it is pressed, or built anew, gets no click', async (t) => {
	for (const change of ['a.replaceWith(a.cloneNode(true))', 'document.body.prepend(a)', 'a.innerHTML = "new"']) {
		const html = `${BOXES}<script>onmousedown = () => { ${change}; };</script>`;
		const [real, guest] = await both(t, html, PRESSES, (page) => press(page, [20, 20]), `await bed.click('#a')`);
		assert.equal(guest, real, change);
	}
});

/** A table that a page writes again, as it was but for a figure; its rows all have a button. */
const ROWS = `<style>body{margin:0} td{height:20px;padding:0;width:60px}</style><div id=m></div>
	<script>let k = 0; const names = ['a', 'b', 'c']; const draw = () => { m.innerHTML = '<table>' + names.map((n) => '<tr><td><a href=#' + n + '>' + n + '</a><td><b>x</b><td>' + n + k++ + '</tr>').join('') + '</table>'; }; draw();</script>`;
/** Presses the middle of the second row's `css` as a guest who saw what was there before `change`, which leaves the mirror (\`take\`) or is about to. */
const pressOn = (css: string, change: string, more = '') => `
	const el = document.querySelectorAll('${css}')[1]; const box = el.getBoundingClientRect(); const seen = { x: box.left + box.width / 2, y: box.top + box.height / 2 };
	const at = { node: bed.id(el), fx: .5, fy: .5 }; await bed.act({ k: 'hover', at }); const all = [...m.querySelectorAll('*')]; ${change};
	const did = [await bed.act({ k: 'down', at, seen, button: 0, clicks: 1 })]; ${more}; did.push(await bed.act({ k: 'up', at, button: 0, clicks: 1 }));`;

test('a press on what has been built anew since the guest saw it meets the same thing there now, and nothing else', async (t) => {
	const page = await openPage(
		t,
		ROWS,
		"addEventListener('click', (e) => noted.push(e.target.localName + e.target.closest('tr')?.rowIndex)); globalThis.noted = [];",
	);
	const tried = async (css: string, change: string) =>
		inPage<string>(page, `${pressOn(css, change)} return did[0] + ' ' + noted.splice(0)`);
	assert.is(await tried('a', 'draw()'), 'ok a1');
	assert.is(await tried('a', 'draw(); all.forEach(bed.take); draw()'), 'ok a1');
	assert.is(await tried('a', "names.unshift('d'); draw()"), 'stale-node ');
	assert.is(await tried('a', 'names.shift(); draw()'), 'stale-node ');
	// Of several alike no figure may have changed beside it: they may have changed places.
	assert.is(await tried('b', 'draw()'), 'stale-node ');
	assert.is(await tried('b', 'k = 0; draw(); all.forEach(bed.take)'), 'stale-node ');
	assert.is(await tried('b', 'k -= names.length; draw(); all.forEach(bed.take)'), 'ok b1');
	// What is gone for longer than anybody lags behind is not kept.
	assert.is(await tried('a', 'draw(); all.forEach(bed.take); await new Promise((go) => setTimeout(go, 3500))'), 'stale-node ');
	// A wheel scrolls whatever is there.
	const turn = `const at = { node: bed.id('#m b'), fx: .5, fy: .5 }; document.body.style.height = '3000px'; await bed.act({ k: 'hover', at }); draw(); await bed.act({ k: 'wheel', at, dx: 0, dy: 50 }); return scrollY`;
	assert.is(await inPage<number>(page, turn), 50);
});

test('a click that was over before what it hit was built anew is one, however late its release comes', async (t) => {
	const page = await openPage(t, ROWS, "addEventListener('click', (e) => noted.push(e.target.localName)); globalThis.noted = [];");
	const tried = async (lasted: string) =>
		inPage<string[]>(
			page,
			`${pressOn('a', '', `await new Promise((go) => setTimeout(go, 30)); draw()`).replace("k: 'up', at,", `k: 'up', at, ${lasted}`)} return noted.splice(0)`,
		);
	assert.equal(await tried('lasted: 10,'), ['a']);
	assert.equal(await tried('lasted: 1e6,'), []);
	assert.equal(await tried(''), []);
});

test('two clicks of which the first builds anew what was clicked, or takes it away: the second is where the first was', async (t) => {
	for (const change of ['a.replaceWith(a.cloneNode(true))', "a.innerHTML = '<i id=i>new</i>'", 'a.remove()']) {
		const html = `${BOXES.replace('>a<', '><i id=i>old</i><')}<script>addEventListener('click', () => { ${change}; }, { once: true });</script>`;
		const twice = async (page: Page) => {
			await page.mouse.move(8, 10);
			await page.mouse.click(8, 10, { count: 2 });
		};
		const guest = `const at = { node: bed.id('#i'), fx: .5, fy: .5 }; await bed.click(at); await bed.click(at, 2);`;
		const [real, other] = await both(t, html, 'mousedown mouseup click dblclick', twice, guest);
		assert.equal(other, real, change);
		assert.match(real.join(), /dblclick/);
	}
});

test('a drag: what it allows where nothing is said, pointercancel, no selection begun by a click that was none', async (t) => {
	const html = `${BOXES}<script>a.draggable = true; a.ondragstart = (e) => e.dataTransfer.setData('text/plain', 'a'); ondragover = (e) => e.preventDefault();</script>`;
	const types = 'pointerdown mousedown dragstart pointercancel dragenter dragover drop dragend selectstart click';
	const [real, guest] = await both(
		t,
		html,
		types,
		(page) => press(page, [20, 20], [20, 120], 'dragover c'),
		`await bed.act({ k: 'drag', from: { node: '#a', fx: .2, fy: .4 }, to: { node: '#c', fx: .2, fy: .4 } })`,
	);
	// What lies on the way is passed over in steps of their own, and what lay under a hand before the browser came to it not at all; of one that has ended Chromium says again that nothing was said of what it allows.
	const main = (all: string[]) =>
		all.filter((each) => !/^drag(enter|over) [abB]/.test(each)).map((each) => each.replace(/^(drop|dragend)( .*) \w+$/, '$1$2'));
	assert.equal(main(guest), main(real));
	const [clicked, clickedByGuest] = await both(t, html, types, (page) => press(page, [20, 20]), `await bed.click('#a')`);
	assert.equal(clickedByGuest, clicked);
	const text = '<p id=p>text</p><input id=i value=text>';
	const presses = async (page: Page) => {
		for (const css of ['#p', '#i']) await page.click(css);
	};
	const [begun, begunByGuest] = await both(t, text, types, presses, `await bed.click('#p'); await bed.click('#i')`);
	assert.equal(begunByGuest, begun);
});

test('a drag goes on into a frame whose document the page can reach, and is dropped there', async (t) => {
	const inner = `<body style=margin:0><div id=in style=height:80px>in</div><script>for (const type of ['dragenter', 'dragover', 'drop']) document.addEventListener(type, (e) => {
		e.preventDefault(); const said = ['in', type, e.target.id, e.dataTransfer.getData('text/plain'), Math.round(e.clientX / 10), Math.round(e.clientY / 10)].join(' '); if (said !== parent.noted.at(-1)) parent.noted.push(said); });</script>`;
	const html = `${BOXES}<iframe id=f style="border:3px solid;padding:4px;display:block" srcdoc="${inner.replaceAll('"', '&quot;').replaceAll('<\\/', '</')}"></iframe>
		<script>a.draggable = true; a.ondragstart = (e) => e.dataTransfer.setData('text/plain', 'a'); a.ondragend = (e) => noted.push(e.dataTransfer.dropEffect);</script>`;
	const loaded = (page: Page) => page.waitForFunction('f.contentDocument?.getElementById("in")');
	const real = async (page: Page) => {
		await loaded(page);
		await press(page, [20, 20], [57, 197], 'in dragover');
	};
	const [direct, byGuest] = await both(
		t,
		html,
		'dragstart dragend',
		real,
		`while (!f.contentDocument?.getElementById('in')) await new Promise((go) => setTimeout(go, 20));
		await bed.act({ k: 'drag', from: { node: '#a', fx: .2, fy: .4 }, to: { node: '#f', fx: 57 / f.offsetWidth, fy: 47 / f.offsetHeight } })`,
	);
	// Chromium says again at the end that nothing was said of what is allowed.
	const main = (all: string[]) =>
		all.filter((each) => !each.startsWith('in dragenter')).map((each) => each.replace(/^(dragend .*) \w+$/, '$1'));
	assert.equal(main(byGuest), main(direct));
	assert.is(byGuest.at(-1), 'copy');
});

test('what is dragged shows its kinds and not what it is until it is dropped, and the effect that is usual for what its source allows', async (t) => {
	for (const allowed of ['copyMove', 'linkMove', 'copyLink', 'link', 'all']) {
		const html = `${BOXES}<script>a.draggable = true; a.ondragstart = (e) => { e.dataTransfer.setData('text/plain', 'a'); e.dataTransfer.effectAllowed = '${allowed}'; };
			for (const type of ['dragenter', 'dragover', 'dragleave', 'drop', 'dragend']) addEventListener(type, (e) => { if (type !== 'dragend' && e.target !== c) return;
				const d = e.dataTransfer, said = ['=', type, d.dropEffect, [...d.types].join('+'), d.getData('text/plain'), d.items.length].join(' '); if (said !== noted.at(-1)) noted.push(said); e.preventDefault(); });</script>`;
		const [real, guest] = await both(
			t,
			html,
			'dragend',
			(page) => press(page, [20, 20], [20, 120], '= dragover'),
			`await bed.act({ k: 'drag', from: { node: '#a', fx: .2, fy: .4 }, to: { node: '#c', fx: .2, fy: .4 } })`,
		);
		const said = (all: string[]) => all.filter((each) => each.startsWith('='));
		assert.equal(said(guest), said(real), allowed);
	}
});

test('a pointer that the page captures is told of before its next event, and after its last', async (t) => {
	for (const more of ['', 'onpointerup = () => a.releasePointerCapture(1);', 'onmousemove = () => a.releasePointerCapture(1);']) {
		const html = `${BOXES}<script>a.onpointerdown = () => a.setPointerCapture(1); ${more}</script>`;
		const types = `${PRESSES} pointermove gotpointercapture lostpointercapture`;
		const drag = `const step = (k, at) => ({ k, at, button: 0, clicks: 1 }); await bed.all([step('down', '#a'), step('move', '#b'), step('move', '#c'), step('up', '#c')]);`;
		const slide = async (page: Page) => {
			await page.mouse.move(20, 20);
			await page.mouse.down();
			for (const y of [75, 125]) await page.mouse.move(20, y);
			await page.mouse.up();
		};
		const [moved, movedByGuest] = await both(t, html, types, slide, drag);
		// With no button held, the browser tells of moves of its own now and then, where nothing has moved.
		const held = (all: string[]) =>
			all.slice(all.findIndex((said) => said.startsWith('pointerdown'))).filter((said) => !/^pointermove .* -1 0$/.test(said));
		assert.equal(held(movedByGuest), held(moved), more);
		const [real, guest] = await both(t, html, types, (page) => press(page, [20, 20]), `await bed.click('#a')`);
		assert.equal(held(guest), held(real), more);
	}
});

test('between two events runs what listeners have queued, as deep as a framework queues it', async (t) => {
	const queue = `for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click', 'keydown', 'keypress'])
		addEventListener(type, () => queueMicrotask(() => Promise.resolve().then(async () => { await 0; noted.push('then'); })));`;
	const html = `<input id=i><script>${queue}</script>`;
	const real = async (page: Page) => {
		await page.click('#i');
		await page.keyboard.press('x');
	};
	const types = `${PRESSES} keydown keypress beforeinput keyup`;
	const [direct, byGuest] = await both(t, html, types, real, `await bed.click('#i'); await bed.text('x')`);
	assert.equal(byGuest, direct);
});

test('what a press brings over the place where it was takes the release', async (t) => {
	const covers = [
		"a.insertAdjacentHTML('afterend', '<p id=over style=position:fixed;inset:0>')",
		"document.body.style.pointerEvents = 'none'",
	];
	for (const cover of covers) {
		const html = `${BOXES}<script>onpointerdown = () => { ${cover}; };</script>`;
		const [real, guest] = await both(t, html, PRESSES, (page) => press(page, [20, 20]), `await bed.click('#a')`);
		assert.equal(guest, real, cover);
	}
});

test('two clicks select the word that begins or lies there, or the break after the last; three the paragraph with its break', async (t) => {
	const style = 'style="font:16px monospace;margin:0;width:600px"';
	const texts = [
		`<p id=p ${style}>alpha beta, gamma</p><p>next</p>`,
		`<div contenteditable><p id=p ${style}>alpha beta, gamma</p><p>next</p></div>`,
		`<div id=p ${style} contenteditable>al<b>pha</b> beta<br>next</div>`,
		`<div id=p ${style} contenteditable>alpha beta</div><p>next</p>`,
		`<pre id=p ${style}>alpha beta\nnext</pre>`,
		`<div id=p ${style}>\n\t<span>alpha</span>\n\t<i>be</i>ta\n</div>`,
		`<textarea id=p ${style}>alpha beta, gamma\nnext</textarea>`,
		`<textarea id=p ${style}>alpha beta, gamma</textarea>`,
		`<textarea id=p ${style}>alpha beta, gamma  </textarea>`,
		`<input id=p ${style} value="alpha beta, gamma">`,
	];
	const selected = `(() => { const s = getSelection(); return p.selectionEnd === undefined ? [s.anchorNode.nodeName, s.anchorOffset, s.focusNode.nodeName, s.focusOffset, s.toString()] : [p.selectionStart, p.selectionEnd]; })()`;
	for (const html of texts) {
		const page = await openPage(t, `<style>body{margin:0}textarea,input{padding:0!important;border:0}</style>${html}`);
		for (const clicks of [2, 3]) {
			for (const letter of [0.2, 4.3, 4.8, 5.3, 5.8, 6.2, 8.2, 40]) {
				const x = letter * 9.633;
				await page.mouse.click(x, 8, { count: clicks });
				const real = await page.evaluate(selected);
				await page.evaluate('getSelection().removeAllRanges(); document.activeElement.blur()');
				const at = `{ node: '#p', fx: ${x} / p.getBoundingClientRect().width, fy: 8 / p.getBoundingClientRect().height }`;
				await inPage(page, `for (let i = 1; i <= ${clicks}; i++) await bed.click(${at}, i);`);
				assert.equal(await page.evaluate(selected), real, `${clicks} clicks at ${letter} of ${html}`);
				await page.evaluate('getSelection().removeAllRanges(); document.activeElement.blur()');
			}
		}
	}
});

test('copying is told to what the selection begins in', async (t) => {
	const html = `<div id=e contenteditable><p id=p>one</p><p id=q>two</p></div><input id=i value=three>`;
	const real = async (page: Page) => {
		await page.evaluate(
			`i.focus(); i.select(); document.execCommand('copy'); e.focus(); getSelection().setBaseAndExtent(q.firstChild, 1, q.firstChild, 3); document.execCommand('copy'); noted.push('keyup')`,
		);
	};
	const [direct, byGuest] = await both(
		t,
		html,
		'copy',
		real,
		`i.focus(); i.select(); await bed.key('c', { accel: true }); e.focus(); getSelection().setBaseAndExtent(q.firstChild, 1, q.firstChild, 3); await bed.key('c', { accel: true }); noted.push('keyup');`,
	);
	assert.equal(direct, ['copy i', 'copy q', 'keyup']);
	assert.equal(byGuest, direct);
});

test('a selection that is made by keys is told of as it begins: in text, not in a field', async (t) => {
	const html = `<input id=i value="one two" autofocus><p id=p contenteditable>one two</p>`;
	for (const id of ['i', 'p']) {
		const real = async (page: Page) => {
			await page.focus(`#${id}`);
			for (const key of ['Home', 'Shift+End', 'ArrowLeft', 'Control+Delete'] as const) {
				const [last, ...held] = key.split('+').reverse() as ('Home' | 'Shift')[];
				for (const each of held) await page.keyboard.down(each);
				await page.keyboard.press(last as 'Home');
				for (const each of held) await page.keyboard.up(each);
			}
		};
		const guest = `await bed.act({ k: 'focus', node: '#${id}' }); await bed.key('Home'); await bed.key('End', { shift: true }); await bed.key('ArrowLeft'); await bed.key('Delete', { accel: true });`;
		const [direct, byGuest] = await both(t, html, 'selectstart beforeinput input keyup', real, guest);
		const main = (all: string[]) => all.filter((said) => !said.startsWith('keyup'));
		assert.equal(main(byGuest), main(direct));
	}
});

/** Notes keys and edits with what they say: key, type and data of the edit, types of what is transferred, how many ranges. */
const NOTE_EDITS = `globalThis.noted = [];
for (const type of ['keydown', 'keypress', 'keyup', 'copy', 'cut', 'paste', 'beforeinput', 'textInput', 'input']) addEventListener(type, (e) => {
	if (/Control|Shift/.test(e.key)) return;
	const said = e.inputType ? [e.inputType, e.data, [...e.dataTransfer?.types ?? []].join('+'), type === 'beforeinput' ? e.getTargetRanges().length : ''] : [];
	noted.push([type, e.target.id || e.target.nodeName, e.key ?? '', e.code ?? '', e.ctrlKey ?? '', e.shiftKey ?? '', ...said].join(' ').trim());
}, true);`;

test('copying, cutting, pasting and deleting by keys: keys, clipboard events, what is said before and after', async (t) => {
	const html =
		'<input id=i value="one two three"><textarea id=a>one two three</textarea><div id=e contenteditable><p id=p>one two three</p></div>';
	const paste = (key: string, code: string, keys: string) =>
		`await bed.act({ k: 'paste', node: 0, text: window.clip?.[0] ?? '', html: window.clip?.[1], press: { key: '${key}', code: '${code}', keys: { ${keys} } } });`;
	const steps: readonly (readonly [chord: string, guest: string])[] = [
		['Control+KeyC', `await bed.key('c', { accel: true });`],
		['Control+KeyX', `await bed.key('x', { accel: true });`],
		['Control+KeyV', paste('v', 'KeyV', 'accel: true')],
		['Control+Backspace', `await bed.key('Backspace', { accel: true });`],
		['Control+KeyZ', `await bed.key('z', { accel: true });`],
		['Enter', `await bed.key('Enter');`],
		['Shift+Insert', paste('Insert', 'Insert', 'shift: true')],
		['Home', `await bed.key('Home');`],
		['Control+Delete', `await bed.key('Delete', { accel: true });`],
		['Shift+End', `await bed.key('End', { shift: true });`],
		['Shift+Delete', `await bed.key('Delete', { shift: true });`],
		['x', `await bed.text('x');`],
	];
	for (const id of ['i', 'a', 'e']) {
		const select =
			id === 'e'
				? 'e.focus(); getSelection().setBaseAndExtent(p.firstChild, 8, p.firstChild, 13)'
				: `${id}.focus(); ${id}.setSelectionRange(4, 8)`;
		const told: string[][] = [];
		const left: string[] = [];
		for (const byGuest of [false, true]) {
			const page = await openPage(t, html, NOTE_EDITS);
			await page.bringToFront();
			await page.evaluate(select);
			// What the guest's browser has on its clipboard is what it copied from the mirror.
			if (byGuest) await page.evaluate(`window.clip = ${id === 'e'} ? ['three', 'three'] : ['two ']`);
			for (const [chord, guest] of steps) {
				const [last = '', ...held] = chord.split('+').reverse();
				if (byGuest) await inPage(page, guest);
				else {
					for (const each of held) await page.keyboard.down(each as 'Control');
					await page.keyboard.press(last as 'Enter');
					for (const each of held) await page.keyboard.up(each as 'Control');
				}
				await page.evaluate(`noted.push('after ${chord}')`);
			}
			told.push(await inPage<string[]>(page, 'return noted'));
			left.push(await inPage<string>(page, `return ${id === 'e' ? 'e.textContent' : `${id}.value`}`));
		}
		assert.equal(told[1], told[0], id);
		// Which of two blanks is one that doesn't break differs between a paste and a command.
		assert.is(left[1]?.replaceAll('\u00a0', ' '), left[0]?.replaceAll('\u00a0', ' '));
	}
});

test('what a listener does with a prevented key of the clipboard, and what it asks of the event later', async (t) => {
	const html = '<input id=i value=one autofocus>';
	const page = await openPage(
		t,
		html,
		`window.kept = []; window.first = []; window.addEventListener('input', (e) => { first.push(e.inputType); kept.push(e); }, true);`,
	);
	await inPage(
		page,
		`i.focus(); i.select(); await bed.act({ k: 'paste', node: 0, text: 'two', press: { key: 'v', code: 'KeyV', keys: { accel: true } } });`,
	);
	assert.equal(
		await page.evaluate(
			'[first, kept.map((e) => e.inputType), i.value, InputEvent.prototype.hasOwnProperty("inputType"), kept[0].isTrusted]',
		),
		[['insertFromPaste'], ['insertFromPaste'], 'two', true, true],
	);
	await inPage(
		page,
		`i.addEventListener('keydown', (e) => e.preventDefault(), { once: true }); await bed.act({ k: 'paste', node: 0, text: 'three', press: { key: 'v', code: 'KeyV', keys: { accel: true } } });`,
	);
	assert.is(await page.evaluate('i.value'), 'two');
	await inPage(page, `await bed.text('x')`);
	assert.equal(await page.evaluate('[first.at(-1), i.value]'), ['insertText', 'twox']);
});

test('Tab past the last stop leaves the page, and comes in again at the first; backwards likewise', async (t) => {
	const html = '<input id=a><button id=b>b</button><iframe srcdoc="<input id=x>"></iframe><a id=c href="#">c</a>';
	const order: string[][] = [];
	for (const byGuest of [false, true]) {
		const at: string[] = [];
		for (const back of [false, true]) {
			const page = await openPage(t, html);
			await page.bringToFront();
			await page.focus(back ? '#b' : '#a');
			for (let i = 0; i < 6; i++) {
				if (byGuest) await inPage(page, `await bed.key('Tab', { shift: ${back} })`);
				else {
					if (back) await page.keyboard.down('Shift');
					await page.keyboard.press('Tab');
					if (back) await page.keyboard.up('Shift');
				}
				// From the browser's own buttons the focus comes back by another process.
				await page.evaluate('new Promise((go) => setTimeout(go, 100))');
				at.push(await inPage<string>(page, 'return document.activeElement.id || document.activeElement.nodeName'));
			}
		}
		order.push(at);
	}
	assert.equal(order[1], order[0]);
	assert.ok(order[0]?.includes('BODY'));
});

/** Notes a composition's keys and events with what they say, and what stands in the field then. */
const NOTE_COMPOSING = `globalThis.noted = [];
for (const type of ['keydown', 'keyup', 'compositionstart', 'compositionupdate', 'compositionend', 'beforeinput', 'textInput', 'input']) addEventListener(type, (e) => {
	const el = document.activeElement, s = getSelection(), text = el.value ?? el.textContent;
	const caret = type !== 'input' || e.inputType === 'historyUndo' ? [] : 'value' in el ? [el.selectionStart, el.selectionEnd] : [s.anchorOffset, s.focusOffset];
	const said = [type, e.target.id, e.key, e.code, e.keyCode, e.inputType, JSON.stringify(e.data), e.isComposing, e.cancelable, e.bubbles, type === 'textInput' || e.composed, e.view === window];
	const at = type === 'beforeinput' ? e.getTargetRanges().map((r) => [r.startContainer.nodeName, r.startOffset, r.endOffset]) : [];
	noted.push([...said, text, ...caret, ...at].join(' '));
}, true);`;

type State = readonly [text: string, caret?: number];

test('a composition: its keys and events, what stands there at each, one step to undo, in fields and in an editor', async (t) => {
	const html =
		'<input id=i value=abcd><textarea id=a>abcd</textarea><div id=e contenteditable><p id=p>abcd</p></div><div id=n contenteditable></div>';
	const compositions: readonly (readonly State[])[] = [
		[['n'], ['に'], ['にほ'], ['日本']],
		[['n'], ['ni', 1], ['nix', 0], ['nix']],
		[['ni hao'], ['ni hao x'], ['你好']],
		[['´'], ['é']],
		[['n'], ['ni'], ['']],
	];
	const at: readonly (readonly [id: string, start: number, end: number])[] = [
		['i', 2, 2],
		['i', 1, 3],
		['a', 4, 4],
		['e', 2, 2],
		['e', 1, 3],
		['n', 0, 0],
	];
	const told: string[][] = [[], []];
	for (const byGuest of [false, true]) {
		const page = await openPage(t, html, NOTE_COMPOSING);
		await page.bringToFront();
		const cdp = await page.createCDPSession();
		const key = (type: 'rawKeyDown' | 'keyUp') =>
			cdp.send('Input.dispatchKeyEvent', { type, windowsVirtualKeyCode: 229, key: 'Process', code: 'KeyN' });
		const compose = (text: string, caret: number) =>
			cdp.send('Input.imeSetComposition', { text, selectionStart: caret, selectionEnd: caret });
		for (const states of compositions) {
			for (const [id, start, end] of at) {
				await page.evaluate(
					`i.value = a.value = 'abcd'; e.innerHTML = '<p id=p>abcd</p>'; n.innerHTML = ''; ${id}.focus(); ${id}.setSelectionRange ? ${id}.setSelectionRange(${start}, ${end}) : getSelection().setBaseAndExtent(${id === 'e' ? 'p.firstChild' : 'n'}, ${start}, ${id === 'e' ? 'p.firstChild' : 'n'}, ${end}); new Promise((go) => setTimeout(go, 20)).then(() => { noted.length = 0; })`,
				);
				for (const [step, [text, caret = text.length]] of states.entries()) {
					const ends = step === states.length - 1;
					if (byGuest) {
						const press = (phase: string) =>
							`await bed.act({ k: 'key', node: 0, key: 'Process', code: 'KeyN', phase: '${phase}', taken: true });`;
						const state = JSON.stringify({ text, caret, begins: step === 0, ends });
						await inPage(page, `${press('down')} await bed.act({ k: 'compose', node: 0, ...${state} }); ${press('up')}`);
					} else {
						await key('rawKeyDown');
						await (!ends ? compose(text, caret) : text ? cdp.send('Input.insertText', { text }) : compose('', 0));
						await key('keyUp');
					}
				}
				const left = `${id}.value ?? ${id}.textContent`;
				// What was given up is not undone.
				const undone = states.at(-1)?.[0] ? `document.execCommand('undo'); noted.push('undone ' + (${left}))` : '';
				told[byGuest ? 1 : 0]?.push(
					`${id} ${start} ${end} of ${states.join(' / ')}`,
					...(await inPage<string[]>(page, `await new Promise((go) => setTimeout(go, 40)); ${undone}; return noted;`)),
				);
			}
		}
	}
	const plain = (all: string[] = []) => all.map((said) => said.replaceAll('\u00a0', ' ')).filter((said) => !/^textInput .*""/.test(said));
	assert.equal(plain(told[1]), plain(told[0]));
});

/** Acts of the browser's own mouse and keyboard, and the same by a guest. */
interface Act {
	readonly name: string;
	readonly html: string;
	readonly types: string;
	readonly real: (page: Page) => Promise<unknown>;
	readonly guest: string;
	/** What it left behind. */
	readonly left?: string;
}

const TYPED = ['a', 'b', 'Enter', 'c', 'd', 'Enter', 'e', 'f', 'ArrowLeft', 'Enter', 'g', 'h', ...Array<string>(4).fill('Control+z')];
const keys = (...all: readonly string[]) => ({
	real: async (page: Page) => {
		for (const chord of all) {
			const [last = '', ...held] = chord.split('+').reverse();
			for (const each of held) await page.keyboard.down(each as 'Control');
			await page.keyboard.press(last as 'Enter');
			for (const each of held) await page.keyboard.up(each as 'Control');
			await page.evaluate(`new Promise((go) => setTimeout(go, 20))`);
		}
	},
	guest: all
		.map((chord) => {
			const [last, ...held] = chord.split('+').reverse();
			return `await bed.key('${last}', { ${held.map((each) => (each === 'Control' ? 'accel: true' : 'shift: true'))} });`;
		})
		.join(''),
});

const second = async (page: Page, x: number, y: number) => {
	await page.mouse.move(x, y);
	await page.mouse.click(x, y, { button: 'right' });
};
const atPoint = (css: string, x: number, y: number) =>
	`{ node: '${css}', fx: (${x} - $('${css}').left) / $('${css}').width, fy: (${y} - $('${css}').top) / $('${css}').height }`;
const drawn = async (page: Page, clicks: number, path: readonly (readonly [number, number])[]) => {
	const [first, ...rest] = path as readonly (readonly [number, number])[];
	await page.mouse.move(...(first as [number, number]));
	for (let i = 1; i < clicks; i++) await page.mouse.click(...(first as [number, number]), { clickCount: i } as object);
	await page.mouse.down({ clickCount: clicks });
	for (const to of rest) await page.mouse.move(...(to as [number, number]));
	await page.evaluate('new Promise((go) => setTimeout(go, 400))');
	await page.mouse.up({ clickCount: clicks });
};
const drawnByGuest = (css: string, clicks: number, path: readonly (readonly [number, number])[]) => {
	const [first = [0, 0], ...rest] = path;
	const step = (k: string, [x, y]: readonly [number, number], n: number) =>
		`await bed.act({ k: '${k}', at: ${atPoint(css, x, y)}, button: 0, clicks: ${n} });`;
	const before = Array.from({ length: clicks - 1 }, (_, i) => step('down', first, i + 1) + step('up', first, i + 1)).join('');
	return `${before}${step('down', first, clicks)}${rest.map((to) => step('move', to, 1)).join('')} await new Promise((go) => setTimeout(go, 400)); ${step('up', rest.at(-1) ?? first, clicks)}`;
};

const LINES = `<div id=o style="overflow:auto;height:100px;width:200px;font:16px/20px monospace">${Array.from({ length: 60 }, (_, i) => `<div>line ${i}</div>`).join('')}</div>`;
const WORDS =
	'<style>body{margin:0}</style><p id=p style="font:16px/20px monospace;margin:0;width:600px">alpha beta gamma delta</p><textarea id=t style="font:16px/20px monospace;display:block;padding:0;border:0;width:300px;height:60px">alpha beta gamma delta</textarea>';
const SELECTED = 'document.activeElement.selectionEnd === undefined ? String(getSelection()) : [t.selectionStart, t.selectionEnd]';

const ACTS: readonly Act[] = [
	{
		name: 'the second button asks for the menu as it goes down, and brings the caret there',
		html: `${WORDS}<input id=i value="some text" style="font:16px/20px monospace;display:block;width:200px;height:20px;padding:0">`,
		types: 'pointerdown mousedown selectstart contextmenu pointerup mouseup auxclick',
		real: async (page) => {
			await second(page, 45, 10);
			await second(page, 45, 95);
		},
		guest: `await bed.click(${atPoint('#p', 45, 10)}, 1, { button: 2 }); await bed.click(${atPoint('#i', 45, 95)}, 1, { button: 2 });`,
		left: '[getSelection().anchorOffset, i.selectionStart]',
	},
	{
		name: 'a selection begins at the text, not at what has none',
		html: '<style>body{margin:0} a,canvas,input,p,button{display:block;height:20px}</style><a href="#x">link</a><canvas height=20></canvas><input type=checkbox id=c><p style="margin:0">text</p><button>b</button>',
		types: 'selectstart click',
		real: async (page) => {
			for (const y of [10, 30, 50, 70, 90]) await page.mouse.click(9, y);
		},
		guest: `for (const el of document.querySelectorAll('body > :not(style,script)')) { const { left, top } = el.getBoundingClientRect(); await bed.click({ node: el, fx: (9 - left) / el.offsetWidth, fy: .5 }); }`,
	},
	{
		name: 'a field that Enter has sent tells of its change once',
		html: '<form id=f onsubmit="return false"><input id=i><button>b</button></form><input id=j>',
		types: 'change submit',
		real: async (page) => {
			await page.focus('#i');
			await page.keyboard.type('x');
			await page.keyboard.press('Enter');
			await page.click('#j');
		},
		guest: `await bed.act({ k: 'focus', node: '#i' }); await bed.text('x'); await bed.key('Enter'); await bed.click('#j');`,
	},
	{
		name: 'Enter on a link, an arrow on a number, Ctrl+Shift+Z where nothing was undone',
		html: '<a id=l href="#x">link</a><input id=n type=number value=5><textarea id=t></textarea>',
		types: 'keydown keypress click beforeinput input change',
		real: async (page) => {
			await page.focus('#l');
			await keys('Enter', 'Tab', 'ArrowUp').real(page);
			await keys('Tab', 'Control+Shift+z').real(page);
		},
		guest: `l.focus(); ${keys('Enter', 'Tab', 'ArrowUp').guest} ${keys('Tab', 'Control+Shift+z').guest}`,
		left: 'n.value',
	},
	{
		name: 'what one Ctrl+Z takes back of several lines, in a field',
		html: `<textarea id=t></textarea><script>t.focus(); oninput = (e) => noted.push(e.target.value ?? e.target.innerText)</script>`,
		types: 'beforeinput keyup',
		real: keys(...TYPED).real,
		guest: keys(...TYPED).guest,
	},
	{
		name: 'and in an editor',
		html: `<div id=e contenteditable></div><script>e.focus(); oninput = (e) => noted.push(e.target.value ?? e.target.innerText)</script>`,
		types: 'beforeinput keyup',
		real: keys(...TYPED).real,
		guest: keys(...TYPED).guest,
	},
	{
		name: 'a press on a disabled button takes the focus away; what is in a disabled fieldset and is none of its controls is clicked',
		html: '<style>body{margin:0}</style><button id=b disabled style="display:block;height:20px;width:90px">b</button><fieldset disabled style="margin:0;padding:0;border:0"><legend style="padding:0"><input type=checkbox id=c style="margin:0;width:20px;height:20px"></legend><a id=a href="#x">link</a></fieldset><input id=i><script>i.focus()</script>',
		types: 'pointerdown mousedown focusout pointerup mouseup click input',
		real: async (page) => {
			await page.mouse.click(20, 10);
			await page.mouse.click(10, 30);
			await page.click('#a');
		},
		guest: `await bed.click('#b'); await bed.click('#c'); await bed.click('#a');`,
	},
	{
		name: 'drawn on after two clicks the selection grows by words',
		html: WORDS,
		types: 'mouseup',
		real: (page) =>
			drawn(page, 2, [
				[70, 10],
				[90, 10],
				[145, 10],
			]),
		guest: drawnByGuest('#p', 2, [
			[70, 10],
			[90, 10],
			[145, 10],
		]),
		left: SELECTED,
	},
	{
		name: 'and backwards, and in a field',
		html: WORDS,
		types: 'mouseup',
		real: async (page) =>
			drawn(page, 2, [
				[125, 30],
				[90, 30],
				[20, 30],
			]),
		guest: drawnByGuest('#t', 2, [
			[125, 30],
			[90, 30],
			[20, 30],
		]),
		left: SELECTED,
	},
	{
		name: 'drawn past the edge of what scrolls it scrolls on',
		html: `<style>body{margin:0}</style>${LINES}<p style="height:300px"></p>`,
		types: 'pointercancel',
		real: (page) =>
			drawn(page, 1, [
				[20, 30],
				[30, 60],
				[30, 115],
			]),
		guest: drawnByGuest('#o', 1, [
			[20, 30],
			[30, 60],
			[30, 115],
		]),
		left: '[o.scrollTop > 200, String(getSelection()).split("\\n").length > 7]',
	},
	{
		name: 'Ctrl+End and Ctrl+Home scroll to the ends',
		html: `${LINES.replace('<div', '<div tabindex=0')}`,
		types: 'keyup',
		real: async (page) => {
			await page.focus('#o');
			await keys('Control+End').real(page);
		},
		guest: `o.focus(); ${keys('Control+End').guest}`,
		left: 'new Promise((go) => setTimeout(go, 300)).then(() => o.scrollTop > 900)',
	},
	{
		name: 'a link that is dragged is a text and markup too, and a popover is closed by a click beside it, once the button is up',
		html: `${BOXES}<div popover id=v style="inset:auto;left:300px;top:0">v</div><a id=l href="https://site.test/x" style="display:block;width:90px">li<b>nk</b></a><script>v.showPopover(); c.ondragover = (e) => e.preventDefault(); c.ondrop = (e) => noted.push(e.dataTransfer.getData('text/html').replace(/ style="[^"]*"/g, ''));</script>`,
		types: 'beforetoggle mouseup dragend',
		real: async (page) => {
			await page.mouse.click(20, 20);
			await press(page, [10, 160], [20, 120]);
		},
		guest: `await bed.click('#a'); await bed.act({ k: 'drag', from: { node: '#l', fx: .1, fy: .5 }, to: { node: '#c', fx: .2, fy: .4 } })`,
		left: 'v.matches(":popover-open")',
	},
];

test('what a hand does otherwise than one would think', async (t) => {
	for (const { name, html, types, real, guest, left = '0' } of ACTS) {
		const told: unknown[] = [];
		for (const byGuest of [false, true]) {
			const page = await openPage(t, html, `${NOTE(types)} globalThis.$ = (css) => document.querySelector(css).getBoundingClientRect();`);
			await page.bringToFront();
			await (byGuest ? inPage(page, guest) : real(page));
			const noted = await inPage<string[]>(page, 'await new Promise((go) => setTimeout(go, 60)); return noted');
			told.push([noted.map((said) => said.replace(/^dragend .*/, 'dragend')), await page.evaluate(left)]);
		}
		assert.equal(told[1], told[0], name);
	}
});

test('Tab goes through shadow trees and slots by their own tabindexes, and stops at what scrolls', async (t) => {
	const html = `<button id=b>b</button><x-a></x-a><x-b><button id=s1 slot=two>s1</button><button id=s2 slot=one tabindex=5>s2</button></x-b><x-c tabindex=-1></x-c>
		<div id=d tabindex=3>d</div><div id=scroller style="overflow:auto;height:40px;width:100px"><p style="height:200px">x</p></div><div style="overflow:auto;height:40px;width:100px"><p style="height:200px"><a id=in href="#x">in</a></p></div><input id=last>
		<script>const fill = (name, html, init) => { document.querySelector(name).attachShadow({ mode: 'open', ...init }).innerHTML = html; };
		fill('x-a', '<button id=a1>a1</button><button id=a2 tabindex=2>a2</button>', { delegatesFocus: true }); fill('x-b', '<slot name=one></slot><button id=b1 tabindex=1>b1</button><slot name=two></slot>'); fill('x-c', '<button id=c1>c1</button>');</script>`;
	const order: string[][] = [];
	for (const byGuest of [false, true]) {
		const at: string[] = [];
		const page = await openPage(t, html);
		await page.bringToFront();
		await page.focus('#d');
		for (let i = 0; i < 10; i++) {
			await (byGuest ? inPage(page, `await bed.key('Tab')`) : page.keyboard.press('Tab'));
			at.push(
				(await page.evaluate(
					'(() => { let el = document.activeElement; while (el.shadowRoot?.activeElement) el = el.shadowRoot.activeElement; return el.id; })()',
				)) as string,
			);
		}
		order.push(at);
	}
	assert.equal(order[1], order[0]);
	assert.ok(order[0]?.includes('scroller'));
});

test('Escape closes the newest of what is open: dialogs, popovers and close watchers, asked first where a browser asks', async (t) => {
	const html = `<button id=b>open</button><dialog id=two><input></dialog><dialog id=one><input></dialog><dialog id=shut closedby=none>x</dialog><dialog id=plain>x</dialog><dialog id=any closedby=any>x</dialog>
		<div popover id=inner>inner</div><div popover id=outer>outer<button id=o popovertarget=inner>inner</button></div><div popover=manual id=hand>hand</div><div popover=hint id=hint>hint</div><x-s></x-s>
		<script>const shadow = document.querySelector('x-s').attachShadow({ mode: 'closed' }); shadow.innerHTML = '<dialog id=deep><input></dialog>';
		const opens = [() => one.showModal(), () => plain.show(), () => two.showModal(), () => watch('w1'), () => outer.showPopover(), () => inner.showPopover({ source: o }), () => hand.showPopover(), () => watch('w2').destroy(), () => watch('w3', true),
			() => any.show(), () => shadow.querySelector('dialog').showModal(), () => hint.showPopover()];
		function watch(name, stubborn) { const w = new CloseWatcher(); for (const type of ['cancel', 'close']) w.addEventListener(type, (e) => { noted.push(name + ' ' + type + ' ' + e.cancelable); if (stubborn && type === 'cancel') { stubborn = false; e.preventDefault(); } }); return w; }
		let next = 0; b.onclick = () => { opens[next++](); }; addEventListener('keydown', (e) => e.key === 'F2' && opens[next++]?.());</script>`;
	const told: string[][] = [];
	for (const byGuest of [false, true]) {
		const page = await openPage(t, html, NOTE('cancel close beforetoggle'));
		await page.bringToFront();
		await (byGuest ? inPage(page, `await bed.click('#b')`) : page.click('#b'));
		const press = (key: 'F2' | 'Escape') => (byGuest ? inPage(page, `await bed.key('${key}')`) : page.keyboard.press(key));
		for (let i = 1; i < 12; i++) await press('F2');
		await page.evaluate('noted.length = 0');
		for (let i = 0; i < 14; i++) {
			await press('Escape');
			await page.evaluate(`new Promise((go) => setTimeout(go, 20)).then(() => noted.push('${i}'))`);
		}
		told.push(await inPage<string[]>(page, 'return noted'));
	}
	assert.equal(told[1], told[0]);
	for (const name of ['two', 'w1 close', 'w3 close']) assert.ok(told[0]?.join().includes(name), name);
});

test.run();
