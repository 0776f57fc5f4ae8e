// tests only (Node, Chromium).
// Lines that break for a while, on either side; a server that is restarted; a host's shell that is loaded anew: nothing is lost that can be
// kept. Each line is a relay of the test's own, so a cut is a cut: connections break, and none can be made until it is mended.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '../browser.ts';
import { suite } from '../harness.ts';
import { type SlowLine, slowLine } from '../slow-line.ts';
import { startTandem } from '../tandem.ts';
import { control, handControl, joinGuest, makeSession, openHost, type Person } from './people.ts';
import { openTown, type Pages } from './town.ts';

const test = suite('faults', { limit: 240_000 });

const PAGES: Pages = {
	'/': `<style>html { overflow-anchor: none }</style><h1>list</h1><p id=n>0</p><input id=name><ul id=list style="height: 300px; overflow: hidden"></ul><iframe id=f src=https://b.example/inner></iframe>
		<div style="height: 3000px"></div><script>
		let n = 0;
		const shown = document.querySelector('#n'), list = document.querySelector('#list');
		setInterval(() => { shown.textContent = ++n; const li = document.createElement('li'); li.textContent = 'item ' + n; list.append(li); if (list.children.length > 50) list.firstChild.remove(); }, 200);
		</script>`,
	'/inner': '<p id=m>0</p><script>let m = 0; setInterval(() => { document.querySelector("#m").textContent = ++m; }, 300)</script>',
};

interface Together {
	readonly host: Person;
	readonly guest: Person;
	readonly hostLine: SlowLine;
	readonly guestLine: SlowLine;
	restart(): Promise<void>;
}

async function together(t: { defer(undo: () => unknown): void }): Promise<Together> {
	const folder = await mkdtemp(join(tmpdir(), 'tandem-faults-'));
	t.defer(() => rm(folder, { recursive: true, force: true }));
	const town = await openTown(t, PAGES, chromium, { TANDEM_DATA: folder });
	const [hostLine, guestLine] = await Promise.all([slowLine(town.tandem.port), slowLine(town.tandem.port)]);
	t.defer(() => hostLine.close());
	t.defer(() => guestLine.close());
	const [theirs, ours] = await Promise.all([chromium({ through: hostLine.port }), chromium({ through: guestLine.port })]);
	t.defer(() => theirs.close());
	t.defer(() => ours.close());
	const session = await makeSession(town.tandem, 'https://a.example/');
	const host = await openHost(theirs, session);
	const guest = await joinGuest(ours, session);
	await guest.sight.see({ css: 'h1', text: 'list' });
	await guest.sight.within('#f').see({ css: '#m' });
	return {
		host,
		guest,
		hostLine,
		guestLine,
		async restart() {
			await town.tandem.close();
			const again = await startTandem({ env: { ...town.env, TANDEM_PORT: String(town.tandem.port) } });
			t.defer(() => again.close());
		},
	};
}

/** Waits until the guest sees what the host has now, in both frames; answers the milliseconds it took. */
async function caughtUp({ host, guest }: Together): Promise<number> {
	const began = Date.now();
	const count = async (hand: Person['sight'], css: string) => Number(await (await hand.frame()).$eval(css, (e) => e.textContent));
	const n = await count(host.sight, '#n');
	const m = await count(host.sight.within('#f'), '#m');
	// In one look, from the mirror's root: the frames of a mirror are drawn anew when a key comes.
	const seen = async () =>
		(await guest.sight.frame()).evaluate(() => {
			const inner = document.querySelector<HTMLIFrameElement>('#f')?.contentDocument;
			return [document, inner].map((doc, i) => Number(doc?.querySelector(i ? '#m' : '#n')?.textContent ?? -1));
		});
	for (;;) {
		const [outer = -1, inner = -1] = await seen().catch(() => []);
		if (outer >= n && inner >= m) break;
		if (Date.now() - began > 30_000) throw new Error(`the guest is at ${outer} and ${inner}, the host was at ${n} and ${m}`);
		await new Promise((go) => setTimeout(go, 50));
	}
	const took = Date.now() - began;
	// The list is whole, in its order and without a gap.
	await guest.sight.see((document) => {
		const items = [...document.querySelectorAll('li')].map((li) => Number(li.textContent?.slice(5)));
		return items.length > 0 && items.every((item, i) => i === 0 || item === (items[i - 1] ?? 0) + 1);
	});
	return took;
}

const seconds = (n: number) => new Promise((done) => setTimeout(done, n * 1000));

test("a guest's line is cut for 1, 10 and 60 s", async (t) => {
	const all = await together(t);
	for (const cut of [1, 10, 60]) {
		all.guestLine.cut();
		await all.guest.shell.see({ css: control('offline') });
		await seconds(cut);
		all.guestLine.mend();
		const took = await caughtUp(all);
		await all.guest.shell.see({ css: control('offline'), count: 0 });
		console.log(`guest cut for ${cut} s: caught up ${took} ms after it was mended`);
	}
});

test("a host's line is cut for 1, 10 and 60 s: the page goes on where it was", async (t) => {
	const all = await together(t);
	for (const cut of [1, 10, 60]) {
		all.hostLine.cut();
		await all.guest.shell.see({ css: control('host-away') });
		await seconds(cut);
		all.hostLine.mend();
		const took = await caughtUp(all);
		await all.guest.shell.see({ css: control('host-away'), count: 0 });
		console.log(`host cut for ${cut} s: caught up ${took} ms after it was mended`);
	}
	await handControl(all.host, all.guest);
	await all.guest.sight.type('#name', 'Ada');
	await all.host.sight.see({ css: '#name', value: 'Ada' });
});

test('the server is restarted on the same data: everybody comes back, control too, and nobody has to do anything', async (t) => {
	const all = await together(t);
	await handControl(all.host, all.guest);
	await all.guest.sight.type('#name', 'Grace');
	await all.host.sight.see({ css: '#name', value: 'Grace' });
	await all.restart();
	const took = await caughtUp(all);
	console.log(`server restarted: caught up after ${took} ms`);
	await all.guest.sight.type('#name', ' Hopper');
	await all.host.sight.see({ css: '#name', value: 'Grace Hopper' });
});

test("the host's shell is loaded anew: form values and scroll come back, and the guest sees them", async (t) => {
	const all = await together(t);
	await all.host.sight.type('#name', 'Ada');
	await all.host.sight.see({ css: '#name', value: 'Ada' });
	await (await all.host.sight.frame()).evaluate(() => scrollTo(0, 900));
	await all.guest.sight.see((document) => (document.scrollingElement?.scrollTop ?? 0) > 890);
	await all.guest.sight.see({ css: '#name', value: 'Ada' });
	await all.host.page.reload({ waitUntil: 'domcontentloaded' });
	for (const hand of [all.host.sight, all.guest.sight]) {
		await hand.see({ css: '#name', value: 'Ada' });
		await hand.see((document) => Math.abs((document.scrollingElement?.scrollTop ?? 0) - 900) < 3);
	}
	await caughtUp(all);
});

test.run();
