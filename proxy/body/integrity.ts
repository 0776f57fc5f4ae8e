// server only (Node).
// The bytes that an element asks for by hash (rewrite/integrity.ts): compared as the site sent them, and signed as they go out.
import { createHash, createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { PKCS8, SEED, signedBy, unsigned, type Wanted } from '../../rewrite/integrity.ts';
import type { Answer } from '../context.ts';

let key: KeyObject | undefined;

/** Whether bytes are what was asked for (Subresource Integrity section 3.3.5). */
export function fits({ algorithm, digests }: Wanted, bytes: Buffer): boolean {
	const digest = createHash(algorithm).update(bytes).digest();
	return digests.some((one) => digest.equals(Buffer.from(one, 'base64')));
}

/** Signs what is sent in the place of bytes that fit: `pieces`, before a coding. */
export function vouch(a: Answer, pieces: readonly Buffer[]): void {
	if (!a.fitting) return;
	const hash = createHash('sha256');
	for (const piece of pieces) hash.update(piece);
	const said = unsigned(hash.digest('base64'));
	key ??= createPrivateKey({ key: Buffer.from(PKCS8 + SEED, 'latin1'), format: 'der', type: 'pkcs8' });
	a.answer.push(...signedBy(said, sign(null, Buffer.from(said.base), key).toString('base64')));
}
