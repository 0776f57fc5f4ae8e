// tests only (Node, Chromium).
// Private entry: while the host is in a secret field nobody else acts, a curtain hangs there, and a guest in control gets into no such field.
import * as assert from 'uvu/assert';
import { suite } from '../harness.ts';
import { control, handControl } from './people.ts';
import { meet, openTown } from './town.ts';

const test = suite('private entry', { limit: 170_000 });

const FORM = `<label for="pass">Password</label><input id="pass" type="password"><input id="name"><button id="b" onclick="pass.focus()">sign in</button>`;
const PAGES = {
	'/': `${FORM}<script>let told = ''; onkeypress = (e) => { told += e.key }</script><div id="login"></div><script>login.attachShadow({ mode: 'open' }).innerHTML = '<input id="user"><input id="word" type="password">'</script><iframe id="pay" src="https://b.example/pay" width="500" height="90"></iframe>`,
	'/pay': '<input id="card" autocomplete="cc-number"><input id="note">',
};

test('the others see a curtain, control rests, and comes back', async (t) => {
	const { host, guest } = await meet(await openTown(t, PAGES), 'https://a.example/');
	await guest.sight.see({ css: '#name' });
	await handControl(host, guest);
	await host.sight.click('#pass');
	await guest.shell.see({ css: control('private-entry'), text: 'Host is entering something private' });
	await host.shell.see({ css: control('private-entry') });
	const mirror = await (await guest.page.$('iframe[data-tandem-mirror]'))?.contentFrame();
	const curtain = () =>
		mirror?.evaluate(() => {
			const box = document.querySelector<HTMLElement>('[data-tandem=curtain]');
			return box && box.style.display === 'flex'
				? { text: box.textContent, left: Math.round(box.getBoundingClientRect().left) }
				: undefined;
		});
	const field = await (await guest.sight.frame()).$eval('#pass', (e) => Math.round(e.getBoundingClientRect().left));
	assert.equal(await curtain(), { text: 'Host is entering something private', left: field });
	// The guest's keys go nowhere.
	await guest.sight.click('#name');
	await guest.sight.keys('intruder');
	await host.sight.keys('s3cret-word');
	assert.is(await (await host.sight.frame()).$eval('#pass', (e) => (e as HTMLInputElement).value), 's3cret-word');
	assert.is(await (await host.sight.frame()).$eval('#name', (e) => (e as HTMLInputElement).value), '');
	await host.sight.click('#name');
	await guest.shell.see({ css: control('private-entry'), count: 0 });
	await guest.shell.see({ css: control('control-release') });
	for (let tries = 0; tries < 100 && (await curtain()); tries++) await new Promise((go) => setTimeout(go, 50)); // shell and mirror are told by different ways
	assert.is(await curtain(), undefined);
	await guest.sight.type('#name', 'again');
	await host.sight.see({ css: '#name', value: 'again' });
	// In a frame of another site too.
	await host.sight.within('#pay').click('#card');
	await guest.shell.see({ css: control('private-entry') });
	await host.sight.within('#pay').click('#note');
	await guest.shell.see({ css: control('private-entry'), count: 0 });
	// From one field of a shadow tree to the next.
	await host.sight.click('#login >>> #user');
	await host.sight.press('Tab');
	await guest.shell.see({ css: control('private-entry') });
	await host.sight.press('Shift+Tab');
	await guest.shell.see({ css: control('private-entry'), count: 0 });
});

test('a guest in control gets into no secret field, by no way, and is told why', async (t) => {
	const { host, guest } = await meet(await openTown(t, PAGES), 'https://a.example/');
	await guest.sight.see({ css: '#name' });
	await handControl(host, guest);
	const focused = async () => (await host.sight.frame()).evaluate('document.activeElement.id');
	for (const gesture of [
		() => guest.sight.click('#pass'),
		() => guest.sight.click('label'),
		() => guest.sight.click('#b'),
		() => guest.sight.press('Shift+Tab'),
	]) {
		await guest.sight.click('#name');
		await gesture();
		await guest.shell.see({ css: '.toast', text: 'Only the host enters something here' });
		// What they type all the same is meant for that field: it goes nowhere, neither where the focus was nor to the page's own listeners.
		await guest.sight.keys('x');
		assert.is.not(await focused(), 'pass');
		await guest.shell.see({ css: '.toast', count: 0 });
	}
	assert.is(await (await host.sight.frame()).evaluate('told'), '', 'no key was told to the page');
	assert.is(await (await host.sight.frame()).$eval('#name', (e) => (e as HTMLInputElement).value), '');
	assert.is(await (await host.sight.frame()).$eval('#pass', (e) => (e as HTMLInputElement).value), '');
	await guest.sight.type('#name', 'Grace');
	await host.sight.see((document) => (document.querySelector('#name') as HTMLInputElement).value.includes('Grace'));
});

test('what a guest types who was kept out of a secret field in a frame goes to no field around it', async (t) => {
	const pages = {
		'/': '<input id="name"><iframe id="in" src="/in" width="500" height="90"></iframe>',
		'/in': '<input id="word" type="password"><input id="note">',
	};
	const { host, guest } = await meet(await openTown(t, pages), 'https://a.example/');
	await guest.sight.within('#in').see({ css: '#word' });
	await handControl(host, guest);
	await guest.sight.type('#name', 'Ada');
	await host.sight.see({ css: '#name', value: 'Ada' });
	await guest.sight.within('#in').click('#word');
	await guest.shell.see({ css: '.toast', text: 'Only the host enters something here' });
	await guest.sight.keys('s3cret');
	await guest.sight.within('#in').click('#note');
	await guest.sight.keys('after');
	await host.sight.within('#in').see({ css: '#note', value: 'after' });
	await host.sight.see({ css: '#name', value: 'Ada' });
	assert.is(await (await host.sight.within('#in').frame()).$eval('#word', (e) => (e as HTMLInputElement).value), '');
});

test.run();
