// server only (Node).
import { randomBytes } from 'node:crypto';

/** A nonce for the scripts of one document (CSP level 3, section 2.3.1): 96 random bits. */
export function newNonce(): string {
	return randomBytes(12).toString('base64url');
}
