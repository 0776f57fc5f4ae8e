// tests only (Node).
// Drags, capture, selection, wheel, hover, touch, keys by halves, focus without the system's focus, and frames.
import * as assert from 'uvu/assert';
import { askForWhole } from '../browser.ts';
import { suite } from '../harness.ts';
import { inPage, openPage } from './bed.ts';

// The bare program's windows all have the focus.
askForWhole();
const test = suite('control: pointer');

test('HTML drag and drop: the events in order over one DataTransfer', async (t) => {
	const page = await openPage(
		t,
		'<div id=a draggable=true style="width:50px;height:50px">a</div><div id=z style="width:200px;height:200px;margin:50px">z</div>',
	);
	const seen = await inPage(
		page,
		`bed.watch('dragstart','dragenter','dragover','drop','dragend','click'); let got;
		a.addEventListener('dragstart', (e) => e.dataTransfer.setData('text/plain', 'cargo')); z.addEventListener('dragover', (e) => e.preventDefault());
		z.addEventListener('drop', (e) => { got = e.dataTransfer.getData('text/plain'); e.preventDefault(); });
		await bed.act({ k: 'drag', from: '#a', to: '#z' }); return [got, bed.log.filter((l, i, all) => l !== all[i - 1]).join(' ')];`,
	);
	assert.equal(seen, ['cargo', 'dragstart:a dragenter:a dragover:a dragenter:z dragover:z drop:z dragend:a']);
});

test('a slider by pointer capture gets every move, wherever the pointer is', async (t) => {
	const page = await openPage(
		t,
		'<div id=h style="width:20px;height:20px;background:red"></div><p id=far style="margin-top:300px">far</p>',
	);
	const seen = await inPage(
		page,
		`const log = []; h.addEventListener('pointerdown', (e) => { h.setPointerCapture(e.pointerId); log.push('has ' + h.hasPointerCapture(e.pointerId)); });
		for (const type of ['gotpointercapture', 'pointermove', 'pointerup', 'lostpointercapture', 'click']) h.addEventListener(type, (e) => log.push(type + (type === 'pointermove' ? e.buttons : '')));
		await bed.all([{ k: 'down', at: '#h', button: 0, clicks: 1 }, { k: 'move', at: '#far', button: 0, clicks: 1 }, { k: 'up', at: '#far', button: 0, clicks: 1 }]);
		return [log.join(' '), h.hasPointerCapture(1)];`,
	);
	assert.equal(seen, ['has true gotpointercapture pointermove1 pointerup lostpointercapture click', false]);
});

test('what a drag moves is where the pointer has come to, not where the guest still saw it', async (t) => {
	const page = await openPage(
		t,
		`<style>body{margin:0}div{position:absolute;left:100px;width:20px;height:20px;user-select:none}#f{top:40px;touch-action:none}</style>
		<div id=h></div><div id=f></div><p id=gone style="position:absolute;top:100px">gone</p><p style="position:absolute;top:200px;font:16px monospace;margin:0" id=q>alpha beta</p>`,
	);
	const seen = await inPage(
		page,
		`for (const [el, part] of [[h, (e) => e], [f, (e) => e.changedTouches?.[0]]]) for (const type of ['mousedown', 'touchstart']) el.addEventListener(type, (down) => {
			if (!part(down)) return;
			const by = part(down).clientX - el.getBoundingClientRect().left;
			for (const move of ['mousemove', 'touchmove']) addEventListener(move, (e) => { if (part(e) && (e.buttons || e.touches)) el.style.left = part(e).clientX - by + 'px'; });
		});
		const fx = (way) => (10 + way) / 20, at = (node, way) => ({ node, fx: fx(way), fy: .5 }), out = [];
		const step = (k, where, x, more) => bed.act({ k, at: where, button: 0, clicks: 1, ...(x && { by: { x, y: 0 } }), ...more });
		const drag = async (node, more) => { await step('down', at(node, 0), 0, more); for (const way of [30, 60, 100]) out.push(await step('move', at(node, way), way, more));
			out.push(await step('up', at(node, 100), 100, more), document.querySelector(node).style.left); };
		await drag('#h'); await drag('#f', { touch: true });
		await step('down', at('#h', 0)); const { style } = h; const stale = bed.id('#gone'); gone.remove();
		out.push(await step('move', { node: stale, fx: 0, fy: 0 }, 40), style.left, await step('up', { node: stale, fx: 0, fy: 0 }, 50), style.left);
		const q = (n) => ({ node: '#q', fx: n / 10, fy: .5 }); await step('down', q(6)); await step('move', q(10), 70); await step('up', q(10), 70); out.push(getSelection().toString());
		return out.join(' ');`,
	);
	assert.is(seen, 'ok ok ok ok 200px ok ok ok ok 200px ok 240px ok 240px beta');
});

