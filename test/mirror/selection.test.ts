// tests only (Node, Chromium).
// What the host has selected looks at a guest as it does at the host, pixel by pixel.
import type { Frame } from 'puppeteer-core';
import * as assert from 'uvu/assert';
import { compare, line } from '../e2e/picture.ts';
import { suite } from '../harness.ts';
import { type Bed, guest, openBed } from './bed/bed.ts';

const test = suite('mirror selection', { limit: 60_000 });
const BAR = 0.995;

const PICTURE =
	'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" width="80" height="30"><rect width="80" height="30" fill="orange"/></svg>';
const ALL = 'getSelection().selectAllChildren(document.body)';
const LOOK = '<style>body{margin:0;font:24px/1.4 monospace;width:500px}[contenteditable]{outline:0}</style>';

interface Case {
	readonly name: string;
	readonly page: string;
	/** What is done in the host's page. */
	readonly act?: string;
	readonly other?: Readonly<Record<string, string>>;
}

const cases: readonly Case[] = [
	{ name: 'text, line breaks and pictures', page: `<p>one <b>two</b><br><br>three <img src='${PICTURE}'> four</p><p></p><p>five</p>` },
	{
		name: 'a part of texts',
		page: '<p id=a>one two three</p><p>between</p><p id=b>four five six</p>',
		act: 'getSelection().setBaseAndExtent(b.firstChild, 6, a.firstChild, 5)',
	},
	{
		name: 'what may not be selected, and what a style sheet writes',
		page: '<style>i::before{content:"before "}i::after{content:" after"}.no{user-select:none}</style><p>one <i>two</i> <span class=no>three</span> four</p><p class=no>five</p><ol><li>six<li>seven</ol>',
	},
	{ name: 'from right to left', page: '<p dir=rtl>שלום world עולם 123</p><p>abc مرحبا def</p>', act: ALL },
	{ name: 'a table', page: '<table border=1><tr><td>one<td>two<tr><td>three<td>four</table>' },
	{ name: 'a dark page', page: '<style>:root{color-scheme:dark}</style><p>one two</p><p style="color:orange">three</p>' },
	{
		name: 'a background of the page alone',
		page: '<style>::selection{background:#b3d4fc;text-shadow:none}</style><p>one <b style="color:red">two</b></p>',
	},
	{ name: 'a colour of the page alone', page: '<style>::selection{color:red}</style><p>one <b>two</b></p>' },
	{
		name: 'both of the page, on a part, by a variable',
		page: '<style>:root{--c:gold}.x::selection{background:var(--c);color:green}</style><p>one</p><p class=x>two <b>three</b></p>',
	},
	{ name: 'on the root', page: '<style>:root::selection{background:gold}</style><p>one</p><p class=x>two <b>three</b></p>' },
	{
		name: 'nothing to be seen, and a colour that is none',
		page: '<style>p::selection{background:transparent}b{color:transparent}b::selection{background-color:bar}</style><p>one</p>two <b>three</b>',
	},
	{ name: 'a shadow alone', page: '<style>p::selection{text-shadow:2px 2px red}</style><p>one</p>two' },
	{
		name: 'inside a layer',
		page: '<style>@layer a{.x::selection{background:gold}.y{&::selection{color:red}& *::selection{color:red}&::selection{background:pink}& *::selection{background:pink}}}</style><p class=x>one</p><p class=y>two <b>three</b></p>four',
	},
	{
		name: 'in a sheet that a script made',
		page: '<p>one</p>two<script>{const s=new CSSStyleSheet();s.replaceSync("p::selection{background:gold}");document.adoptedStyleSheets=[s]}</script>',
	},
	{
		name: 'outlined text, text filled otherwise, links, lines under text, SVG',
		page: '<p style="-webkit-text-fill-color:red">one</p><p><a href="#">two</a> <u>three</u> <s style="text-decoration:line-through 3px red">four</s></p><svg width=200 height=40><text y=30 fill=green>five</text></svg><p style="background:linear-gradient(red,blue);-webkit-background-clip:text;color:transparent">six</p>',
	},
	{
		name: 'in a shadow tree, with nothing that has the focus',
		page: '<p>before</p><div id=h></div><p>after</p><script>h.attachShadow({mode:"open"}).innerHTML="<p>one</p><p><b>two</b> three</p>"</script>',
		act: 'getSelection().setBaseAndExtent(h.shadowRoot.querySelector("p").firstChild, 1, h.shadowRoot.querySelector("b").firstChild, 2)',
	},
	{
		name: 'from the document into a closed shadow tree',
		page: '<p id=a>before</p><div id=h></div><p>after</p><script>window.root=h.attachShadow({mode:"closed"});root.innerHTML="<p>one</p><p><b>two</b> three</p>"</script>',
		act: 'getSelection().setBaseAndExtent(a.firstChild, 2, root.querySelector("b").firstChild, 2)',
	},
	{
		name: 'across a shadow tree and its slots',
		page: '<p>before</p><div id=h><i>slotted</i></div><p>after</p><script>h.attachShadow({mode:"open"}).innerHTML="<p>one <slot></slot></p>"</script>',
	},
	{
		name: 'nothing, in a field of a shadow tree that hands the focus on',
		page: '<div id=h></div><script>h.attachShadow({mode:"open",delegatesFocus:true}).innerHTML="<style>input{outline:0;border:1px solid}</style><div><b>name</b> <input value=text></div>"</script>',
		act: 'h.shadowRoot.querySelector("input").focus({ focusVisible: true })',
	},
	{ name: 'an editor', page: '<div contenteditable id=e><p>one</p><p>two</p></div>', act: 'e.focus(); document.execCommand("selectAll")' },
	{ name: 'in a field', page: '<input id=i value="one two three">', act: 'i.focus(); i.setSelectionRange(2, 9)' },
	{
		name: 'in a field with colours of its own',
		page: '<style>textarea{background:#246;color:gold;border:0;font:inherit}textarea::selection{background:pink;color:#800}</style><textarea id=i rows=3 cols=14>one two three four five</textarea>',
		act: 'i.focus(); i.select()',
	},
	{
		name: 'in a field of a dark page, which lets it through',
		page: '<style>:root{color-scheme:dark}input{background:#ffffff22;color:#9f9;font:24px/30px monospace}</style><input id=i value="one two three">',
		act: 'i.focus(); i.select()',
	},
	{
		name: 'in a frame, while the page around has a selection of its own',
		page: '<p id=a>one</p><iframe src="https://two.example/" style="border:0;width:300px;height:60px"></iframe>',
		other: { 'https://two.example/': `${LOOK}<body>two` },
		act: 'getSelection().selectAllChildren(a)',
	},
];

