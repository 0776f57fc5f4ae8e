// tests only (Node).
// The guest's side: real mouse and keyboard over a mirrored document become intents, and the mirror does nothing by itself.
import type { Page } from 'puppeteer-core';
import * as assert from 'uvu/assert';
import type { Intent } from '../../protocol/intent.ts';
import { suite, type TestContext } from '../harness.ts';
import { appScript, inPage, openPage } from './bed.ts';

const test = suite("control: the guest's side");

async function mirror(t: TestContext, html: string, inner?: string, allowed = true): Promise<Page> {
	const page = await openPage(t, '', await appScript("import './test/control/guest.entry.ts'"));
	await inPage(
		page,
		`begin(${JSON.stringify(html)}, ${JSON.stringify(inner)}); allow(${allowed}); await new Promise((go) => setTimeout(go, 50))`,
	);
	return page;
}

/** Waits until the intents told are what `enough` says. */
async function told(page: Page, enough: string): Promise<(Intent & Record<string, unknown>)[]> {
	await page.waitForFunction(`(() => { const all = told(); return ${enough}; })()`, { timeout: 5000 });
	return inPage(page, 'return told()');
}

test('a click becomes down and up with node and fraction; a link leads nowhere, a checkbox stays as it is', async (t) => {
	const page = await mirror(
		t,
		'<a id=a href="/gone" style="position:absolute;left:100px;top:100px;width:100px;height:40px;display:block">a</a><input id=c type=checkbox style="margin:0">',
	);
	await page.mouse.click(150, 110);
	await page.mouse.click(5, 5);
	const all = await told(page, `all.filter((i) => i.k === 'up').length === 2`);
	const presses = all.filter(({ k }) => k === 'down' || k === 'up');
	assert.equal(presses[0], { frame: 1, at: { node: 'a', fx: 0.5, fy: 0.25 }, k: 'down', button: 0, clicks: 1, seen: { x: 150, y: 110 } });
	assert.ok((presses[1]?.lasted as number) >= 0);
	assert.equal(
		presses.map(({ k, at }) => `${k} ${(at as { node: string }).node}`),
		['down a', 'up a', 'down c', 'up c'],
	);
	assert.equal(await inPage(page, `return [!!doc(0).getElementById('a'), doc(0).getElementById('c').checked]`), [true, false]);
});

test('fast typing keeps every letter and the place of keys between them', async (t) => {
	const page = await mirror(t, '<input id=i style="width:300px">');
	await page.mouse.click(20, 10);
	const text = 'the quick brown fox jumps over the lazy dog '.repeat(3).slice(0, 100);
	await page.keyboard.type(text);
	await page.keyboard.press('Backspace');
	await page.keyboard.type('Zz');
	await page.keyboard.down('Control');
	await page.keyboard.press('a');
	await page.keyboard.up('Control');
	const all = await told(page, `all.some((i) => i.keys?.accel && i.phase === 'up')`);
	const flat = flatKeys(
		all.filter((i) => !/^[a-z ]$/i.test(i.key as string) || i.phase === 'down' || (i.keys as { accel?: boolean } | undefined)?.accel),
	);
	assert.is(flat, `${text}<Backspace down><Backspace up>Zz<accel Control down><accel a down><accel a up><Control up>`);
	assert.is(await inPage(page, `return doc(0).getElementById('i').value`), '');
});

/** Keys and text as they were told: letters as themselves. */
const flatKeys = (all: readonly Record<string, unknown>[]) =>
	all
		.filter(({ k }) => k === 'text' || k === 'key')
		.map(({ text, key, phase, keys = {}, repeat }) => {
			const held = Object.keys(keys as object).map((name) => `${name} `.replace('s', 'S'));
			return (
				text ??
				(/^.$/.test(key as string) && phase === 'down' && !repeat && !held[0]?.startsWith('a')
					? key
					: `<${held.join('')}${key} ${phase}${repeat ? ' again' : ''}>`)
			);
		})
		.join('');

