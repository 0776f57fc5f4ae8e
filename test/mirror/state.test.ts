// tests only (Node and Chromium).
// What is in no attribute and no text: form values, shadow roots, style sheets, scroll, canvas, dialogs, blob: pictures.
import * as assert from 'uvu/assert';
import { stateAttribute } from '../../protocol/css-states.ts';
import { suite } from '../harness.ts';
import { guest, openBed } from './bed/bed.ts';

/** What has the focus in a mirrored document, and whether the dialog is left as the host has it. */
const FOCUSED = `(({ activeElement }, dialog) => [activeElement.nodeName, dialog.getAttribute('inert')])(document.querySelector('iframe').contentDocument, document.querySelector('iframe').contentDocument.getElementById('d'))`;

const test = suite('mirror state', { limit: 60_000 });

test('fields show what the host typed, clicked and set by script', async (t) => {
	const bed = await openBed(t, {
		'https://one.example/': `<!doctype html><input id=a value=first><input id=c type=checkbox><input id=r type=range value=3>
			<textarea id=b>text</textarea><select id=s><option>1<option>2<option>3</select>
			<select id=m multiple><option>1<option>2<option>3</select>`,
	});
	await bed.same();
	for (const change of [
		`document.getElementById('a').value = 'by script'`,
		`document.getElementById('c').indeterminate = true`,
		`document.getElementById('c').checked = true`,
		`document.getElementById('b').value = 'longer text'`,
		`document.getElementById('s').selectedIndex = 2`,
		`document.getElementById('m').options[0].selected = document.getElementById('m').options[2].selected = true`,
		`document.getElementById('s').selectedIndex = -1`,
		`document.getElementById('s').selectedIndex = 1`,
		// One that says of itself that it is chosen, and isn't.
		`document.getElementById('s').add(new Option('4', '4', true, false))`,
		`document.getElementById('a').value = ''`,
		`document.getElementById('r').value = 77`,
	]) {
		await bed.host.evaluate(change);
		await bed.same();
	}
	assert.ok(await bed.page.evaluate('app.said.every(({ t, repairs }) => t !== "sync" || !repairs)'), 'nothing had to be repaired');
	await (await bed.host.$('#a'))?.type('typed');
	await bed.same();
	await bed.join('late');
	await bed.same('late');
});

test('shadow roots, open and closed, with what they adopt and what changes in them', async (t) => {
	const bed = await openBed(t, {
		'https://one.example/': `<!doctype html><div id=open></div><div id=closed></div><div><template shadowrootmode=open><b>declared</b><slot></slot></template>slotted</div>
			<script>
				const roots = new Map(); window.closedRoots = (el) => roots.get(el) ?? null;
				document.getElementById('open').attachShadow({mode: 'open'}).innerHTML = '<style>b{color:red}</style><b>open</b>';
				const shut = document.getElementById('closed'); roots.set(shut, shut.attachShadow({mode: 'closed'}));
				roots.get(shut).innerHTML = '<i>closed</i>';
			</script>`,
	});
	await guest(bed, `doc?.getElementById('closed')?.shadowRoot?.querySelector('i')?.textContent === 'closed'`);
	await bed.host.evaluate(`{
		const sheet = new CSSStyleSheet(); sheet.replaceSync('b { color: rgb(1, 2, 3) }');
		document.getElementById('open').shadowRoot.adoptedStyleSheets.push(sheet);
		window.sheet = sheet;
		document.getElementById('open').shadowRoot.append('more');
	}`);
	const colour = (value: string) => `win?.getComputedStyle(doc.getElementById('open').shadowRoot.querySelector('b')).color === '${value}'`;
	await guest(bed, colour('rgb(1, 2, 3)'));
	await bed.host.evaluate(`window.sheet.cssRules[0].style.color = 'rgb(4, 5, 6)'`);
	await guest(bed, colour('rgb(4, 5, 6)'));
	await bed.host.evaluate(
		`{ const late = document.createElement('section'); late.innerHTML = '<em>light</em><s>moves</s>'; document.body.append(late); window.late = late }`,
	);
	await guest(bed, `(doc.querySelector('section em').stays = true)`);
	await bed.host.evaluate(
		`{ const root = window.late.attachShadow({mode: 'open'}); root.innerHTML = '<u>late</u><slot></slot>'; root.prepend(window.late.lastChild) }`,
	);
	await guest(
		bed,
		`doc?.querySelector('section')?.shadowRoot?.textContent === 'moveslate' && doc.querySelector('section em').stays && !doc.querySelector('section > s')`,
	);
	await bed.same();
	await bed.join('late');
	await bed.same('late');
	await guest(bed, colour('rgb(4, 5, 6)'), 'late');
});

