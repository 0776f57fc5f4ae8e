// tests only (Node and Chromium).
// The tree: nodes, attributes and text, and everything that happens to them, arrive in the mirror.
import * as assert from 'uvu/assert';
import { suite } from '../harness.ts';
import { guest, openBed } from './bed/bed.ts';

const test = suite('mirror tree', { limit: 60_000 });

const PAGE = `<!doctype html><html lang="en"><head><title>One</title><style>p{color:red}</style></head>
<body><!-- a comment --><h1 id=h>Hello</h1><p>First <b>bold</b> text</p><ul id=list><li>1</li><li>2</li><li>3</li></ul>
<svg viewBox="0 0 10 10"><use href="#x"/><path id=x d="M0 0h5v5z"/></svg><math><mi>x</mi></math>
<noscript>none</noscript><template><p>in a template</p></template></body></html>`;

test('a page arrives as it is, and each kind of change follows', async (t) => {
	const bed = await openBed(t, { 'https://one.example/': PAGE });
	await bed.same();
	for (const change of [
		`document.getElementById('h').textContent = 'Changed'`,
		`document.getElementById('h').firstChild.data = 'Changed by a longer text, and then some more'`,
		`document.getElementById('h').firstChild.data = 'Changed by a longer word, and then some more'`,
		`document.getElementById('h').setAttribute('title', 'a title'); document.querySelector('path').setAttribute('fill', 'red')`,
		`document.getElementById('h').removeAttribute('title')`,
		`list.append(...Array.from({length: 50}, (_, i) => Object.assign(document.createElement('li'), {textContent: 'row ' + i, className: 'row'})))`,
		`list.insertBefore(list.lastChild, list.firstChild)`,
		`list.append(...[...list.children].reverse())`,
		`list.children[3].remove(); list.children[5].before(document.createElement('hr'), 'text', document.createComment('c'), list.children[9])`,
		`{ const list = document.getElementById('list'), wrap = document.createElement('section'); list.replaceWith(wrap); wrap.append(list) }`,
		`{ const list = document.getElementById('list'), s = document.querySelector('section'); list.append(s.appendChild(document.createElement('i'))); document.body.append(list); list.append(s) }`,
		`document.body.innerHTML = '<table><tr><td>1<td>2</table><p>new'`,
		`document.documentElement.replaceChild(document.createElement('body'), document.body).append('gone')`,
		`document.body.append(document.createElementNS('http://www.w3.org/2000/svg', 'svg'), '\\u{1F600} and \\u{1F601}')`,
		`document.body.lastChild.data = '\\u{1F602} and \\u{1F601}'`,
	]) {
		await bed.host.evaluate(change);
		await bed.same();
	}
	await bed.join('late');
	await bed.same('late');
});

test('what a page puts into a script element, to be shown there, is in the mirror; its text is not', async (t) => {
	const page = '<!doctype html><body><p>one</p><script type="text/x-data">a secret of the page</script></body>';
	const bed = await openBed(t, { 'https://one.example/': page });
	await bed.same();
	for (const change of [
		`box = document.createElement('script'); box.type = 'text/plain'; box.style.display = 'block'; tool = document.createElement('x-tool'); tool.attachShadow({mode: 'open'}).innerHTML = '<b>tool</b>'; box.append(tool); document.body.append(box)`,
		`tool.shadowRoot.firstChild.textContent = 'changed'; tool.title = 'a tool'`,
		`box.append('another secret', document.createElement('i')); tool.remove()`,
		`box.lastChild.remove()`,
		`document.querySelector('script[type]').append(tool)`,
	]) {
		await bed.host.evaluate(change);
		await bed.same();
	}
	await guest(bed, `doc.querySelector('script[type] > x-tool')?.shadowRoot.textContent === 'changed'`);
	await guest(bed, `!doc.documentElement.textContent.includes('secret')`);
	await bed.join('late');
	await bed.same('late');
});