test('a typed key is told with its place on the keyboard, comes again while it is held, and up when it is let go', async (t) => {
	const page = await mirror(t, '<input id=i style="width:300px">');
	await page.mouse.click(20, 10);
	await page.keyboard.down('a');
	await page.keyboard.down('a');
	await page.keyboard.up('a');
	const cdp = await page.createCDPSession();
	for (const type of ['keyDown', 'keyUp'] as const)
		await cdp.send('Input.dispatchKeyEvent', { type, key: '@', code: 'KeyQ', ...(type === 'keyDown' && { text: '@' }) });
	await page.keyboard.sendCharacter('é');
	const all = await told(page, `all.some((i) => i.text)`);
	assert.is(flatKeys(all), 'a<a down again><a up>@<@ up>é');
	assert.is(all.find(({ key }) => key === '@')?.code, 'KeyQ');
	assert.is(all.at(-1)?.keyless, true);
});

test('a press on what is disabled is told too, of which browsers tell by pointer events alone', async (t) => {
	const page = await mirror(t, '<button id=b disabled style="width:100px;height:40px"><i id=i>b</i></button><p id=p>p</p>');
	await page.mouse.click(50, 20);
	await page.mouse.click(50, 60);
	const all = await told(page, `all.filter((i) => i.k === 'up').length === 2`);
	assert.equal(
		all.filter(({ k }) => k === 'down' || k === 'up').map(({ k, at, clicks }) => `${k} ${(at as { node: string }).node} ${clicks}`),
		['down i 1', 'up i 1', 'down p 1', 'up p 1'],
	);
});

test("a control that the guest works has the focus at the host too; Tab leads on from it, Enter and Escape are the page's", async (t) => {
	const page = await mirror(
		t,
		'<input type=date id=d style="position:absolute;left:10px;top:10px"><select id=s><option>a</select><input id=x>',
	);
	await page.mouse.click(20, 20);
	await page.keyboard.type('11242025');
	// From the year to the button of its calendar, and on from there.
	for (const key of ['Enter', 'Escape', 'Tab', 'Tab', 'y'] as const) await page.keyboard.press(key);
	await told(page, `all.some((i) => i.key === 'y' && i.phase === 'up')`);
	await inPage(page, `doc(0).querySelector('#s').focus()`);
	for (const key of ['Tab', 'z'] as const) await page.keyboard.press(key);
	const all = await told(page, `all.some((i) => i.key === 'z' && i.phase === 'up')`);
	const flat = all
		.filter(({ k, phase, key }) => (k === 'key' && (phase !== 'up' || key === 'Tab')) || k === 'focus' || k === 'value')
		.map(({ k, node, key }) => [k, node, key].filter(Boolean).join(' '));
	assert.equal(
		flat.filter((said, i) => said !== flat[i - 1] || !said.startsWith('value')),
		['focus d', 'value d', 'key Enter', 'key Escape', 'key Tab', 'key y', 'focus s', 'key Tab', 'key z'],
	);
});

test("a date that the host's focus comes to is typed into by the guest's keys; where it goes on, they go along", async (t) => {
	const page = await mirror(t, '<input id=i><input type=date id=d><input type=time id=u><input type=date id=r readonly>');
	await page.mouse.click(20, 10);
	const come = (css: string) => inPage(page, `select('${css}', 0, 0); changed()`);
	await come('#d');
	await page.keyboard.type('11242025');
	for (const key of ['Tab', 'Tab', 'x'] as const) await page.keyboard.press(key);
	await come('#u');
	await page.keyboard.type('0930p');
	await come('#r');
	await page.keyboard.type('y');
	await come('#i');
	await page.keyboard.type('z');
	const all = await told(page, `all.some((i) => i.key === 'z' && i.phase === 'up')`);
	const flat = all
		.filter(({ k, phase }) => phase !== 'up' && /^(key|text|focus|value)$/.test(k))
		.map(({ k, node, key, value }) => [k, node || key, value].join(' '));
	assert.equal(
		flat.filter((said, i) => !said.startsWith('value') || !flat[i + 1]?.startsWith('value')),
		['value d 2025-11-24', 'key Tab ', 'key x ', 'value u 21:30', 'key y ', 'key z '],
	);
});

