// scripts (Node 20 or newer, nothing installed yet): `npm start`.
// Installs what is missing, builds what is stale, and runs the server in this terminal until it is stopped.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled, nodeBinary, ROOT, SERVER_FLAGS } from './lib/ensure.mjs';

try {
	ensureInstalled({ dev: false });
	const { build } = await import('./build.mjs');
	await build();
	const server = spawn(nodeBinary(), [...SERVER_FLAGS, join(ROOT, 'server', 'main.ts')], {
		cwd: ROOT,
		stdio: 'inherit',
	});
	for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
	server.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exit(1);
}
