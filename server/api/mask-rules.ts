// server only (Node).
// REST: what guests may see, for agents and for programs with a key.
import { Router } from 'express';
import { mustKnow, type Who } from '../auth/who.ts';
import type { Policies } from '../policies.ts';

/** Routes under /api/mask-rules: GET gives the rules, PUT replaces them; running sessions follow at once. */
export function maskRuleRoutes(policies: Policies, who: Who): Router {
	const router = Router();
	router.use(async (req, _res, next) => {
		await mustKnow(who, req);
		next();
	});
	router.get('/', (_req, res) => {
		res.json(policies.policy);
	});
	router.put('/', async (req, res) => {
		res.json(await policies.put(req.body));
	});
	return router;
}