test('what the host says of a date that the guest is still typing does not take that away; what it makes of it afterwards counts', async (t) => {
	const page = await mirror(t, '<input type=date id=d style="position:absolute;left:10px;top:10px">');
	await page.mouse.click(20, 20);
	await page.keyboard.type('1124');
	for (const [digit, late] of [['2'], ['0', '0002-11-24'], ['2', '0020-11-24'], ['5', '0202-11-24']] as const) {
		await page.keyboard.type(digit);
		if (late) await inPage(page, `says('#d', '${late}')`);
	}
	const value = `return doc(0).querySelector('#d').value`;
	assert.is(await inPage(page, value), '2025-11-24');
	await inPage(page, `says('#d', '2025-11-24'); says('#d', '2030-01-01')`);
	assert.is(await inPage(page, value), '2030-01-01');
});

test('keys go to the frame that was pressed in, and to the page once that frame is gone', async (t) => {
	const page = await mirror(t, '<div id=frame></div>', '<input id=i>');
	await page.mouse.click(20, 15);
	await page.keyboard.type('x');
	await told(page, `all.some((i) => i.phase === 'up')`);
	await inPage(page, 'leave(1)');
	await page.keyboard.type('y');
	await page.keyboard.press('Enter');
	const all = await told(page, `all.filter((i) => i.phase === 'up').length === 3`);
	assert.equal(
		all.filter(({ k }) => k === 'text' || k === 'key').map(({ frame }) => frame),
		[2, 2, 1, 1, 1, 1],
	);
});

test('an input method is followed as it composes; a click elsewhere ends that', async (t) => {
	const page = await mirror(t, '<input id=i style="width:300px"><p id=p>p</p>');
	await page.mouse.click(20, 10);
	const session = await page.createCDPSession();
	const compose = (text: string) =>
		session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
	const press = (type: 'rawKeyDown' | 'keyUp', code = 'KeyN') =>
		session.send('Input.dispatchKeyEvent', { type, windowsVirtualKeyCode: 229, key: 'Process', code });
	await press('rawKeyDown');
	for (const text of ['n', 'に']) {
		await compose(text);
		await told(page, `all.some((i) => i.text === '${text}')`);
	}
	await session.send('Input.imeSetComposition', { text: 'にほ', selectionStart: 1, selectionEnd: 1 });
	await told(page, `all.some((i) => i.caret === 1)`);
	await press('keyUp');
	await session.send('Input.insertText', { text: '日' });
	await page.keyboard.type('x');
	await session.send('Input.insertText', { text: '😀' });
	await compose('a');
	await told(page, `all.some((i) => i.text === 'a')`);
	await compose('');
	await compose('wor');
	await told(page, `all.some((i) => i.text === 'wor')`);
	await page.mouse.click(20, 10);
	await page.keyboard.type('y');
	const all = await told(page, `all.some((i) => i.key === 'y' && i.phase === 'up')`);
	const flat = all
		.filter(({ k }) => k === 'compose' || k === 'text' || k === 'down' || k === 'key')
		.map(({ k, begins, caret, ends, keyless, key, phase, taken, text }) =>
			[k, begins && '*', phase, key, taken && 'taken', text, caret, ends && '.', keyless && 'no key'].filter(Boolean).join(' '),
		);
	assert.equal(flat, [
		'down',
		'key down Process taken',
		'compose * n',
		'compose に',
		'compose にほ 1',
		'key up Process taken',
		'compose 日 .',
		'key down x',
		'key up x',
		'text 😀 no key',
		'compose * a',
		'compose .',
		'compose * wor',
		'down',
		'key down y',
		'key up y',
	]);
});

test('a drag keeps its button and its order; moves of one frame of the screen are joined', async (t) => {
	const page = await mirror(t, '<p id=p style="margin:0;height:300px">text to select</p>');
	await page.mouse.move(10, 10);
	await page.mouse.down();
	await page.mouse.move(200, 100, { steps: 30 });
	await page.mouse.up();
	const all = await told(page, `all.some((i) => i.k === 'up')`);
	const drag = all.slice(all.findIndex(({ k }) => k === 'down'));
	assert.is(drag.at(-1)?.k, 'up');
	assert.ok(drag.slice(1, -1).every(({ k }) => k === 'move'));
	assert.equal(
		[drag[0], drag.at(-1)].map((step) => step?.by),
		[undefined, { x: 190, y: 90 }],
	);
	assert.is(await inPage(page, 'return doc(0).getSelection().toString()'), '');
});

