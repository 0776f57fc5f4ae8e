// tests only (Node, Chromium).
// The host's caret and the line under what an input method makes, where they stand in a guest's mirror.
import type { Frame } from 'puppeteer-core';
import * as assert from 'uvu/assert';
import { askForWhole } from '../browser.ts';
import { suite } from '../harness.ts';
import { type Bed, openBed } from './bed/bed.ts';

// The bare program draws text a fraction of a pixel lower.
askForWhole();
const test = suite('mirror caret', { limit: 60_000 });

const PAGE = `<!doctype html><style>*{font:20px/24px monospace}input,textarea{padding:7px 9px;border:3px solid;width:200px}[contenteditable]{margin:5px}</style>
	<p><input id=line value="abcdef"><p><textarea id=area rows=3>ab cd ef gh ij kl mn op qr</textarea><p><div id=rich contenteditable>some <b>bold</b> text</div>
	<div id=blank contenteditable><p><br></div><input id=secret type=password value=abc><div id=host></div>
	<script>const root = document.querySelector('#host').attachShadow({ mode: 'open' });
	root.innerHTML = '<style>*{font:20px/24px monospace}</style><input value=shade><div contenteditable>in the shade</div>';</script>
	<iframe src="https://two.example/" style="border:4px solid;padding:6px"></iframe>`;
const INNER = '<!doctype html><style>*{font:20px/24px monospace}</style><div contenteditable>in a frame</div>';

