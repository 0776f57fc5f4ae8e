// scripts (Node 20 or newer, nothing installed yet): `npm test [-- part of a path …]`.
// Installs what is missing, builds, lints, runs every test file in a process of its own, and ends with the line `N passed, N failed`.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { ensureBrowsers, ensureInstalled, nodeBinary, ROOT } from './lib/ensure.mjs';

const LANES = 2;
/** Milliseconds one file may take: far more than any needs, since a busy machine is no reason to fail. */
const FILE_LIMIT = 600_000;
/** Folders of test/ whose files take longest: they start first, so that the lanes end together. */
const SLOW = ['sites', 'e2e', 'parity', 'injector', 'mirror', 'control'];
/** Files that wait more than they work (less than half a core): they have a lane of their own. */
const WAITING = ['faults', 'slow', 'privacy-entry'].map((name) => `${name}.test.ts`);
/** Where Node keeps our sources as it has read them once: every file of tests starts with the same ones. */
const COMPILED = join(ROOT, 'node_modules', '.cache', 'compiled');
const wanted = process.argv.slice(2);

ensureInstalled({ dev: true });
ensureBrowsers();
const [{ build }, { lint }] = await Promise.all([import('./build.mjs'), import('./lint.mjs')]);
await build();

const total = { passed: 0, failed: 0 };
/** Files to run once more, alone. */
const again = [];
const lints = wanted.length === 0 ? lint() : [];

const queue = testFiles().filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)));
const waiting = queue.filter((file) => WAITING.includes(basename(file)));
const working = queue.filter((file) => !waiting.includes(file));
await Promise.all([...lints.map(linted), ...Array.from({ length: LANES }, () => lane(working)), lane(waiting)]);
for (const file of again) await test(file, true);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed || !total.passed ? 1 : 0;

async function linted(result) {
	const began = Date.now();
	const { name, ok, output } = await result;
	report(name, ok ? 1 : 0, ok ? 0 : 1, output, Date.now() - began);
}

async function lane(files) {
	for (let file = files.shift(); file; file = files.shift()) await test(file, false);
}

/** Runs a file and counts its tests. What drives browsers and fails beside another file is run once more alone, and that run counts. */
async function test(file, last) {
	const began = Date.now();
	const { output, code } = await run(file);
	const count = (word) => [...output.matchAll(new RegExp(`^ +${word}: +(\\d+)`, 'gm'))].reduce((sum, match) => sum + Number(match[1]), 0);
	const passed = count('Passed');
	const failed = count('Total') - passed || (code === 0 && passed > 0 ? 0 : 1);
	if (failed && !last && SLOW.includes(file.split(sep)[1])) {
		again.push(file);
		console.log(`again ${file}  ${failed} failed beside another file\n${indented(output)}`);
	} else report(file, passed, failed, output, Date.now() - began);
}

function report(name, passed, failed, output, ms) {
	total.passed += passed;
	total.failed += failed;
	console.log(`${failed ? 'FAIL' : ' ok '} ${name}  ${passed} passed${failed ? `, ${failed} failed` : ''}  ${(ms / 1000).toFixed(1)} s`);
	if (failed) console.log(indented(output));
}

function indented(output) {
	return output.replace(/^/gm, '     ');
}

function run(file) {
	return new Promise((done) => {
		const child = spawn(nodeBinary(), ['--disable-warning=ExperimentalWarning', file], {
			cwd: ROOT,
			stdio: ['ignore', 'pipe', 'pipe'],
			env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', NODE_COMPILE_CACHE: COMPILED },
		});
		let output = '';
		child.stdout.on('data', (chunk) => (output += chunk));
		child.stderr.on('data', (chunk) => (output += chunk));
		const timer = setTimeout(() => {
			output += `\nstopped after ${FILE_LIMIT / 1000} s\n`;
			child.kill('SIGKILL');
		}, FILE_LIMIT);
		child.on('close', (code) => {
			clearTimeout(timer);
			done({ output, code });
		});
	});
}

/** Every `*.test.ts` under test/, in the order to run them. */
function testFiles() {
	const files = readdirSync(join(ROOT, 'test'), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts'))
		.map((entry) => relative(ROOT, join(entry.parentPath ?? entry.path, entry.name)));
	const rank = (file) => (SLOW.includes(file.split(sep)[1]) ? SLOW.indexOf(file.split(sep)[1]) : SLOW.length);
	return files.sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}
