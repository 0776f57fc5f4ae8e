// server only (Node).
// REST: sessions and their tabs, for agents and for programs with a key.
import { type RequestHandler, Router } from 'express';
import { mustKnow, type Who } from '../auth/who.ts';
import { decode } from '../doors/decode.ts';
import { SCHEMAS } from '../doors/rest.ts';
import type { Sessions } from '../sessions.ts';
import { readAddress } from '../url.ts';

/** Routes under /api/sessions. Every one needs an agent or a key. */
export function sessionRoutes(sessions: Sessions, who: Who): Router {
	const router = Router();
	const known: RequestHandler = async (req, _res, next) => {
		await mustKnow(who, req);
		next();
	};
	router.use(known);
	router.get('/', (_req, res) => {
		res.json({ sessions: sessions.list() });
	});
	router.post('/', async (req, res) => {
		const { url, name, ...choices } = decode(SCHEMAS.create, req.body);
		const caller = await mustKnow(who, req);
		const host = name ?? (caller.kind === 'agent' ? caller.agent.name : undefined);
		res.status(201).json(await sessions.create(readAddress(url), { ...choices, name: host }));
	});
	router.get('/:id', async (req, res) => {
		res.json(sessions.view(await sessions.live(req.params.id)));
	});
	router.delete('/:id', async (req, res) => {
		await sessions.end(req.params.id);
		res.status(204).end();
	});
	router.post('/:id/ticket', async (req, res) => {
		res.status(201).json(await sessions.ticket(req.params.id));
	});
	router.post('/:id/tabs', async (req, res) => {
		const { url, jar } = decode(SCHEMAS.tab, req.body);
		res.status(201).json(await sessions.addTab(req.params.id, readAddress(url), jar));
	});
	router.post('/:id/tabs/:tab/navigate', async (req, res) => {
		const { url } = decode(SCHEMAS.url, req.body);
		res.status(202).json(await sessions.navigate(req.params.id, req.params.tab, readAddress(url)));
	});
	return router;
}
