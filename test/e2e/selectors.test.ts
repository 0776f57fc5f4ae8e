// tests only (Node, Chromium).
// Style sheets that ask about URLs: the host's page and the guest's mirror look as the page does without us.
import { createHash } from 'node:crypto';
import * as assert from 'uvu/assert';
import { suite } from '../harness.ts';
import { meet, openTown } from './town.ts';

const test = suite('selectors by URL', { limit: 60_000 });

const SHEET = `a[href^="https://"]{--absolute:1} a[href^="/"]{--root:1} a[href^="https://"]:not([href*="a.example"]){--away:1} a[href$=".pdf" i]{--pdf:1}
	a[href="https://c.example"]{--same:1} img[src^="https://b."]{--b:1} img[src^="/"]{--root:1} [src]{--src:1} iframe[src*="b.example"]{--frame:1}
	form[action$="/go"]{--go:1} [style*="url(https://b"],[style*='url("https://b']{--style:1} [data-href^="https://"]{--data:1}`;

const HASHED = 'a[href^="https://"]{--hashed:1}';
const hash = (text: string) => `sha384-${createHash('sha384').update(text).digest('base64')}`;
/** A sheet whose bytes have the hash that the page asks for, and the same one where it asks for another. */
const HASHES = `<link rel=stylesheet href="https://b.example/hashed.css" crossorigin integrity="${hash(HASHED)}"><link rel=stylesheet href="/other.css" integrity="${hash('')}">`;

const PAGE = `<link rel="stylesheet" href="/linked.css"><style>${SHEET.replaceAll('--', '--inline-')}</style>
	<a id="l0" href="https://a.example/x">0</a><a id="l1" href="/root.PDF">1</a><a id="l2" href="https://b.example/y.pdf">2</a><a id="l3" href="https://c.example">3</a>
	<a id="l4" href="#l0">4</a><a id="l5" href="mailto:x@a.example">5</a><img id="l6" src="https://b.example/i.png"><img id="l7" src="/i.png"><img id="l8">
	<iframe id="l9" src="https://b.example/in?token=secret"></iframe><iframe id="l10"></iframe><form id="l11" action="https://c.example/go"></form>
	<p id="l12" style="background:url(https://b.example/i.png)" data-href="https://x.example"></p>
	<script>const sheet = new CSSStyleSheet(); sheet.replaceSync(${JSON.stringify(SHEET.replaceAll('--', '--adopted-'))}); document.adoptedStyleSheets = [sheet];
	document.styleSheets[1].insertRule('a[href*=".example"]{--inserted:1}')</script>${HASHES}`;

/** What holds for each element, by the sheet it stands in. */
const LOOKS = `(() => [...document.querySelectorAll('[id^=l]')].map((el) => el.id + ':' + ['', 'inline-', 'adopted-'].map((sheet) =>
	['absolute', 'root', 'away', 'pdf', 'same', 'b', 'src', 'frame', 'go', 'style', 'data', 'inserted'].filter((name) => getComputedStyle(el).getPropertyValue('--' + sheet + name).trim()).join('+')).join('/')).join(' '))()`;

/** Of each element the names above: bare, then those of the one rule that is inserted. */
const NAMES = {
	l0: ['absolute', 'inserted'], l1: ['root+pdf', ''], l2: ['absolute+away+pdf', 'inserted'], l3: ['absolute+away+same', 'inserted'], l4: ['', ''], l5: ['', 'inserted'],
	l6: ['b+src', ''], l7: ['root+src', ''], l8: ['', ''], l9: ['src+frame', ''], l10: ['', ''], l11: ['go', ''], l12: ['style+data', ''],
}; // biome-ignore format: a table

function looks(names: Readonly<Record<string, readonly string[]>>): string {
	const line = (id: string, [all = '', more = '']: readonly string[]) => `${id}:${[all, more].filter(Boolean).join('+')}/${all}/${all}`;
	return Object.entries(names)
		.map(([id, each]) => line(id, each))
		.join(' ');
}

test('host and guest see what the page is without us, also of what changes', async (t) => {
	const town = await openTown(t, {
		'/': PAGE,
		'/linked.css': (_req, res) => res.setHeader('content-type', 'text/css').end(SHEET),
		'/in': '<p>in',
		'/hashed.css': (_req, res) => res.setHeader('content-type', 'text/css').setHeader('access-control-allow-origin', '*').end(HASHED),
		'/other.css': (_req, res) => res.setHeader('content-type', 'text/css').end(HASHED.replace('hashed', 'other')),
	});
	const { host, guest } = await meet(town, 'https://a.example/');
	await guest.sight.see({ css: '#l0', text: '0' });
	const [page, mirror] = [await host.host.frame(), await guest.guest.frame()];
	await page.waitForFunction('document.styleSheets[0]?.href');
	assert.is(await page.evaluate(LOOKS), looks(NAMES));
	await guest.sight.see(`${LOOKS} === ${JSON.stringify(looks(NAMES))}`);
	const hashed = `['--hashed', '--other'].map((name) => getComputedStyle(document.querySelector('#l0')).getPropertyValue(name)).join()`;
	assert.is(await page.evaluate(hashed), '1,');
	await guest.sight.see(`${hashed} === '1,'`);
	assert.ok(town.asked.filter((line) => line.endsWith('/other.css')).length > 1, 'the guest has asked for it too');
	await page.evaluate(
		`l0.href = '/now', l1.href = 'https://c.example', l2.removeAttribute('href'), l7.src = 'https://b.example/i.png', l9.src = 'about:blank'`,
	);
	const changed = { ...NAMES, l0: ['root', ''], l1: ['absolute+away+same', 'inserted'], l2: ['', ''], l7: ['b+src', ''], l9: ['src', ''] };
	assert.is(await page.evaluate(LOOKS), looks(changed));
	await guest.sight.see(`${LOOKS} === ${JSON.stringify(looks(changed))}`);
	assert.not(((await mirror.evaluate('document.documentElement.outerHTML')) as string).includes('secret'));
});

test.run();
