// benchmark (Node, Chromium). What the runtime costs a page before its first script: CPU time of the page's own thread, by a trace, so that
// other work on the machine doesn't count. Beside it, in the same pages, a library of about the same size (Quill). Cold: the first document
// of a label in a renderer of its own. Again: the same document, loaded anew.
import { readFileSync } from 'node:fs';
import { type Bench, startBench } from '../parity/harness.ts';

const ROUNDS = Number(process.env.ROUNDS ?? 7);
const REST = 300;
const LIBRARY = readFileSync(new URL('../../node_modules/quill/dist/quill.js', import.meta.url), 'utf8');

interface TraceEvent {
	readonly name: string;
	/** Microseconds of CPU time. */
	readonly tdur?: number;
	readonly args: { readonly data?: { readonly url?: string } };
}
interface Spent {
	readonly runtime: number;
	readonly library: number;
}

const cold: Spent[] = [];
const again: Spent[] = [];
const bench = await startBench();
try {
	for (let round = 0; round < ROUNDS; round++) await load(bench, round);
} finally {
	await bench.close();
}
console.log('CPU ms of the page     runtime   quill.js   ratio   (median, min of the runtime)');
for (const [name, list] of [
	['cold', cold],
	['again', again],
] as const) {
	const [runtime, library] = [list.map((each) => each.runtime), list.map((each) => each.library)];
	const cells = [median(runtime), median(library), median(runtime) / median(library)].map((n) => n.toFixed(1).padStart(9));
	console.log(`${name.padEnd(20)} ${cells.join('  ')}   min ${Math.min(...runtime).toFixed(1)}`);
}

process.exit();

/** A label, a page and a renderer of its own each time; then the same page once more. */
async function load({ open, browser }: Bench, round: number): Promise<void> {
	const files = { '/quill.js': { type: 'text/javascript', body: LIBRARY } };
	const page = { host: `site${round}`, path: '/case/weigh', html: '<script src="/quill.js"></script>', script: '', files };
	const traced = await browser.newPage();
	await traced.tracing.start({ categories: ['-*', 'devtools.timeline'] });
	const frame = await open(page, 'proxied');
	await frame.waitForFunction('globalThis.recorded');
	await new Promise((done) => setTimeout(done, REST));
	await Promise.all([frame.waitForNavigation({ waitUntil: 'load' }), frame.evaluate('setTimeout(() => location.reload())')]);
	await new Promise((done) => setTimeout(done, REST));
	const text = Buffer.from((await traced.tracing.stop()) ?? []).toString();
	const events = (JSON.parse(text) as { traceEvents: TraceEvent[] }).traceEvents;
	const spent = (url: RegExp) =>
		events.filter(({ name, args }) => name === 'EvaluateScript' && url.test(args.data?.url ?? '')).map(({ tdur = 0 }) => tdur / 1000);
	const [runtime, library] = [spent(/site\d+-.*\/\.tandem\/runtime/), spent(/site\d+-.*\/quill\.js$/)];
	for (const [i, list] of [cold, again].entries()) list.push({ runtime: runtime[i] ?? Number.NaN, library: library[i] ?? Number.NaN });
	for (const each of [frame.page(), traced]) await each.close();
}

function median(numbers: readonly number[]): number {
	return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