test('every move says how far it is from the last, and nothing else does', async (t) => {
	const page = await openPage(t, '<style>body{margin:0}</style><div id=a style="width:400px;height:100px"></div>');
	const seen = await inPage(
		page,
		`const log = []; for (const type of ['pointermove', 'mousemove', 'mousedown', 'mouseup', 'click', 'pointerup']) a.addEventListener(type, (e) => log.push(type + ' ' + e.movementX + ' ' + e.movementY));
		const at = (x, y) => ({ node: '#a', fx: x / 400, fy: y / 100 }), step = (k, x, y) => bed.act({ k, at: at(x, y), button: 0, clicks: 1, ...(k !== 'down' && { by: { x: x - 30, y: y - 5 } }) });
		await bed.act({ k: 'hover', at: at(10, 10) }); log.length = 0; await bed.act({ k: 'hover', at: at(30, 5) });
		await step('down', 30, 5); await step('move', 50, 45); await step('up', 50, 45); return log;`,
	);
	assert.equal(seen, [
		...['pointermove 20 -5', 'mousemove 20 -5', 'mousedown 0 0', 'pointermove 20 40', 'mousemove 20 40'],
		...['pointerup 0 0', 'mouseup 0 0', 'click 0 0'],
	]);
});

test('caret by click, word by double click, drag-select, in a field and in text', async (t) => {
	const page = await openPage(
		t,
		'<input id=i value="alpha beta gamma" style="font:16px monospace;width:400px;padding:0;border:0"><p id=p style="font:16px monospace;width:max-content">alpha beta gamma</p>',
	);
	const seen = await inPage(
		page,
		`const out = []; const w = (n) => ({ node: '#i', fx: n * 9.63 / 400, fy: .5 }); const q = (n) => ({ node: '#p', fx: n / 16, fy: .5 });
		await bed.click(w(6)); out.push(i.selectionStart); await bed.click(w(7), 2); out.push(i.value.slice(i.selectionStart, i.selectionEnd));
		const drag = (a, b) => bed.all([{ k: 'down', at: a, button: 0, clicks: 1 }, { k: 'move', at: b, button: 0, clicks: 1 }, { k: 'up', at: b, button: 0, clicks: 1 }]);
		await drag(w(0), w(5)); out.push(i.value.slice(i.selectionStart, i.selectionEnd)); await drag(q(6), q(10)); out.push(getSelection().toString());
		await bed.click(q(12.2), 2); out.push(getSelection().toString().trim());
		await bed.act({ k: 'select', anchor: { node: '#i', offset: 2 }, head: { node: '#i', offset: 4 } }); out.push(i.selectionStart + '-' + i.selectionEnd); return out;`,
	);
	assert.equal(seen, [6, 'beta', 'alpha', 'beta', 'gamma', '2-4']);
});

