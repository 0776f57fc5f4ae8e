// tests only (Node).
// Frameworks and editors that others wrote: React's controlled fields, Quill, CodeMirror 6, and plain contenteditable.
import * as assert from 'uvu/assert';
import { suite } from '../harness.ts';
import { appScript, inPage, openPage } from './bed.ts';

const test = suite('control: editors', { limit: 60_000 });

const REACT = `
import { createElement as h, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { flushSync } from 'react-dom';
function App() {
	const [text, setText] = useState(''); const [on, setOn] = useState(false); const [pick, setPick] = useState('a'); const [n, setN] = useState('10'); const [log, setLog] = useState('');
	const note = (what) => setLog((l) => l + what + ' ');
	return h('form', { onSubmit: (e) => { e.preventDefault(); note('submit'); } },
		h('input', { id: 'text', value: text, onChange: (e) => setText(e.target.value.toUpperCase()), onFocus: () => note('focus'), onBlur: () => note('blur'), onBeforeInput: (e) => note('before-' + e.data) }),
		h('input', { id: 'on', type: 'checkbox', checked: on, onChange: (e) => setOn(e.target.checked) }),
		h('select', { id: 'pick', value: pick, onChange: (e) => setPick(e.target.value) }, h('option', null, 'a'), h('option', null, 'b')),
		h('input', { id: 'n', type: 'range', value: n, onChange: (e) => setN(e.target.value) }),
		h('button', { id: 'go', onMouseEnter: () => note('enter'), onDoubleClick: () => note('double') }, 'go'),
		h('pre', { id: 'state' }, JSON.stringify({ text, on, pick, n })), h('pre', { id: 'log' }, log));
}
flushSync(() => createRoot(document.getElementById('root')).render(h(App)));
`;

test('React: controlled fields take what a guest types, ticks and picks, and every handler runs', async (t) => {
	const page = await openPage(t, '<div id=root></div>', await appScript(REACT));
	const seen = await inPage<{ state: unknown; log: string }>(
		page,
		`await bed.click('#text'); await bed.text('abc'); await bed.key('ArrowLeft'); await bed.text('x'); await bed.key('Backspace'); await bed.key('Enter');
		await bed.click('#on'); await bed.act({ k: 'value', node: '#pick', value: '1' }); await bed.act({ k: 'value', node: '#n', value: '55' });
		await bed.click('#go'); await bed.click('#go', 2);
		await new Promise((go) => setTimeout(go, 50));
		return { state: JSON.parse(state.textContent), log: log.textContent };`,
	);
	// An uppercased value is set by React, so the caret goes to the end, and Backspace takes the C: as with a person's own keys.
	assert.equal(seen.state, { text: 'ABX', on: true, pick: 'b', n: '55' });
	assert.is(seen.log, 'focus before-a before-b before-c before-x submit blur enter submit submit double ');
});

test("a script that selects in an editor brings the focus there, also in a window that hasn't the system's", async (t) => {
	const page = await openPage(t, '<iframe src=/inner></iframe>', '', {
		'/inner': `<b id=b>rename</b><p id=e contenteditable>name</p><script>
			b.onclick = () => { const s = getSelection(); s.removeAllRanges(); const r = document.createRange(); r.selectNodeContents(e); s.addRange(r); }</script>`,
	});
	const inner = await page.waitForFrame((frame) => frame.url().endsWith('/inner'));
	await inner.waitForSelector('#e');
	const seen = await inPage<unknown>(
		inner,
		`const told = [document.hasFocus()]; e.onfocus = () => told.push('focus');
		await bed.click('#b'); await new Promise((go) => setTimeout(go, 100)); await bed.text('new'); return [...told, e.textContent];`,
	);
	assert.equal(seen, [false, 'focus', 'new']);
});

test('a press in a frame takes the focus there: into a body that can be edited, and from a field outside also where nothing takes it', async (t) => {
	const tell = `globalThis.told = []; for (const type of ['focus', 'blur', 'change']) addEventListener(type, (e) => e.target !== window && told.push(type + ' ' + e.target.id), true);`;
	const page = await openPage(t, '<input id=a><iframe src=/editor></iframe><iframe src=/plain></iframe>', tell, {
		'/editor': `<body contenteditable id=editor><p id=p>text</p><script>${tell}</script>`,
		'/plain': '<p id=p>text</p>',
	});
	const frame = async (path: string) => {
		const found = await page.waitForFrame((each) => each.url().endsWith(path));
		await found.waitForSelector('#p');
		return found;
	};
	const [editor, plain] = [await frame('/editor'), await frame('/plain')];
	const told = (at: typeof editor | typeof page) =>
		inPage<string>(at, `return told.splice(0).concat(document.activeElement.localName).join()`);
	await inPage(page, `await bed.click('#a'); await bed.text('x')`);
	assert.is(await told(page), 'focus a,input');
	await inPage(editor, `await bed.click('#p'); await bed.text('y')`);
	assert.is(await told(page), 'change a,blur a,iframe');
	assert.is(await told(editor), 'focus editor,body');
	await inPage(page, `await bed.click('#a')`);
	assert.is(await told(editor), 'blur editor,body');
	assert.is(await told(page), 'focus a,input');
	await inPage(plain, `await bed.click('#p')`);
	assert.is(await told(page), 'blur a,iframe');
});

