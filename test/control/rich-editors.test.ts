// tests only (Node, Chromium).
// Rich text editors that keep a model of their own beside the document: ProseMirror, Slate, Lexical; and Vue's form fields. Text of a fast
// typist, Enter, Backspace, Delete, arrows, Home and End, bold, select all, undo and redo, paste, a caret by click, compositions.
import * as assert from 'uvu/assert';
import { suite } from '../harness.ts';
import { appScript, inPage, openPage } from './bed.ts';

const test = suite('control: rich editors', { limit: 90_000 });

/** In the page: what every editor goes through. `read` answers its paragraphs' texts, `bold` what is bold, both out of the editor's own model. */
const JOURNEY = `
	const out = {};
	const rest = () => new Promise((go) => setTimeout(go, 120));
	const type = (text) => bed.all([...text].map((t) => ({ k: 'text', node: 0, text: t })));
	const key = async (name, keys) => { const done = await bed.key(name, keys); await rest(); return done; };
	await bed.click('#root [contenteditable=true]'); await rest();
	const fast = 'the quick brown fox jumps over the lazy dog and '.repeat(3).slice(0, 100);
	await type(fast); await rest();
	out.fast = editor.read().join('|') === fast || editor.read();
	await key('a', { accel: true }); await key('Backspace'); out.emptied = editor.read().join('|');
	await type('one'); await rest(); await key('Enter'); await type('two'); await rest(); out.lines = editor.read();
	await key('ArrowLeft'); await key('Backspace'); await rest(); out.left = editor.read();
	await key('Home'); await key('Delete'); out.deleted = editor.read();
	await key('End'); await type('!'); await rest(); out.end = editor.read();
	await key('ArrowUp'); await key('Home'); await type('>'); await rest(); out.up = editor.read();
	await key('End'); await key('b', { accel: true }); await type('bold'); await rest(); await key('b', { accel: true }); await type('.'); await rest(); out.bold = editor.bold(); out.withBold = editor.read();
	await bed.act({ k: 'paste', node: 0, text: 'pasted' }); await rest(); out.pasted = editor.read();
	await new Promise((go) => setTimeout(go, 700));
	await type('xyz'); await rest(); await key('z', { accel: true }); out.undone = editor.read(); await key('Z', { accel: true, shift: true }); out.redone = editor.read();
	const compose = async (...texts) => { for (const [i, text] of texts.entries()) { await bed.act({ k: 'compose', node: 0, text, begins: i === 0, ends: i === texts.length - 1 }); if (i % 2) await rest(); } await rest(); };
	await compose('n', 'nih', 'にほ', '日本', '日本'); out.composed = editor.read(); await key('z', { accel: true }); out.uncomposed = editor.read(); await key('Z', { accel: true, shift: true });
	await key('ArrowLeft'); await compose('k', 'ky', '今日 ', '今日'); await compose('x', ''); await key('ArrowLeft', { shift: true }); await compose('d', 'de', '出'); await key('Home'); await compose('t', '所'); out.within = editor.read();
	await key('End'); await key('Enter'); await compose('n', 'ni', '新'); out.last = editor.read();
	return out;
`;

interface Seen {
	readonly fast: unknown;
	readonly emptied: string;
	readonly lines: string[];
	readonly left: string[];
	readonly deleted: string[];
	readonly end: string[];
	readonly up: string[];
	readonly bold: string;
	readonly withBold: string[];
	readonly pasted: string[];
	readonly undone: string[];
	readonly redone: string[];
	readonly composed: string[];
	readonly uncomposed: string[];
	readonly within: string[];
	readonly last: string[];
}

function check({ undone, uncomposed, ...seen }: Seen): void {
	// How much one undo takes back is the editor's own matter: at least what was typed last.
	assert.match(undone[0] ?? '', /^>onebold\.(pasted)?$/);
	assert.not.match(uncomposed[0] ?? '', /[nにほ日本]$/);
	assert.equal(seen, {
		fast: true,
		emptied: '',
		lines: ['one', 'two'],
		left: ['one', 'to'],
		deleted: ['one', 'o'],
		end: ['one', 'o!'],
		up: ['>one', 'o!'],
		bold: 'bold',
		withBold: ['>onebold.', 'o!'],
		pasted: ['>onebold.pasted', 'o!'],
		redone: ['>onebold.pastedxyz', 'o!'],
		composed: ['>onebold.pastedxyz日本', 'o!'],
		within: ['所>onebold.pastedxyz日今出本', 'o!'],
		last: ['所>onebold.pastedxyz日今出本', '新', 'o!'],
	});
}

const PROSEMIRROR = `
import { EditorState } from 'prosemirror-state'; import { EditorView } from 'prosemirror-view'; import { Schema, DOMParser } from 'prosemirror-model';
import { schema } from 'prosemirror-schema-basic'; import { exampleSetup } from 'prosemirror-example-setup';
const view = new EditorView(document.getElementById('root'), { state: EditorState.create({ schema, plugins: exampleSetup({ schema, menuBar: false }) }) });
globalThis.editor = {
	read() { const out = []; view.state.doc.forEach((n) => out.push(n.textContent)); return out; },
	bold() { let out = ''; view.state.doc.descendants((n) => { if (n.isText && n.marks.some((m) => m.type.name === 'strong')) out += n.text; }); return out; },
};`;

