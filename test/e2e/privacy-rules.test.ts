// tests only (Node, Chromium).
// The workspace's rules: by selector, by class of guest, while a session runs; the private mode; frames; addresses; a selector that is none.
import * as assert from 'uvu/assert';
import { suite } from '../harness.ts';
import { control, handControl, join, joinGuest, makeSession, openHost, type SessionMade, sit } from './people.ts';
import { listen } from './privacy-wire.ts';
import { openTown, type Town } from './town.ts';

const test = suite('privacy rules', { limit: 90_000 });

const PAGE = `<h1>Account</h1><p id="open">public</p><p class="balance" title="Kontostand-77">Balance-Qx81</p><div id="box"><img src="/p.png" alt="Picture-Wz1"><b>Bold-Hx5</b>
<em class="shown">Shown-Nn2</em></div><div id="gone"><i>Blocked-Jp3</i></div><iframe id="pay" src="https://b.example/inner"></iframe><div id="later">Later-Rr9</div>
<a href="https://b.example/y">Linked-Ss5</a><script>document.title = 'Title-Vv3'</script>`;
const PAGES = { '/': PAGE, '/inner': '<p id="in">Inner-Ff4</p>', '/own': PAGE };

const put = async ({ tandem }: Town, body: object) =>
	await tandem.rest<{ error?: { code: string; detail: string } }>('PUT', '/api/mask-rules', body);

test('a rule masks, blocks and allows; frames too; it holds when it comes while the session runs', async (t) => {
	const town = await openTown(t, PAGES);
	const rules = [
		{ host: 'a.example', selector: '.balance', action: 'mask' },
		{ host: '*.example', selector: '#box', action: 'mask' },
		{ host: '*', selector: '.shown', action: 'allow' },
		{ host: 'a.example', selector: '#gone', action: 'block' },
		{ host: '*', selector: 'a[href^="https://b."]', action: 'mask' },
		{ host: 'a.example', selector: 'iframe#pay', action: 'mask' },
		{ host: 'a.example', selector: 'title', action: 'mask' },
	];
	assert.is((await put(town, { rules })).status, 200);
	const session = await makeSession(town.tandem, 'https://a.example/');
	const host = await openHost(town.browser, session);
	const guest = await sit(town.browser, 'guest');
	const heard = await listen(guest);
	await join(guest, session);
	await guest.sight.see([
		{ css: '#open', text: 'public' },
		{ css: '.shown', text: 'Shown-Nn2' },
	]);
	await guest.sight.see({ css: '#later', text: 'Later-Rr9' });
	await guest.sight.see({ css: '#gone *', count: 0, hidden: true });
	await host.sight.within('#pay').see({ css: '#in', text: 'Inner-Ff4' });
	// A rule that comes now: the mirror begins anew without it, also for who changes what it speaks of.
	assert.is((await put(town, { rules: [...rules, { host: 'a.example', selector: '#later, .late', action: 'mask' }] })).status, 200);
	await guest.sight.see((document) => !document.body.textContent?.includes('Later-Rr9') && document.querySelector('#later'));
	await (await host.sight.frame()).evaluate(`const at = document.getElementById('open'); at.className = 'late'; at.append('Later-Uu6')`);
	await guest.sight.see((document) => !document.querySelector('#open')?.textContent?.includes('public'));
	for (const secret of [
		'Balance-Qx81',
		'Kontostand-77',
		'Picture-Wz1',
		'Bold-Hx5',
		'Blocked-Jp3',
		'Inner-Ff4',
		'Later-Uu6',
		'Linked-Ss5',
		'Title-Vv3',
	]) {
		assert.not.ok(heard().includes(secret), `${secret} reached the guest`);
	}
});

