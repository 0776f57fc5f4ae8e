// server only (Node).
import type { ProxyOptions } from '../types.ts';

/** Who may stand around documents of ours, for `frame-ancestors` (CSP level 3, section 6.4.2.1): the app, and what may show the app itself. */
export function framers({ appOrigin, embedOrigins = [] }: Pick<ProxyOptions, 'appOrigin' | 'embedOrigins'>): string {
	return [appOrigin, ...embedOrigins].join(' ');
}
