// tests only (Node and Chromium).
// Secrets in pieces: a sign at each of several elements, a field for each sign, a key for each digit; and where style sheets show a text.
import * as assert from 'uvu/assert';
import { suite } from '../harness.ts';
import { type Bed, guest, openBed } from './bed/bed.ts';

const test = suite('spelled secrets', { limit: 60_000 });

const type = (bed: Bed, id: string, text: string) =>
	bed.host.evaluate(
		(id, text) => {
			document.getElementById(id)?.focus();
			for (const sign of text) document.execCommand('insertText', false, sign);
		},
		id,
		text,
	);

test('a sign at each of several elements, in attributes, fields and shadow trees', async (t) => {
	const bed = await openBed(t, {
		'https://one.example/': `<!doctype html><input id=pass type=password><input id=other><p id=titles></p><p id=datas></p><p id=fields></p><p id=trees></p><p id=done></p>
<ol id=list><li data-at=1><li data-at=2><li data-at=3><li data-at=7></ol><script>
const fill = (id, tag, put) => { const p = document.getElementById(id); p.textContent = ''; for (const sign of pass.value) { const e = document.createElement(tag); put(e, sign); p.append(e); } };
pass.oninput = () => {
	fill('titles', 'i', (e, sign) => { e.title = sign; });
	fill('datas', 'i', (e, sign) => { e.dataset.sign = sign; e.append(' '); });
	fill('fields', 'input', (e, sign) => { e.value = sign; });
	fill('trees', 'span', (e, sign) => { e.attachShadow({ mode: 'open' }).textContent = sign; });
};</script>`,
	});
	await guest(bed, 'doc.getElementById("done")');
	const shown = (doc: string) =>
		`[...${doc}.querySelectorAll('#titles i')].map((e) => e.title).join() + '/' + [...${doc}.querySelectorAll('#datas i')].map((e) => e.dataset.sign).join()
		+ '/' + [...${doc}.querySelectorAll('#fields input')].map((e) => e.value).join() + '/' + [...${doc}.querySelectorAll('#trees span')].map((e) => e.shadowRoot?.textContent).join()`;
	await type(bed, 'pass', 'x7Kq2');
	await bed.host.evaluate(`other.focus(); done.textContent = 'done'`);
	await guest(bed, 'doc.getElementById("done").textContent');
	assert.is(await bed.host.evaluate(shown('document')), Array(4).fill('x,7,K,q,2').join('/'), 'the page works for the host');
	const hidden = Array(4).fill(Array(5).fill('••••••••').join()).join('/');
	assert.is(await bed.mirror().evaluate(shown(`document.querySelector('iframe').contentDocument`)), hidden);
	const late = await bed.join('late');
	await late.waitForFunction(`document.querySelector('iframe')?.contentDocument?.getElementById('done')?.textContent`, { timeout: 6000 });
	await late.waitForFunction(`${shown(`document.querySelector('iframe').contentDocument`)} === ${JSON.stringify(hidden)}`, {
		timeout: 6000,
	});
	assert.is(
		await late.evaluate(`[...document.querySelector('iframe').contentDocument.querySelectorAll('li')].map((e) => e.dataset.at).join()`),
		'1,2,3,7',
		'what else stands in a row is shown',
	);
});

const BOXES = (n: number, more: string) => `<input maxlength=1 size=1 ${more}>`.repeat(n);
/** Where two codes stand, by name. */
const CODES: Readonly<Record<string, string>> = {
	'two groups in a form': `<form><p>${BOXES(4, 'inputmode=numeric')}</p><p>${BOXES(4, 'inputmode=numeric')}</p></form>`,
	'two rows beside each other': `<form>New code ${BOXES(4, 'inputmode=numeric')} once more ${BOXES(4, 'inputmode=numeric')}</form>`,
	'a code in two parts': `<form><p>${BOXES(2, 'pattern="[0-9]"')}</p>-<p>${BOXES(2, 'pattern="[0-9]"')}</p></form><form>${BOXES(4, 'pattern="[0-9]"')}</form>`,
	'fields that only their number tells': `<form><b>${BOXES(4, '')}</b><b>${BOXES(4, '')}</b></form>`,
};

for (const [name, html] of Object.entries(CODES)) {
	test(`codes with a field for each sign: ${name}`, async (t) => {
		const bed = await openBed(t, { 'https://one.example/': `<!doctype html>${html}<p id=echo></p><p id=done></p>` });
		await guest(bed, 'doc.getElementById("done")');
		await bed.host.evaluate(() => {
			const digits = '48206137';
			[...document.querySelectorAll('input')].forEach((box, i) => {
				box.focus();
				document.execCommand('insertText', false, digits[i]);
			});
			(document.activeElement as HTMLElement).blur();
			const [echo, done] = ['echo', 'done'].map((id) => document.getElementById(id) as HTMLElement) as [HTMLElement, HTMLElement];
			echo.textContent = 'first 4820, then 6137.';
			done.textContent = 'done';
		});
		await guest(bed, 'doc.getElementById("done").textContent');
		await guest(bed, 'doc.getElementById("echo").textContent === "first ••••••••, then ••••••••."');
		const wire = await bed.wire();
		for (const code of ['4820', '6137']) assert.is(wire.indexOf(code), -1, code);
	});
}

