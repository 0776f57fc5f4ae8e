// benchmark (Node, Chromium): `npm run bench -- busy`. What the runtime takes of a busy page's main thread while a guest watches, after the first
// picture, by a CPU profile of the host's tab: all that runs in tasks of the runtime's own (the mirror), and the runtime's functions that stand between
// the page and a native (hooks). What a native does that the page called through a hook is the page's, as it would be without us; collecting garbage
// is nobody's. Handing a message over wakes another process, which on a busy machine takes the core at once: that share stands by itself.
import type { CDPSession, Frame } from 'puppeteer-core';
import { chromium } from '../browser.ts';
import { joinGuest, makeSession, openHost } from '../e2e/people.ts';
import { startSite } from '../proxy/fixture.ts';
import { startTandem } from '../tandem.ts';

const SECONDS = 10;
/** Microseconds between two samples. */
const SAMPLE = 200;

/** Pages that keep a browser at work, each in its way; a page of 3,000 nodes beside it. */
const PAGES: Readonly<Record<string, string>> = {
	'a list that is sorted and redrawn, 60 times a second': `
		const rows = [...document.querySelectorAll('li')].slice(0, 100), list = rows[0].parentNode;
		const frame = (at) => {
			for (let i = 0; i < 30; i++) rows[(Math.random() * rows.length) | 0].lastChild.textContent = (Math.random() * 1000).toFixed(2);
			const moved = rows[(at / 16 | 0) % rows.length]; list.insertBefore(moved, rows[(Math.random() * rows.length) | 0]);
			moved.classList.toggle('on');
			let sum = 0; for (let i = 0; i < 4e5; i++) sum += Math.sqrt(i); list.dataset.sum = sum;
			document.body.offsetHeight; requestAnimationFrame(frame);
		};
		requestAnimationFrame(frame);`,
	'a chart of 300 moving shapes, 60 times a second': `
		const svg = document.body.insertBefore(document.createElementNS('http://www.w3.org/2000/svg', 'svg'), document.body.firstChild);
		svg.setAttribute('viewBox', '0 0 900 300');
		const dots = Array.from({ length: 300 }, () => svg.appendChild(document.createElementNS(svg.namespaceURI, 'circle')));
		const frame = (at) => {
			dots.forEach((dot, i) => { dot.setAttribute('cx', i * 3); dot.setAttribute('cy', 150 + 100 * Math.sin(at / 300 + i / 9)); dot.setAttribute('r', 2); });
			document.body.offsetHeight; requestAnimationFrame(frame);
		};
		requestAnimationFrame(frame);`,
	'typing, with a preview of 60 paragraphs made anew at each key': `
		const area = document.body.insertBefore(document.createElement('textarea'), document.body.firstChild), out = document.createElement('div');
		area.after(out);
		setInterval(() => {
			area.value += ' word' + area.value.length; if (area.value.length > 4000) area.value = '';
			out.innerHTML = Array.from({ length: 60 }, (_, i) => '<p>' + i + ' <b>' + area.value.slice(i * 60, i * 60 + 60) + '</b></p>').join('');
			document.body.offsetHeight;
		}, 100);`,
};

const html = (script: string) =>
	`<!doctype html><title>busy</title><body><ul>${Array.from({ length: 700 }, (_, i) => `<li>row ${i} <b>0</b></li>`).join('')}</ul><script>${script}</script>`;
const site = await startSite((req, res) =>
	res.writeHead(200, { 'Content-Type': 'text/html' }).end(html(Object.values(PAGES)[Number(req.url?.slice(1))] ?? '')),
);
const tandem = await startTandem({ env: { TANDEM_UPSTREAM_MAP: `https://a.example=${site.url}`, TANDEM_ALLOW_PRIVATE: '127.0.0.0/8' } });
const browser = await chromium({ whole: true });
console.log('page                                                             runtime of all   handing over   of its busy time   busy');
for (const [n, name] of Object.keys(PAGES).entries()) await measure(n, name);
await browser.close();
await tandem.close();
await site.close();
process.exit();

