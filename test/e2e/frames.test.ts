// tests only (Node, Chromium).
// Iframes: same-origin, cross-origin, nested three deep, srcdoc, about:blank, added later. All mirror, and all take a guest's input.
import * as assert from 'uvu/assert';
import { suite } from '../harness.ts';
import { control, handControl, joinGuest, makeSession, openHost } from './people.ts';
import { meet, openTown, type Pages } from './town.ts';

const test = suite('iframes', { limit: 60_000 });

const button = (name: string) =>
	`<p>this is ${name}</p><button onclick="this.textContent = 'pressed ' + ++n">press</button><input><script>var n = 0</script>`;

/** A letter that would run scripts if it could. */
const LETTER = `<p>Dear reader</p><script>parent.ran = 'script'</script><body onload="parent.ran = 'handler'"><img src="https://b.example/dot.svg" onload="parent.ran = 'load'">
	<noscript><b>shown without scripts</b></noscript><input><a href="https://a.example/answer" onclick="parent.ran = 'click'">answer</a><div style="height: 2000px"></div><i>the end</i>`;

/** What a stranger wrote: it tells when anything of it runs, and where it stands. */
const tells = (what: string) => `top.postMessage('ran ' + ${what}, '*'); parent.postMessage('ran ' + ${what}, '*')`;
const STRANGE = `<head><noscript><style>b { color: rgb(1, 2, 3) }</style></noscript><meta http-equiv="refresh" content="0; url=/answer"></head>
	<body onload="${tells("'handler'")}"><p>from a stranger</p><script>${tells("'script'")}</script><script src="/ran.js"></script>
	<a id="js" href="javascript:${tells("'link'")}">code</a> <a id="out" href="https://a.example/answer" target="_blank">out</a>
	<a id="on" href="https://b.example/strange-answer">on</a><noscript><b>shown without scripts</b></noscript><input>
	<form action="/answer"><button>send</button></form><div style="height: 2000px"></div><i>the end</i></body>`;
const NEST = `${STRANGE}<iframe id="in" src="https://c.example/strange-inner"></iframe><object id="ob" data="/strange-inner"></object>
	<iframe id="indoc" sandbox="allow-same-origin" srcdoc="&lt;p&gt;inside&lt;/p&gt;&lt;script&gt;${tells("'inside'")}&lt;/script&gt;"></iframe>`;
const quoted = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

