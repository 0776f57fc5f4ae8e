// tests only (Node and Chromium).
// What is secret is in no byte that leaves the host, however it came to be in the page.
import * as assert from 'uvu/assert';
import { suite } from '../harness.ts';
import { guest, openBed } from './bed/bed.ts';

const test = suite('masks', { limit: 60_000 });

/** Every secret of these tests has this in it. */
const SECRET = 'Zx9Secret';

const PAGE = `<!doctype html><input id=pw type=password value="${SECRET}1"><input id=otp autocomplete=one-time-code>
<input id=card autocomplete="section-a cc-number" value="${SECRET}2"><input id=now type=text autocomplete=current-password>
<textarea id=ta autocomplete=new-password>${SECRET}3</textarea>
<div data-tandem-mask id=box title="${SECRET}4"><p>${SECRET}5</p><input value="${SECRET}6" placeholder="${SECRET}7"><img alt="${SECRET}8"><a href="/${SECRET}9">x</a></div>
<p id=free>public text</p><select autocomplete=cc-exp-month id=sel><option>1<option>2</select>
<input id=city role=combobox autocomplete=new-password value=Oldenburg><div id=host></div>`;

test('no masked value is in any byte, typed, set, shown, moved or inserted', async (t) => {
	const bed = await openBed(t, { 'https://one.example/': PAGE });
	await bed.mirror().waitForFunction(`document.querySelector('iframe')?.contentDocument?.getElementById('free')`, { timeout: 6000 });
	for (const id of ['pw', 'otp', 'card', 'now', 'ta']) await (await bed.host.$(`#${id}`))?.type(`${SECRET}typed`);
	for (const change of [
		// "Show password": once secret, always secret.
		`document.getElementById('pw').type = 'text'`,
		`document.getElementById('pw').setAttribute('value', '${SECRET}attr'); document.getElementById('pw').value += 'x'`,
		`document.getElementById('otp').removeAttribute('autocomplete'); document.getElementById('otp').value = '${SECRET}again'`,
		`document.querySelector('#box p').firstChild.data = '${SECRET}text'`,
		`document.querySelector('#box p').append('${SECRET}more', Object.assign(document.createElement('b'), { textContent: '${SECRET}new' }))`,
		`document.querySelector('#box').setAttribute('aria-label', '${SECRET}aria')`,
		`document.querySelector('#box input').value = '${SECRET}value'`,
		`document.getElementById('ta').firstChild.data = '${SECRET}area'; document.getElementById('ta').append('${SECRET}')`,
		// Masked content in a shadow tree of its own.
		`document.querySelector('#box p').attachShadow({ mode: 'open' }).innerHTML = '<i title="${SECRET}s">${SECRET}shadow</i>'`,
		// A place that gets masked later, and what comes into it then.
		`document.getElementById('free').setAttribute('data-tandem-mask', ''); document.getElementById('free').textContent = '${SECRET}later'`,
		// Selected, as a person does who copies it.
		`getSelection().selectAllChildren(document.querySelector('#box'))`,
	]) {
		await bed.host.evaluate(change);
		await new Promise((resolve) => setTimeout(resolve, 80));
	}
	await bed.page.evaluate('for (const port of app.hosts.values()) port.postMessage({ t: "key" })');
	await bed.join('late');
	await new Promise((resolve) => setTimeout(resolve, 1200));
	const wire = await bed.wire();
	assert.ok(wire.length > 1000, 'something was sent');
	assert.ok(wire.includes('public text'), 'what is public is readable on the wire, so that this test can find anything at all');
	assert.is(wire.indexOf(SECRET), -1);
	assert.ok(wire.includes('Oldenburg'), 'a field to pick from a list is no password’s, whatever keeps the browser from filling it in');
	const grey = await bed
		.mirror('late')
		.evaluate(`document.querySelector('iframe').contentDocument.getElementById('pw').hasAttribute('data-tandem-masked')`);
	assert.ok(grey, 'the guest sees a grey box');
	const value = await bed.mirror('late').evaluate(`document.querySelector('iframe').contentDocument.getElementById('pw').value`);
	assert.is(value, '••••••••');
});