test('rules that scripts edit, in style and link elements, and sheets switched off', async (t) => {
	const bed = await openBed(t, {
		'https://one.example/': `<!doctype html><link rel=stylesheet href=/a.css><style id=st>p{color:red}</style><style id=named>@keyframes k{from,to{color:rgb(5, 5, 5)}}@counter-style c{system:cyclic;symbols:A}p{animation:1s paused l}</style><p id=p>text</p>`,
		'https://one.example/a.css': { type: 'text/css', body: 'p{margin:7px;background:url(pic.png)}' },
	});
	const style = (name: string, value: string, who?: string) =>
		guest(bed, `win?.getComputedStyle(doc.getElementById('p'))['${name}'] === '${value}'`, who);
	await style('margin', '7px');
	assert.ok(bed.asked.includes('https://one.example/a.css assets'), 'the guest loads the sheet with its own token');
	for (const [change, name, value] of [
		[`document.getElementById('st').sheet.insertRule('p{color:rgb(1, 1, 1)}', 1)`, 'color', 'rgb(1, 1, 1)'],
		[`document.getElementById('st').sheet.cssRules[1].style.color = 'rgb(2, 2, 2)'`, 'color', 'rgb(2, 2, 2)'],
		[`document.getElementById('st').sheet.deleteRule(1)`, 'color', 'rgb(255, 0, 0)'],
		[`document.styleSheets[0].insertRule('p{padding:3px}', 1)`, 'padding', '3px'],
		[`document.getElementById('st').sheet.disabled = true`, 'color', 'rgb(0, 0, 0)'],
	] as const) {
		await bed.host.evaluate(change);
		await style(name, value);
	}
	await style('margin', '7px');
	await bed.host.evaluate(
		`{ const [keyframes, counter] = document.getElementById('named').sheet.cssRules; keyframes.name = 'l'; counter.symbols = '"B"'; }`,
	);
	await style('color', 'rgb(5, 5, 5)');
	await guest(bed, `[...doc.styleSheets].some(({ cssRules: [, rule] }) => rule?.symbols === '"B"')`);
	await bed.join('late');
	await style('padding', '3px', 'late');
});

test('scroll positions, of the document and inside, for late guests too', async (t) => {
	const bed = await openBed(t, {
		'https://one.example/': `<!doctype html><div style="height:3000px">tall</div><div id=s style="height:90px;overflow:auto"><p style="height:900px">x</p></div>`,
	});
	await bed.same();
	await bed.host.evaluate(`scrollTo(0, 1200); document.getElementById('s').scrollTop = 300`);
	const there = `win?.scrollY === 1200 && doc.getElementById('s').scrollTop === 300`;
	await guest(bed, there);
	await bed.join('late');
	await guest(bed, there, 'late');
	// taken out and put in again it stands at its beginning, and no event says so
	await bed.host.evaluate(`document.body.prepend(document.getElementById('s'))`);
	for (const name of ['guest', 'late']) await guest(bed, `doc.getElementById('s').scrollTop === 0`, name);
});

test('canvas, WebGL, dialogs, popovers, custom elements and blob: pictures', async (t) => {
	const bed = await openBed(t, {
		'https://one.example/': `<!doctype html><style>my-el:not(:defined){display:none}</style><canvas id=c width=40 height=40></canvas><canvas id=g width=40 height=40></canvas><dialog id=d>in</dialog>
			<div id=pop popover>pop</div><my-el>mine</my-el><img id=i><script>customElements.define('my-el', class extends HTMLElement {})</script>`,
	});
	await bed.host.evaluate(`{
		const ink = document.getElementById('c').getContext('2d'); ink.fillStyle = '#0f0'; ink.fillRect(0, 0, 40, 40);
		const gl = document.getElementById('g').getContext('webgl'); gl?.clearColor(1, 0, 0, 1); gl?.clear(gl.COLOR_BUFFER_BIT);
		document.getElementById('d').showModal(); document.getElementById('pop').showPopover();
		document.getElementById('c').toBlob((blob) => { document.getElementById('i').src = URL.createObjectURL(blob) });
	}`);
	// In a document without scripts a canvas shows what its `content` is, whatever is drawn on it.
	const pixel = (id: string, wanted: string) => `(async () => {
		const url = /url\\("(blob:[^"]*)"/.exec(win?.getComputedStyle(doc.getElementById('${id}')).content)?.[1];
		const image = Object.assign(new Image(), { src: url ?? '' });
		if (!url || await image.decode().then(() => false, () => true)) return false;
		const ink = Object.assign(document.createElement('canvas'), { width: 40, height: 40 }).getContext('2d');
		ink.drawImage(image, 0, 0);
		return String([...ink.getImageData(5, 5, 1, 1).data]) === '${wanted}';
	})()`;
	const green = `doc?.getElementById('c') && ${pixel('c', '0,255,0,255')}`;
	await guest(bed, green);
	await guest(bed, pixel('g', '255,0,0,255'));
	await guest(bed, `doc.getElementById('d').matches(':modal') && doc.getElementById('pop').matches(':popover-open')`);
	await guest(bed, `doc.querySelector('my-el').matches(':defined')`);
	await guest(bed, `doc.getElementById('i').naturalWidth === 40`);
	await bed.join('late');
	await guest(bed, green, 'late');
	await guest(bed, `doc.getElementById('i').naturalWidth === 40`, 'late');
	await bed.host.evaluate(`document.getElementById('d').close(); document.getElementById('pop').hidePopover()`);
	await guest(bed, `!doc.getElementById('d').open && !doc.getElementById('pop').matches(':popover-open')`);
});