test('a button is pressed at the host alone: the mirror draws none, hands on what the pointer does, and lets go of what is no longer beneath', async (t) => {
	const page = await mirror(
		t,
		'<button id=b title=tip style="position:absolute;left:0;top:0;width:100px;height:40px;cursor:help"><i id=i>b</i></button><p id=p style="position:absolute;left:0;top:100px;width:100px;height:50px;margin:0"></p>',
	);
	const at = () =>
		inPage<string[]>(page, 'const el = document.elementFromPoint(50, 20); return [el.localName, el.title, getComputedStyle(el).cursor]');
	await page.mouse.move(50, 20);
	await page.waitForFunction(`document.elementFromPoint(50, 20).localName !== 'iframe'`);
	await page.mouse.move(52, 20);
	assert.equal(await at(), ['div', 'tip', 'help']);
	await page.mouse.down();
	assert.equal(await inPage(page, `return [':active', ':hover'].map((state) => !!doc(0).querySelector('button' + state))`), [false, false]);
	await page.mouse.move(50, 120);
	await page.mouse.up();
	await page.mouse.click(50, 20);
	await page.mouse.wheel({ deltaY: 50 });
	// What is put over it is what the next press is on.
	await inPage(page, `doc(0).getElementById('p').style.top = '0'; changed(); await new Promise(requestAnimationFrame)`);
	assert.equal((await at())[0], 'iframe');
	await page.mouse.click(50, 20);
	const all = await told(page, `all.filter((i) => i.k === 'up').length === 3 && all.some((i) => i.k === 'wheel')`);
	const presses = all.filter(({ k }) => k === 'down' || k === 'up' || k === 'wheel');
	const flat = presses.map(({ k, at }) => `${k} ${(at as { node: string }).node}`);
	assert.equal(flat, ['down i', 'up p', 'down i', 'up i', 'wheel i', 'down p', 'up p']);
});

test('a pointer that rests is over what comes beneath it', async (t) => {
	const page = await mirror(
		t,
		'<div id=top style="position:absolute;inset:0"></div><p id=p style="width:200px;height:200px;margin:0">p</p>',
	);
	await page.mouse.move(50, 50);
	await told(page, `all.some((i) => i.k === 'hover' && i.at.node === 'top')`);
	await inPage(page, `doc(0).getElementById('top').remove()`);
	const all = await told(page, `all.some((i) => i.k === 'hover' && i.at.node === 'p')`);
	assert.equal(all.at(-1), { frame: 1, at: { node: 'p', fx: 0.25, fy: 0.25 }, k: 'hover', rests: true });
});

test("a select, a range and a number go by value, with the guest's own picker", async (t) => {
	const page = await mirror(
		t,
		'<select id=s size=3><option>a<option id=b>b<option>c</select><input id=r type=range style="position:absolute;top:100px;left:0;width:200px;margin:0">',
	);
	const box = await inPage<{ x: number; y: number }>(
		page,
		`const { left, top } = doc(0).getElementById('b').getBoundingClientRect(); return { x: left + 5, y: top + 5 }`,
	);
	await page.mouse.click(box.x, box.y);
	await page.mouse.click(150, 108);
	const all = await told(page, `all.some((i) => i.k === 'value' && i.node === 'r' && !i.live)`);
	const values = all.filter(({ k }) => k === 'value');
	assert.equal(values[0], { frame: 1, node: 's', k: 'value', value: '1' });
	assert.is(values.at(-1)?.node, 'r');
	assert.ok(Number(values.at(-1)?.value) > 60);
});

