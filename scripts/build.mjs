// scripts (Node 20 or newer, packages installed).
// Builds what browsers load into dist/, each bundle only where one of its sources is newer: `node scripts/build.mjs`.
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';
import { ROOT } from './lib/ensure.mjs';

const DIST = join(ROOT, 'dist');

/** What the runtime takes from its window by name. */
const OF_A_WINDOW = 'Animation,CSSRule,CSSStyleSheet,Element,HTMLMediaElement,ShadowRoot,performance';

/**
 * Bundles of one file each, as browsers' classic scripts. `instead` swaps a module for another of the same exports: a document asks the
 * server what takes a parser to tell, so that no page carries one (a service worker can't ask synchronously and keeps it).
 */
const SCRIPTS = [
	{
		name: 'runtime',
		entry: 'injector/main.ts',
		sources: ['injector', 'rewrite', 'protocol'],
		// A function of the window it runs in: it calls itself for one in which no script runs (injector/lent.ts).
		banner: `(function runtimeIn(globalThis){"use strict";const{${OF_A_WINDOW}}=globalThis;`,
		footer: '})(globalThis)',
		instead: { 'rewrite/js/tree.ts': 'injector/ask-tree.ts' },
	},
	// In front of a service worker's own first line (rewrite/js/worker-front.ts), so on one line.
	{ name: 'worker', entry: 'injector/worker.ts', sources: ['injector', 'rewrite', 'protocol'], oneLine: true },
	{ name: 'mirror', entry: 'dashboard/mirror/main.ts', sources: ['dashboard/mirror', 'protocol'] },
];

/** Builds what is stale. `quiet` prints nothing. Throws with the bundler's message where a source is broken. */
export async function build({ quiet = false } = {}) {
	mkdirSync(DIST, { recursive: true });
	for (const each of SCRIPTS) await unlessFresh(each.name, each.sources, quiet, () => script(each));
	await unlessFresh('dashboard', ['dashboard', 'protocol'], quiet, dashboard);
}

async function script({ name, entry, instead = {}, banner = '', footer = '', oneLine = false }) {
	const outfile = join(DIST, `${name}.js`);
	const { build: bundle } = await import('esbuild');
	await bundle({
		entryPoints: [join(ROOT, entry)],
		outfile,
		bundle: true,
		minify: true,
		format: 'iife',
		target: 'es2022',
		charset: 'ascii',
		legalComments: 'none',
		banner: { js: banner },
		footer: { js: footer },
		logLevel: 'error',
		plugins: [{ name: 'instead', setup: (bundler) => swap(bundler, instead) }],
	});
	if (oneLine) writeFileSync(outfile, onOneLine(readFileSync(outfile, 'utf8')));
	await pack(outfile);
}

/** What is minified breaks its lines in template literals alone. */
const onOneLine = (text) => text.trim().replace(/\n/g, '\\n');

/** Throws where a module that is to be swapped is never asked for: it was renamed. */
function swap(bundler, instead) {
	const met = new Set();
	bundler.onResolve({ filter: /^\./ }, ({ path, resolveDir }) => {
		const name = relative(ROOT, join(resolveDir, path)).split(sep).join('/');
		if (!Object.hasOwn(instead, name)) return undefined;
		met.add(name);
		return { path: join(ROOT, instead[name]) };
	});
	bundler.onEnd(() => {
		for (const name of Object.keys(instead)) if (!met.has(name)) throw new Error(`no module imports ${name}`);
	});
}

async function dashboard() {
	const { build: bundle } = await import('vite');
	await bundle({ configFile: join(ROOT, 'dashboard', 'vite.config.ts'), root: join(ROOT, 'dashboard'), logLevel: 'error' });
	const files = readdirSync(join(DIST, 'dashboard'), { recursive: true, withFileTypes: true });
	await Promise.all(
		files.filter(({ name }) => /\.(js|css|svg)$/.test(name)).map((file) => pack(join(file.parentPath ?? file.path, file.name))),
	);
}

/** Puts beside a file what goes out of it to slow lines, `<file>.br` (RFC 7932), so that no server does that while people wait. */
async function pack(file) {
	writeFileSync(`${file}.br`, await promisify(brotliCompress)(readFileSync(file)));
}

async function unlessFresh(name, sources, quiet, make) {
	const stamp = join(DIST, `.${name}-built`);
	const newest = Math.max(...[...sources, 'package-lock.json', 'scripts/build.mjs'].map((source) => changed(join(ROOT, source))));
	if (existsSync(stamp) && statSync(stamp).mtimeMs > newest) return;
	if (!quiet) console.log(`Building ${name} …`);
	const began = new Date();
	await make();
	writeFileSync(stamp, began.toISOString());
}

/** When a file, or the newest file under a folder, was last changed, in milliseconds since the epoch. */
function changed(path) {
	if (!existsSync(path)) return 0;
	const own = statSync(path);
	if (!own.isDirectory()) return own.mtimeMs;
	return Math.max(own.mtimeMs, ...readdirSync(path).map((name) => changed(join(path, name))));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await build();