test('what has the focus by a press has the ring that the browser draws there: none in HTML, one in SVG and MathML', async (t) => {
	const bed = await openBed(t, {
		'https://one.example/': `<!doctype html><style>#own:focus{outline:3px solid red}</style><button id=b>b</button><svg tabindex=0 id=s><path id=p tabindex=0 d="M0 0h9v9z" /></svg>
			<math><mi id=m tabindex=0>x</mi></math><svg><g id=own tabindex=0><rect width=9 height=9 /></g></svg>`,
	});
	const rings = [];
	for (const id of ['b', 's', 'p', 'm', 'own']) {
		const ring = await bed.host.evaluate(
			`{ const el = document.getElementById('${id}'); el.focus({ focusVisible: false }); getComputedStyle(el).outline }`,
		);
		await guest(
			bed,
			`doc?.getElementById('${id}') && win.getComputedStyle(doc.getElementById('${id}')).outline === ${JSON.stringify(ring)}`,
		);
		await guest(bed, `doc.querySelectorAll('[${stateAttribute('focus')}]').length === 1`);
		rings.push(/(auto|none|solid)/.exec(ring as string)?.[0]);
	}
	assert.equal(rings, ['none', 'auto', 'auto', 'auto', 'solid']);
});

test('dialogs and popovers that open take no focus at a guest, who may be writing elsewhere', async (t) => {
	const bed = await openBed(t, {
		'https://one.example/':
			'<!doctype html><dialog id=d><button>b</button></dialog><div id=pop popover><input autofocus></div><p id=p>p</p>',
	});
	const open = `doc?.getElementById('d').matches(':modal') && doc.getElementById('pop').matches(':popover-open')`;
	await bed.host.evaluate(`document.getElementById('d').showModal(); document.getElementById('pop').showPopover()`);
	await guest(bed, open);
	assert.equal(await bed.mirror().evaluate(FOCUSED), ['BODY', null]);
	// Nor where a guest's press has closed one, and it is opened again.
	await bed.mirror().evaluate(`document.querySelector('iframe').contentDocument.getElementById('d').close()`);
	await guest(bed, open);
	assert.equal(await bed.mirror().evaluate(FOCUSED), ['BODY', null]);
	await bed.same();
});

test('a scroll after the check by hash is no difference, and is checked in its turn', async (t) => {
	const bed = await openBed(t, { 'https://one.example/': `<!doctype html><p>text</p><div style="height:5000px"></div>` });
	const checks = (more: number) =>
		bed.page.waitForFunction(`(window.checks = app.said.filter((said) => said.t === 'sync').length) >= (window.before ?? 0) + ${more}`);
	await checks(1);
	await bed.page.evaluate('window.before = window.checks');
	await bed.host.evaluate('scrollTo(0, 700)');
	await guest(bed, 'win?.scrollY === 700');
	await checks(3);
	assert.equal(await bed.page.evaluate(`(({ agree, repairs }) => [agree, repairs])(app.said.findLast((said) => said.t === 'sync'))`), [
		true,
		0,
	]);
	const digests = (await bed.page.evaluate('app.wire.filter((bytes) => bytes[0] === 4).length')) as number;
	assert.ok(digests > 1, 'of the new place there is a hash too');
});

