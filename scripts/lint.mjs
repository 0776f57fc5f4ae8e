// scripts (Node 20 or newer, packages installed): `npm run lint`.
// Biome (style, folder borders, the injector's globals) and the type checker. Ends with status 1 where either objects.
import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { ROOT } from './lib/ensure.mjs';

const CHECKS = [
	{ name: 'biome', words: ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'] },
	{ name: 'types', words: ['node_modules/typescript/bin/tsc', '--noEmit'] },
];

/** Runs every check; answers `{name, ok, output}` for each. */
export function lint() {
	return CHECKS.map(({ name, words }) => {
		const done = spawnSync(process.execPath, words, { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 26 });
		return { name, ok: done.status === 0, output: `${done.stdout}${done.stderr}` };
	});
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
	const results = lint();
	for (const { name, ok, output } of results) console.log(ok ? `${name}: fine` : `${name}:\n${output}`);
	process.exit(results.every(({ ok }) => ok) ? 0 : 1);
}
