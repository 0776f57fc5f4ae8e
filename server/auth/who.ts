// server only (Node).
// Who asks: a program with a key, an agent with a cookie, or nobody we know.
import type { IncomingMessage } from 'node:http';
import { TandemError } from '../../protocol/errors.ts';
import { hashSecret, sameSecret } from '../ids.ts';
import type { Brakes } from '../limits.ts';
import type { Store } from '../store/store.ts';
import type { Accounts, Agent } from './accounts.ts';

export type Caller = { readonly kind: 'key' } | { readonly kind: 'agent'; readonly agent: Agent };

export type Who = (req: IncomingMessage) => Promise<Caller | undefined>;

/** A function that finds out who sends a request. Throws 'unauthorized' for a wrong key, 'too-many' after many of them. */
export function createWho(accounts: Accounts, store: Store, brakes: Brakes, apiKey: string | undefined): Who {
	return async (req) => {
		const [, key] = /^bearer +(\S+)$/i.exec(req.headers.authorization ?? '') ?? [];
		if (key === undefined) {
			const agent = await accounts.agentOf(req);
			return agent && { kind: 'agent', agent };
		}
		const address = req.socket.remoteAddress ?? '';
		await brakes.check('bearer', address);
		if ((apiKey !== undefined && sameSecret(key, apiKey)) || (await store.hasApiKey(hashSecret(key)))) return { kind: 'key' };
		await brakes.failed('bearer', address);
		throw new TandemError('unauthorized');
	};
}

/** The caller; throws 'unauthorized' where there is none. */
export async function mustKnow(who: Who, req: IncomingMessage): Promise<Caller> {
	const caller = await who(req);
	if (!caller) throw new TandemError('unauthorized');
	return caller;
}
