// tests only (Node, Chromium).
// Secrets planted in more than fifty places: none is in a byte that leaves the host's browser for the app, or that the server keeps, logs or counts.
import * as assert from 'uvu/assert';
import { suite } from '../harness.ts';
import { control, join as joinAs, sit } from './people.ts';
import { INNER, SPREADER } from './privacy-page.ts';
import { listen, overhear } from './privacy-wire.ts';
import type { Pages } from './town.ts';

const test = suite('planted secrets', { limit: 170_000 });
const SECRET = 'Qz7&Kw9"Vx4jTp';

const PAGES: Pages = {
	'/': SPREADER,
	'/inner': INNER,
	'/echo': (_req, res, body) => {
		res.writeHead(200, { 'content-type': 'text/html' });
		const value = new URLSearchParams(body).get('pass') ?? '';
		res.end(`<!doctype html><title>in</title><p id="done">signed in</p><p>${value.replace(/&/g, '&amp;')}</p><p>${body}</p>`);
	},
};

test('what is typed, pasted, shown and spread over the page leaves in no form', async (t) => {
	const { town, session, host, guest, said: overheard } = await overhear(t, PAGES);
	await guest.sight.see({ css: '#count', hidden: true });
	await guest.sight.within('#other').see({ css: '#in', text: 'inner' });

	// Typed.
	await host.sight.type('#pass', SECRET);
	await guest.sight.see({ css: '#count', text: `signs: ${SECRET.length}` }, 40_000);
	assert.is(
		await (await host.sight.frame()).evaluate('document.getElementById("at-text").textContent'),
		SECRET,
		'the page works for the host',
	);
	// Shown, selected, copied, cut, undone.
	await host.sight.click('#show');
	await host.sight.click('#pass');
	for (const keys of ['Control+A', 'Control+C', 'Control+X', 'Control+Z', 'Control+A', 'Control+V']) await host.sight.press(keys);
	await host.sight.click('#show');
	// Set by script, as a password manager does, and spread again once nobody types; selected where it stands.
	const frame = await host.sight.frame();
	await frame.evaluate(`pass.value = ''; pass.value = ${JSON.stringify(SECRET)}; spread(pass.value);
		getSelection().selectAllChildren(document.getElementById('at-text'))`);
	assert.equal(await frame.evaluate('[...failed]'), []);
	assert.ok(((await frame.evaluate('Object.keys(PLACES).length')) as number) >= 50);
	// Said in a chat, by mistake.
	await host.shell.click(control('chat-open'));
	await host.shell.type(control('chat-input'), `it is ${SECRET}`);
	await host.shell.click(control('chat-send'));
	await guest.shell.click(control('chat-open'));
	await guest.shell.see({ css: control('chat-message'), text: 'it is ••••••••' });
	// A late guest, and fresh keys.
	const late = await sit(town.browser, 'guest', 'late');
	const lateWire = await listen(late);
	await joinAs(late, session, 'Late');
	await late.sight.see({ css: '#count', text: `signs: ${SECRET.length}` }, 40_000);
	// The page that answers says it again.
	await frame.evaluate('spread(pass.value)');
	await host.sight.click('#send');
	await guest.sight.see({ css: '#done', text: 'signed in' });
	await host.sight.see((document) => document.body.textContent?.includes('Qz7&Kw9'));
	await new Promise((done) => setTimeout(done, 1500));

	const metrics = await (await fetch(`${town.tandem.api}/metrics`)).text();
	const rest = JSON.stringify((await town.tandem.rest('GET', `/api/sessions/${session.id}`)).body);
	const said = {
		...(await overheard()),
		late: lateWire(),
		metrics: Buffer.from(metrics + rest),
	};
	assert.ok(said.host.includes('signs: '), 'the host’s socket was listened to');
	assert.ok(said.guest.includes('signs: '), 'the guest’s socket was listened to');
	assert.ok(said.logs.includes(session.id), 'the server’s log was read');
	assert.ok(said.kept.includes(session.id), 'what the server keeps was read');
	const utf8 = Buffer.from(SECRET);
	const forms = {
		plain: SECRET,
		begin: SECRET.slice(0, 4),
		'begin in a query': `anything=${SECRET.slice(0, 2)}`,
		'begin in storage': `"k":"${SECRET.slice(0, 2)}`,
		middle: SECRET.slice(4, 9),
		end: SECRET.slice(-5),
		upper: SECRET.toUpperCase(),
		url: encodeURIComponent(SECRET).slice(0, 8),
		html: 'Qz7&amp;',
		base64: utf8.toString('base64').slice(0, 8),
		basic: Buffer.from(`user:${SECRET}`).toString('base64').slice(8, 18),
		hex: utf8.toString('hex').slice(0, 10),
		reversed: [...SECRET].reverse().join('').slice(0, 6),
		spaced: [...SECRET].join(' ').slice(0, 9),
		dashed: 'Qz7&-Kw9',
		underscored: 'Qz7_Kw9',
		letters: 'Qz7Kw9',
		small: 'qz7kw9',
		json: JSON.stringify(SECRET).slice(1, 9),
	};
	const leaks: string[] = [];
	for (const [where, bytes] of Object.entries(said)) {
		for (const [form, text] of Object.entries(forms)) {
			for (let at = bytes.indexOf(text); at >= 0 && leaks.length < 40; at = bytes.indexOf(text, at + 1)) {
				leaks.push(`${where}, ${form}: ${JSON.stringify(bytes.subarray(Math.max(0, at - 60), at + 30).toString('latin1'))}`);
			}
		}
	}
	assert.equal(leaks, []);
});

test.run();