test('contenteditable: text, paragraphs, bold, deletion, undo, paste of HTML, beforeinput that takes over', async (t) => {
	const page = await openPage(t, '<div id=e contenteditable style="padding:20px">x</div>');
	const seen = await inPage<string[]>(
		page,
		`const out = []; const note = () => out.push(e.innerHTML); await bed.click('#e'); await bed.key('a', { accel: true }); await bed.text('one'); note();
		await bed.key('Enter'); await bed.key('b', { accel: true }); await bed.text('two'); note(); await bed.key('Backspace'); note(); await bed.key('z', { accel: true }); note();
		await bed.key('a', { accel: true }); await bed.act({ k: 'paste', node: 0, text: 'p', html: '<i>p</i>' }); note();
		e.addEventListener('beforeinput', (event) => { event.preventDefault(); out.push(event.inputType + ':' + event.data + ':' + event.getTargetRanges().length); });
		await bed.text('q'); await bed.key('Backspace'); note(); return out;`,
	);
	assert.is(seen[0], 'one');
	assert.match(seen[1] ?? '', /^(<div>)?one(<\/div>)?<div><b>two<\/b><\/div>$/);
	assert.match(seen[2] ?? '', /<b>tw<\/b>/);
	assert.match(seen[3] ?? '', /<b>two?<\/b>/);
	assert.match(seen[4] ?? '', /<i[^>]*>p<\/i>/);
	assert.equal(seen.slice(5, 7), ['insertText:q:1', 'deleteContentBackward:null:1']);
	assert.is(seen[7], seen[4]);
});

const QUILL = `import Quill from 'quill'; const q = new Quill('#q', { }); globalThis.quill = q;`;

test('Quill: text, Enter, bold by shortcut, Backspace, paste, fast typing', async (t) => {
	const page = await openPage(t, '<div id=q></div>', await appScript(QUILL));
	const seen = await inPage(
		page,
		`await bed.click('.ql-editor'); await bed.text('hello'); await bed.key('Enter'); await bed.key('b', { accel: true }); await bed.text('bold!'); await bed.key('Backspace');
		await bed.all([...'0123456789'.repeat(10)].map((text) => ({ k: 'text', node: 0, text }))); await bed.act({ k: 'paste', node: 0, text: ' end' });
		return quill.getContents().ops;`,
	);
	const bold = { bold: true };
	assert.equal(seen, [{ insert: 'hello\n' }, { attributes: bold, insert: `bold${'0123456789'.repeat(10)} end` }, { insert: '\n' }]);
});

const CODEMIRROR = `
import { EditorView, keymap } from '@codemirror/view'; import { EditorState } from '@codemirror/state';
globalThis.cm = new EditorView({ parent: document.getElementById('m'), state: EditorState.create({ doc: 'first\\nsecond', extensions: [keymap.of([{ key: 'Ctrl-k', run: (v) => { v.dispatch({ changes: { from: 0, insert: 'K' } }); return true; } }])] }) });
`;

test('CodeMirror 6: caret by click, text, deletion, its own shortcuts, selection by drag', async (t) => {
	const page = await openPage(t, '<div id=m></div>', await appScript(CODEMIRROR));
	const seen = await inPage<{ doc: string; selected: string; caret: number }>(
		page,
		`await bed.click({ node: '.cm-line:nth-child(1)', fx: 0.001, fy: .5 }); await bed.text('ab '); await bed.key('Backspace'); await bed.key('k', { accel: true });
		const wait = () => new Promise((go) => setTimeout(go, 50)); await wait(); const caret = cm.state.selection.main.head;
		const line = (fx) => ({ node: '.cm-line:nth-child(2)', fx, fy: .5 });
		await bed.all([{ k: 'down', at: line(0.001), button: 0, clicks: 1 }, { k: 'move', at: line(.5), button: 0, clicks: 1 }, { k: 'move', at: line(.99), button: 0, clicks: 1 }, { k: 'up', at: line(.99), button: 0, clicks: 1 }]);
		await wait(); const { from, to } = cm.state.selection.main;
		return { doc: cm.state.doc.toString(), selected: cm.state.sliceDoc(from, to), caret };`,
	);
	assert.equal(seen, { doc: 'Kabfirst\nsecond', selected: 'second', caret: 3 });
});

test('an EditContext gets text and deletions as textupdate; its lines it breaks itself, on beforeinput', async (t) => {
	const page = await openPage(t, '<div id=x tabindex=0 style="height:40px">x</div>');
	const seen = await inPage(
		page,
		`const ec = x.editContext = new EditContext(); const log = []; ec.addEventListener('textupdate', (e) => log.push(e.text + e.updateRangeStart + e.updateRangeEnd + e.selectionStart));
		x.addEventListener('beforeinput', (e) => e.data === null && log.push(e.inputType));
		await bed.click('#x'); await bed.text('hi'); await bed.key('Backspace'); await bed.key('Enter'); await bed.key('Enter', { shift: true }); return [ec.text, log.join()];`,
	);
	assert.equal(seen, ['h', 'h001,i112,deleteContentBackward,121,insertParagraph,insertLineBreak']);
});

test.run();