test('a thousand random changes leave both sides alike', async (t) => {
	const bed = await openBed(t, { 'https://one.example/': PAGE });
	for (let round = 0; round < 10; round++) {
		await bed.host.evaluate(`{
			let seed = ${round + 1};
			const random = (n) => (seed = (seed * 48271) % 2147483647) % n;
			const all = () => [...document.body.querySelectorAll('*')];
			const pick = () => { const list = all(); return list.length ? list[random(list.length)] : document.body; };
			for (let i = 0; i < 100; i++) {
				if (all().length < 5) document.body.append(document.createElement('div'), document.createElement('p'));
				const el = pick(), other = pick();
				switch (random(7)) {
					case 0: el.append(document.createElement('div'), 'text ' + i); break;
					case 1: if (all().length > 20) el.remove(); break;
					case 2: if (!el.contains(other)) other.append(el); break;
					case 3: if (!el.contains(other) && other.parentNode) other.before(el); break;
					case 4: el.setAttribute('data-n', i); break;
					case 5: if (el.firstChild?.nodeType === 3) el.firstChild.data += ' more ' + i; break;
					case 6: { const span = document.createElement('span'); el.replaceWith(span); span.append(el); break; }
				}
			}
		}`);
		await bed.same();
	}
	await bed.join('late');
	await bed.same('late');
});

test('a large page goes out in slices; what happens to it between them is neither lost nor doubled', async (t) => {
	const rows = (n: number) => Array.from({ length: n }, (_, i) => `<li class=row><b>${i}</b> of <i>${n}</i></li>`).join('');
	const part = (n: number) => `<section><ul>${rows(n)}</ul><p>after ${n}</p></section>`;
	const page = `<!doctype html><body>${part(200)}${part(10)}<div id=d style="height:60px;overflow:auto">${part(200)}</div><p>last</p>`;
	const bed = await openBed(t, { 'https://one.example/': page }, { pace: { slice: 1, small: 100, share: 0.02 } });
	await bed.host.evaluate(`{
		document.getElementById('d').scrollTop = 500;
		let seed = 7, left = 60;
		const random = (n) => (seed = (seed * 48271) % 2147483647) % n;
		const pick = () => { const list = document.body.getElementsByTagName('*'); return list[random(list.length)]; };
		const change = () => {
			for (let i = 0; i < 6; i++) {
				const el = pick(), other = pick();
				switch (random(6)) {
					case 0: el.append(document.createElement('u'), 'text ' + left); break;
					case 1: if (el.localName !== 'ul') el.remove(); break;
					case 2: if (!el.contains(other)) other.append(el); break;
					case 3: if (!el.contains(other) && other !== document.body) other.before(el); break;
					case 4: el.setAttribute('data-n', left); break;
					case 5: { const span = document.createElement('span'); el.replaceWith(span); span.append(el); break; }
				}
			}
			if (--left) setTimeout(change);
		};
		change();
	}`);
	const again = 'for (const port of app.hosts.values()) port.postMessage({ t: "key" })';
	await bed.page.evaluate(again);
	await new Promise((go) => setTimeout(go, 60));
	await bed.page.evaluate(again);
	await bed.same();
	await bed.host.evaluate(
		`document.body.append(...Array.from({ length: 3 }, () => document.querySelector("section").cloneNode(true)), 'end')`,
	);
	await bed.same();
	const sliced = (await bed.page.evaluate('app.wire.filter((bytes) => bytes[0] === 1 && bytes.length > 1000).length')) as number;
	assert.ok(sliced > 2, `${sliced} large deltas`);
	await bed.join('late');
	await bed.same('late');
});

