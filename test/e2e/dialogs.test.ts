// tests only (Node, Chromium).
// alert, confirm, prompt, print and beforeunload of a proxied page: everybody sees them, who may answers, and the script gets its answer.
import * as assert from 'uvu/assert';
import { wholeChromium } from '../browser.ts';
import { suite } from '../harness.ts';
import { control, handControl, joinGuest, type Person, type SessionMade } from './people.ts';
import { meet, openTown, type Pages, type Town } from './town.ts';

const test = suite('dialogs', { limit: 120_000 });

const OK = control('dialog-ok');
const CANCEL = control('dialog-cancel');
const DIALOG = control('dialog');

/** Buttons that ask, and write what they were answered into #out. */
const ASKING = `<output id="out">nothing</output><input type="password" id="secret"><script>
	const out = document.getElementById('out');
	const asks = {
		alert: () => alert('Mind the step'),
		confirm: () => confirm('Delete all?'),
		prompt: () => prompt('Your name?', 'Ada'),
		login: () => prompt('Enter your password:'),
		tell: () => alert('You typed ' + document.getElementById('secret').value),
		often: () => [confirm('1'), confirm('2'), confirm('3'), confirm('4'), confirm('5')],
		print: () => { addEventListener('beforeprint', () => { out.dataset.printed = 'yes' }); return setTimeout(print, 100) && 'asked'; },
	};
	for (const [name, ask] of Object.entries(asks)) {
		const button = document.createElement('button');
		button.id = name;
		button.textContent = name;
		button.onclick = () => { const answer = ask(); out.textContent = name + ' ' + JSON.stringify(answer === undefined ? 'undefined' : answer); };
		document.body.append(button);
	}
</script>`;

const DIRTY = `<a id="link" href="/clean">a link</a><input id="field"><script>
	addEventListener('beforeunload', (event) => { if (document.getElementById('field').value) event.preventDefault(); });
</script>`;

const frame = (name: string) =>
	`<script>addEventListener('load', () => setTimeout(() => parent.postMessage('${name} ' + confirm('${name}'), '*')))</script>`;
const FRAMES = `<ul id="list"></ul><script>
	addEventListener('message', ({ data }) => { const li = document.createElement('li'); li.textContent = data; document.getElementById('list').append(li); });
</script><iframe src="/mute"></iframe><iframe src="https://b.example/other"></iframe><iframe src="/boxed" sandbox="allow-scripts allow-same-origin"></iframe><iframe src="/own"></iframe>`;

const PAGES: Pages = {
	'/': ASKING,
	'/clean': '<h1>clean</h1>',
	'/dirty': DIRTY,
	'/frames': FRAMES,
	'/other': frame('other'),
	'/boxed': frame('boxed'),
	'/own': frame('own'),
	'/mute': (_, res) =>
		res
			.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': 'sandbox allow-scripts allow-same-origin' })
			.end(frame('mute')),
};

const says = (text: string) => ({ css: control('dialog-says'), text });

/** The host's page does by itself what a click does; the script may stand still in it. */
async function press(host: Person, css: string): Promise<void> {
	const page = await host.sight.frame();
	await page.evaluate((selector: string) => void setTimeout(() => document.querySelector<HTMLElement>(selector)?.click()), css);
}

/** The tab is sent elsewhere, as by the toolbar. */
async function go({ tandem }: Town, { id, tabs }: SessionMade, path: string): Promise<void> {
	await tandem.rest('POST', `/api/sessions/${id}/tabs/${tabs[0]?.id}/navigate`, { url: `https://a.example${path}` });
}