test('which keys of a keypad for a code are pressed', async (t) => {
	const keys = (id: string) =>
		`<div id=${id} style="width:120px">${[7, 3, 9, 1, 5, 0, 2, 8, 6, 4].map((n) => `<button type=button style="width:30px"><span>${n}</span></button>`).join('')}<button>OK</button></div>`;
	const bed = await openBed(t, {
		'https://one.example/': `<!doctype html><style>button:hover{color:red}</style><p id=free>free</p>${keys('pad')}<form><input type=password id=pin></form><p id=dots></p><script>
pad.onclick = (e) => { if (e.target.closest('button')) { pin.value += e.target.textContent; e.target.closest('button').className = 'pressed'; dots.textContent += '•'; } };</script>`,
		'https://two.example/': '',
	});
	await guest(bed, 'doc.getElementById("pad").children.length === 11');
	const at = async (css: string) => {
		const outer = await bed.page.$eval('iframe[name=host]', (e) => e.getBoundingClientRect().toJSON());
		const { x, y, width, height } = await bed.host.$eval(css, (e) => e.getBoundingClientRect().toJSON());
		return [outer.x + x + width / 2, outer.y + y + height / 2] as const;
	};
	await bed.page.bringToFront();
	await bed.page.mouse.move(...(await at('#free')));
	await guest(bed, 'doc.getElementById("free").hasAttribute("data-tandem-hover")');
	for (const n of [4, 1, 2]) await bed.page.mouse.click(...(await at(`#pad button:nth-child(${n})`)));
	await guest(bed, 'doc.getElementById("dots").textContent === "•••"');
	await guest(bed, 'doc.getElementById("pad").children.length === 0');
	assert.is(await bed.host.$eval('#pin', (e) => (e as HTMLInputElement).value), '173', 'the page works for the host');
	const wire = await bed.wire();
	assert.is(wire.indexOf('pressed'), -1);
});

test('digits in a row of buttons without a code to be entered are shown', async (t) => {
	const bed = await openBed(t, {
		'https://one.example/': `<!doctype html><p id=pad>${[1, 2, 3, 4, 5, 6, 7, 8, 9, 0].map((n) => `<button>${n}</button>`).join('')}</p><input id=sum>`,
	});
	await guest(bed, 'doc.getElementById("pad").children.length === 10');
	await bed.page.bringToFront();
	const button = await bed.host.$('#pad button');
	await button?.hover();
	await guest(bed, 'doc.querySelector("#pad button[data-tandem-hover]")');
});

test('a canvas that was painted with one that shows a secret', async (t) => {
	const bed = await openBed(t, {
		'https://one.example/': `<!doctype html><input id=pass type=password><canvas id=free width=20 height=20></canvas><canvas id=pattern width=90 height=20></canvas><canvas id=bitmap width=90 height=20></canvas><p id=done></p>`,
	});
	await guest(bed, 'doc.getElementById("done")');
	await type(bed, 'pass', 'Xk7&plover');
	await bed.host.evaluate(async () => {
		const inkOf = (id: string) => (document.getElementById(id) as HTMLCanvasElement).getContext('2d') as CanvasRenderingContext2D;
		const source = document.createElement('canvas');
		source.getContext('2d')?.fillText('Xk7&plover', 0, 10);
		const pattern = inkOf('pattern');
		pattern.fillStyle = pattern.createPattern(source, 'repeat') as CanvasPattern;
		pattern.fillRect(0, 0, 90, 20);
		inkOf('bitmap').drawImage(await createImageBitmap(source), 0, 0);
		inkOf('free').fillRect(0, 0, 20, 20);
		(document.activeElement as HTMLElement).blur();
		document.getElementById('pass')?.remove();
		(document.getElementById('done') as HTMLElement).textContent = 'done';
	});
	await guest(bed, 'doc.getElementById("done").textContent');
	const grey = (id: string) => `doc.getElementById("${id}").hasAttribute("data-tandem-masked")`;
	await guest(bed, `!${grey('free')} && ${grey('pattern')} && ${grey('bitmap')}`);
});

/** Declarations, and what else of a style sheet, that show a text. */
const SHOWN = [
	'q { quotes: "plumtreehat" "b" }',
	'li { list-style-type: "plumtreehat" }',
	'p { text-overflow: "plumtreehat" }',
	'p { text-emphasis: "plumtreehat" }',
	'p { hyphenate-character: "plumtreehat" }',
	'@counter-style one { system: cyclic; symbols: "plumtreehat"; suffix: "plumtreehat" }',
	'@property --one { syntax: "*"; inherits: false; initial-value: "plumtreehat" }',
	'p::before { content: "a;plumtreehat" }',
	'p { --one: "a}plumtreehat" }',
	'/* plumtreehat */ p { color: red }',
	`p::after { content: "${[...'plumtreehat'].map((sign) => `\\${sign.charCodeAt(0).toString(16).padStart(6, '0')}`).join('')}" }`,
];

test('a word that is a secret, where style sheets show a text', async (t) => {
	const bed = await openBed(t, {
		'https://one.example/': '<!doctype html><input id=pass type=password><p class=plumtreehat id=p>p</p><p id=done></p>',
	});
	await guest(bed, 'doc.getElementById("done")');
	await type(bed, 'pass', 'plumtreehat');
	await bed.host.evaluate((all) => {
		for (const css of all) document.head.append(Object.assign(document.createElement('style'), { textContent: css }));
		const sheet = new CSSStyleSheet();
		sheet.replaceSync(all.join('\n'));
		document.adoptedStyleSheets = [sheet];
		(document.getElementById('p') as HTMLElement).style.quotes = '"plumtreehat" "b"';
		(document.getElementById('done') as HTMLElement).textContent = 'done';
	}, SHOWN);
	await guest(bed, 'doc.getElementById("done").textContent');
	const wire = await bed.wire();
	const found = [...wire.matchAll(/.{40}(?:plumtreehat|\\000070).{9}/g)]
		.map(([text]) => text)
		.filter((text) => !/class.plumtreehat/.test(text));
	assert.equal(found, []);
});

test.run();