test('a password that is a word is hidden where it is read, and leaves what a page is drawn by', async (t) => {
	const bed = await openBed(t, {
		'https://one.example/admin/in?from=Zx9Secret': `<!doctype html><link rel=stylesheet href="/static/admin/base.css"><style>.admin-note::after { content: 'Admin' }
.admin { color: rgb(1, 2, 3) }</style><input type=password id=pw><p class=admin id=p>admin</p><a href="/admin/x">on</a><img alt="" src="/admin.png?by=admin">`,
		'https://one.example/static/admin/base.css': { type: 'text/css', body: 'p { margin-top: 7px }' },
	});
	await bed.mirror().waitForFunction(`document.querySelector('iframe')?.contentDocument?.getElementById('p')`, { timeout: 6000 });
	await (await bed.host.$('#pw'))?.type('admin');
	await bed.host.$eval('#pw', (e) => (e as HTMLElement).blur());
	const late = await bed.join('late');
	const seen = await late.waitForFunction(
		() => {
			const doc = document.querySelector('iframe')?.contentDocument;
			const p = doc?.querySelector('p');
			if (!doc || !p || getComputedStyle(p).marginTop !== '7px') return undefined;
			const { color } = getComputedStyle(p);
			return [
				p.textContent,
				color,
				doc.querySelector('a')?.getAttribute('href'),
				doc.querySelector('img')?.getAttribute('src')?.replace(/.*\//, ''),
				doc.querySelector('style')?.textContent,
			];
		},
		{ timeout: 8000 },
	);
	const [text, color, href, src, css] = (await seen.jsonValue()) as string[];
	assert.is(text, '••••••••');
	assert.is(color, 'rgb(1, 2, 3)');
	assert.not.match(`${href}`, /admin/);
	assert.match(`${src}`, /^admin\.png\?by=/);
	assert.not.match(`${src}`, /=admin/);
	assert.match(`${css}`, /admin-note/);
	assert.not.match(`${css}`, /Admin/);
	assert.is((await bed.wire()).indexOf(SECRET), -1, 'the query of the document says nothing');
});

/** Ways in which a page takes a secret that no `type=password` tells of, each with what is entered; `show` puts it where guests could read it. */
const TAKEN = `<!doctype html><style>.dots{-webkit-text-security:disc}[contenteditable]{width:200px;min-height:20px}</style>
<textarea class=dots id=area oninput="show(value)"></textarea><div class=dots contenteditable id=dotted oninput="show(textContent)"></div>
<div contenteditable role=textbox aria-label="Passphrase" id=named oninput="show(textContent)"></div>
<div contenteditable data-tandem-mask id=marked oninput="show(textContent)"></div><my-pass id=closed></my-pass><input name=new_pin2 id=keys><input id=before type=password><input id=paste type=password>
<form><input name=ssn1 id=one maxlength=3>-<input name=ssn2 id=two maxlength=2>-<input name=ssn3 id=three maxlength=4></form>
<input id=first type=password><input id=twin hidden><input id=late><input id=tries type=password><input id=year type=password value=hunter><div id=out></div><p id=end>end</p>
<script>const $ = (id) => document.getElementById(id), out = $('out');
const show = (text) => { out.innerHTML = '<b></b>'; out.firstChild.textContent = text; };
customElements.define('my-pass', class extends HTMLElement { field = this.attachShadow({ mode: 'closed', delegatesFocus: true }).appendChild(Object.assign(document.createElement('input'), { type: 'password' })); connectedCallback() { this.field.oninput = () => show('typed ' + this.field.value); } });
let kept = '';
$('keys').onkeydown = (e) => { if (e.key.length > 1) return; e.preventDefault(); kept += e.key; $('keys').value = '*'.repeat(kept.length); show(kept); };
$('before').addEventListener('beforeinput', (e) => { e.preventDefault(); kept += e.data; $('before').value += 'x'; });
$('before').onblur = () => show(kept);
$('paste').onpaste = (e) => { e.preventDefault(); show(e.clipboardData.getData('text')); };
$('three').oninput = () => show($('one').value + '-' + $('two').value + '-' + $('three').value);
const swap = () => { $('twin').hidden = false; $('twin').value = $('first').value; $('first').hidden = true; $('twin').focus(); };
$('tries').onkeydown = (e) => { if (e.key === 'Enter') { show('tried ' + $('tries').value); $('tries').value = ''; } };
</script>`;

test('what is entered by other ways than a field for passwords, and where a page keeps it to itself first', async (t) => {
	const bed = await openBed(t, { 'https://one.example/': TAKEN });
	await guest(bed, 'doc.getElementById("end")');
	await bed.page.bringToFront();
	const { keyboard } = bed.page;
	const enter = async (id: string, text: string) => {
		await bed.host.$eval(`#${id}`, (e) => (e as HTMLElement).focus());
		await keyboard.type(text);
	};
	await enter('area', 'Ar1&plover');
	await enter('dotted', 'Do2&wigeon');
	await enter('named', 'Na3&curlew');
	await enter('marked', 'Ma0&lapwing');
	await enter('closed', 'Cl5&siskin');
	await enter('keys', '48206137');
	await bed.host.evaluate('kept = ""');
	await enter('before', 'Be4&dunlin');
	await bed.host.$eval('#before', (e) => (e as HTMLElement).blur());
	await bed.host.evaluate(() => {
		const clipboardData = new DataTransfer();
		clipboardData.setData('text/plain', 'Pa5&turnstone');
		document.getElementById('paste')?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
	});
	for (const [id, text] of Object.entries({ one: '531', two: '82', three: '7946' })) await enter(id, text);
	// A twin that shows what was typed so far, in which one goes on typing.
	await enter('first', 'Tw6&');
	await bed.host.evaluate('swap()');
	await keyboard.type('sanderling');
	// A field that turns out to be one for passwords.
	await bed.host.evaluate(`document.getElementById('late').value = 'La7&whimbrel'; document.getElementById('late').type = 'password'`);
	await guest(bed, 'doc.getElementById("late").type === "password"');
	await bed.host.evaluate(`show(document.getElementById('late').value); document.getElementById('end').textContent = 'late'`);
	await guest(bed, 'doc.getElementById("end").textContent === "late"');
	// What was tried and taken out again, drawn anew once nobody types.
	await enter('tries', 'Tr8&godwit');
	await keyboard.press('Enter');
	await keyboard.type('Tr9&avocet');
	await bed.host.evaluate(`document.getElementById('tries').blur(); out.innerHTML += '<i>twice</i>'`);
	await guest(bed, 'doc.getElementById("out").textContent.endsWith("twice")');
	// What was only added to a value is none by itself.
	await enter('year', '2024');
	await bed.host.evaluate(`document.getElementById('year').blur(); document.getElementById('end').textContent = 'in 2024'`);
	await guest(bed, 'doc.getElementById("end").textContent === "in 2024"');
	assert.match(`${await bed.host.$eval('#out', (e) => e.textContent)}`, 'tried Tr8&godwit', 'the page works for the host');
	await bed.join('late');
	await guest(bed, 'doc.getElementById("end")', 'late');
	await guest(bed, 'doc.getElementById("end")');
	const wire = await bed.wire();
	const words = [
		'plover',
		'wigeon',
		'curlew',
		'lapwing',
		'4820',
		'6137',
		'dunlin',
		'turnstone',
		'531-82',
		'7946',
		'sanderling',
		'godwit',
		'avocet',
	];
	assert.equal(
		words.filter((word) => wire.includes(word)),
		[],
	);
	const late = await bed.mirror('late').evaluate(`document.querySelector('iframe').contentDocument.documentElement.outerHTML`);
	assert.not.match(`${late}`, /whimbrel/);
});

test('a film of a canvas that shows a secret', async (t) => {
	const bed = await openBed(t, {
		'https://one.example/': `<!doctype html><input id=pass type=password><canvas id=free width=60 height=20></canvas><canvas id=told width=60 height=20></canvas>
<video id=a muted></video><video id=b muted></video><script>
const film = async (canvas, video, text) => { const ink = canvas.getContext('2d'); video.srcObject = canvas.captureStream(); setInterval(() => ink.fillText(text(), 2, 15), 50); await video.play(); };
const play = async () => { const v = pass.value; pass.remove(); await film(told, b, () => v); await film(free, a, () => 'free'); };</script>`,
	});
	await guest(bed, 'doc.getElementById("b")');
	await bed.host.evaluate(`pass.value = 'Fi1&bittern'; play()`);
	await guest(bed, 'doc.getElementById("a").poster.startsWith("blob:")');
	await new Promise((done) => setTimeout(done, 600));
	await guest(bed, 'doc.getElementById("b").poster === ""');
});

test('nothing that could run, load a document or submit stands in the mirror', async (t) => {
	const bed = await openBed(t, {
		'https://one.example/': `<!doctype html><base href="/sub/"><meta http-equiv=refresh content="600;url=/x"><body onclick="top.hit=1"><a href="java
script:top.hit=1">x</a><form action=/go><button formaction=/else onfocus=1>b</button></form><iframe srcdoc="<script>top.hit=1</script>"></iframe>
<object data=/o.html></object><embed src=/e.html><svg><a xlink:href="javascript:1"><text>t</text></a></svg><img src=/p.png onerror="top.hit=1"><link rel=prefetch href=/n><noscript><p>n</p></noscript>`,
	});
	await bed.mirror().waitForFunction(`document.querySelector('iframe')?.contentDocument?.querySelector('embed')`, { timeout: 6000 });
	const html = (await bed.mirror().evaluate(`document.querySelector('iframe').contentDocument.documentElement.outerHTML`)) as string;
	for (const bad of [
		/onclick|onerror|onfocus/,
		/java\s*script:/,
		/http-equiv|content=/,
		/\saction=/,
		/srcdoc/,
		/\s(?:src|data)="[^"]*[oe]\.html/,
		/hit=1/,
		/<base[^>]+href/,
		/prefetch"? href/,
		/<p>n/,
	]) {
		assert.not.ok(bad.test(html), `${bad} in ${html}`);
	}
	assert.is(html.match(/href="about:invalid"/g)?.length, 2, 'links that lead nowhere, and look like links');
	assert.match(html, /src="http:\/\/one-example-ab{16}\.tandem\.localhost:\d+\/p\.png"/);
});

