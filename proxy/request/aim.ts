// server only (Node).
// Decides where to connect, and that it is not to ourselves.
import { TandemError } from '../../protocol/errors.ts';
import { inZone } from '../../protocol/url.ts';
import type { Exchange } from '../context.ts';

/** Stage: fills `target`. Throws 'private-address' for a name of ours and for an IP literal the guard refuses. */
export function aim(x: Exchange): void {
	const { env, url } = x;
	const host = url.hostname;
	if (
		inZone(url.origin, env.zone) ||
		host === env.zone.domain ||
		host.endsWith(`.${env.zone.domain}`) ||
		host === new URL(env.appOrigin).hostname
	)
		throw new TandemError('private-address', url.host);
	const target = env.map(url);
	if (!target.trusted) env.guard.checkLiteral(target.host, target.port);
	x.target = target;
}
