// tests only (Node, Chromium).
// A guest at 256 kbit/s with a round trip of 300 ms, through a relay of the test's own: the page comes soon, stays close behind the host's, and
// both are told that the line is slow.
import * as assert from 'uvu/assert';
import { chromium } from '../browser.ts';
import { suite } from '../harness.ts';
import { slowLine } from '../slow-line.ts';
import { control, joinGuest, makeSession, openHost, sit } from './people.ts';
import { openTown, type Pages } from './town.ts';

const test = suite('slow guest', { limit: 120_000 });

const RATE = 256_000 / 8;
const TRIP = 300;

/** 10,000 nodes, and on demand more changes a second than the line can carry: six rows of noise, one of them each tenth of a second, 60 kB/s. */
const PAGES: Pages = {
	'/': `<h1>rows</h1><p id=clock>0</p><table id=t></table><script>
		t.innerHTML = Array.from({ length: 1250 }, (_, i) => \`<tr class="row r\${i % 7}"><td>\${i}</td><td><a href="/item/\${i * 7919 % 1000}">item \${(i * 7919).toString(36)}</a></td><td>\${Math.sin(i).toFixed(4)}</td></tr>\`).join('');
		let n = 0;
		const noise = () => Array.from({ length: 600 }, () => Math.random().toString(36).slice(2)).join(' ');
		globalThis.hurry = () => setInterval(() => { t.rows[n % 6].cells[1].textContent = noise(); clock.textContent = ++n + ' ' + Date.now(); }, 100);
		globalThis.rest = (id) => { clearInterval(id); clock.textContent = 'at rest'; };
	</script>`,
};

test('first picture, how far behind, and who is told', async (t) => {
	const town = await openTown(t, PAGES);
	const line = await slowLine(town.tandem.port, RATE, TRIP);
	t.defer(() => line.close());
	const far = await chromium({ through: line.port });
	t.defer(() => far.close());
	const session = await makeSession(town.tandem, 'https://a.example/');
	const host = await openHost(town.browser, session);
	await host.sight.see({ css: '#clock', text: '0' });
	const near = await joinGuest(town.browser, session, 'Near');
	await near.sight.see({ css: '#clock', text: '0' });

	const guest = await sit(far, 'guest', 'Far');
	await guest.page.goto(session.joinUrl, { waitUntil: 'load' });
	await guest.shell.type(control('join-name'), 'Far');
	// A person takes longer than a test to type a name.
	await guest.page.waitForNetworkIdle({ idleTime: 500 });
	const began = Date.now();
	await guest.shell.click(control('join'));
	await guest.sight.see({ css: 'td', text: '1249' });
	const first = Date.now() - began;

	const page = await host.sight.frame();
	const timer = await page.evaluate('hurry()');
	// The clock in the page is this machine's, so what the guest sees says how old it is.
	const ages: number[] = [];
	const mirror = await guest.sight.frame();
	for (const end = Date.now() + 15_000; Date.now() < end; await new Promise((go) => setTimeout(go, 100))) {
		const text = await mirror.$eval('#clock', (e) => e.textContent ?? '').catch(() => '');
		const at = Number(text?.split(' ')[1]);
		if (at && ages.push(Date.now() - at) === 60) {
			await guest.shell.see({ css: control('slow') });
			await host.shell.see({ css: `${control('slow')}[title*="Far"]` });
		}
	}
	await near.shell.see({ css: control('slow'), count: 0 });
	await page.evaluate(`rest(${timer})`);
	await guest.sight.see({ css: '#clock', text: 'at rest' }, 4000);
	ages.sort((a, b) => a - b);
	console.log(
		`first picture ${first} ms; behind: median ${ages[ages.length >> 1]} ms, p95 ${ages[Math.floor(ages.length * 0.95)]} ms, most ${ages.at(-1)} ms`,
	);
	assert.ok(ages.length > 50);
});

test.run();
