// tests only (Node). A script that takes more than its share of a thread's time is given up, and the next one has a thread again.
import pino from 'pino';
import * as assert from 'uvu/assert';
import { RewritePool } from '../../proxy/body/pool.ts';
import { suite } from '../harness.ts';

const test = suite('rewriting in threads', { limit: 60_000 });
const LONG = 'f(location);'.repeat(200_000);

test('past its deadline a script is given up; with time enough it is rewritten', async (t) => {
	const log = pino({ level: 'silent' });
	const hasty = new RewritePool(log, () => 1);
	const patient = new RewritePool(log);
	t.defer(() => Promise.all([hasty.close(), patient.close()]));
	const job = { source: LONG, module: false };
	const given = await hasty.hits(job).then(
		() => undefined,
		(error: Error) => error.message,
	);
	assert.is(given, 'past the deadline');
	assert.ok(await patient.hits(job));
});

test.run();