test('a difference put in by hand is found and repaired, without a reload', async (t) => {
	const bed = await openBed(t, {
		'https://one.example/': `<!doctype html><p id=p>right</p><p class=q>also</p><input id=i value=one><input id=c type=checkbox><select id=s><option>1<option>2</select>
			<div id=h><template shadowrootmode=open><b>in</b></template></div><div id=o style="height:50px;overflow:auto"><p style="height:500px"></div><iframe id=f src=/inner></iframe><style id=st></style>`,
		'https://one.example/inner': '<!doctype html><p>inner</p>',
	});
	await bed.host.evaluate(`{
		const sheet = new CSSStyleSheet(); sheet.replaceSync('p { color: red }'); document.adoptedStyleSheets = [sheet];
		document.getElementById('st').sheet.insertRule('b { color: blue }');
		document.getElementById('o').scrollTop = 100; document.getElementById('i').value = 'two';
	}`);
	const agreed = (n: number) => `app.said.filter((message) => message.t === "sync").slice(${n}).some((message) => message.agree)`;
	await bed.page.waitForFunction(agreed(0), { timeout: 8000 });
	for (const [change, right] of [
		[`doc.getElementById('p').textContent = 'wrong'`, `doc.getElementById('p').textContent === 'right'`],
		[`doc.getElementById('i').value = 'wrong'`, `doc.getElementById('i').value === 'two'`],
		[`doc.getElementById('c').checked = true`, `!doc.getElementById('c').checked`],
		[`doc.getElementById('s').selectedIndex = 1`, `doc.getElementById('s').selectedIndex === 0`],
		[`doc.getElementById('h').shadowRoot.querySelector('b').remove()`, `doc.getElementById('h').shadowRoot.querySelector('b')`],
		[`doc.adoptedStyleSheets[0].deleteRule(0)`, `doc.adoptedStyleSheets[0].cssRules.length === 1`],
		[`doc.getElementById('st').sheet.deleteRule(0)`, `doc.getElementById('st').sheet.cssRules.length === 1`],
		[`doc.getElementById('o').scrollTop = 7`, `doc.getElementById('o').scrollTop === 100`],
		[`doc.getElementById('f').contentDocument.querySelector('p').remove()`, `doc.getElementById('f').contentDocument.querySelector('p')`],
	] as const) {
		const said = (await bed.page.evaluate('app.said.filter((message) => message.t === "sync").length')) as number;
		await bed.mirror().evaluate(`{ const doc = document.querySelector('iframe').contentDocument; ${change}; }`);
		await guest(bed, `(() => { try { return Boolean(${right}) } catch {} })()`).catch(() => assert.unreachable(`not repaired: ${change}`));
		await bed.page.waitForFunction(agreed(said), { timeout: 8000 });
	}
	assert.ok(await bed.page.evaluate('app.said.some((message) => message.t === "sync" && message.repairs > 3)'), 'repairs are counted');
});

test('what is sent anew, since something around it gets a shadow tree, keeps the sheets that scripts gave it', async (t) => {
	const bed = await openBed(t, { 'https://one.example/': '<!doctype html><div id=o><p id=i>in</p></div>' });
	await bed.host.evaluate(`{
		const sheet = new CSSStyleSheet(); sheet.replaceSync('b { color: red }');
		const root = document.getElementById('i').attachShadow({ mode: 'open' }); root.innerHTML = '<b>b</b>'; root.adoptedStyleSheets = [sheet];
	}`);
	await guest(bed, `doc?.getElementById('i')?.shadowRoot?.adoptedStyleSheets.length === 2`);
	await bed.host.evaluate(`document.getElementById('o').attachShadow({ mode: 'open' }).innerHTML = '<slot></slot>'`);
	await guest(bed, `doc.getElementById('o').shadowRoot && doc.getElementById('i').shadowRoot.adoptedStyleSheets.length === 2`);
	await bed.same();
	assert.is(await bed.page.evaluate('app.said.some((said) => said.t === "sync" && said.repairs > 0)'), false, 'without a repair');
});

