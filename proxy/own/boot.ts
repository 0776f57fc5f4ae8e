// server only (Node).
// The script element that stands first in every document we serve, with what the runtime has to know.
import { asciiJson } from '../../protocol/ascii.ts';
import { hashOrigin, needsTable, type Zone, zoneHost } from '../../protocol/label.ts';
import { BOOT_ATTRIBUTE, type Boot } from '../../protocol/page.ts';
import { WORKER_END } from '../../rewrite/js/worker-front.ts';
import type { Asked } from '../context.ts';
import { marksIn } from '../cookie-writes.ts';
import { escapeHtml } from '../pages/escape.ts';

/** The Boot of a document (or worker) at `x.url`; `nonce` '' where there is no policy to satisfy. */
export function bootOf(x: Asked, nonce: string): Boot {
	const { origin } = x.url;
	return {
		zone: zoneOf(x.env.zone),
		app: x.env.appOrigin,
		token: x.token,
		origin,
		cookies: x.jar.documentCookies(x.url, x.embedded, marksIn(x.req, x.token)),
		embedded: x.embedded,
		referrer: x.initiator.kind === 'page' ? x.initiator.referrer : '',
		nonce,
		table: needsTable(origin) ? { [hashOrigin(origin)]: origin } : {},
	};
}

interface TagOptions extends Pick<Boot, 'contentType' | 'opens' | 'mute' | 'still' | 'unpoliced' | 'sandboxes' | 'autofocus'> {
	readonly plain?: boolean;
}

/**
 * The element's text, as UTF-8 in a binary string (rewriting works on one char a byte). `contentType`: what the document is of, where it
 * isn't the HTML that we make of it. `opens`: how often its text speaks of opening a window. `plain`: no policy asks for the nonce. Then the
 * element has none, since V8 takes a script with another nonce for another script: a reload would compile the runtime anew.
 */
export function bootTag(
	x: Asked,
	nonce: string,
	{ contentType, opens, mute, still, unpoliced, autofocus, sandboxes = [], plain = false }: TagOptions = {},
): string {
	return tag(
		x,
		{
			...bootOf(x, nonce),
			contentType,
			opens: opens || undefined,
			mute: mute || undefined,
			still: still || undefined,
			unpoliced: unpoliced || undefined,
			autofocus: autofocus || undefined,
			sandboxes: sandboxes.length ? sandboxes : undefined,
		},
		plain ? '' : nonce,
	);
}

/** The element that starts the runtime in a document where nobody's page stands. */
export function rehearsalTag(x: Asked, nonce: string): string {
	return tag(x, { ...bootOf(x, nonce), cookies: undefined, referrer: '', rehearsal: true });
}

function tag(x: Asked, boot: Boot, nonce = ''): string {
	const data = escapeHtml(asciiJson(JSON.stringify(boot)));
	return `<script${nonce && ` nonce="${nonce}"`} src="${x.env.bundles.runtime.path}" ${BOOT_ATTRIBUTE}="${data}"></script>`;
}

/** The runtime of a worker, with its boot, on one line: the same bytes every time, or a service worker would be taken for a new one. */
export function workerText(x: Asked): string {
	const boot = { ...bootOf(x, ''), cookies: undefined, embedded: false, referrer: '' };
	return `globalThis.$tandemBoot=${JSON.stringify(boot)};${x.env.bundles.worker.text}${WORKER_END}`;
}

function zoneOf(zone: Zone): string {
	return `${zone.scheme}://${zoneHost('', zone).slice(1)}`;
}
