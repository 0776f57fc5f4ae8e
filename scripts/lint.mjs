// scripts (Node 20 or newer, packages installed): `npm run lint`.
// Biome (style, folder borders, the injector's globals) and the type checker. Ends with status 1 where either objects.
import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { ROOT } from './lib/ensure.mjs';

const CHECKS = [
	{ name: 'biome', words: ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'] },
	{ name: 'types', words: ['node_modules/typescript/bin/tsc', '--noEmit'] },
];

/** Runs every check, side by side; answers a promise of `{name, ok, output}` for each. */
export function lint() {
	return CHECKS.map(check);
}

function check({ name, words }) {
	return new Promise((done) => {
		const child = spawn(process.execPath, words, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
		let output = '';
		for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
		child.on('close', (code) => done({ name, ok: code === 0, output }));
	});
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
	const results = await Promise.all(lint());
	for (const { name, ok, output } of results) console.log(ok ? `${name}: fine` : `${name}:\n${output}`);
	process.exit(results.every(({ ok }) => ok) ? 0 : 1);
}
