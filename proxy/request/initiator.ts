// server only (Node).
// Who made the browser ask, in real terms: the browser only knows our labels, to which everything is same-site.
import type { IncomingHttpHeaders } from 'node:http';
import type { LabelTable, Zone } from '../../protocol/label.ts';
import { OWN_PATH } from '../../protocol/page.ts';
import { realOrigin, toReal } from '../../protocol/url.ts';
import { sameSite } from '../site.ts';

export type Initiator =
	/** A person: the address bar of the shell, or a program that sends no metadata. */
	| { readonly kind: 'person' }
	/** A page, of this real origin; `referrer` is its real URL as far as its policy shows it, or ''. */
	| {
			readonly kind: 'page';
			readonly origin: string;
			readonly referrer: string;
			/** It was sent on from another origin: the farthest that the way led through. Its Origin is 'null' then. */
			readonly sentOn?: 'same-site' | 'cross-site';
			/** It is asked again by a redirect from elsewhere: as far as the way led. */
			readonly back?: 'same-site' | 'cross-site' | undefined;
			/** A frame of it leads the tab's root (own/leads.ts): what the browser says is the root's. */
			readonly led?: boolean;
	  }
	/** A page of opaque origin (sandboxed, data:). */
	| { readonly kind: 'opaque' }
	/** A page of ours that hides its origin (`no-referrer`): taken for a stranger. */
	| { readonly kind: 'unknown' };

export interface Place {
	readonly zone: Zone;
	readonly appOrigin: string;
	readonly table: LabelTable;
	/** The real origin that is asked. */
	readonly origin: string;
}

/** Reads Origin, Referer and Sec-Fetch-Site. */
export function findInitiator(headers: IncomingHttpHeaders, place: Place): Initiator {
	const { zone, table } = place;
	const site = headers['sec-fetch-site'];
	const referer = headers.referer ?? '';
	const referrer = toReal(referer, zone, table);
	const shown = referrer === referer ? '' : withoutOurs(referrer);
	const from = headers.origin ?? (URL.canParse(referer) ? new URL(referer).origin : undefined);
	// A tab's icon, of the page's own origin (`dashboard/shell/views/tab-strip.ts`): in a browser the page asks for it.
	if (site === 'same-origin' || (from === place.appOrigin && headers['sec-fetch-dest'] === 'image'))
		return { kind: 'page', origin: place.origin, referrer: shown };
	if (from === place.appOrigin || site === 'none') return { kind: 'person' };
	if (from && from !== 'null') {
		const origin = realOrigin(from.slice(from.indexOf('://') + 3), zone, table);
		return origin ? { kind: 'page', origin, referrer: shown } : { kind: 'unknown' };
	}
	if (from === 'null') return { kind: 'opaque' };
	return site === undefined ? { kind: 'person' } : { kind: 'unknown' };
}

/** What code of the page asks for that a script of ours compiled (`import()` in an `eval`) has that script's URL as its Referer. */
function withoutOurs(referrer: string): string {
	return referrer.includes(OWN_PATH) && new URL(referrer).pathname.startsWith(OWN_PATH) ? `${new URL(referrer).origin}/` : referrer;
}

/** Sec-Fetch-Site as the real browser would send it (Fetch Metadata section 2.3). */
export function fetchSite(initiator: Initiator, origin: string): 'none' | 'same-origin' | 'same-site' | 'cross-site' {
	if (initiator.kind === 'person') return 'none';
	if (initiator.kind !== 'page' || initiator.sentOn === 'cross-site' || initiator.back === 'cross-site') return 'cross-site';
	if (initiator.origin === origin) return initiator.sentOn ?? initiator.back ?? 'same-origin';
	return sameSite(initiator.origin, origin) ? 'same-site' : 'cross-site';
}