test('stand-ins of the private mode are drawn as boxes, a word each, also in shadow trees, and follow the text', async (t) => {
	// The sign by which such a text begins, as privacy-shape.ts writes it.
	const bed = await openBed(t, {
		'https://one.example/': `<!doctype html><style>p{font:20px/30px monospace;margin:0}</style><p id=p>\u2060nnn ii nnnn</p><p>shown</p><div id=h></div>
			<script>h.attachShadow({ mode: 'open' }).innerHTML = '<p style="font:20px/30px monospace;margin:0">\\u2060nn</p>';</script>`,
	});
	const boxes = (count: number) =>
		bed
			.mirror()
			.waitForFunction(
				`(() => { const doc = document.querySelector('iframe')?.contentDocument; return doc?.querySelector('p + p') && (doc.defaultView.CSS.highlights.get('tandem-stand-in')?.size ?? 0) === ${count}; })()`,
				{ timeout: 6000 },
			);
	await boxes(4);
	const shot = await (await bed.mirror().frameElement())?.screenshot({ encoding: 'base64' });
	const at = (await bed.page.evaluate(
		async (png, points) => {
			const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
			const ink = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d') as OffscreenCanvasRenderingContext2D;
			ink.drawImage(bitmap, 0, 0);
			return points.map(([x, y]) => String(ink.getImageData(x as number, y as number, 1, 1).data));
		},
		shot ?? '',
		[
			[20, 23],
			[48, 23],
			[68, 23],
			[48, 53],
			[14, 83],
		],
	)) as string[];
	// A word, the space behind it, the next word, a text that is shown, one in a shadow tree.
	const [grey, white] = ['154,160,166,255', '255,255,255,255'];
	assert.equal([at[0], at[1], at[2], at[4]], [grey, white, grey, grey]);
	await bed.host.evaluate(`p.firstChild.data = 'plain'`);
	await boxes(1);
	await bed.host.evaluate(`h.remove()`);
	await boxes(0);
});

test('what is typed in a secret field changes nothing that is no word of the page', async (t) => {
	const page =
		'<input id=pass type=password><input type=checkbox id=tick><select id=pick multiple><option>a<option>b<option>c<option>d<option>e</select><p id=dots></p>';
	const bed = await openBed(t, { 'https://one.example/': page });
	await guest(bed, 'doc.getElementById("dots")');
	await bed.page.bringToFront();
	await bed.host.evaluate(`pass.focus(); for (const sign of '01231') document.execCommand('insertText', false, sign);
		tick.checked = true; for (const i of [0, 1, 2, 3]) pick.options[i].selected = true; dots.textContent = '••••1'`);
	await guest(bed, 'doc.getElementById("tick").checked && doc.getElementById("pick").selectedOptions.length === 4');
	await guest(bed, 'doc.getElementById("dots").textContent === "••••••••"');
	await bed.page.waitForFunction('app.said.findLast((message) => message.t === "sync")?.agree', { timeout: 8000 });
});

test.run();
