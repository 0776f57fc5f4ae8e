// server only (Node).
// The app origin as an express application: dashboard and API. And the API alone, for `localhost` and addresses.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Express, Router } from 'express';
import { TandemError } from '../protocol/errors.ts';
import { type Zone, zoneOrigin } from '../protocol/label.ts';
import { doorRoutes } from './api/doors.ts';
import { errorHandler } from './api/errors.ts';
import { keyRoutes } from './api/keys.ts';
import { maskRuleRoutes } from './api/mask-rules.ts';
import { sessionRoutes } from './api/sessions.ts';
import type { Accounts } from './auth/accounts.ts';
import type { Who } from './auth/who.ts';
import { packedFiles } from './dashboard.ts';
import type { Brakes } from './limits.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Policies } from './policies.ts';
import { appHeaders, sameOriginOnly } from './security.ts';
import type { Sessions } from './sessions.ts';
import type { Store } from './store/store.ts';

export interface AppNeeds {
	readonly zone: Zone;
	/** The zone's origin. */
	readonly origin: string;
	readonly embedOrigins: readonly string[];
	/** The folder of bundles. */
	readonly dist: string;
	readonly store: Store;
	readonly sessions: Sessions;
	readonly policies: Policies;
	readonly accounts: Accounts;
	readonly who: Who;
	readonly brakes: Brakes;
	readonly metrics: Metrics;
	readonly log: Log;
}

/** Paths that show the dashboard's one page; it reads the rest of the path itself. */
const PAGES = ['/', '/privacy', '/login', '/join', '/j/:key', '/s/:id'];

/** What answers on `app.<zone>`. */
export function createApp(needs: AppNeeds): Express {
	const app = bare();
	const folder = join(needs.dist, 'dashboard');
	app.use(appHeaders(needs.zone, needs.embedOrigins));
	app.use(operations(needs));
	app.all('/api/auth/{*rest}', guard(needs), async (req, res) => {
		const login = req.path.startsWith('/api/auth/sign-in');
		const address = req.ip ?? '';
		if (login) await needs.brakes.check('login', address);
		if (login) res.once('finish', () => void (res.statusCode >= 400 && needs.brakes.failed('login', address)));
		await needs.accounts.handle(req, res);
	});
	app.use('/api', api(needs));
	app.use(packedFiles(folder, lifeOf));
	app.use(express.static(folder, { index: false, setHeaders: (res, path) => res.set('Cache-Control', lifeOf(path)) }));
	app.get(PAGES, (_req, res, next) => {
		const page = join(folder, 'index.html');
		if (!existsSync(page)) return next(new TandemError('unavailable', 'the dashboard is not built: npm run build'));
		res.set('Cache-Control', 'no-cache').sendFile(page);
	});
	return closed(app, needs);
}

/** What answers on `localhost` and on addresses: the API, and a way on to the app for browsers, which alone resolve its name. */
export function createLoopback(needs: AppNeeds): Express {
	const app = bare();
	app.use(operations(needs));
	app.use('/api', api(needs));
	app.get('/{*path}', (req, res) => res.redirect(302, zoneOrigin('app', needs.zone) + req.originalUrl));
	return closed(app, needs);
}

function bare(): Express {
	const app = express();
	app.disable('x-powered-by');
	app.set('query parser', 'simple');
	return app;
}

/** For those who run it. They say nothing of any session, and change nothing. */
function operations({ metrics, sessions }: AppNeeds): Router {
	const router = Router();
	router.get('/healthz', (_req, res) => {
		res.json({ ok: true });
	});
	router.get('/readyz', (_req, res) => {
		res.json({ ok: true, sessions: sessions.list().length });
	});
	router.get('/metrics', async (_req, res) => {
		res.type(metrics.registry.contentType).send(await metrics.registry.metrics());
	});
	return router;
}

function guard({ zone, metrics, log }: AppNeeds) {
	return sameOriginOnly(zoneOrigin('app', zone), (req) => {
		metrics.refused('not-same-origin');
		log.warn({ method: req.method, path: req.url?.split('?')[0], site: req.headers['sec-fetch-site'] }, 'refused a request from elsewhere');
	});
}

function api(needs: AppNeeds): Router {
	const router = Router();
	router.use(guard(needs), express.json({ limit: '64kb' }));
	router.use((_req, res, next) => {
		res.set('Cache-Control', 'no-store');
		next();
	});
	router.use(doorRoutes(needs));
	router.use('/sessions', sessionRoutes(needs.sessions, needs.who));
	router.use('/mask-rules', maskRuleRoutes(needs.policies, needs.who));
	router.use('/keys', keyRoutes(needs.store, needs.who));
	router.use((_req, _res, next) => next(new TandemError('not-found')));
	return router;
}

function closed(app: Express, { log }: AppNeeds): Express {
	app.use((_req, _res, next) => next(new TandemError('not-found')));
	app.use(errorHandler(log));
	return app;
}

/** Vite names its assets by their content, so they never change; the rest is asked for again. */
function lifeOf(path: string): string {
	return /[\\/]assets[\\/]/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache';
}
