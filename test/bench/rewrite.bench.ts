// benchmark (Node). How many megabytes of real JavaScript, CSS and HTML one CPU-second rewrites. What counts is the CPU time of this
// process (garbage collection included), not the clock: other work on the machine doesn't blur it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseZone } from '../../protocol/label.ts';
import type { Scope } from '../../protocol/url.ts';
import { applyEdits, HtmlRewriter, jsEdits, rewriteCss } from '../../rewrite/index.ts';
import { treeHits } from '../../rewrite/js/tree.ts';

export interface Row {
	readonly kind: string;
	readonly source: string;
	/** Millions of characters. */
	readonly mb: number;
	/** Millions of characters a CPU-second, median of the rounds. */
	readonly rate: number;
	readonly edits: number;
}

const MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url));
const SCOPE: Scope = { zone: parseZone('http://tandem.localhost:3000'), token: 'abcdefghijklmnop' };
const ROUNDS = 7;
/** A round goes on for at least this long, in microseconds of CPU time. */
const ROUND_MIN = 250_000;
const CHUNK = 64 * 1024;

const JS: readonly (readonly [string, boolean])[] = [
	['react-dom/umd/react-dom.production.min.js', false],
	['react-dom/cjs/react-dom.development.js', false],
	['three/build/three.core.js', true],
	['three/build/three.webgpu.js', true],
	['monaco-editor/min/vs', false],
	['graphiql/graphiql.min.js', false],
	['lodash/lodash.min.js', false],
];
const CSS = [
	'bootstrap/dist/css/bootstrap.css',
	'bootstrap/dist/css/bootstrap.min.css',
	'monaco-editor/min/vs',
	'swagger-ui-dist/swagger-ui.css',
];
const HTML = ['three', 'todomvc/examples', 'node-red', '@node-red', 'redoc', 'graphiql', 'monaco-editor', 'lodash'];

export async function run(): Promise<Row[]> {
	const rows: Row[] = [];
	for (const [path, module] of JS) {
		for (const source of read(path, /\.js$/)) {
			rows.push(row('js', path, source, (text) => edited(text, module)));
			if (path.includes('three.core'))
				rows.push(row('js, parsed by acorn', path, source, (text) => treeHits(text, module)?.wraps.length ?? 0));
		}
	}
	for (const path of CSS)
		for (const source of read(path, /\.css$/)) rows.push(row('css', path, source, (text) => Number(rewriteCss(text, SCOPE) !== text)));
	const pages = HTML.flatMap((path) => read(path, /\.html?$/));
	if (pages.length) rows.push(row('html', `${HTML.join(', ')}: all pages`, pages.join('\n'), rewriteStream));
	return rows;
}

function edited(text: string, module: boolean): number {
	const { edits } = jsEdits(text, { module });
	applyEdits(text, edits);
	return edits.length;
}

/** HTML goes as it comes from the network: in chunks. */
function rewriteStream(text: string): number {
	const rewriter = new HtmlRewriter({
		scope: SCOPE,
		documentUrl: 'https://a.example/',
		inject: '<script src="/.tandem/runtime.js"></script>',
	});
	let length = 0;
	for (let at = 0; at < text.length; at += CHUNK) length += rewriter.write(text.slice(at, at + CHUNK)).length;
	return length + rewriter.end().length - text.length;
}

function row(kind: string, source: string, text: string, work: (text: string) => number): Row {
	const mb = text.length / 1e6;
	const edits = work(text);
	const rates: number[] = [];
	for (let round = 0; round <= ROUNDS; round++) {
		const since = process.cpuUsage();
		let times = 0;
		let used = 0;
		while (used < ROUND_MIN) {
			work(text);
			times++;
			const { user, system } = process.cpuUsage(since);
			used = user + system;
		}
		if (round > 0) rates.push((mb * times) / (used / 1e6)); // the first round warms up
	}
	rates.sort((a, b) => a - b);
	return { kind, source, mb, rate: rates[ROUNDS >> 1] ?? 0, edits };
}

/** A file's text, or that of all files under a folder, joined; as a binary string, as on the server. Nothing where it isn't installed. */
function read(path: string, wanted: RegExp): string[] {
	try {
		if (wanted.test(path)) return [readFileSync(join(MODULES, path), 'latin1')];
		const names = readdirSync(join(MODULES, path), { recursive: true, encoding: 'utf8' }).filter((name) => wanted.test(name));
		const texts = names.sort().map((name) => readFileSync(join(MODULES, path, name), 'latin1'));
		return texts.length ? [texts.join(wanted.test('.js') ? '\n;\n' : '\n')] : [];
	} catch {
		return [];
	}
}

if (import.meta.main) {
	const rows = await run();
	console.table(
		rows.map(({ kind, source, mb, rate, edits }) => ({ kind, source, MB: mb.toFixed(2), 'MB per CPU-second': rate.toFixed(1), edits })),
	);
}