async function measure(n: number, name: string): Promise<void> {
	const session = await makeSession(tandem, `https://a.example/${n}`);
	const host = await openHost(browser, session);
	const guest = await joinGuest(browser, session);
	await guest.sight.see({ css: 'li' });
	await host.page.bringToFront();
	await new Promise((rest) => setTimeout(rest, 2000));
	const client = clientOf(await host.sight.frame());
	await client.send('Profiler.enable');
	await client.send('Profiler.setSamplingInterval', { interval: SAMPLE });
	await client.send('Profiler.start');
	await new Promise((rest) => setTimeout(rest, SECONDS * 1000));
	const { profile } = await client.send('Profiler.stop');
	const { ours, handing, idle, all } = shares(profile);
	const percent = (share: number) => `${(share * 100).toFixed(2)} %`.padStart(10);
	console.log(
		`${name.padEnd(64)} ${percent(ours / all)} ${percent(handing / all)} ${percent(ours / (all - idle))}       ${percent(1 - idle / all)}`,
	);
	if (process.env.VERBOSE) for (const line of dearest(profile)) console.log(line);
	await guest.close();
	await host.close();
}

/** The DevTools session of the process that draws a frame. */
function clientOf(frame: Frame): CDPSession {
	return (frame as unknown as { client: CDPSession }).client;
}

interface Profile {
	readonly nodes: readonly {
		readonly id: number;
		readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number; readonly columnNumber: number };
		readonly children?: readonly number[];
	}[];
	readonly samples?: readonly number[];
	readonly timeDeltas?: readonly number[];
}

/** Microseconds by whom. */
function shares(profile: Profile): { ours: number; handing: number; idle: number; all: number } {
	const owner = owners(profile);
	let [ours, handing, idle, all] = [0, 0, 0, 0];
	const posts = new Set(profile.nodes.filter(({ callFrame }) => callFrame.functionName === 'postMessage').map(({ id }) => id));
	profile.samples?.forEach((id, i) => {
		const took = profile.timeDeltas?.[i] ?? 0;
		all += took;
		const who = owner.get(id);
		if (who === 'idle') idle += took;
		else if (who?.startsWith('runtime') && posts.has(id)) handing += took;
		else if (who?.startsWith('runtime')) ours += took;
	});
	return { ours, handing, idle, all };
}

/** Node of a profile to whose it is: 'idle', 'runtime <place>', or another script's URL. */
function owners({ nodes }: Profile): Map<number, string> {
	const byId = new Map(nodes.map((node) => [node.id, node]));
	const owner = new Map<number, string>();
	const visit = (id: number, script: string, first: string) => {
		const node = byId.get(id);
		if (!node) return;
		const { functionName, url, lineNumber, columnNumber } = node.callFrame;
		const own = url.includes('/.tandem/runtime') ? `runtime ${lineNumber}:${columnNumber}` : url || script;
		const began = first || (own.startsWith('runtime') ? 'runtime' : own);
		const native = !url && own.startsWith('runtime') && began !== 'runtime';
		owner.set(id, functionName === '(idle)' ? 'idle' : functionName === '(garbage collector)' ? 'garbage' : native ? began : own);
		for (const child of node.children ?? []) visit(child, own, began);
	};
	visit(nodes[0]?.id ?? 0, '', '');
	return owner;
}

function dearest(profile: Profile): string[] {
	const owner = owners(profile);
	const took = new Map<string, number>();
	profile.samples?.forEach((id, i) => {
		const who = owner.get(id) ?? '';
		took.set(who, (took.get(who) ?? 0) + (profile.timeDeltas?.[i] ?? 0));
	});
	return [...took]
		.sort((a, b) => b[1] - a[1])
		.slice(0, 14)
		.map(([who, us]) => `    ${(us / 1000).toFixed(0).padStart(7)} ms  ${who}`);
}