interface Box {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

/** Where the mirror draws `name` now, in its own viewport. */
const drawn = (mirror: Frame, name: string): Promise<Box[]> =>
	mirror.evaluate(
		(what) =>
			[...document.querySelectorAll(`[data-tandem="${what}"]`)].map((el) => {
				const { x, y, width, height } = el.getBoundingClientRect();
				return { x, y, width, height };
			}),
		name,
	);

/** Waits until the caret stands within half a pixel of where `place` (evaluated in the host's page) says. */
async function caretAt(bed: Bed, place: string): Promise<void> {
	let [want, got]: [Box | undefined, Box[]] = [undefined, []];
	for (let tries = 0; tries < 100; tries++) {
		want = (await bed.host.evaluate(place)) as Box;
		got = await drawn(bed.mirror(), 'host-caret');
		const [first] = got;
		if (first && Math.abs(first.x - want.x) < 0.6 && Math.abs(first.y - want.y) < 0.6 && Math.abs(first.height - want.height) < 0.6) return;
		await new Promise((done) => setTimeout(done, 30));
	}
	throw new Error(`the caret is at ${JSON.stringify(got)}, not at ${JSON.stringify(want)}`);
}

/** The place behind `columns` letters of the `row`th line of an element of one font. */
const cell = (el: string, columns: number, row = 0, inset = 'el.clientLeft + 9', down = 'el.clientTop + 7') =>
	`(() => { const el = ${el}, probe = document.createElement('span'); probe.textContent = 'x'.repeat(${columns}); probe.style.position = 'absolute';
	document.body.append(probe); const { width } = probe.getBoundingClientRect(); probe.remove(); const box = el.getBoundingClientRect();
	return { x: box.x + ${inset} + width, y: box.y + ${down} + 24 * ${row}, height: 24 }; })()`;
const id = (name: string) => `document.getElementById('${name}')`;

test('the caret stands where the host writes: in fields, in editors, in shadow trees and frames, and not in secret fields', async (t) => {
	const bed = await openBed(t, { 'https://one.example/': PAGE, 'https://two.example/': INNER });
	await bed.page.bringToFront();
	const go = (script: string) => bed.host.evaluate(script);
	await go(`${id('line')}.focus(); ${id('line')}.setSelectionRange(4, 4)`);
	await caretAt(bed, cell(id('line'), 4));
	// Two hundred pixels hold sixteen letters: "ab cd ef gh ij ".
	await go(`${id('area')}.focus(); ${id('area')}.setSelectionRange(18, 18)`);
	await caretAt(bed, cell(id('area'), 3, 1));
	await go(`${id('rich')}.focus(); getSelection().collapse(${id('rich')}.querySelector('b').firstChild, 2)`);
	await caretAt(
		bed,
		`(() => { const r = getSelection().getRangeAt(0).getBoundingClientRect(); return { x: r.x, y: r.y, height: r.height }; })()`,
	);
	await go(`${id('blank')}.focus(); getSelection().collapse(${id('blank')}.firstChild, 0)`);
	await caretAt(bed, cell(`${id('blank')}.firstChild`, 0, 0, '0', '0'));
	await go(`root.querySelector('input').focus(); root.querySelector('input').setSelectionRange(2, 2)`);
	await caretAt(
		bed,
		cell(`root.querySelector('input')`, 2, 0, 'el.clientLeft + parseFloat(getComputedStyle(el).paddingLeft)', '(el.offsetHeight - 24) / 2'),
	);
	await go(`root.querySelector('div').focus(); root.getSelection().collapse(root.querySelector('div').firstChild, 3)`);
	await caretAt(bed, cell(`root.querySelector('div')`, 3, 0, '0', '0'));
	await go(`${id('secret')}.focus()`);
	await bed.mirror().waitForFunction(`!document.querySelector('[data-tandem="host-caret"]')`, { timeout: 4000 });
	const inner = bed.page.frames().find((frame) => frame.parentFrame() === bed.host) as Frame;
	await inner.evaluate(`document.querySelector('div').focus(); getSelection().collapse(document.querySelector('div').firstChild, 4)`);
	const offset = `(() => { const el = document.querySelector('iframe'), b = el.getBoundingClientRect(); return b.x + ',' + b.y; })()`;
	const [x = 0, y = 0] = ((await bed.host.evaluate(offset)) as string).split(',').map(Number);
	const own = (await inner.evaluate(
		`(() => { const r = getSelection().getRangeAt(0).getBoundingClientRect(); return { x: r.x, y: r.y, height: r.height }; })()`,
	)) as Box;
	await caretAt(
		bed,
		JSON.stringify({ ...own, x: own.x + x + 10, y: own.y + y + 10 })
			.replace(/^/, '(')
			.concat(')'),
	);
});

test('what is selected in a field is shown, clipped to the field, where nobody may write too, and not in secret fields', async (t) => {
	const bed = await openBed(t, { 'https://one.example/': PAGE, 'https://two.example/': INNER });
	await bed.page.bringToFront();
	/** Boxes against the field's own corner, in letters and lines. */
	const boxes = (field: string) =>
		`[...document.querySelectorAll('[data-tandem="host-selection"]')].map((el) => { const { x, y, width, height } = el.getBoundingClientRect();
		const at = document.querySelector('iframe').contentDocument.getElementById('${field}').getBoundingClientRect();
		return [(x - at.x - 12) / 12.04, (y - at.y - 10) / 24, width / 12.04, height / 24].map((n) => Math.round(n * 10) / 10 + 0).join(' '); }).join()`;
	const shows = (field: string, wanted: string) =>
		bed
			.mirror()
			.waitForFunction(`${boxes(field)} === '${wanted}'`, { timeout: 4000 })
			.catch(async () => assert.is(await bed.mirror().evaluate(boxes(field)), wanted));
	await bed.host.evaluate('line.focus(); line.setSelectionRange(1, 4)');
	await shows('line', '1 0 3 1');
	await bed.host.evaluate('line.readOnly = true; line.select()');
	await shows('line', '0 0 6 1');
	await bed.host.evaluate('line.setSelectionRange(6, 6)');
	await shows('line', '');
	await bed.host.evaluate(`area.value = 'ab cd ef gh ij\\nkl\\nmn\\nop'; area.focus(); area.setSelectionRange(12, 17); area.scrollTop = 0`);
	await shows('area', '12 0 3 1,0 1 2 1');
	// Scrolled by a line, of which the field's padding still shows 7 pixels.
	await bed.host.evaluate('area.select(); area.scrollTop = 24');
	await shows('area', '0 -0.3 15 0.3,0 0 3 1,0 1 3 1,0 2 2 1');
	await bed.host.evaluate('secret.focus(); secret.select()');
	await shows('area', '');
});

test('what an input method makes is underlined until it is done', async (t) => {
	const bed = await openBed(t, { 'https://one.example/': PAGE, 'https://two.example/': INNER });
	await bed.page.bringToFront();
	const keys = await bed.page.createCDPSession();
	for (const where of ['line', 'rich']) {
		await bed.host.evaluate(
			where === 'line' ? `line.focus(); line.setSelectionRange(2, 2)` : `rich.focus(); getSelection().collapse(rich.firstChild, 2)`,
		);
		await keys.send('Input.imeSetComposition', { text: 'xyz', selectionStart: 3, selectionEnd: 3 });
		await bed.mirror().waitForFunction(
			`(() => { const [one, two] = document.querySelectorAll('[data-tandem="host-composition"]'), doc = document.querySelector('iframe').contentDocument;
			if (!one || two) return false; const box = one.getBoundingClientRect(), at = doc.getElementById('${where}').getBoundingClientRect();
			const letter = box.width / 3; return Math.abs(letter - 12) < 0.5 && Math.abs(box.x - at.x - ${where === 'line' ? 12 : 0} - 2 * letter) < 1; })()`,
			{ timeout: 6000 },
		);
		await keys.send('Input.insertText', { text: 'xyz' });
		await bed.mirror().waitForFunction(`!document.querySelector('[data-tandem="host-composition"]')`, { timeout: 6000 });
	}
	assert.is(await bed.mirror().evaluate(`document.querySelector('iframe').contentDocument.getElementById('line').value`), 'abxyzcdef');
});

test.run();
