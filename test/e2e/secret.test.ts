// tests only (Node, Chromium).
// A password that the host types never leaves the host's browser towards a guest: looked for in every byte on the sockets.
import type { CDPSession } from 'puppeteer-core';
import * as assert from 'uvu/assert';
import { suite } from '../harness.ts';
import { control, join, makeSession, type Person, sit } from './people.ts';
import { openTown } from './town.ts';

const test = suite('secrets', { limit: 60_000 });

const PAGE = `<form method="post" action="/in"><input id="user" autocomplete="username"><input id="pass" type="password">
	<button type="button" id="show" onclick="pass.type = 'text'">show</button></form>`;

/** Everything that a window's sockets carry, as bytes. */
async function wire({ page }: Person): Promise<Buffer[]> {
	const seen: Buffer[] = [];
	const cdp: CDPSession = await page.createCDPSession();
	await cdp.send('Network.enable');
	const keep = ({ response }: { response: { opcode: number; payloadData: string } }) =>
		seen.push(Buffer.from(response.payloadData, response.opcode === 2 ? 'base64' : 'utf8'));
	cdp.on('Network.webSocketFrameSent', keep);
	cdp.on('Network.webSocketFrameReceived', keep);
	return seen;
}

test('a typed password is in no frame on the wire, shown or hidden; not even after it is shown', async (t) => {
	const town = await openTown(t, { '/': PAGE });
	const session = await makeSession(town.tandem, 'https://a.example/');
	const host = await sit(town.browser, 'host');
	const sent = await wire(host);
	await host.page.goto(session.hostUrl);
	const guest = await sit(town.browser, 'guest');
	const received = await wire(guest);
	await join(guest, session);
	await host.sight.type('#user', 'visible-name');
	await host.sight.type('#pass', 'Tr0ub4dor&3');
	await guest.sight.see({ css: '#user', value: 'visible-name' });
	await host.sight.click('#show');
	await host.sight.see({ css: '#pass[type=text]', value: 'Tr0ub4dor&3' });
	await host.sight.type('#user', '!');
	await guest.sight.see((document) => (document.querySelector('#user') as HTMLInputElement).value.includes('!'));
	const value = await (await guest.sight.frame()).$eval('#pass', (e) => (e as HTMLInputElement).value);
	assert.not.match(value, /Tr0ub/);
	const contains = (frames: Buffer[], text: string) => Buffer.concat(frames).includes(text);
	assert.ok(contains(sent, 'visible-name'), 'the host’s socket was listened to');
	assert.ok(contains(received, 'visible-name'), 'the guest’s socket was listened to');
	for (const part of ['Tr0ub4dor&3', 'Tr0ub4dor', 'Tr0u']) {
		assert.not.ok(contains(sent, part), `“${part}” left the host`);
		assert.not.ok(contains(received, part), `“${part}” reached the guest`);
	}
	await guest.shell.see({ css: control('participants') });
});

test('a field that a style sheet draws as dots is secret from the moment somebody enters it', async (t) => {
	const town = await openTown(t, {
		'/': '<style>.dots { -webkit-text-security: disc }</style><input id="free"><input id="dots" class="dots"><p id="echo"></p>',
	});
	const session = await makeSession(town.tandem, 'https://a.example/');
	const host = await sit(town.browser, 'host');
	const sent = await wire(host);
	await host.page.goto(session.hostUrl);
	const guest = await sit(town.browser, 'guest');
	await join(guest, session);
	await host.sight.type('#dots', 'Zq7#mellow');
	await host.sight.type('#free', 'open');
	await guest.sight.see({ css: '#free', value: 'open' });
	const bytes = Buffer.concat(sent);
	assert.ok(bytes.includes('open'));
	for (const part of ['Zq7', 'mellow']) assert.not.ok(bytes.includes(part), part);
});

test.run();