test('each class of guests gets its own bytes', async (t) => {
	const town = await openTown(t, PAGES);
	const rules = [{ host: '*', selector: '.balance', action: 'mask', classes: ['visitor'] }];
	assert.is((await put(town, { rules })).status, 200);
	const session = await makeSession(town.tandem, 'https://a.example/');
	const agent = await sit(town.browser, 'host', 'agent');
	const toAgent = await listen(agent);
	await agent.page.goto(session.hostUrl, { waitUntil: 'domcontentloaded' });
	const owner = await joinGuest(town.browser, session, 'Owner');
	const fromOwner = await listen(owner);
	await handControl(agent, owner);
	// The visitor opens a tab of their own: the agent and another visitor are its guests.
	await owner.shell.click(control('tab-new'));
	await owner.shell.type(control('address'), 'https://a.example/own');
	await owner.shell.press('Enter');
	const other = await sit(town.browser, 'guest', 'other');
	const toOther = await listen(other);
	await join(other, session, 'Other');
	await other.sight.see({ css: '#open', text: 'public' });
	const agentSees = async (text: string) => {
		for (let i = 0; i < 200 && !toAgent().includes(text); i++) await new Promise((done) => setTimeout(done, 50));
		assert.ok(toAgent().includes(text), text);
	};
	await agentSees('Balance-Qx81');
	assert.ok(fromOwner().includes('Balance-Qx81'));
	assert.ok(toOther().includes('public'));
	assert.not.ok(toOther().includes('Balance-Qx81'), 'masked for visitors');
	assert.not.ok(toOther().includes('Kontostand-77'), 'attributes too');
	// And changes.
	const tab = await owner.page.waitForSelector('iframe[data-tandem-tab].shown');
	const frame = await tab?.contentFrame();
	await frame?.evaluate(
		`document.querySelector('.balance').firstChild.data = 'Balance-Yy22, and some more text around it'; document.querySelector('h1').textContent = 'changed'`,
	);
	await agentSees('Balance-Yy22');
	await other.sight.see({ css: 'h1', text: 'changed' });
	assert.not.ok(toOther().includes('Balance-Yy22'));
});

test('the private mode shows what is allowed and nothing else, in the shape of the rest', async (t) => {
	const town = await openTown(t, PAGES);
	assert.is((await put(town, { rules: [{ host: '*', selector: 'h1', action: 'allow' }] })).status, 200);
	const session = await makeSession(town.tandem, 'https://a.example/', { private: true });
	await openHost(town.browser, session);
	const guest = await sit(town.browser, 'guest');
	const heard = await listen(guest);
	await join(guest, session);
	await guest.sight.see({ css: 'h1', text: 'Account' });
	await guest.shell.see({ css: control('tab'), text: 'a.example' });
	const shape = (await (await guest.sight.frame()).evaluate(`document.querySelector('.balance').textContent`)) as string;
	assert.is(shape.replace('\u2060', '').length, 'Balance-Qx81'.length);
	for (const secret of ['public', 'Balance-Qx81', 'Kontostand-77', 'Picture-Wz1', 'Bold-Hx5', 'Inner-Ff4', 'Title-Vv3'])
		assert.not.ok(heard().includes(secret), secret);
});

