// tests only (Node, Chromium). Two tabs of one host, each with its own way back and forth, by the shell's buttons and by the page.
import * as assert from 'uvu/assert';
import { suite } from '../harness.ts';
import { control, makeSession, openHost } from './people.ts';
import { openTown } from './town.ts';

const test = suite('histories of tabs', { limit: 60_000 });

const page = (name: string) =>
	`<title>${name}</title><h1>${name}</h1><a href="/${name[0]}${Number(name[1]) + 1}">on</a><button onclick="history.back()">back</button>`;

test('going back in one tab leaves the other where it is', async (t) => {
	const pages = Object.fromEntries(['a1', 'a2', 'a3', 'b1', 'b2'].map((name) => [`/${name}`, page(name)]));
	const { tandem, browser } = await openTown(t, pages);
	const session = await makeSession(tandem, 'https://a.example/a1');
	const host = await openHost(browser, session);
	await host.sight.see({ css: 'h1', text: 'a1' });
	await host.sight.click('a');
	await host.sight.see({ css: 'h1', text: 'a2' });
	await tandem.rest('POST', `/api/sessions/${session.id}/tabs`, { url: 'https://b.example/b1' });
	await host.shell.see((document) => document.querySelectorAll('.tab').length === 2);
	const show = async (title: string) => {
		await (await host.shell.frame()).evaluate((name) => {
			const tab = [...document.querySelectorAll('.tab')].find((each) => each.textContent?.includes(name));
			tab?.querySelector<HTMLElement>('.tab-button')?.click();
		}, title);
	};
	await show('b1');
	await host.sight.see({ css: 'h1', text: 'b1' });
	await host.sight.click('a');
	await host.sight.see({ css: 'h1', text: 'b2' });
	await show('a2');
	await host.sight.see({ css: 'h1', text: 'a2' });
	await host.shell.click(control('back'));
	await host.sight.see({ css: 'h1', text: 'a1' });
	await host.shell.click(control('forward'));
	await host.sight.see({ css: 'h1', text: 'a2' });
	await host.sight.click('button');
	await host.sight.see({ css: 'h1', text: 'a1' });
	await show('b2');
	await host.sight.see({ css: 'h1', text: 'b2' });
	await host.sight.click('button');
	await host.sight.see({ css: 'h1', text: 'b1' });
	await show('a1');
	await host.sight.see({ css: 'h1', text: 'a1' });
	await host.sight.click('a');
	await host.sight.see({ css: 'h1', text: 'a2' });
	await host.shell.click(control('back'));
	await host.sight.see({ css: 'h1', text: 'a1' });
});

test('back from the first page of a tab, by whomever, leads nobody out of the session', async (t) => {
	const pages = Object.fromEntries(['a1', 'a2'].map((name) => [`/${name}`, page(name)]));
	const { tandem, browser } = await openTown(t, pages);
	const session = await makeSession(tandem, 'https://a.example/a1');
	const host = await openHost(browser, session);
	await host.sight.see({ css: 'h1', text: 'a1' });
	await (await host.sight.frame()).evaluate('window.same = 1');
	for (const back of [() => host.shell.click(control('back')), () => host.sight.click('button')]) {
		await back();
		await new Promise((done) => setTimeout(done, 500));
		await host.shell.see({ css: control('back') });
		await host.sight.see({ css: 'h1', text: 'a1' });
		assert.is(await (await host.sight.frame()).evaluate('window.same'), 1, 'the page is the same');
	}
	await host.sight.click('a');
	await host.sight.see({ css: 'h1', text: 'a2' });
	await host.shell.click(control('back'));
	await host.sight.see({ css: 'h1', text: 'a1' });
	await host.shell.click(control('back'));
	await host.shell.click(control('back'));
	await new Promise((done) => setTimeout(done, 500));
	await host.shell.click(control('forward'));
	await host.sight.see({ css: 'h1', text: 'a2' });
	// Also in a shell that was loaded anew.
	await host.page.reload();
	await host.sight.see({ css: 'h1', text: 'a2' });
	for (let i = 0; i < 3; i++) await host.shell.click(control('back'));
	await host.shell.see({ css: control('back') });
});

test.run();