test("in a frame: intents name its document, the pointer is told in the root's viewport", async (t) => {
	const page = await mirror(
		t,
		'<div id=frame style="position:absolute;left:50px;top:60px"></div>',
		'<button id=b style="position:absolute;left:10px;top:10px;width:40px;height:20px">b</button>',
	);
	await page.mouse.move(50 + 5 + 30, 60 + 5 + 20);
	await page.mouse.down();
	await page.mouse.up();
	const all = await told(page, `all.some((i) => i.k === 'up')`);
	assert.equal(
		all.find(({ k }) => k === 'down'),
		{ frame: 2, at: { node: 'b', fx: 0.5, fy: 0.5 }, k: 'down', button: 0, clicks: 1, seen: { x: 30, y: 20 } },
	);
	await page.waitForFunction('pointed()?.x !== undefined');
	assert.equal(await inPage(page, 'const { x, y } = pointed(); return [x, y]'), [85, 85]);
});

test('the wheel is sent, in pixels, and does not scroll the mirror', async (t) => {
	const page = await mirror(t, '<div id=t style="height:3000px"></div>');
	await page.mouse.move(100, 100);
	await page.mouse.wheel({ deltaY: 120 });
	const all = await told(page, `all.some((i) => i.k === 'wheel')`);
	const turns = all.filter(({ k }) => k === 'wheel') as unknown as { dy: number }[];
	assert.is(
		turns.reduce((sum, { dy }) => sum + dy, 0),
		120,
	);
	assert.is(await inPage(page, 'return doc(0).defaultView.scrollY'), 0);
});

test('Ctrl and the wheel are sent, until the page makes nothing of it: then it is the zoom of the guest', async (t) => {
	const page = await mirror(t, '<div id=t style="height:3000px"></div>');
	await page.mouse.move(100, 100);
	await page.evaluate(`own = []; doc(0).addEventListener('wheel', (e) => own.push(!e.defaultPrevented))`);
	await page.keyboard.down('Control');
	await page.mouse.wheel({ deltaY: 40 });
	await page.waitForFunction('own.length === 1');
	await page.evaluate('ownZoom()');
	await page.mouse.wheel({ deltaY: 120 });
	await page.waitForFunction('own.length === 2');
	await page.keyboard.up('Control');
	const all = await told(page, `all.some((i) => i.k === 'wheel')`);
	assert.equal(
		all.filter(({ k }) => k === 'wheel').map(({ dy, keys }) => [dy, keys]),
		[[40, { ctrl: true }]],
	);
	assert.equal(await page.evaluate('own'), [false, true]);
});

test('fingers are sent where the page takes them (touch-action), one by one; elsewhere they scroll the mirror', async (t) => {
	const page = await mirror(
		t,
		'<div id=n style="touch-action:none;width:300px;height:100px"></div><div id=y style="touch-action:pan-y;width:300px;height:100px"></div><div style="height:3000px"></div>',
	);
	const session = await page.createCDPSession();
	const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...points: [number, number][]) =>
		session.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });
	await touch('touchStart', [50, 50]);
	await touch('touchStart', [50, 50], [150, 50]);
	await touch('touchMove', [30, 50], [180, 50]);
	await touch('touchEnd');
	for (const [dx, dy] of [
		[60, 0],
		[0, -60],
	] as const) {
		await touch('touchStart', [100, 150]);
		for (const part of [0.4, 0.7, 1]) await touch('touchMove', [100 + dx * part, 150 + dy * part]);
		await touch('touchEnd');
	}
	const all = await told(page, `all.some((i) => i.k === 'scroll')`);
	const steps = all.filter(({ k }) => k === 'down' || k === 'move' || k === 'up') as unknown as {
		k: string;
		at: { node: string };
		finger?: number;
	}[];
	const flat = steps.map(({ k, at, finger }) => `${k}${finger ?? ''}${at.node}`).filter((step, i, list) => step !== list[i - 1]);
	assert.is(flat.join(' '), 'downn down1n moven move1n upn up1n downy movey upy');
});

test('a paste carries the text, wherever the focus is', async (t) => {
	const page = await mirror(t, '<input id=i>');
	await page.mouse.click(20, 10);
	await inPage(
		page,
		`const area = document.querySelector('textarea'); const data = new DataTransfer(); data.setData('text/plain', 'clip'); data.setData('text/html', '<b>clip</b>');
		area.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, cancelable: true }));`,
	);
	const all = await told(page, `all.some((i) => i.k === 'paste')`);
	assert.equal(
		all.find(({ k }) => k === 'paste'),
		{ frame: 1, k: 'paste', node: 0, text: 'clip', html: '<b>clip</b>' },
	);
});

