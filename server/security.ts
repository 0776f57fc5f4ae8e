// server only (Node).
// What protects the app from pages that share its site: the shell's Content-Security-Policy, and the refusal of every request
// that a proxied page could send (such a page is same-site with the app, but never same-origin).
import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import helmet from 'helmet';
import { TandemError } from '../protocol/errors.ts';
import { type Zone, zoneOrigin } from '../protocol/label.ts';
import { CLIENT_HINTS } from '../protocol/page.ts';

/** Response headers of the app origin. Frames may show labels of the zone only, so that no page frame can be sent to a real site. */
export function appHeaders(zone: Zone, embedOrigins: readonly string[]): RequestHandler {
	const app = zoneOrigin('app', zone);
	const labels = zoneOrigin('*', zone);
	const secure = helmet({
		contentSecurityPolicy: {
			useDefaults: false,
			directives: {
				defaultSrc: ["'none'"],
				scriptSrc: ["'self'"],
				styleSrc: ["'self'"],
				// Lit templates may carry style attributes; they can't run script.
				styleSrcAttr: ["'unsafe-inline'"],
				fontSrc: ["'self'"],
				imgSrc: ["'self'", 'data:', 'blob:', labels],
				mediaSrc: ["'self'", 'blob:'],
				// 'self' does not cover ws: in every browser (CSP 3 section 6.7.2.8 does, Safari long did not).
				connectSrc: ["'self'", app.replace(/^http/, 'ws')],
				// a window or a page of a label may go to a blob of its own, which has its maker's policies, the leak guard too
				frameSrc: [labels, 'blob:'],
				workerSrc: ["'self'"],
				manifestSrc: ["'self'"],
				formAction: ["'self'"],
				baseUri: ["'none'"],
				// Not 'self': a page could send its tab's frame to the app, which then stood in itself.
				frameAncestors: embedOrigins.length ? [...embedOrigins] : ["'none'"],
			},
		},
		// frame-ancestors says it already, and X-Frame-Options can't name several origins.
		xFrameOptions: false,
		strictTransportSecurity: zone.scheme === 'https',
		crossOriginOpenerPolicy: { policy: 'same-origin' },
		crossOriginResourcePolicy: { policy: 'same-origin' },
		originAgentCluster: true,
		referrerPolicy: { policy: 'no-referrer' },
	});
	return (req, res, next) => {
		res.setHeader('Accept-CH', CLIENT_HINTS.join(', '));
		secure(req, res, next);
	};
}

/**
 * Whether a request of the API may come in at all. Fetch Metadata (section 2.4): 'same-origin', or a bearer key, which no page has.
 * A browser too old to say gets by with an Origin header that is the app's; one that says neither is no browser and needs a key.
 */
export function mayCall(req: IncomingMessage, app: string): boolean {
	if (/^bearer /i.test(req.headers.authorization ?? '')) return true;
	const site = req.headers['sec-fetch-site'];
	if (site !== undefined) return site === 'same-origin' && (req.headers.origin === undefined || req.headers.origin === app);
	return req.headers.origin === app;
}

/** Refuses what `mayCall` refuses. `onRefused` counts it. */
export function sameOriginOnly(app: string, onRefused: (req: IncomingMessage) => void): RequestHandler {
	return (req, _res, next) => {
		if (mayCall(req, app)) return next();
		onRefused(req);
		next(new TandemError('forbidden', 'only the app itself may ask this; other programs need a key'));
	};
}