const PAGES: Pages = {
	'/strange': STRANGE,
	'/strange-nest': NEST,
	'/strange-answer': `<p>the stranger's answer</p><script>${tells("'answer'")}</script>`,
	'/strange-inner': `<p>deep inside</p><script>${tells("'deep'")}</script>`,
	'/ran.js': tells("'file'"),
	'/strange-policy': (_req, res) =>
		res.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': 'sandbox allow-popups' }).end(NEST),
	'/strange-root': (_req, res) =>
		res.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': 'sandbox allow-same-origin' }).end(STRANGE),
	'/strangers': (_req, res) =>
		res.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': "script-src 'nonce-own'; img-src *" }).end(
			`<!DOCTYPE html><iframe id="doc" sandbox srcdoc="${quoted(NEST)}"></iframe><iframe id="own" SANDBOX='allow-forms' src="/strange"></iframe>
			<iframe id="far" sandbox=allow-popups src="https://b.example/strange"></iframe><iframe id="policed" src="https://b.example/strange-policy"></iframe>
			<iframe id="blank" sandbox></iframe><div id="place"></div><div id="shade"></div>
			<script nonce="own">
				ran = [];
				onmessage = ({ data }) => ran.push(data);
				const text = ${JSON.stringify(STRANGE).replace(/<\/script/g, '<\\/script')};
				place.innerHTML = '<iframe id="put" sandbox="" srcdoc="' + text.replaceAll('&', '&amp;').replaceAll('"', '&quot;') + '"></iframe>';
				const made = document.createElement('iframe'), shady = document.createElement('iframe'), data = document.createElement('iframe');
				made.id = 'made', shady.id = 'shady', data.id = 'data';
				made.srcdoc = text;
				made.sandbox.add('allow-forms');
				made.removeAttribute('csp'), made.removeAttributeNS(null, 'csp'), made.csp = '', made.setAttribute('csp', '');
				for (const node of [...made.attributes]) if (node.name === 'csp') node.value = '', made.removeAttributeNode(node), made.attributes.removeNamedItem('csp');
				shady.setAttribute('sandbox', '');
				shady.src = 'https://b.example/strange';
				data.sandbox = '';
				data.src = 'data:text/html,' + encodeURIComponent('<p>from a stranger</p><script>' + ${JSON.stringify(tells("'data'"))} + '<' + '/script>');
				place.append(made, data);
				shade.attachShadow({ mode: 'open' }).append(shady);
			</script>`,
		),
	'/nest': `${button('one')}<iframe id="f" src="https://b.example/nest2" width="700" height="500"></iframe>`,
	'/nest2': `${button('two')}<iframe id="f" src="https://c.example/nest3" width="600" height="350"></iframe>`,
	'/nest3': `${button('three')}<iframe id="f" src="https://a.example/nest4" width="500" height="200"></iframe>`,
	'/nest4': button('four'),
	'/alone': (_req, res) => res.writeHead(200, { 'content-type': 'text/html', 'x-frame-options': 'DENY' }).end('<p>alone</p>'),
	'/refused':
		'<p>around</p><iframe id="f" src="/alone" width="300" height="100"></iframe><iframe id="g" src="/nest4"></iframe><iframe id="anew" src="https://b.example/opens"></iframe>',
	'/opens':
		'<script>onload = () => setTimeout(() => { document.open(); document.write("<p>written anew</p>"); document.close(); }, 500)</script>',
	'/letter': LETTER,
	'/answer': '<p>this is the answer</p>',
	'/dot.svg': (_req, res) =>
		res.writeHead(200, { 'content-type': 'image/svg+xml' }).end('<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"/>'),
	'/webmail': (_req, res) =>
		res.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': "script-src 'nonce-own'" }).end(
			`<!DOCTYPE html><iframe id="doc" sandbox="allow-same-origin"></iframe><iframe id="src" sandbox="allow-same-origin" src="/letter"></iframe>
			<iframe id="written" sandbox="allow-same-origin"></iframe>
			<script nonce="own">
				const [doc, src, written] = document.querySelectorAll('iframe');
				doc.srcdoc = ${JSON.stringify(LETTER).replace(/<\/script/g, '<\\/script')};
				written.contentDocument.write(doc.srcdoc);
				written.contentDocument.close();
				clicked = [];
				onload = () => {
					for (const { contentDocument } of [doc, src, written])
						contentDocument.addEventListener('click', ({ target }) => clicked.push(target.localName + ' ' + (target.href ?? '')));
				};
			</script>`,
		),
	'/thrown': `<h1>starts</h1><div id="place"></div><script>
		customElements.define('x-part', class extends HTMLElement {
			constructor() { super(); this.attachShadow({ mode: 'open' }).innerHTML = '<style>i { color: red }</style><i>part</i>'; }
		});
		const refs = {};
		const note = (kind, thing) => (refs[kind] ??= []).push(new WeakRef(thing));
		/** Kinds of which more than the last few are still there. */
		left = () => Object.fromEntries(Object.entries(refs).map(([kind, all]) => [kind, all.filter((ref) => ref.deref()).length]).filter(([, n]) => n > 2));
		const KINDS = {
			frame(at) {
				const el = document.createElement('iframe');
				el.srcdoc = '<p>inside';
				at.append(el);
				note('frame', el);
				setTimeout(() => note('window', el.contentWindow), 80);
			},
			part(at) {
				const el = document.createElement('x-part');
				at.append(el);
				note('shadow root', el.shadowRoot);
			},
			adopted() {
				const sheet = new CSSStyleSheet();
				sheet.replaceSync('h1 { color: green }');
				document.adoptedStyleSheets = [sheet];
				note('adopted sheet', sheet);
			},
			style(at) {
				const el = document.createElement('style');
				at.append(el);
				el.sheet.insertRule('h1 { margin: 1px }');
				el.sheet.cssRules[0].style.padding = el.sheet.media.mediaText || '1px';
				note('sheet', el.sheet);
				note('rule', el.sheet.cssRules[0]);
			},
			secret(at) {
				const el = document.createElement('input');
				el.type = 'password';
				at.append(el);
				el.value = 'a secret of ours';
				note('field', el);
			},
			drawn(at) {
				const el = document.createElement('canvas');
				at.append(el);
				el.getContext('2d').fillRect(0, 0, 9, 9);
				note('canvas', el);
			},
			moved(at) {
				const el = document.createElement('p');
				at.append(el);
				note('animation', el.animate([{ opacity: 0 }, { opacity: 1 }], 50));
				note('element', el);
			},
		};
		let n = 0;
		const round = () => {
			for (const kind in KINDS) {
				const at = document.createElement('div');
				at.id = kind;
				document.getElementById(kind)?.remove();
				place.append(at);
				KINDS[kind](at);
			}
			if (n++ < 12) setTimeout(round, 150);
			else setTimeout(() => {
				place.replaceChildren();
				document.adoptedStyleSheets = [];
				document.querySelector('h1').textContent = 'all gone';
			}, 300);
		};
		onload = () => setTimeout(round, 1500);
	</script>`,
	'/made': `<iframe id="doc" srcdoc="&lt;p&gt;from srcdoc&lt;/p&gt;&lt;button onclick=&quot;this.textContent='ouch'&quot;&gt;b&lt;/button&gt;"></iframe><iframe id="blank"></iframe>
		<iframe id="same" src="/nest4"></iframe><button id="more">more</button><div id="place"></div>
		<script>
			blank.contentDocument.body.innerHTML = '<p>written by the parent</p>';
			more.onclick = () => { place.innerHTML = '<iframe id="late" src="https://b.example/nest4"></iframe>' };
		</script>`,
};

