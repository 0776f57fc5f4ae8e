// tests only (Node, Chromium).
// A guest in control sees the suggestions of a <datalist>, and their choice comes into the host's field as typing does.
import * as assert from 'uvu/assert';
import { suite } from '../harness.ts';
import { handControl, type Person } from './people.ts';
import { meet, openTown, type Pages } from './town.ts';

const test = suite('suggestions', { limit: 90_000 });

const PAGES: Pages = {
	'/': `<form><input id="town" list="towns"><input id="mail" type="email" list="mails" value="x@y.example"></form><datalist id="towns"><option value="Berlin"><option value="Bern" label="Bern (CH)"><option value="Rome" disabled><option value="Oslo"></datalist>
		<datalist id="mails"><option value="ada@one.example"></datalist><script>var log = []; for (const type of ['beforeinput', 'input', 'change']) addEventListener(type, (e) => log.push(type + ' ' + (e.inputType || '') + ' ' + e.target.value));</script>`,
};

const listed = async (guest: Person, texts: readonly string[]) => {
	const mirror = guest.page.frames().find((frame) => frame.url().includes('mirror'));
	await mirror?.waitForFunction(
		(wanted: string) => [...document.querySelectorAll('[data-tandem="suggestion"]')].map((el) => el.textContent).join() === wanted,
		{ timeout: 6000 },
		texts.join(),
	);
	return mirror;
};

test('shown as the field is pressed and typed in; chosen by key and by pointer', async (t) => {
	const { host, guest } = await meet(await openTown(t, PAGES), 'https://a.example/');
	await guest.sight.see({ css: '#town' });
	await listed(guest, []);
	await handControl(host, guest);
	await guest.sight.click('#town');
	await listed(guest, ['Berlin', 'BernBern (CH)', 'Oslo']);
	await guest.page.keyboard.type('er');
	await listed(guest, ['Berlin', 'BernBern (CH)']);
	if (process.env.PICTURES) await guest.page.screenshot({ path: `${process.env.PICTURES}/suggestions.png` });
	await guest.page.keyboard.press('ArrowDown');
	await guest.page.keyboard.press('ArrowDown');
	await guest.page.keyboard.press('Enter');
	for (const { sight } of [host, guest]) await sight.see({ css: '#town', value: 'Bern' });
	await listed(guest, []);
	const page = await host.sight.frame();
	assert.equal(await page.evaluate('log.slice(-3)'), [
		'beforeinput insertReplacementText er',
		'input insertReplacementText Bern',
		'change  Bern',
	]);

	await guest.sight.click('#mail');
	await listed(guest, []);
	await guest.page.keyboard.press('End');
	for (let i = 0; i < 11; i++) await guest.page.keyboard.press('Backspace');
	await host.sight.see({ css: '#mail', value: '' });
	await guest.page.keyboard.type('a');
	const mirror = await listed(guest, ['ada@one.example']);
	const item = await mirror?.$('[data-tandem="suggestion"]');
	await item?.click();
	await host.sight.see({ css: '#mail', value: 'ada@one.example' });
	await guest.page.keyboard.press('Escape');
	await listed(guest, []);
});

test.run();
