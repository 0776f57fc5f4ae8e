// benchmark (Node and Chromium): `npm run bench -- mirror`.
// The mirror core alone: host page → WebSocket → relay → WebSocket → mirror document, all on this machine, no proxy.
//   latency   from a mutation in the host's page to the mutation in the guest's document, beside the same bytes sent bare, in turns
//   bytes     of a full snapshot, of five actions, and of a scripted minute
//   cpu       what a full snapshot takes of the host's main thread
import type { TestContext } from '../harness.ts';
import { BARE, type Bed, openBed } from '../mirror/bed/bed.ts';

const undos: (() => unknown)[] = [];
const t: TestContext = { defer: (undo) => undos.push(undo) };
const ROUNDS = 200;

/** A page of about `nodes` nodes: a table of four cells a row, each with a class and a text. */
function page(nodes: number): string {
	const row = (i: number) =>
		`<tr id="r${i}" class="row"><td class="name">Person ${i}</td><td class="mail"><a href="/people/${i}">person${i}@mail.example</a></td><td>${(i * 7919) % 1000}</td></tr>`;
	return `<!doctype html><html><head><title>People</title><style>td{padding:2px}.on{color:red}</style></head><body><input id=in><table><tbody id=rows>${Array.from({ length: Math.round(nodes / 8) }, (_, i) => row(i)).join('')}</tbody></table></body></html>`;
}

const median = (list: readonly number[], part = 0.5) => [...list].sort((a, b) => a - b)[Math.floor(list.length * part)] ?? Number.NaN;
const sum = (list: readonly number[]) => list.reduce((all, one) => all + one, 0);
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const sent = async (bed: Bed) =>
	(await bed.page.evaluate('app.wire.filter((bytes) => bytes[0] !== 99).reduce((sum, bytes) => sum + bytes.length, 0)')) as number;
const row = (name: string, value: string) => console.log(`  ${name.padEnd(44)} ${value}`);

async function snapshots(): Promise<void> {
	for (const nodes of [1_000, 10_000, 100_000]) {
		const bed = await openBed(t, { 'https://one.example/': page(nodes) }, { socket: true });
		await pause(nodes / 20);
		const count = (await bed.host.evaluate(
			`{ const walk = document.createTreeWalker(document); let n = 0; while (walk.nextNode()) n++; n }`,
		)) as number;
		/** Milliseconds of each slice since the last time this was asked. */
		const slices = async (): Promise<readonly number[]> => {
			for (let before = -1, now = 0; before !== now; await pause(Math.max(100, nodes / 500))) {
				before = now;
				now = (await bed.host.evaluate('took.length')) as number;
			}
			return (await bed.host.evaluate('took.splice(0)')) as number[];
		};
		const first = await slices();
		const all: (readonly number[])[] = [];
		for (let i = 0; i < 7; i++) {
			await bed.page.evaluate('for (const port of app.hosts.values()) port.postMessage({ t: "key" })');
			all.push(await slices());
		}
		const bytes = (await bed.page.evaluate(
			'app.wire.slice(app.wire.findLastIndex((bytes) => bytes[0] === 0)).reduce((sum, bytes) => sum + (bytes[0] < 2 ? bytes.length : 0), 0)',
		)) as number;
		row(
			`full snapshot, ${count} nodes`,
			`${bytes} bytes, ${median(all.map(sum)).toFixed(1)} ms of the host (the first one ${sum(first).toFixed(1)})`,
		);
		row(
			'  its longest slice',
			`${median(all.map((one) => Math.max(...one))).toFixed(1)} ms of ${median(all.map((one) => one.length))} (the first one ${Math.max(...first).toFixed(1)})`,
		);
		await done();
	}
}

const ACTIONS: Readonly<Record<string, string>> = {
	'a typed character': `document.getElementById('in').value += 'x'; document.getElementById('in').dispatchEvent(new Event('input', { bubbles: true }))`,
	'class toggled on 100 nodes': `for (const tr of [...document.querySelectorAll('tr')].slice(0, 100)) tr.classList.toggle('on')`,
	'100 rows appended (700 nodes)': `{ const rows = document.getElementById('rows'); for (let i = 0; i < 100; i++) { const tr = document.createElement('tr'); for (const text of ['new ' + i, 'cell', String(i * 31)]) { const td = tr.appendChild(document.createElement('td')); td.textContent = text } rows.append(tr) } }`,
	'100 rows removed': `{ const rows = document.getElementById('rows'); for (let i = 0; i < 100; i++) rows.lastChild.remove() }`,
	scrolled: `scrollTo(0, 700)`,
};

async function actions(): Promise<void> {
	const bed = await openBed(t, { 'https://one.example/': page(10_000) }, { socket: true });
	await pause(2500);
	for (const [name, action] of Object.entries(ACTIONS)) {
		const before = await sent(bed);
		await bed.host.evaluate(action);
		await pause(250);
		row(name, `${(await sent(bed)) - before} bytes`);
		await pause(1500);
	}
	const before = await sent(bed);
	// A minute of somebody's work, without the pauses: typing, scrolling, toggling, rows that come and go.
	await bed.host.evaluate(`(async () => {
		const field = document.getElementById('in'), rows = document.getElementById('rows');
		for (let second = 0; second < 60; second++) {
			for (let key = 0; key < 4; key++) { field.value = 'typing ' + second + key; field.dispatchEvent(new Event('input', { bubbles: true })); await 0; }
			scrollTo(0, second * 40);
			rows.children[second].classList.toggle('on');
			if (second % 5 === 0) rows.append(rows.children[0].cloneNode(true));
			if (second % 7 === 0) rows.lastChild.remove();
			document.title = 'second ' + second;
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
	})()`);
	await pause(300);
	row('a scripted minute', `${(await sent(bed)) - before} bytes`);
	await done();
}

async function latency(): Promise<void> {
	const bed = await openBed(t, { 'https://one.example/': page(10_000) }, { socket: true });
	await pause(2500);
	await bed.mirror().evaluate('void watchGuest()');
	const mirror: number[] = [];
	const line: number[] = [];
	for (let i = 0; i < ROUNDS; i++) {
		const began = (await bed.host.evaluate(
			`{ const at = performance.timeOrigin + performance.now(); document.getElementById('r3').setAttribute('data-n', ${i}); at }`,
		)) as number;
		await bed.mirror().waitForFunction(`times.length > ${i}`, { polling: 5 });
		mirror.push(((await bed.mirror().evaluate(`times[${i}]`)) as number) - began);
		const bareBegan = (await bed.host.evaluate(
			`{ const at = performance.timeOrigin + performance.now(); bare(new Uint8Array(24).fill(${BARE})); at }`,
		)) as number;
		await bed.mirror().waitForFunction(`bare.length > ${i}`, { polling: 5 });
		line.push(((await bed.mirror().evaluate(`bare[${i}]`)) as number) - bareBegan);
	}
	const [m, b] = [median(mirror), median(line)];
	row('mutation to mirror, median / p95', `${m.toFixed(2)} / ${median(mirror, 0.95).toFixed(2)} ms`);
	row('the same line bare, median / p95', `${b.toFixed(2)} / ${median(line, 0.95).toFixed(2)} ms (${(m / b).toFixed(2)} ×)`);
	await done();
}

async function done(): Promise<void> {
	for (const undo of undos.splice(0).reverse()) await undo();
}

const parts = { snapshots, actions, latency };
const wished = process.argv[2];
for (const [name, part] of Object.entries(parts)) if (!wished || wished === name) await part();
process.exit();