test('copying, cutting and pasting by keys carries the key', async (t) => {
	const page = await mirror(t, '<input id=i value="one two">');
	await page.mouse.click(20, 10);
	for (const [held, key] of [
		['Control', 'KeyV'],
		['Shift', 'Insert'],
		['Control', 'KeyC'],
		['Shift', 'Delete'],
	] as const) {
		await page.keyboard.down(held);
		await page.keyboard.press(key);
		await page.keyboard.up(held);
	}
	const all = await told(page, `all.some((i) => i.key === 'Delete')`);
	const said = all
		.filter(({ k, phase }) => k === 'paste' || (k === 'key' && !phase))
		.map(({ k, key, code, keys, press }) => ({ k, ...(press ?? { key, code, keys }) }));
	assert.equal(said, [
		{ k: 'paste', key: 'v', code: 'KeyV', keys: { accel: true } },
		{ k: 'paste', key: 'Insert', code: 'Insert', keys: { shift: true } },
		{ k: 'key', key: 'c', code: 'KeyC', keys: { accel: true } },
		{ k: 'key', key: 'Delete', code: 'Delete', keys: { shift: true } },
	]);
});

test('what is selected in a field of the host is copied from there', async (t) => {
	const page = await mirror(t, '<input id=i value="one two"><p>three</p>');
	await page.mouse.click(20, 10);
	const copied = await inPage(
		page,
		`select('#i', 4, 7); const area = document.querySelector('textarea'); const data = new DataTransfer();
		const copy = () => { area.dispatchEvent(new ClipboardEvent('copy', { clipboardData: data, cancelable: true })); return data.getData('text/plain'); };
		const two = copy(); select('#i', 4, 4); return [two, copy()];`,
	);
	assert.equal(copied, ['two', '']);
	const all = await told(page, `all.filter((i) => i.copied !== undefined).length > 1`);
	// An intent that the server refuses would be lost without a word.
	assert.equal(
		all.flatMap(({ copied }) => copied ?? []).map((name) => name === (Number(name) | 0)),
		[true, true],
	);
});

test('a button of the mouse that is held belongs to its document, also outside; where it lets go is where it is', async (t) => {
	const page = await mirror(t, '<div id=a style="width:100px;height:100px">a</div><div id=b style="width:333px;height:50px">b</div>');
	await page.setViewport({ width: 1000, height: 700 });
	await page.mouse.move(50, 50);
	await page.mouse.down();
	await page.mouse.move(100, 120);
	await told(page, `all.some((i) => i.k === 'move' && i.at.node === 'b')`);
	await page.mouse.move(900, 650);
	await page.mouse.up();
	const all = await told(page, `all.some((i) => i.k === 'up')`);
	const { at } = all.find(({ k }) => k === 'up') as unknown as { at: { node: string; fx: number; fy: number } };
	assert.is(at.node, 'HTML');
	assert.is(Math.round(at.fx * 800), 900);
	assert.ok(at.fy > 1);
});

test('who is not in control sends nothing but where they point; they scroll for themselves', async (t) => {
	const page = await mirror(
		t,
		'<input id=c type=checkbox><select id=s size=2><option>a<option>b</select><input id=i><div style="height:3000px"></div>',
		undefined,
		false,
	);
	await page.mouse.click(8, 8);
	await page.mouse.click(60, 20);
	await page.mouse.wheel({ deltaY: 200 });
	await page.keyboard.type('abc');
	await page.waitForFunction('pointed()?.x === 60');
	await page.waitForFunction('doc(0).defaultView.scrollY === 200');
	assert.equal(
		await inPage(
			page,
			`const d = doc(0); return [told().length, d.getElementById('c').checked, d.getElementById('s').selectedIndex, d.getElementById('i').value]`,
		),
		[0, false, -1, ''],
	);
});

test.run();