test('a late guest draws a large page in slices, and both sides check it in slices, while it goes on changing', async (t) => {
	const rows = Array.from({ length: 1500 }, (_, i) => `<tr class=row><td>${i}<td><a href="/p/${i}">person ${i}</a>`).join('');
	const bed = await openBed(
		t,
		{
			'https://one.example/': `<!doctype html><body><p id=p>0</p><iframe src="https://two.example/"></iframe><table>${rows}</table>`,
			'https://two.example/': '<body>inside',
		},
		{ pace: { slice: 1, small: 100, share: 0.02 } },
	);
	await bed.same();
	await bed.host.evaluate(`{
		const change = () => { p.setAttribute('data-n', ++n); document.querySelectorAll('tr')[n * 7]?.remove(); document.body.append('text ' + n); if (n < 60) setTimeout(change, 20); };
		let n = 0; change();
	}`);
	await bed.join('late');
	await bed.same('late');
	await bed.same();
	await bed.page.waitForFunction('app.said.at(-1)?.t === "sync" && app.said.filter((said) => said.t === "sync" && said.agree).length > 2');
	assert.is(await bed.page.evaluate('Math.max(...app.said.filter((said) => said.t === "sync").map((said) => said.repairs))'), 0);
});

test('frames hang where they belong, three deep and across origins, and late guests have them', async (t) => {
	const bed = await openBed(t, {
		'https://one.example/': '<!doctype html><body>top<iframe src="https://two.example/"></iframe>',
		'https://two.example/': '<!doctype html><body>middle<iframe src="https://three.example/"></iframe>',
		'https://three.example/': '<body>deep <b>inside</b>',
	});
	const deep = (name?: string) =>
		bed
			.mirror(name)
			.waitForFunction(
				() =>
					document
						.querySelector('iframe')
						?.contentDocument?.querySelector('iframe')
						?.contentDocument?.querySelector('iframe')
						?.contentDocument?.querySelector('b')?.textContent === 'inside',
			);
	await deep();
	await bed.join('late');
	await deep('late');
	assert.ok(true);
});

test('a page that is left stays in sight until the next one has its style sheets', async (t) => {
	const bed = await openBed(t, {
		'https://one.example/': '<!doctype html><p>first</p>',
		'https://one.example/next': '<!doctype html><link rel=stylesheet href=/a.css><p>next</p>',
		'https://one.example/a.css': { type: 'text/css', body: 'p{color:red}' },
	});
	await bed.same();
	await bed.mirror().evaluate(`{
		window.left = [];
		new MutationObserver((records) => {
			for (const record of records) for (const node of record.removedNodes) {
				const doc = document.querySelector('iframe').contentDocument;
				left.push([node.localName, doc.querySelector('p')?.textContent, Boolean(doc.querySelector('link')?.sheet)]);
			}
		}).observe(document.body, { childList: true });
	}`);
	await bed.host.evaluate(`void setTimeout(() => location.assign('/next'))`);
	await bed.mirror().waitForFunction('left.length', { timeout: 8000 });
	assert.equal(await bed.mirror().evaluate('left'), [['iframe', 'next', true]]);
	assert.is(await bed.mirror().evaluate('document.querySelectorAll("iframe").length'), 1);
});

test('what names no URL is asked for nowhere, also where the page has come to another address', async (t) => {
	const bed = await openBed(t, { 'https://one.example/': '<!doctype html><p>here</p>' });
	await bed.same();
	await bed.host.evaluate(`{
		history.replaceState(null, '', '/there?x');
		document.head.insertAdjacentHTML('beforeend', '<link rel="stylesheet" href=""><link rel="stylesheet" href="a.css">');
		document.body.append(Object.assign(new Image(), { src: '' }));
	}`);
	await bed.mirror().waitForFunction(`document.querySelector('iframe').contentDocument.querySelector('img')`, { timeout: 8000 });
	const shown = `[...document.querySelector('iframe').contentDocument.querySelectorAll('link,img')].map((el) => el.getAttribute('href') ?? el.getAttribute('src'))`;
	const [sheet, other, picture] = (await bed.mirror().evaluate(shown)) as string[];
	assert.is(sheet, '');
	assert.match(other ?? '', /\/a\.css$/);
	assert.is(picture, '');
});

test.run();