test('what is selected in the window that is in front', async (t) => {
	const site = cases.flatMap(({ page, other }, i) => [[`https://one.example/${i}`, document(page)], ...Object.entries(other ?? {})]);
	const bed = await openBed(t, Object.fromEntries(site));
	await bed.page.bringToFront();
	for (const [i, { name, act = ALL }] of cases.entries()) {
		if (i) await bed.host.goto(bed.at('https://one.example', `/${i}`));
		await guest(bed, `doc.title === '${i}' && doc.body?.childNodes.length`).catch(() => assert.unreachable(`${name} never came`));
		await bed.host.evaluate(`window.focus(); ${act}`);
		for (const inner of bed.host.childFrames()) await inner.evaluate(`window.focus(); ${ALL}`);
		await alike(bed, name);
	}
});

test('a selection of a window that is not in front is grey on both sides, and coloured again when it is', async (t) => {
	const bed = await openBed(t, { 'https://one.example/': document('<p>one</p>') });
	await guest(bed, 'doc.body?.childNodes.length');
	await bed.page.bringToFront();
	await bed.host.evaluate(`window.focus(); ${ALL}`);
	await alike(bed, 'in front');
	await bed.page.evaluate('window.focus()');
	await alike(bed, 'not in front');
	await bed.host.evaluate('window.focus()');
	await alike(bed, 'in front again');
});

test('a selection is shown to who comes later, and stays where the text around it changes', async (t) => {
	const bed = await openBed(t, { 'https://one.example/': document('<p id=a>one two three</p><p id=b>four</p>') });
	await guest(bed, 'doc.body?.childNodes.length');
	await bed.page.bringToFront();
	await bed.host.evaluate('window.focus(); getSelection().setBaseAndExtent(a.firstChild, 4, b.firstChild, 2)');
	await alike(bed, 'at first');
	await bed.host.evaluate(
		'a.firstChild.data = "ONE two three"; getSelection().setBaseAndExtent(a.firstChild, 4, b.firstChild, 2); a.before("new")',
	);
	await alike(bed, 'after a change');
	await bed.host.evaluate('document.body.append("more"); a.firstChild.insertData(0, "xx")');
	await alike(bed, 'after another');
});

test.run();

function document(page: string): string {
	return `<!doctype html><meta charset=utf-8><title></title><script>document.title=location.pathname.slice(1)</script>${LOOK}<body>${page}`;
}

/** The place of the page's content, host against guest. */
async function alike(bed: Bed, name: string): Promise<void> {
	const scratch = await bed.page.browserContext().newPage();
	await bed.page.bringToFront();
	const height = (await bed.host.evaluate('Math.min(600, Math.ceil(document.body.getBoundingClientRect().bottom) + 2)')) as number;
	const place = async (of: string, frame: Frame) => {
		const { x, y } = await bed.page.$eval(`iframe[name=${of}]`, (el) => el.getBoundingClientRect().toJSON());
		return { page: bed.page, frame, box: { x, y, width: 300, height } };
	};
	const look = async () =>
		compare(scratch, await place('host', bed.host), await place('guest', bed.mirror().childFrames()[0] ?? bed.mirror()));
	let found = await look();
	for (let tries = 0; tries < 12 && found.alike < BAR; tries++) {
		await new Promise((done) => setTimeout(done, 150));
		found = await look();
	}
	await scratch.close();
	await bed.page.bringToFront();
	assert.ok(found.alike >= BAR, line(name, found));
}
