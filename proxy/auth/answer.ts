// server only (Node).
// What goes into Authorization: Basic (RFC 7617) and Digest (RFC 7616).
import { createHash, randomBytes } from 'node:crypto';
import type { Challenge } from './challenge.ts';

export interface Login {
	readonly user: string;
	readonly password: string;
}

const HASHES: Readonly<Record<string, string>> = { md5: 'md5', 'sha-256': 'sha256', 'sha-512-256': 'sha512-256' };

/** The strongest of the challenges that we can answer. */
export function pick(challenges: readonly Challenge[]): Challenge | undefined {
	const known = challenges.filter((c) => c.scheme === 'basic' || (c.scheme === 'digest' && canDigest(c)));
	return known.sort((a, b) => strength(b) - strength(a))[0];
}

function strength({ scheme, params }: Challenge): number {
	return scheme === 'basic' ? 0 : /^md5/i.test(params.algorithm ?? 'md5') ? 1 : 2;
}

function canDigest({ params }: Challenge): boolean {
	const algorithm = (params.algorithm ?? 'MD5').replace(/-sess$/i, '').toLowerCase();
	return Object.hasOwn(HASHES, algorithm) && params.nonce !== undefined && (params.qop === undefined || qops(params.qop).includes('auth'));
}

const qops = (qop: string): string[] => qop.split(',').map((word) => word.trim().toLowerCase());

/** The header's value; `count` is how often this nonce was used, this time included. */
export function authorization(challenge: Challenge, login: Login, request: { method: string; uri: string }, count: number): string {
	if (challenge.scheme === 'basic') return `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}`;
	return digest(challenge.params, login, request, count, randomBytes(12).toString('hex'));
}

/** RFC 7616 section 3.4. */
export function digest(
	params: Challenge['params'],
	{ user, password }: Login,
	{ method, uri }: { method: string; uri: string },
	count: number,
	cnonce: string,
): string {
	const { realm = '', nonce = '', opaque, algorithm = 'MD5' } = params;
	const name = HASHES[algorithm.replace(/-sess$/i, '').toLowerCase()] ?? 'md5';
	const hash = (text: string) => createHash(name).update(text).digest('hex');
	const secret = hash(`${user}:${realm}:${password}`);
	const a1 = /-sess$/i.test(algorithm) ? hash(`${secret}:${nonce}:${cnonce}`) : secret;
	const a2 = hash(`${method}:${uri}`);
	const nc = count.toString(16).padStart(8, '0');
	const response = params.qop === undefined ? hash(`${a1}:${nonce}:${a2}`) : hash(`${a1}:${nonce}:${nc}:${cnonce}:auth:${a2}`);
	const hashed = params.userhash?.toLowerCase() === 'true';
	const parts = [
		`username="${quoted(hashed ? hash(`${user}:${realm}`) : user)}"`,
		`realm="${quoted(realm)}"`,
		`nonce="${quoted(nonce)}"`,
		`uri="${quoted(uri)}"`,
		`response="${response}"`,
		...(params.algorithm === undefined ? [] : [`algorithm=${algorithm}`]),
		...(params.qop === undefined ? [] : ['qop=auth', `nc=${nc}`, `cnonce="${cnonce}"`]),
		...(opaque === undefined ? [] : [`opaque="${quoted(opaque)}"`]),
		...(hashed ? ['userhash=true'] : []),
	];
	return `Digest ${Buffer.from(parts.join(', ')).toString('latin1')}`;
}

function quoted(text: string): string {
	return text.replace(/["\\]/g, '\\$&');
}