test('four documents deep over three origins, each shown and each clickable by the guest in control', async (t) => {
	const { host, guest } = await meet(await openTown(t, PAGES), 'https://a.example/nest');
	const deep = [
		{ host: host.sight, guest: guest.sight },
		{ host: host.sight.within('#f'), guest: guest.sight.within('#f') },
		{ host: host.sight.within('#f').within('#f'), guest: guest.sight.within('#f').within('#f') },
		{ host: host.sight.within('#f').within('#f').within('#f'), guest: guest.sight.within('#f').within('#f').within('#f') },
	];
	for (const [i, name] of ['one', 'two', 'three', 'four'].entries()) await deep[i]?.guest.see({ css: 'p', text: `this is ${name}` });
	await handControl(host, guest);
	for (const level of deep) {
		await level.guest.click('button');
		await level.host.see({ css: 'button', text: 'pressed 1' });
		await level.guest.see({ css: 'button', text: 'pressed 1' });
	}
	await deep[3]?.guest.type('input', 'from afar');
	await deep[3]?.host.see({ css: 'input', value: 'from afar' });
	await deep[3]?.guest.see({ css: 'input', value: 'from afar' });
});

test('srcdoc, about:blank written by its parent, same-origin, and one that is added later', async (t) => {
	const { host, guest } = await meet(await openTown(t, PAGES), 'https://a.example/made');
	await guest.sight.within('#doc').see({ css: 'p', text: 'from srcdoc' });
	await guest.sight.within('#blank').see({ css: 'p', text: 'written by the parent' });
	await guest.sight.within('#same').see({ css: 'p', text: 'this is four' });
	await host.sight.within('#doc').click('button');
	await guest.sight.within('#doc').see({ css: 'button', text: 'ouch' });
	await host.sight.click('#more');
	await guest.sight.within('#late').see({ css: 'p', text: 'this is four' });
	await host.sight.within('#late').click('button');
	await guest.sight.within('#late').see({ css: 'button', text: 'pressed 1' });
	// What a page makes with its own functions and puts there is the frame's (styles of a library whose components stand in a frame).
	await (await host.sight.frame()).evaluate(() => {
		const inside = (document.querySelector('#same') as HTMLIFrameElement).contentDocument as Document;
		const put = <K extends keyof HTMLElementTagNameMap>(name: K) => inside.body.appendChild(document.createElement(name));
		const sheet = inside.head.appendChild(document.createElement('style')).sheet as CSSStyleSheet;
		sheet.insertRule('p { color: rgb(1, 2, 3) }');
		put('style').sheet?.insertRule('p { margin: 7px }');
		setTimeout(() => (sheet.cssRules[0] as CSSStyleRule).style.setProperty('padding', '3px'), 300);
		put('input').value = 'typed';
		put('div').attachShadow({ mode: 'closed' }).innerHTML = '<b>in</b>';
		const box = document.body.appendChild(document.createElement('div'));
		box.attachShadow({ mode: 'closed' }).innerHTML = '<b>moved</b>';
		setTimeout(() => inside.body.append(box), 300);
		put('p').animate({ opacity: [0.5, 0.5] }, { duration: 1000, fill: 'forwards' });
		const dialog = put('dialog');
		dialog.append(document.createElement('canvas'));
		dialog.showModal();
		const ink = dialog.querySelector('canvas')?.getContext('2d') as CanvasRenderingContext2D;
		ink.fillStyle = 'rgb(0, 255, 0)';
		ink.fillRect(0, 0, 400, 400);
	});
	const style = (name: string) => `getComputedStyle(document.querySelector('p')).${name}`;
	for (const claim of [
		`${style('color')} === 'rgb(1, 2, 3)' && ${style('margin')} === '7px' && ${style('padding')} === '3px' && [...document.querySelectorAll('p')].some((p) => getComputedStyle(p).opacity === '0.5')`,
		"document.querySelector('input:last-of-type').value === 'typed' && document.querySelector('dialog').matches(':modal')",
		"[...document.querySelectorAll('div')].map((host) => host.shadowRoot?.textContent).join() === 'in,moved'",
	])
		await guest.sight.within('#same').see(claim);
	await guest.sight.within('#same').see({ css: 'canvas', colour: [0, 255, 0] });
});