test('a click on text that may be dragged sets the caret when the button is up', async (t) => {
	const page = await openPage(t, '<p id=p contenteditable draggable=true style="font:16px monospace;width:max-content">alpha beta</p>');
	const seen = await inPage(
		page,
		`getSelection().selectAllChildren(p); const at = { node: '#p', fx: .5, fy: .5 }; await bed.act({ k: 'down', at, button: 0, clicks: 1 }); const held = getSelection().toString();
		await bed.act({ k: 'up', at, button: 0, clicks: 1 }); return [held, getSelection().isCollapsed, getSelection().anchorOffset];`,
	);
	assert.equal(seen, ['alpha beta', true, 5]);
});

test('selected text is dragged: moved inside an editor and between fields, copied out of a page, kept where it is merely clicked', async (t) => {
	const font = 'font:16px monospace;width:400px;padding:0;border:0';
	const page = await openPage(
		t,
		`<p id=q style="${font}">alpha beta gamma</p><input id=i value="one two three" style="${font}"><textarea id=a rows=1 style="${font};height:24px">area</textarea><p id=e contenteditable style="${font}">left right</p><div id=own style="${font};height:20px"></div>`,
	);
	const seen = await inPage(
		page,
		`const out = [], at = (id, n) => ({ node: '#' + id, fx: n * 9.63 / 400, fy: .5 }), log = [];
		for (const type of ['dragstart', 'drop', 'dragend', 'beforeinput']) addEventListener(type, (e) => log.push(type + (e.inputType ? ' ' + e.inputType : '') + ' ' + (e.target.id || e.target.nodeName)));
		const carry = async (from, to) => { await bed.act({ k: 'drag', from, to }); await bed.act({ k: 'hover', at: to }); };
		getSelection().setBaseAndExtent(q.firstChild, 6, q.firstChild, 10); await carry(at('q', 8), at('i', 4)); out.push(i.value, q.textContent, log.splice(0).join());
		i.focus(); i.setSelectionRange(0, 4); await carry(at('i', 1), at('a', 4)); out.push(i.value, a.value, log.splice(0).join());
		a.focus(); a.setSelectionRange(0, 2); await carry(at('a', 1), at('a', 6)); out.push(a.value);
		e.focus(); getSelection().setBaseAndExtent(e.firstChild, 0, e.firstChild, 5); await carry(at('e', 2), at('e', 10)); out.push(e.textContent.replace(/\u00a0/g, ' '));
		own.addEventListener('dragover', (x) => x.preventDefault()); own.addEventListener('drop', (x) => { out.push(x.dataTransfer.getData('text/plain')); x.preventDefault(); });
		getSelection().setBaseAndExtent(q.firstChild, 0, q.firstChild, 5); await carry(at('q', 2), at('own', 1));
		const whole = getSelection().toString(); await bed.click(at('q', 2)); out.push(whole, getSelection().isCollapsed); return out;`,
	);
	assert.equal(seen, [
		'one betatwo three',
		'alpha beta gamma',
		'dragstart #text,drop i,beforeinput insertFromDrop i,dragend #text',
		'betatwo three',
		'areaone ',
		'dragstart i,drop a,beforeinput deleteByDrag i,beforeinput insertFromDrop a,dragend i',
		'eaonare ',
		'rightleft ',
		'alpha',
		'alpha',
		true,
	]);
});

test('the wheel scrolls the nearest scroller, unless the page prevents it; then the document; then it says so', async (t) => {
	const page = await openPage(
		t,
		'<div id=s style="height:100px;overflow:auto"><div id=in style="height:500px">x</div></div><div style="height:2000px"></div>',
	);
	const seen = await inPage(
		page,
		`const turn = (dy) => bed.act({ k: 'wheel', at: { node: '#in', fx: .5, fy: .1 }, dx: 0, dy }); const out = [];
		await turn(50); out.push(s.scrollTop); await turn(1000); await turn(70); out.push(s.scrollTop, scrollY); out.push(await turn(1e6), await turn(100));
		s.addEventListener('wheel', (e) => e.preventDefault()); await turn(-50); out.push(s.scrollTop); await bed.act({ k: 'scroll', node: 0, x: 0, y: 5 }); out.push(scrollY); return out;`,
	);
	assert.equal(seen, [50, 400, 70, 'ok', 'scroll-edge', 400, 5]);
});