test('all see what a page asks, who may answers, the script goes on with the answer', async (t) => {
	const town = await openTown(t, PAGES, wholeChromium);
	const { host, guest, session } = await meet(town, 'https://a.example/');
	const gone = () => Promise.all([host, guest].map((person) => person.shell.see({ css: DIALOG, count: 0 })));

	// With its site; who may not act reads who answers.
	await guest.sight.see({ css: '#confirm' });
	await press(host, '#confirm');
	for (const person of [host, guest]) await person.shell.see([{ css: DIALOG, text: 'a.example says' }, says('Delete all?')]);
	await guest.shell.see([
		{ css: control('dialog-who'), text: 'Host answers' },
		{ css: OK, count: 0 },
	]);
	await host.shell.click(OK);
	await guest.sight.see({ css: '#out', text: 'confirm true' });
	await gone();

	// A page that asks and asks can be told to stop.
	await press(host, '#often');
	await host.shell.see([says('1'), { css: control('dialog-silence'), count: 0 }]);
	await host.shell.click(CANCEL);
	await host.shell.see(says('2'));
	await host.shell.click(control('dialog-silence'));
	await host.shell.click(OK);
	await guest.sight.see({ css: '#out', text: 'often [false,true,false,false,false]' });
	await gone();

	// A document of its own is not silent; a late guest sees what is open; going elsewhere answers with no.
	await go(town, session, '/?again');
	await guest.sight.see({ css: '#out', text: 'nothing' });
	await press(host, '#alert');
	await host.shell.see([says('Mind the step'), { css: CANCEL, count: 0 }]);
	const late = await joinGuest(town.browser, session, 'Late');
	await late.shell.see(says('Mind the step'));
	await late.close();
	await go(town, session, '/?more');
	await guest.sight.see({ css: '#out', text: 'nothing' });
	await gone();

	// What is asked for as a secret is one.
	await press(host, '#login');
	await host.shell.see(says('Enter your password:'));
	await host.shell.type(control('dialog-text'), 'Lo9&gander');
	await host.shell.click(OK);
	await host.sight.see({ css: '#out', text: 'login "Lo9&gander"' });
	await guest.sight.see({ css: '#out', text: 'login "••••••••"' });
	await gone();

	// A guest in control answers; what is secret is hidden from them and not from the host; printing is the host's.
	await host.sight.type('#secret', 'correct horse');
	await host.sight.click('#out');
	await handControl(host, guest);
	await guest.sight.click('#prompt');
	await guest.shell.see({ css: control('dialog-text'), value: 'Ada' });
	await guest.shell.type(control('dialog-text'), 'Grace');
	await guest.shell.click(OK);
	await host.sight.see({ css: '#out', text: 'Grace' });
	await press(host, '#tell');
	await host.shell.see(says('You typed correct horse'));
	await guest.shell.see(says('You typed'));
	assert.not.match((await guest.page.evaluate(() => document.body.textContent)) ?? '', 'correct horse');
	await guest.shell.click(OK);
	await gone();
	await guest.sight.click('#print');
	await guest.shell.see([{ css: DIALOG, text: 'Print this page?' }, { css: control('dialog-who') }, { css: OK, count: 0 }]);
	await host.shell.click(OK);
	await host.sight.see({ css: '#out[data-printed=yes]' });
	assert.equal([...host.problems, ...guest.problems], []);
});

test('beforeunload is asked before the toolbar and a guest lead away; frames of other origins and sandboxed ones have no dialogs', async (t) => {
	const town = await openTown(t, PAGES, wholeChromium);
	const { host, guest, session } = await meet(town, 'https://a.example/dirty');
	const leaving = { css: DIALOG, text: 'Leave this page?' };
	await host.sight.type('#field', 'x');
	await guest.sight.see({ css: '#field', value: 'x' });
	await go(town, session, '/clean');
	for (const person of [host, guest]) await person.shell.see(leaving);
	await host.shell.click(CANCEL);
	await guest.shell.see({ css: DIALOG, count: 0 });
	await handControl(host, guest);
	await guest.sight.click('#link');
	await host.shell.see(leaving);
	await guest.shell.click(CANCEL);
	await host.shell.see({ css: DIALOG, count: 0 });
	await host.sight.see({ css: '#field', value: 'x' });
	await guest.sight.click('#link');
	await guest.shell.click(OK);
	for (const person of [host, guest]) await person.sight.see({ css: 'h1', text: 'clean' });
	await go(town, session, '/frames');
	await host.shell.see(says('own'));
	await host.shell.click(OK);
	await guest.sight.see([
		{ css: 'li', text: 'other false' },
		{ css: 'li', text: 'boxed false' },
		{ css: 'li', text: 'mute false' },
		{ css: 'li', text: 'own true' },
	]);
});

test.run();
