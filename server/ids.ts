// server only (Node).
// Unguessable names: labels' tokens, secrets, join keys, codes; and the hash under which a secret is stored.
import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { tokenOf } from '../protocol/label.ts';

/** A token for a label: 80 random bits as 16 characters of base32. */
export function labelToken(): string {
	return tokenOf(randomBytes(10));
}

/** A secret of `bits` random bits, base64url. */
export function secret(bits = 192): string {
	return randomBytes(Math.ceil(bits / 8)).toString('base64url');
}

/** A short name that needs no secrecy of its own (a session, a participant, a tab): 72 random bits. */
export function shortId(): string {
	return secret(72);
}

/** Six digits for reading aloud. */
export function sixDigits(): string {
	return String(randomInt(1_000_000)).padStart(6, '0');
}

/** How a secret is stored: it has enough randomness that a plain hash can't be reversed. */
export function hashSecret(text: string): string {
	return createHash('sha256').update(text).digest('base64url');
}

/** Whether two strings are equal, in a time that does not tell where they differ. */
export function sameSecret(a: string, b: string): boolean {
	return timingSafeEqual(Buffer.from(hashSecret(a)), Buffer.from(hashSecret(b)));
}