test('keys of the number pad and of either side say so', async (t) => {
	const page = await openPage(t, '<p>p</p>');
	const seen = await inPage(
		page,
		`const log = []; addEventListener('keydown', (e) => log.push([e.key, e.keyCode, e.location].join(' ')));
		for (const [key, code] of [['5', 'Numpad5'], ['+', 'NumpadAdd'], ['/', 'NumpadDivide'], ['Enter', 'NumpadEnter'], ['5', 'Digit5'], ['Shift', 'ShiftRight'], ['Control', 'ControlLeft'], ['ArrowLeft', 'ArrowLeft']])
			await bed.act({ k: 'key', node: 0, key, code });
		return log;`,
	);
	assert.equal(seen, ['5 101 3', '+ 107 3', '/ 111 3', 'Enter 13 3', '5 53 0', 'Shift 16 2', 'Control 17 1', 'ArrowLeft 37 0']);
});

test('with Ctrl the wheel is the page’s alone: it never scrolls', async (t) => {
	const page = await openPage(t, '<div id=m style="height:2000px"></div>');
	const seen = await inPage(
		page,
		`const turn = () => bed.act({ k: 'wheel', at: { node: '#m', fx: .5, fy: .1 }, dx: 0, dy: 40, keys: { ctrl: true } }); const out = [await turn(), scrollY];
		m.addEventListener('wheel', (e) => { e.preventDefault(); out.push(e.ctrlKey + ' ' + e.deltaY); }, { passive: false }); return [...out, await turn(), ...out.slice(2), scrollY];`,
	);
	assert.equal(seen, ['scroll-edge', 0, 'ok', 'true 40', 0]);
});

test('hover enters and leaves, and leaves no mark in the page', async (t) => {
	const page = await openPage(t, '<div id=o><span id=a>a</span> <span id=b>b</span></div>');
	const seen = await inPage(
		page,
		`const log = []; for (const el of [o, a, b]) for (const type of ['mouseenter', 'mouseleave']) el.addEventListener(type, () => log.push(type.slice(5) + el.id)); o.addEventListener('mousemove', () => log.push('move'));
		await bed.act({ k: 'hover', at: '#a' }); await bed.act({ k: 'hover', at: '#b', rests: true }); await bed.act({ k: 'cancel' }); return [log.join(' '), o.outerHTML];`,
	);
	assert.equal(seen, ['entero entera move leavea enterb leaveb leaveo', '<div id="o"><span id="a">a</span> <span id="b">b</span></div>']);
});

