// server only (Node).
// Agents' accounts: better-auth with e-mail and password, on the same database. Nobody signs up by themselves; the first run makes the first account.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { fromNodeHeaders, toNodeHandler } from 'better-auth/node';
import type { Kysely } from 'kysely';
import { secret } from '../ids.ts';
import type { Tables } from '../store/schema.ts';

/** The e-mail address of the account that the first run makes. */
const FIRST_EMAIL = 'agent@tandem.localhost';

export interface Agent {
	readonly email: string;
	readonly name: string;
}

export interface Accounts {
	/** Answers /api/auth/*. */
	handle(req: IncomingMessage, res: ServerResponse): Promise<void>;
	/** Who sends this request, by cookie. */
	agentOf(req: IncomingMessage): Promise<Agent | undefined>;
	/** Makes the first account where there is none; its password is told here and nowhere else. */
	first(): Promise<{ email: string; password: string } | undefined>;
}

/** `app` is the app's origin, `data` the folder with the key that signs cookies (made when missing). */
export async function openAccounts(db: Kysely<Tables>, app: string, data: string): Promise<Accounts> {
	const options = {
		baseURL: app,
		basePath: '/api/auth',
		secret: signingKey(join(data, 'auth.key')),
		database: { db, type: 'sqlite' as const },
		trustedOrigins: [app],
		emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10 },
		user: { modelName: 'agents' },
		session: { modelName: 'agent_sessions', expiresIn: 14 * 24 * 3600 },
		account: { modelName: 'agent_accounts' },
		verification: { modelName: 'agent_verifications' },
		// Brakes of our own stand before it, see limits.ts.
		rateLimit: { enabled: false },
		telemetry: { enabled: false },
		logger: { disabled: true },
		advanced: {
			useSecureCookies: false,
			cookies: { session_token: sessionCookie(app) },
		},
	};
	await (await getMigrations(options)).runMigrations();
	const auth = betterAuth(options);
	const handle = toNodeHandler(auth);
	return {
		handle: async (req, res) => {
			await handle(req, res);
		},
		async agentOf(req) {
			const found = await auth.api.getSession({ headers: fromNodeHeaders(req.headers) });
			return found ? { email: found.user.email, name: found.user.name } : undefined;
		},
		async first() {
			const { internalAdapter, password: passwords } = await auth.$context;
			if ((await internalAdapter.countTotalUsers()) > 0) return undefined;
			const password = secret(96);
			const user = await internalAdapter.createUser(
				{ email: FIRST_EMAIL, name: 'Agent', emailVerified: true },
				{ method: 'email-password' },
			);
			const hash = await passwords.hash(password);
			await internalAdapter.linkAccount({ userId: user.id, providerId: 'credential', accountId: user.id, password: hash });
			return { email: FIRST_EMAIL, password };
		},
	};
}

/**
 * With __Host- (RFC 6265bis section 4.1.3.2) no label under the same domain can set or shadow the cookie. It asks for Secure, which browsers
 * take over https and on http://*.localhost; on another http name (a test in an intranet) the plain name has to do.
 */
function sessionCookie(app: string) {
	const { protocol, hostname } = new URL(app);
	const secure = protocol === 'https:' || hostname.endsWith('.localhost');
	const attributes = { secure, sameSite: 'strict' as const, path: '/', httpOnly: true };
	return { name: secure ? '__Host-tandem' : 'tandem', attributes };
}

function signingKey(path: string): string {
	if (!existsSync(path)) writeFileSync(path, randomBytes(32).toString('base64url'), { mode: 0o600 });
	return readFileSync(path, 'utf8');
}