test('ProseMirror', async (t) => {
	const page = await openPage(t, '<style>.ProseMirror { white-space: pre-wrap }</style><div id=root></div>', await appScript(PROSEMIRROR));
	check(await inPage<Seen>(page, JOURNEY));
});

const SLATE = `
import { createElement as h, useMemo } from 'react'; import { createRoot } from 'react-dom/client'; import { flushSync } from 'react-dom';
import { createEditor, Node, Editor, Text } from 'slate'; import { Slate, Editable, withReact } from 'slate-react'; import { withHistory } from 'slate-history';
const ed = withHistory(withReact(createEditor()));
const leaf = ({ attributes, children, leaf }) => h('span', attributes, leaf.bold ? h('strong', null, children) : children);
const onKeyDown = (e) => { if ((e.ctrlKey || e.metaKey) && e.key === 'b') { e.preventDefault(); const m = Editor.marks(ed); if (m?.bold) Editor.removeMark(ed, 'bold'); else Editor.addMark(ed, 'bold', true); } };
const App = () => h(Slate, { editor: ed, initialValue: [{ type: 'p', children: [{ text: '' }] }] }, h(Editable, { renderLeaf: leaf, onKeyDown }));
flushSync(() => createRoot(document.getElementById('root')).render(h(App)));
globalThis.editor = {
	read: () => ed.children.map((n) => Node.string(n)),
	bold: () => [...Node.texts(ed)].filter(([n]) => n.bold).map(([n]) => n.text).join(''),
};`;

test('Slate', async (t) => {
	const page = await openPage(t, '<div id=root></div>', await appScript(SLATE));
	check(await inPage<Seen>(page, JOURNEY));
});

const LEXICAL = `
import { $getRoot, createEditor } from 'lexical'; import { registerRichText } from '@lexical/rich-text'; import { createEmptyHistoryState, registerHistory } from '@lexical/history';
const ed = createEditor({ namespace: 'x', onError(e) { throw e; } }); ed.setRootElement(document.querySelector('#root div')); registerRichText(ed); registerHistory(ed, createEmptyHistoryState(), 300);
globalThis.editor = {
	read: () => ed.read(() => $getRoot().getChildren().map((n) => n.getTextContent())),
	bold: () => ed.read(() => $getRoot().getAllTextNodes().filter((n) => n.hasFormat('bold')).map((n) => n.getTextContent()).join('')),
};`;

test('Lexical', async (t) => {
	const page = await openPage(
		t,
		'<div id=root><div contenteditable=true style="white-space:pre-wrap;min-height:40px"></div></div>',
		await appScript(LEXICAL),
	);
	check(await inPage<Seen>(page, JOURNEY));
});

const VUE = `
import { createApp, h, reactive, withModifiers } from 'vue';
const s = globalThis.model = reactive({ text: '', area: '', on: false, pick: 'a', many: 'x', n: '10', log: '' });
const bind = (name, tag, more = {}) => h(tag, { id: name, value: s[name], onInput: (e) => { s[name] = e.target.value; }, ...more });
createApp({ render: () => h('form', { onSubmit: withModifiers(() => { s.log += 'submit '; }, ['prevent']) }, [
	bind('text', 'input'), bind('area', 'textarea'), h('input', { id: 'on', type: 'checkbox', checked: s.on, onChange: (e) => { s.on = e.target.checked; } }),
	h('select', { id: 'pick', value: s.pick, onChange: (e) => { s.pick = e.target.value; } }, ['a', 'b'].map((v) => h('option', { value: v }, v))),
	bind('n', 'input', { type: 'range' }), h('button', { id: 'go', onContextmenu: withModifiers(() => { s.log += 'menu '; }, ['prevent']) }, 'go')]) }).mount('#root');`;

test('Vue: fields, choice, slider, context menu and submit by Enter', async (t) => {
	const page = await openPage(t, '<div id=root></div>', await appScript(VUE));
	const seen = await inPage<Record<string, unknown>>(
		page,
		`const fast = '0123456789'.repeat(10); await bed.click('#text'); await bed.all([...fast].map((text) => ({ k: 'text', node: 0, text })));
		await bed.key('Home'); await bed.text('>'); await bed.key('End'); await bed.key('Backspace'); await bed.key('Enter');
		await bed.click('#area'); await bed.text('a'); await bed.key('Enter'); await bed.text('b');
		await bed.click('#on'); await bed.act({ k: 'value', node: '#pick', value: '1' }); await bed.act({ k: 'value', node: '#n', value: '77' });
		await bed.click('#go', 1, { button: 2 }); await new Promise((go) => setTimeout(go, 50)); return { ...model };`,
	);
	const text = `>${'0123456789'.repeat(10).slice(0, 99)}`;
	assert.equal(seen, { text, area: 'a\nb', on: true, pick: 'b', many: 'x', n: '77', log: 'submit menu ' });
});

test.run();