test('what shows by :hover alone is drawn for a guest: menus, layers, media, nesting, shadow trees; and is gone with the pointer', async (t) => {
	const page = await openPage(
		t,
		`<style>@layer base { b:hover { color: rgb(9, 9, 9) } } #m ul { display: none } #m:hover > ul { display: block } #m li:hover { color: rgb(1, 2, 3) } #m li { color: rgb(7, 7, 7) } @media (min-width: 1px) { #m:hover::before { content: 'over' } } @media print { #m:hover { color: red } }
		#n { &:hover { i { color: rgb(4, 5, 6) } } } #k:not(:hover) { color: rgb(8, 8, 8) } .x:hover { color: rgb(1, 1, 1) } #y.x { color: rgb(2, 2, 2) }
		.p:hover, .never { color: rgb(1, 1, 1) } .p.on { color: rgb(2, 2, 2) } .r.s { color: rgb(3, 3, 3) } div .p:hover::before { content: 'a' } div .p.on:before { content: 'b' }</style>
		<nav id=m>menu<ul><li id=l>one</li><li>two</li></ul></nav><p id=n><i id=i>n</i></p><p id=k>k</p><b id=b>b</b><p id=y class=x>y</p><div id=h></div><div><u id=z class="p on">z</u><u id=v class="p on r s">v</u></div>`,
		`const root = document.getElementById('h').attachShadow({ mode: 'closed' }); root.innerHTML = '<style>:host(:hover) { color: rgb(3, 3, 3) } s:hover { color: rgb(5, 5, 5) } u { color: rgb(6, 6, 6) }</style><s>s</s><u>u</u>'; globalThis.inner = root;`,
	);
	const seen = await inPage<unknown[]>(
		page,
		`const before = document.documentElement.outerHTML; const out = []; const colour = (el) => getComputedStyle(el).color.replace(/[^\\d,]/g, ''); const over = (el) => bed.act({ k: 'hover', at: { node: bed.id(el), fx: .5, fy: .5 } }); const ul = document.querySelector('ul');
		await over(m); out.push(getComputedStyle(ul).display, getComputedStyle(m, '::before').content, colour(l)); await over(l); out.push(getComputedStyle(ul).display, colour(l), colour(l.nextSibling));
		await over(i); out.push(getComputedStyle(ul).display, colour(i)); await over(k); out.push(colour(i), colour(k)); await over(b); out.push(colour(b)); await over(y); out.push(colour(y));
		await over(inner.querySelector('s')); out.push(colour(h), colour(inner.querySelector('s')), colour(inner.querySelector('u'))); await bed.act({ k: 'cancel' }); out.push(colour(h), colour(inner.querySelector('s')), document.adoptedStyleSheets.length, document.documentElement.outerHTML === before);
		await over(z); out.push(colour(z), getComputedStyle(z, '::before').content, colour(v)); z.className = 'p'; out.push(colour(z), getComputedStyle(z, '::before').content); return out;`,
	);
	assert.equal(seen, [
		'block',
		'"over"',
		'7,7,7',
		'block',
		'1,2,3',
		'7,7,7',
		'none',
		'4,5,6',
		'0,0,0',
		'0,0,0',
		'9,9,9',
		'2,2,2',
		'3,3,3',
		'5,5,5',
		'6,6,6',
		'0,0,0',
		'0,0,0',
		0,
		true,
		// A later rule of the same weight has the last word, also where it comes to hold later.
		'2,2,2',
		'"b"',
		'3,3,3',
		'1,1,1',
		'"a"',
	]);
});

test("of thousands of rules a guest's pointer draws those that hold, and what is hovered is named once", async (t) => {
	const many = (count: number, rule: (i: number) => string) => Array.from({ length: count }, (_, i) => rule(i)).join('');
	const css = `${many(40, (i) => `div.row:hover > .c${i} { color: rgb(1, 1, ${i}) }`)}${many(2000, (i) => `.no${i} .cell { color: red }`)}`;
	const html = `${'<div>'.repeat(12)}<div class=row id=row>${many(40, (i) => `<b class="cell c${i}">c</b>`)}</div>`;
	const page = await openPage(t, `<style>${css}</style>${html}`);
	const seen = await inPage<[number, string[]]>(
		page,
		`await bed.act({ k: 'hover', at: '#row' }); const cells = document.querySelectorAll('.cell');
		const text = [...document.adoptedStyleSheets].map((sheet) => [...sheet.cssRules].map((rule) => rule.cssText).join('')).join('');
		return [text.length, [0, 1, 39].map((i) => getComputedStyle(cells[i]).color)];`,
	);
	assert.equal(seen[1], ['rgb(1, 1, 0)', 'rgb(1, 1, 1)', 'rgb(1, 1, 39)']);
	assert.ok(seen[0] > 1000 && seen[0] < 100_000, `${seen[0]}`);
});

