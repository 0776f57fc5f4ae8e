// tests only.
// One scope for all rewriting tests, with short names for what it maps to.
import { parseZone } from '../../protocol/label.ts';
import { type Scope, toProxied } from '../../protocol/url.ts';

export const zone = parseZone('http://tandem.localhost:3000');
export const scope: Scope = { zone, token: 'abcdefghijklmnop' };

/** The proxied form of an absolute URL. */
export function ours(url: string): string {
	return toProxied(url, scope);
}