test('a page that shows one thing after another keeps none of them through us', async (t) => {
	const { host, guest } = await meet(await openTown(t, PAGES), 'https://a.example/thrown');
	await guest.sight.see({ css: 'h1', text: 'all gone' });
	const frame = host.page.frames().find((each) => each.parentFrame() === host.page.mainFrame() && each.url().endsWith('/thrown'));
	const target = host.page
		.browser()
		.targets()
		.find((each) => each.url() === frame?.url());
	const session = await target?.createCDPSession();
	let left: unknown;
	// Some are let go of a moment after they are found to be gone.
	for (let i = 0; i < 20; i++) {
		await session?.send('HeapProfiler.collectGarbage');
		left = await frame?.evaluate('left()');
		if (JSON.stringify(left) === '{}') break;
		await new Promise((done) => setTimeout(done, 250));
	}
	assert.equal(left, {});
});

test('a frame that its site refuses, or that is sandboxed without scripts: the host sees what a browser shows, guests that it is for the host alone, also where they come late or it was another page before', async (t) => {
	const town = await openTown(t, PAGES);
	const session = await makeSession(town.tandem, 'https://a.example/refused');
	const host = await openHost(town.browser, session);
	await host.sight.within('#g').see({ css: 'p', text: 'this is four' });
	assert.is(await (await host.sight.frame()).evaluate('document.getElementById("f").contentDocument'), null);
	for (const name of ['Grace', 'Late']) {
		const guest = await joinGuest(town.browser, session, name);
		await guest.sight.within('#f').see({ css: 'svg' });
		await guest.sight.within('#g').see({ css: 'p', text: 'this is four' });
	}
	const late = await joinGuest(town.browser, session, 'Later');
	const goes = async (to: string) => (await host.sight.frame()).evaluate(`document.getElementById('g').src = '${to}'`);
	await late.sight.within('#g').see({ css: 'p', text: 'this is four' });
	await goes('/alone');
	await late.sight.within('#g').see({ css: 'svg' });
	await goes('https://b.example/nest4');
	await late.sight.within('#g').see({ css: 'p', text: 'this is four' });
	await goes('https://b.example/alone');
	await late.sight.within('#g').see({ css: 'svg' });
	await late.sight.within('#anew').see({ css: 'p', text: 'written anew' });
});

