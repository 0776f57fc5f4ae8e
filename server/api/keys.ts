// server only (Node).
// REST: keys of the API, made by agents. A key is told once, when it is made; the store has its hash.
import { Router } from 'express';
import { TandemError } from '../../protocol/errors.ts';
import { mustKnow, type Who } from '../auth/who.ts';
import { decode } from '../doors/decode.ts';
import { SCHEMAS } from '../doors/rest.ts';
import { hashSecret, secret, shortId } from '../ids.ts';
import type { Store } from '../store/store.ts';

/** Routes under /api/keys, for agents alone: a key can't make or end keys. */
export function keyRoutes(store: Store, who: Who): Router {
	const router = Router();
	router.use(async (req, _res, next) => {
		if ((await mustKnow(who, req)).kind !== 'agent') throw new TandemError('forbidden', 'sign in to manage keys');
		next();
	});
	router.get('/', async (_req, res) => {
		res.json({ keys: await store.apiKeys() });
	});
	router.post('/', async (req, res) => {
		const { name } = decode(SCHEMAS.key, req.body);
		const key = secret();
		const made = { id: shortId(), name, createdAt: Date.now() };
		await store.addApiKey({ ...made, hash: hashSecret(key) });
		res.status(201).json({ ...made, key });
	});
	router.delete('/:id', async (req, res) => {
		if (!(await store.revokeApiKey(req.params.id, Date.now()))) throw new TandemError('not-found', 'key');
		res.status(204).end();
	});
	return router;
}
