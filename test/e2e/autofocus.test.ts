// tests only (Node, Chromium).
// A page's own field has the keyboard as the page begins, unless somebody writes in the shell.
import { suite } from '../harness.ts';
import { control, handControl } from './people.ts';
import { meet, openTown, type Pages } from './town.ts';

const test = suite('autofocus', { limit: 60_000 });

const PAGES: Pages = { '/': '<h1>sign in</h1><input autofocus>', '/next': '<h1>code</h1><input autofocus>' };
const KEYS = `<output>none</output><script>addEventListener('keydown', (e) => { document.querySelector('output').textContent = e.key })</script>`;
const focused = (document: Document) => document.activeElement?.localName === 'input';

test('what is typed once a page is there goes into its field', async (t) => {
	const town = await openTown(t, PAGES);
	const { host, guest } = await meet(town, 'https://a.example/');
	await host.sight.see(focused);
	await host.page.keyboard.type('ada');
	await guest.sight.see({ css: 'input', value: 'ada' });
	await host.shell.click(control('address'));
	await host.shell.press('Control+A');
	await host.shell.keys('a.example/next');
	await host.shell.press('Enter');
	await host.sight.see({ css: 'h1', text: 'code' });
	await host.sight.see(focused);
	await host.page.keyboard.type('77');
	await guest.sight.see({ css: 'input', value: '77' });
});

test('a page that comes while somebody writes in the shell leaves the keyboard to them', async (t) => {
	const town = await openTown(t, PAGES);
	const { host, guest } = await meet(town, 'https://a.example/');
	await host.sight.see(focused);
	await host.shell.click(control('chat-open'));
	await host.shell.click(control('chat-input'));
	await host.page.keyboard.type('one ');
	await (await host.sight.frame()).evaluate("void (location.href = '/next')");
	await host.sight.see({ css: 'h1', text: 'code' });
	await guest.sight.see({ css: 'h1', text: 'code' });
	await host.sight.see(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true)))));
	await host.page.keyboard.type('two');
	await host.shell.see({ css: control('chat-input'), value: 'one two' });
	await host.sight.see({ css: 'input', value: '' });
});

test('a page hears keys without a click, the host’s and those of a guest who gets control', async (t) => {
	const town = await openTown(t, { '/': KEYS, '/next': KEYS });
	const { host, guest } = await meet(town, 'https://a.example/');
	await host.sight.see((document: Document) => document.hasFocus());
	await handControl(host, guest);
	const mirror = (await guest.sight.frame()).parentFrame();
	await mirror?.waitForFunction(() => document.hasFocus() && document.activeElement?.localName === 'textarea');
	await guest.page.keyboard.press('ArrowDown');
	await host.sight.see({ css: 'output', text: 'ArrowDown' });
	await guest.page.keyboard.type('x');
	await host.sight.see({ css: 'output', text: 'x' });
	// Nor does a button of the shell take it from them, unless it opens something.
	for (const [person, key] of [
		[host, 'Home'],
		[guest, 'End'],
	] as const) {
		for (let press = 0; press < 2; press++) await person.shell.click(control('laser'));
		await person.page.waitForFunction(() => document.activeElement?.localName === 'iframe');
		await person.page.keyboard.press(key);
		await host.sight.see({ css: 'output', text: key });
	}
	await host.shell.click(control('chat-open'));
	await host.page.waitForFunction(() => document.activeElement?.localName !== 'iframe');
	await host.shell.click(control('chat-open'));
	await host.shell.click(control('address'));
	await host.shell.press('Control+A');
	await host.shell.keys('b.example/next');
	await host.shell.press('Enter');
	await host.sight.see({ css: 'output', text: 'none' });
	await host.sight.see((document: Document) => document.hasFocus());
	await host.page.keyboard.press('ArrowLeft');
	await guest.sight.see({ css: 'output', text: 'ArrowLeft' });
});

test.run();
