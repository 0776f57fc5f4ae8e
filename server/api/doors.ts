// server only (Node).
// REST: the ways into a session (host link, join link, code), and who I am. The credential stands in the body.
import { Router } from 'express';
import { toString as qrCode } from 'qrcode';
import { TandemError } from '../../protocol/errors.ts';
import { type Zone, zoneOrigin } from '../../protocol/label.ts';
import { toProxied } from '../../protocol/url.ts';
import type { Who } from '../auth/who.ts';
import { decode } from '../doors/decode.ts';
import { SCHEMAS } from '../doors/rest.ts';
import { sameSecret } from '../ids.ts';
import type { Brakes, Guessable } from '../limits.ts';
import type { Sessions } from '../sessions.ts';

interface Needs {
	readonly sessions: Sessions;
	readonly brakes: Brakes;
	readonly who: Who;
	readonly zone: Zone;
	/** The zone's origin. */
	readonly origin: string;
}

/** Labels named to who enters, so that their browser can get ready for them. */
const LABELS_MAX = 3;

/** The origins of ours that tabs will be opened on. */
function labelsOf(opens: readonly { url: string; token: string }[], zone: Zone): string[] {
	const labels = opens.map(({ url, token }) => toProxied(new URL(url).origin, { zone, token }));
	return [...new Set(labels)].slice(0, LABELS_MAX);
}

/** Routes under /api that need no agent: enter, join, me, and a session's QR code for those who have its link. */
export function doorRoutes({ sessions, brakes, who, zone, origin }: Needs): Router {
	const router = Router();

	/** Runs `attempt`; a failure counts against the address, and too many of them close the door for a while. */
	async function guarded<T>(what: Guessable, address: string, attempt: () => Promise<T>): Promise<T> {
		await brakes.check(what, address);
		try {
			return await attempt();
		} catch (error) {
			if (error instanceof TandemError && error.status === 404) await brakes.failed(what, address);
			throw error;
		}
	}

	router.get('/me', async (req, res) => {
		const caller = await who(req);
		res.json({
			agent: caller?.kind === 'agent' ? caller.agent : null,
			app: zoneOrigin('app', zone),
			zone: origin,
		});
	});
	router.post('/enter', async (req, res) => {
		const { ticket } = decode(SCHEMAS.enter, req.body);
		const { opens, ...entry } = await guarded('ticket', req.ip ?? '', () => sessions.enter(ticket));
		res.json({ ...entry, opens: labelsOf(opens, zone) });
	});
	router.post('/join', async (req, res) => {
		const by = decode(SCHEMAS.join, req.body);
		res.json(await guarded('key' in by ? 'key' : 'code', req.ip ?? '', () => sessions.join(by)));
	});
	router.get('/sessions/:id/qr.svg', async (req, res) => {
		const room = await sessions.live(req.params.id);
		// Who has the join link may see it as a picture: it says nothing else.
		const key = typeof req.query.key === 'string' ? req.query.key : '';
		if (!sameSecret(key, room.key) && !(await who(req))) throw new TandemError('unauthorized');
		res.type('image/svg+xml').set('Cache-Control', 'no-store');
		res.send(await qrCode(sessions.joinUrl(room), { type: 'svg', errorCorrectionLevel: 'M', margin: 2 }));
	});
	return router;
}