test('a selector that is none is refused with its place, and one that a browser can’t read hides all', async (t) => {
	const town = await openTown(t, PAGES);
	const bad = await put(town, { rules: [{ host: '*', selector: 'div[', action: 'mask' }] });
	assert.is(bad.status, 400);
	assert.is(bad.body.error?.code, 'bad-selector');
	assert.match(bad.body.error?.detail ?? '', /rules\.0\.selector.*4.*div\[/);
	assert.is((await put(town, { rules: [{ host: 'a b', selector: 'p', action: 'mask' }] })).status, 400);
	assert.is((await put(town, { rules: [{ host: '*', selector: 'p:no-such-thing', action: 'mask' }] })).status, 200);
	const session = await makeSession(town.tandem, 'https://a.example/');
	const host = await openHost(town.browser, session);
	const guest = await sit(town.browser, 'guest');
	const heard = await listen(guest);
	await join(guest, session);
	await host.shell.see({ css: '.toast-bad', text: 'p:no-such-thing' });
	await guest.sight.see({ css: '#open' });
	assert.not.ok(heard().includes('Balance-Qx81'));
});

test('an agent sets rules in the dashboard, is told which one cannot be read, and starts a private session', async (t) => {
	const town = await openTown(t, PAGES);
	const agent = await sit(town.browser, 'host');
	await agent.page.goto(`${town.tandem.app}/privacy`);
	await agent.shell.type(control('login-email'), town.tandem.first?.email ?? '');
	await agent.shell.type(control('login-password'), town.tandem.first?.password ?? '');
	await agent.shell.click(control('login'));
	await agent.shell.click(control('privacy-rules'));
	for (const selector of ['.balance', 'div[']) {
		await agent.shell.click(control('rule-add'));
		await agent.shell.see((document) => document.activeElement?.matches('[data-tandem=rule-selector]'));
		await agent.shell.keys(selector);
	}
	await agent.shell.choose(`[data-tandem=rule]:nth-child(1) ${control('rule-whom')}`, 'visitor');
	await agent.shell.type(control('private-hosts'), '*.bank.example');
	await agent.shell.click(control('rules-save'));
	await agent.shell.see([{ css: '[data-tandem=rule]:nth-child(2)[data-wrong]' }, { css: control('problem'), text: 'div[' }]);
	await agent.shell.click(`[data-tandem=rule]:nth-child(2) ${control('rule-remove')}`);
	await agent.shell.click(control('rules-save'));
	await agent.shell.see({ css: '.toast-good' });
	const { body } = await town.tandem.rest<{ rules: unknown; privateHosts: unknown }>('GET', '/api/mask-rules');
	assert.equal(body.rules, [{ host: '*', selector: '.balance', action: 'mask', classes: ['visitor'] }]);
	assert.equal(body.privateHosts, ['*.bank.example']);
	if (process.env.SHOTS) await agent.page.screenshot({ path: `${process.env.SHOTS}/privacy.png` });

	await agent.page.goto(`${town.tandem.app}/`);
	await agent.shell.click(control('private'));
	await agent.shell.type(control('new-url'), 'a.example');
	await agent.shell.click(control('start'));
	await agent.sight.see({ css: '#open', text: 'public' });
	const { body: list } = await town.tandem.rest<{ sessions: { joinUrl: string }[] }>('GET', '/api/sessions');
	const guest = await sit(town.browser, 'guest');
	const heard = await listen(guest);
	await join(guest, list.sessions[0] as { joinUrl: string } as SessionMade);
	await guest.sight.see({ css: '#open', hidden: true });
	assert.not.ok(heard().includes('public'), 'nothing was allowed, so nothing is shown');
});

test('values of named URL parameters stay with the host, and the page works with them', async (t) => {
	const town = await openTown(t, {
		'/': (req, res) => res.writeHead(200, { 'content-type': 'text/html' }).end(`<p id="at">${req.url}</p>`),
	});
	const session = await makeSession(town.tandem, 'https://a.example/');
	const host = await openHost(town.browser, session);
	const guest = await sit(town.browser, 'guest');
	const heard = await listen(guest);
	await join(guest, session);
	await host.sight.see({ css: '#at', text: '/' });
	await host.shell.type(control('address'), 'https://a.example/?token=Tok-55aa&page=7');
	await host.shell.press('Enter');
	await host.sight.see({ css: '#at', text: 'token=Tok-55aa' });
	await guest.shell.see((document) => (document.querySelector('[data-tandem=address]') as HTMLInputElement).value.includes('page=7'));
	// A reload of the host's window goes to the real address again.
	await host.page.reload();
	await host.sight.see({ css: '#at', text: 'token=Tok-55aa' });
	const shown = await guest.page.$eval('[data-tandem=address]', (e) => (e as HTMLInputElement).value);
	assert.match(shown, /token=(?:•|%E2%80%A2)/);
	const { body } = await town.tandem.rest('GET', `/api/sessions/${session.id}`);
	assert.not.ok(JSON.stringify(body).includes('Tok-55aa'), 'not in the API');
	const socket = heard()
		.toString('latin1')
		.replace(/token=Tok-55aa(?=&amp;page|&page=7<)/g, '');
	assert.not.ok(/"url":"[^"]*Tok-55aa/.test(socket), 'not in the tab list');
});

test.run();
