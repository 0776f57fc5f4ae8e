// scripts (Node 20 or newer, before anything is installed: no imports but Node's own).
// What `npm start` and `npm test` need before they can do their job: packages, bundles, browsers. Each step does nothing when it is up to date.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const STAMP = join(ROOT, 'node_modules', '.tandem-installed');
const BROWSERS = {
	chromium: '/usr/bin/chromium',
	'chromium-headless-shell': '/usr/lib/chromium/chromium-headless-shell',
	'firefox-esr': '/usr/bin/firefox-esr',
};

/**
 * Installs the packages of package-lock.json where they are missing or of another lock. `dev` says whether the tests' packages are needed too.
 * Throws with npm's own words where that fails, and where node_modules is a link: npm would write into somebody else's.
 */
export function ensureInstalled({ dev }) {
	const lock = createHash('sha256')
		.update(readFileSync(join(ROOT, 'package-lock.json')))
		.digest('hex');
	const have = existsSync(STAMP) ? readFileSync(STAMP, 'utf8').split(' ') : [];
	if (have[0] === lock && (have[1] === 'dev' || !dev)) return;
	if (lstatSync(join(ROOT, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink())
		throw new Error('node_modules is a link, and what it leads to has other packages than package-lock.json names: install them there.');
	console.log(`Installing packages${dev ? ' and those of the tests' : ''} …`);
	// Not `npm ci`: it insists on optional packages of every other platform too, which a mirror of the registry may lack.
	command('npm', ['install', '--no-save', '--loglevel=error', '--no-audit', '--no-fund', ...(dev ? ['--include=dev'] : ['--omit=dev'])]);
	mkdirSync(dirname(STAMP), { recursive: true });
	writeFileSync(STAMP, `${lock} ${dev ? 'dev' : 'run'}`);
}

/**
 * What the server's Node is started with. The young generation is kept at half of Node's own limit: pictures and films pass through in buffers
 * outside the heap, 64 kB each, and while a large young generation fills slowly, these call for a whole collection every 64 MB, which costs
 * more than all of Tandem's own work on them (docs/benchmarks.md).
 */
export const SERVER_FLAGS = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=8'];

/** The path of a Node 24 or newer: the one that runs this, or else the one the package `node` brought. */
export function nodeBinary() {
	if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
	const brought = join(ROOT, 'node_modules', 'node', 'bin', 'node');
	if (!existsSync(brought)) {
		throw new Error(
			'Tandem runs on Node 24, and the package `node` could not bring it here: its install script may be switched off. Install Node 24 and try again.',
		);
	}
	return brought;
}

/** Installs the tests' browsers from Debian's packages where they are missing. CHROME_BIN and FIREFOX_BIN name others. */
export function ensureBrowsers() {
	const chrome = process.env.CHROME_BIN;
	const set = { chromium: chrome, 'chromium-headless-shell': chrome, 'firefox-esr': process.env.FIREFOX_BIN };
	const missing = Object.keys(BROWSERS).filter((name) => !existsSync(set[name] ?? BROWSERS[name]));
	if (missing.length === 0) return;
	console.log(`Installing ${missing.join(', ')} …`);
	const sudo = process.getuid?.() === 0 ? [] : ['sudo'];
	const apt = (...words) =>
		command([...sudo, 'apt-get'][0], [...sudo.slice(1), ...(sudo.length ? ['apt-get'] : []), '-qq', ...words], {
			DEBIAN_FRONTEND: 'noninteractive',
		});
	apt('update');
	apt('install', '-y', '--no-install-recommends', ...missing, 'fonts-liberation');
}

/** Runs a command in the project's folder, its output shown only where it fails. Throws where it ends with another status than 0. */
export function command(name, words, env = {}) {
	const done = spawnSync(name, words, { cwd: ROOT, env: { ...process.env, ...env }, encoding: 'utf8', maxBuffer: 1 << 26 });
	if (done.status === 0) return done.stdout;
	throw new Error(`${name} ${words.join(' ')} failed\n${done.stdout ?? ''}${done.stderr ?? ''}${done.error?.message ?? ''}`);
}
