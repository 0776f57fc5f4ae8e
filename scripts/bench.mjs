// scripts (Node 20 or newer, nothing installed yet): `npm run bench [-- part of a path …]`.
// Runs every test/bench/*.bench.ts, one after the other, each in a process of its own, and prints its rows. docs/benchmarks.md says what they mean.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBrowsers, ensureInstalled, nodeBinary, ROOT } from './lib/ensure.mjs';

ensureInstalled({ dev: true });
ensureBrowsers();
const { build } = await import('./build.mjs');
await build();

const wanted = process.argv.slice(2);
const files = readdirSync(join(ROOT, 'test', 'bench')).filter(
	(name) => name.endsWith('.bench.ts') && (wanted.length === 0 || wanted.some((part) => name.includes(part))),
);
let failed = 0;
for (const name of files.sort()) {
	console.log(`\n${name.replace('.bench.ts', '')}`);
	const done = spawnSync(nodeBinary(), ['--disable-warning=ExperimentalWarning', join(ROOT, 'test', 'bench', name)], {
		cwd: ROOT,
		stdio: 'inherit',
		timeout: 600_000,
	});
	if (done.status !== 0) failed++;
}
process.exitCode = failed || files.length === 0 ? 1 : 0;