test('what a press changes under a pointer that rests is drawn at once: another class, another place, gone', async (t) => {
	const page = await openPage(
		t,
		`<style>p:hover { color: rgb(1, 1, 1) } .on { color: rgb(2, 2, 2) } .on:hover { color: rgb(3, 3, 3) }</style><div id=o><p id=p>p</p></div>`,
		`p.onmousedown = () => p.classList.add('on'); p.onclick = () => o.prepend(document.createElement('p'));`,
	);
	const seen = await inPage<unknown[]>(
		page,
		`const out = []; const at = '#p'; const colours = () => out.push([...o.children].map((el) => getComputedStyle(el).color.replace(/[^\\d,]/g, '')).join(' '));
		const soon = () => new Promise((go) => setTimeout(go, 260));
		await bed.act({ k: 'hover', at }); colours(); await bed.act({ k: 'down', at, button: 0, clicks: 1 }); await soon(); colours();
		await bed.act({ k: 'up', at, button: 0, clicks: 1 }); await soon(); colours(); p.remove(); await soon(); colours(); return [out, document.adoptedStyleSheets.length];`,
	);
	assert.equal(seen, [['1,1,1', '3,3,3', '0,0,0 3,3,3', '0,0,0'], 0]);
});

test('what holds by :not(:hover) holds no more for a guest: what else the page says of it does', async (t) => {
	const page = await openPage(
		t,
		`<style>#q:not(:hover) > i { display: none } #t { color: rgb(1, 1, 1) } #t:not(:hover) { color: rgb(9, 9, 9); margin-left: 3px } .v:hover { color: rgb(2, 2, 2) } .v:not(:hover) { color: rgb(9, 9, 9) }
		.r.s { color: rgb(3, 3, 3) } p.r:not(:hover), .never { color: rgb(9, 9, 9) } .r { color: rgb(4, 4, 4) } .w:not(:hover)::before { content: 'out' } .w::before { content: 'in' } .w { color: rgb(5, 5, 5) } #o .w:not(:hover) { color: rgb(6, 6, 6) }
		@layer base { #l { color: rgb(7, 7, 7) } } @media (min-width: 1px) { #l:not(:hover) { color: rgb(9, 9, 9) } } .u:not(:hover) { color: rgb(9, 9, 9) } #u { color: rgb(8, 8, 8) }</style>
		<p id=q>q<i>i</i></p><p id=t>t</p><p id=v class=v>v</p><p id=r class="r s">r</p><div id=o style="color: rgb(0, 0, 1)"><p id=w class=w>w</p><p id=x class=w>x</p></div><p id=l>l</p><p id=u class=u>u</p>`,
	);
	const seen = await inPage<unknown[]>(
		page,
		`const out = []; const colour = (el) => getComputedStyle(el).color.replace(/[^\\d,]/g, ''); const over = (el) => bed.act({ k: 'hover', at: { node: bed.id(el), fx: .2, fy: .5 } });
		await over(q); out.push(getComputedStyle(q.lastChild).display, colour(t)); await over(t); out.push(getComputedStyle(q.lastChild).display, colour(t), getComputedStyle(t).marginLeft);
		for (const el of [v, r, l, u]) { await over(el); out.push(colour(el)); } await over(w); out.push(getComputedStyle(w, '::before').content, colour(w), getComputedStyle(x, '::before').content, colour(x));
		await bed.act({ k: 'cancel' }); out.push(colour(t), document.adoptedStyleSheets.length); return out;`,
	);
	assert.equal(seen, [
		...['inline', '9,9,9', 'none', '1,1,1', '0px'],
		...['2,2,2', '3,3,3', '7,7,7', '8,8,8'],
		...['"in"', '5,5,5', '"out"', '6,6,6'],
		...['9,9,9', 0],
	]);
});

test('a tap: touch events, then mouse events and a click; a second button: a context menu', async (t) => {
	const page = await openPage(t, '<button id=b>b</button>');
	const seen = await inPage(
		page,
		`bed.watch('pointerdown','touchstart','pointerup','touchend','mousedown','mouseup','click','contextmenu','auxclick');
		await bed.click('#b', 1, { touch: true }); const tap = bed.log.splice(0).join(' '); await bed.click('#b', 1, { button: 2 }); return [tap, bed.log.join(' ')];`,
	);
	assert.equal(seen, [
		'pointerdown:b touchstart:b pointerup:b touchend:b mousedown:b mouseup:b click:b',
		'pointerdown:b mousedown:b contextmenu:b pointerup:b mouseup:b auxclick:b',
	]);
});

