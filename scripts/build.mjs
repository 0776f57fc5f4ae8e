// scripts (Node 20 or newer, packages installed).
// Builds what browsers load into dist/, each bundle only where one of its sources is newer: `node scripts/build.mjs`.
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './lib/ensure.mjs';

const DIST = join(ROOT, 'dist');

/** Bundles of one file each, as browsers' classic scripts. */
const SCRIPTS = [
	{ name: 'runtime', entry: 'injector/main.ts', sources: ['injector', 'rewrite', 'protocol'] },
	{ name: 'worker', entry: 'injector/worker.ts', sources: ['injector', 'rewrite', 'protocol'] },
	{ name: 'mirror', entry: 'dashboard/mirror/main.ts', sources: ['dashboard/mirror', 'protocol'] },
];

/** Builds what is stale. `quiet` prints nothing. Throws with the bundler's message where a source is broken. */
export async function build({ quiet = false } = {}) {
	mkdirSync(DIST, { recursive: true });
	for (const { name, entry, sources } of SCRIPTS) {
		await unlessFresh(name, sources, quiet, () => script(name, entry));
	}
	await unlessFresh('dashboard', ['dashboard', 'protocol'], quiet, dashboard);
}

async function script(name, entry) {
	const { build: bundle } = await import('esbuild');
	await bundle({
		entryPoints: [join(ROOT, entry)],
		outfile: join(DIST, `${name}.js`),
		bundle: true,
		minify: true,
		format: 'iife',
		target: 'es2022',
		charset: 'ascii',
		legalComments: 'none',
		logLevel: 'error',
	});
}

async function dashboard() {
	const { build: bundle } = await import('vite');
	await bundle({ configFile: join(ROOT, 'dashboard', 'vite.config.ts'), root: join(ROOT, 'dashboard'), logLevel: 'error' });
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
