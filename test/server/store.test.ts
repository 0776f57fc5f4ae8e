// tests only (Node).
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '../../server/store/kysely.ts';
import { storeSuite } from './store-suite.ts';

storeSuite('node:sqlite', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'tandem-store-'));
	return {
		open: async () => (await openSqlite(join(folder, 'tandem.sqlite'))).store,
		drop: () => rm(folder, { recursive: true }),
	};
});