test('two fingers pinch: pointers and touches of their own, captured by what they went down on, and no click', async (t) => {
	const page = await openPage(
		t,
		'<div id=m style="width:300px;height:200px;background:green"></div><p id=out style="margin-top:200px">out</p>',
	);
	const seen = await inPage<string[]>(
		page,
		`const log = []; const far = []; for (const type of ['pointerdown', 'pointermove', 'pointerup', 'pointercancel', 'click', 'mousedown']) addEventListener(type, (e) => log.push(type.slice(7) + e.pointerId + (e.isPrimary ? 'p' : '') + e.target.id));
		for (const type of ['touchstart', 'touchmove', 'touchend', 'touchcancel']) addEventListener(type, (e) => { far.push(type.slice(5) + e.touches.length + e.targetTouches.length + e.changedTouches[0].identifier); });
		let own; m.addEventListener('pointerdown', (e) => { if (e.pointerId === 2) { m.setPointerCapture(2); own = m.hasPointerCapture(2) && m.hasPointerCapture(1); } });
		const at = (fx) => ({ node: '#m', fx, fy: .5 }); const step = (k, fx, finger) => ({ k, at: at(fx), button: 0, clicks: 1, touch: true, ...(finger && { finger }) });
		await bed.all([step('down', .4), step('down', .6, 1), step('move', .2), step('move', 1.3, 1), step('up', 1.3, 1), step('up', .2)]); const done = [log.splice(0).join(' '), far.splice(0).join(' '), own];
		await bed.all([step('down', .4), step('down', .6, 1), { k: 'cancel' }]); return [...done, log.join(' '), far.join(' ')];`,
	);
	assert.equal(seen, [
		'down1pm down2m move1pm move2m up2m up1pm',
		'start110 start221 move220 move221 end111 end000',
		true,
		'down1pm down2m cancel1pm cancel2m',
		'start110 start221 cancel110 cancel001',
	]);
});

test('a link by the middle button or with the shortcut key becomes a tab of the session, unless the page prevents it', async (t) => {
	const page = await openPage(t, '<a id=a href="/two?x=1">a</a><a id=b href="/no">b</a>');
	const before = (await page.browser().pages()).length;
	const seen = await inPage(
		page,
		`const log = []; for (const type of ['click', 'auxclick']) { addEventListener(type, (e) => log.push(type + e.button + e.ctrlKey + e.defaultPrevented)); b.addEventListener(type, (e) => e.preventDefault()); }
		await bed.click('#a', 1, { button: 1 }); await bed.click('#a', 1, { keys: { accel: true } }); await bed.click('#a', 1, { keys: { shift: true } }); await bed.click('#b', 1, { button: 1 }); await bed.click('#b', 1, { keys: { accel: true } });
		return [log.join(' '), bed.said.filter((m) => m.t === 'open').map((m) => new URL(m.url).pathname).join(' '), location.pathname];`,
	);
	assert.equal(seen, ['auxclick1falsefalse click0truefalse click0falsefalse auxclick1falsetrue click0truetrue', '/two /two /two', '/']);
	assert.is((await page.browser().pages()).length, before);
});

test('so does one whose click the page lets go no further, unless the page prevents it before or after', async (t) => {
	const page = await openPage(t, '<a id=a href="/two">a</a><a id=b href="/no">b</a><a id=c href="/no">c</a>');
	const before = (await page.browser().pages()).length;
	const seen = await inPage(
		page,
		`const log = []; const say = (e) => log.push(e.defaultPrevented);
		a.onclick = (e) => { e.stopPropagation(); say(e); };
		b.onclick = (e) => { e.stopImmediatePropagation(); e.preventDefault(); say(e); };
		c.onclick = (e) => { e.returnValue = false; e.stopPropagation(); say(e); };
		for (const css of ['#a', '#b', '#c']) await bed.click(css, 1, { keys: { accel: true } });
		return [log.join(' '), bed.said.filter((m) => m.t === 'open').map((m) => new URL(m.url).pathname).join(' '), location.pathname];`,
	);
	assert.equal(seen, ['false true true', '/two', '/']);
	await new Promise((soon) => setTimeout(soon, 300));
	assert.is((await page.browser().pages()).length, before);
});

