// tests only (Node, Firefox over WebDriver BiDi).
// One whole path in Firefox: host and guest see the same, the guest gets control and clicks, also in a frame of another origin.
import { firefox } from '../browser.ts';
import { suite } from '../harness.ts';
import { control, handControl, makeSession, openHost } from './people.ts';
import { meet, openTown } from './town.ts';

const test = suite('in Firefox', { limit: 120_000 });

const PAGES = {
	'/': `<h1>Shop</h1><input id="name"><button id="buy" onclick="this.textContent = 'bought by ' + document.querySelector('#name').value">Buy</button>
		<button id="ask" onclick="this.textContent = 'asked: ' + confirm('Sure?')">ask</button><a href="/next">next</a><iframe id="f" src="https://b.example/inner"></iframe>`,
	'/inner': `<button onclick="this.textContent = 'pressed at ' + location.host">press</button>`,
	'/next': '<h1>next</h1>',
	'/looks': `<h1></h1><iframe id="in" srcdoc="<p style='color: red'>"></iframe><script>addEventListener('load', () => {
		const p = document.querySelector('iframe').contentDocument.querySelector('p');
		document.querySelector('h1').textContent = getComputedStyle(p).getPropertyValue('display') + ' ' + p.style.getPropertyValue('color');
	})</script>`,
	'/keys': `<input id="first" onkeydown="if (event.key === 'Enter') second.focus()"><input id="second">`,
};

test('host and guest, control, typing, a frame of another origin, a link', async (t) => {
	const { host, guest } = await meet(await openTown(t, PAGES, firefox), 'https://a.example/');
	await host.sight.type('#name', 'Ada');
	await guest.sight.see([
		{ css: 'h1', text: 'Shop' },
		{ css: '#name', value: 'Ada' },
	]);
	await handControl(host, guest);
	await guest.sight.click('#buy');
	await guest.sight.see({ css: '#buy', text: 'bought by Ada' });
	await guest.sight.within('#f').click('button');
	await host.sight.within('#f').see({ css: 'button', text: 'pressed at b.example' });
	await guest.sight.within('#f').see({ css: 'button', text: 'pressed at b.example' });
	// Page and shell share a thread here: the host's own browser asks, and the guest sees what.
	const asked = new Promise<() => Promise<void>>((tell) => host.page.once('dialog', (dialog) => tell(() => dialog.accept())));
	await guest.sight.click('#ask');
	const accept = await asked;
	await guest.shell.see({ css: control('dialog'), text: 'Sure?' });
	await accept();
	await guest.sight.see({ css: '#ask', text: 'asked: true' });
	await guest.shell.see({ css: control('dialog'), count: 0 });
	await guest.sight.click('a');
	await host.sight.see({ css: 'h1', text: 'next' });
	await guest.sight.see({ css: 'h1', text: 'next' });
});

test('the page keeps the keyboard, and moves it, when a frame for windows has come', async (t) => {
	const town = await openTown(t, PAGES, firefox);
	const host = await openHost(town.browser, await makeSession(town.tandem, 'https://a.example/keys'));
	await host.sight.type('#first', 'one');
	await host.shell.see({ css: 'iframe[src*="/.tandem/spare"]', hidden: true });
	await new Promise((done) => setTimeout(done, 500));
	await host.sight.press('Enter');
	await host.sight.keys('two');
	await host.sight.see([
		{ css: '#first', value: 'one' },
		{ css: '#second', value: 'two' },
	]);
	await host.sight.see((document) => document.hasFocus());
});

test('a page reads how something in a frame looks', async (t) => {
	const town = await openTown(t, PAGES, firefox);
	const host = await openHost(town.browser, await makeSession(town.tandem, 'https://a.example/looks'));
	await host.sight.see({ css: 'h1', text: 'block red' });
});

test.run();