test('of a style sheet that nothing adopts any more no rules are kept; adopted once more it has them', async (t) => {
	const bed = await openBed(t, { 'https://one.example/': '<!doctype html><p>text</p><p id=i>part</p>' });
	const bytes = () => bed.page.evaluate('app.relay.join().reduce((sum, message) => sum + message.byteLength, 0)') as Promise<number>;
	await bed.same();
	await bed.host.evaluate(`{
		sheets = ['red', 'blue'].map((color) => { const sheet = new CSSStyleSheet(); sheet.replaceSync('p, i { color: ' + color + ' }'); return sheet; });
		root = document.getElementById('i').attachShadow({ mode: 'open' }); root.innerHTML = '<i>in</i>';
		root.adoptedStyleSheets = [sheets[0]];
	}`);
	for (const now of ['[sheets[0]]', '[sheets[1]]', '[]', 'sheets', '[sheets[0]]', '[]', '[sheets[1], sheets[0]]']) {
		await bed.host.evaluate(`document.adoptedStyleSheets = ${now}`);
		await bed.same();
	}
	await bed.host.evaluate(`root.adoptedStyleSheets = document.adoptedStyleSheets = [sheets[1]]; sheets[0].insertRule('b { color: red }')`);
	await bed.same();
	await bed.host.evaluate('document.adoptedStyleSheets = [...sheets]');
	await bed.same();
	const before = await bytes();
	await bed.host.evaluate(`new Promise((done) => {
		let n = 0;
		const next = () => {
			const sheet = new CSSStyleSheet();
			sheet.replaceSync('p { color: rgb(' + n + ', 0, 0) } ' + 'i { margin: 1px } '.repeat(50));
			document.adoptedStyleSheets = [sheet];
			if (++n < 20) requestAnimationFrame(next); else done();
		};
		next();
	})`);
	await bed.same();
	await bed.host.evaluate('document.adoptedStyleSheets = []');
	await bed.same();
	assert.ok((await bytes()) < before + 500, 'who comes late is not sent what is past');
	assert.is(await bed.page.evaluate('app.said.some((said) => said.t === "sync" && said.repairs > 0)'), false, 'without a repair');
});

const WRONG = `document.querySelector('iframe').contentDocument.getElementById('i').value = 'wrong'`;
const RIGHT = `doc?.getElementById('i')?.value === 'one'`;

test('who comes late to a page at rest has their mirror checked too, also where it takes a while to be drawn', async (t) => {
	const rows = Array.from({ length: 6000 }, (_, i) => `<p class=c${i}>row <b>${i}</b>`).join('');
	const bed = await openBed(t, { 'https://one.example/': `<!doctype html><input id=i value=one>${rows}` });
	await bed.page.waitForFunction('app.said.some((said) => said.t === "sync" && said.agree)', { timeout: 10_000 });
	await bed.join('late');
	await guest(bed, RIGHT, 'late');
	await bed.mirror('late').evaluate(WRONG);
	// A large tree is looked at the more seldom, and a first look takes longest.
	await bed.mirror('late').waitForFunction(`(() => { const doc = document.querySelector('iframe').contentDocument; return ${RIGHT}; })()`, {
		timeout: 15_000,
	});
});

test('a page that never comes to rest is checked too', async (t) => {
	const bed = await openBed(t, {
		'https://one.example/': `<!doctype html><input id=i value=one><p id=n>0</p><div style="height:5000px"></div>
			<script>let n = 0; setInterval(() => { document.getElementById('n').textContent = ++n; scrollTo(0, n % 7); }, 60)</script>`,
	});
	await guest(bed, RIGHT);
	await bed.mirror().evaluate(WRONG);
	await guest(bed, RIGHT);
	await bed.page.waitForFunction('app.said.some((said) => said.t === "sync" && said.agree && said.repairs === 1)', { timeout: 6000 });
});

test('a style element that is moved says what it said first, and what no slot shows is not shown, for late guests too', async (t) => {
	const bed = await openBed(t, {
		'https://one.example/': `<!doctype html><div id=box><style id=s>p{color:red}</style><iframe srcdoc="x"></iframe></div><p id=p>text</p><div id=b>b</div>`,
	});
	await bed.same();
	const colour = (value: string) =>
		guest(
			bed,
			`win?.getComputedStyle(doc.getElementById('p')).color + win?.getComputedStyle(doc.getElementById('p')).outlineStyle === '${value}'`,
		);
	await bed.host.evaluate(`s.sheet.insertRule('p{outline:1px solid;color:lime!important}', 1)`);
	await colour('rgb(0, 255, 0)solid');
	await bed.host.evaluate(`document.body.append(document.getElementById('box'))`);
	await colour('rgb(255, 0, 0)none');
	await bed.host.evaluate(`s.sheet.insertRule('p{outline:1px solid;color:lime!important}', 1)`);
	await colour('rgb(0, 255, 0)solid');
	await bed.host.evaluate(`document.body.prepend(s)`);
	await colour('rgb(255, 0, 0)none');
	await bed.join('late');
	await bed.same('late');
	await bed.host.evaluate(`{ b.attachShadow({ mode: 'open' }).innerHTML = '<i>in</i>'; b.append(document.getElementById('p')); }`);
	for (const name of ['guest', 'late'])
		await guest(bed, `doc.getElementById('p').parentNode.id === 'b' && doc.getElementById('p').getBoundingClientRect().width === 0`, name);
});
test.run();