test('double and triple click, in text and in a text area', async (t) => {
	const page = await openPage(
		t,
		'<p id=p style="font:16px monospace;width:max-content">alpha beta gamma</p><textarea id=x rows=3>one\ntwo words\nthree</textarea>',
	);
	const seen = await inPage(
		page,
		`const out = []; for (const n of [1, 2, 3]) { await bed.click({ node: '#p', fx: .5, fy: .5 }, n); await bed.click({ node: '#x', fx: .05, fy: .5 }, n); out.push(x.value.slice(x.selectionStart, x.selectionEnd).trimEnd()); }
		await bed.click({ node: '#p', fx: .5, fy: .5 }, 2); out.push(getSelection().toString().trim()); await bed.click({ node: '#p', fx: .5, fy: .5 }, 3); out.push(getSelection().toString().trim()); return out;`,
	);
	assert.equal(seen, ['', 'two', 'two words', 'beta', 'alpha beta gamma']);
});

test('what the page prevents does not happen: keys, mousedown, a disabled button', async (t) => {
	const page = await openPage(t, '<input id=i><button id=d disabled>d</button><div id=m tabindex=0>m</div>');
	const seen = await inPage(
		page,
		`i.addEventListener('keydown', (e) => e.key === 'b' && e.preventDefault()); m.addEventListener('mousedown', (e) => e.preventDefault()); let clicked = 0; d.addEventListener('click', () => clicked++);
		await bed.click('#i'); await bed.text('abc'); await bed.click('#m'); return [i.value, document.activeElement.id, await bed.click('#d'), clicked];`,
	);
	assert.equal(seen, ['ac', 'i', 'disabled', 0]);
});

test('in a window without the focus the page is told of focus, blur and change all the same, once each', async (t) => {
	const page = await openPage(t, '<input id=a><input id=b>');
	await page.emulateFocusedPage(false);
	const other = await page.browser().newPage();
	t.defer(() => other.close());
	await other.bringToFront();
	const seen = await inPage(
		page,
		`const has = document.hasFocus(); bed.watch('focus','focusin','blur','focusout','change'); await bed.click('#a'); await bed.text('x'); await bed.click('#b'); return [has, bed.log.join(' '), a.value];`,
	);
	assert.equal(seen, [false, 'focus:a focusin:a change:a blur:a focusout:a focus:b focusin:b', 'x']);
});

test('shadow roots, open and closed, and frames three deep and cross-origin', async (t) => {
	const leaf = '<!DOCTYPE html><input id=i>';
	const page = await openPage(
		t,
		'<div id=h></div><iframe src="http://b.localhost:PORT/two" width=400 height=300></iframe>',
		`const root = document.getElementById('h').attachShadow({ mode: 'closed' }); root.innerHTML = '<input id=c>'; globalThis.inner = root.getElementById('c');`,
		{ '/two': '<!DOCTYPE html><iframe src="http://c.localhost:PORT/three"></iframe>', '/three': leaf },
	);
	const closed = await inPage(
		page,
		`const id = bed.id(inner); await bed.click({ node: id, fx: .5, fy: .5 }); await bed.text('shade'); return inner.value;`,
	);
	assert.is(closed, 'shade');
	const deep = await page.waitForFrame((frame) => frame.url().endsWith('/three'));
	await deep.waitForSelector('#i');
	assert.is(await inPage(deep, `await bed.click('#i'); await bed.text('deep'); return i.value;`), 'deep');
});

test.run();