test('a letter in a frame sandboxed without scripts: guests see it, what its parent changes, and where it is scrolled; its links and fields are theirs in control; its scripts run nowhere', async (t) => {
	const town = await openTown(t, PAGES);
	const { host, guest, session } = await meet(town, 'https://a.example/webmail');
	const page = await host.sight.frame();
	for (const name of ['doc', 'src', 'written']) {
		const inner = guest.sight.within(`#${name}`);
		await inner.see({ css: 'p', text: 'Dear reader' });
		await inner.see({ css: 'noscript b', text: 'shown without scripts' });
		await page.evaluate(`document.getElementById('${name}').contentDocument.querySelector('p').append(', dear ${name}')`);
		await inner.see({ css: 'p', text: `Dear reader, dear ${name}` });
		assert.ok(await (await inner.frame()).evaluate("document.querySelector('img').naturalWidth === 20"));
	}
	await page.evaluate("document.getElementById('src').contentWindow.scrollTo(0, 700)");
	await guest.sight.within('#src').see(({ defaultView }) => defaultView?.scrollY === 700);
	await handControl(host, guest);
	await guest.sight.within('#doc').type('input', 'from afar');
	await host.sight.within('#doc').see({ css: 'input', value: 'from afar' });
	await guest.sight.within('#doc').see({ css: 'input', value: 'from afar' });
	for (const name of ['doc', 'written']) await guest.sight.within(`#${name}`).click('a');
	for (const name of ['doc', 'written']) {
		await host.sight.within(`#${name}`).see({ css: 'p', text: 'this is the answer' });
		await guest.sight.within(`#${name}`).see({ css: 'p', text: 'this is the answer' });
	}
	const late = await joinGuest(town.browser, session, 'Late');
	await late.sight.within('#src').see({ css: 'p', text: 'Dear reader, dear src' });
	await late.sight.within('#src').see(({ defaultView }) => defaultView?.scrollY === 700);
	assert.equal(await page.evaluate('[clicked, typeof ran]'), [
		['input ', 'a https://a.example/answer', 'a https://a.example/answer'],
		'undefined',
	]);
	assert.equal([...host.problems, ...guest.problems, ...late.problems], []);
});

test('what a stranger wrote, in frames sandboxed without scripts and without an origin: guests see it wherever it is from, its links are theirs in control, and nothing of it runs', async (t) => {
	const town = await openTown(t, PAGES);
	const { host, guest, session } = await meet(town, 'https://a.example/strangers');
	const page = await host.sight.frame();
	for (const css of ['#doc', '#own', '#far', '#policed', '#put', '#made', '#data', '#shade >>> #shady']) {
		const inner = guest.sight.within(css);
		await inner.see({ css: 'p', text: 'from a stranger' });
		if (css === '#data') continue;
		await inner.see({ css: 'b', text: 'shown without scripts' });
		await inner.see((doc) => getComputedStyle(doc.querySelector('b') as Element).color === 'rgb(1, 2, 3)');
		if (css !== '#doc' && css !== '#policed') continue;
		await inner.within('#in').see({ css: 'p', text: 'deep inside' });
		await inner.within('#indoc').see({ css: 'p', text: 'inside' });
	}
	await handControl(host, guest);
	const far = guest.sight.within('#far');
	await far.type('input', 'from afar');
	await host.sight.within('#far').see({ css: 'input', value: 'from afar' });
	for (const css of ['#doc', '#far', '#policed', '#shade >>> #shady']) await guest.sight.within(css).click('#js');
	await guest.sight.within('#doc').click('#out');
	await guest.sight.within('#doc').click('button');
	for (const css of ['#doc', '#shade >>> #shady']) {
		await guest.sight.within(css).click('#on');
		await guest.sight.within(css).see({ css: 'p', text: "the stranger's answer" });
	}
	await host.sight.within('#own').click('#on');
	const late = await joinGuest(town.browser, session, 'Late');
	await late.sight.within('#own').see({ css: 'p', text: "the stranger's answer" });
	await late.sight.within('#far').see({ css: 'input', value: 'from afar' });
	await guest.sight.within('#blank').see({ css: 'svg', count: 0 });
	await host.shell.see({ css: control('tab'), count: 1 });
	assert.equal(await page.evaluate('ran'), []);
	assert.equal([...host.problems, ...guest.problems, ...late.problems], []);
});

test.run();
