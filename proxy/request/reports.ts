// server only (Node).
// Reports of violations that a browser sends where a site's policy wants them (CSP Level 3 section 5.5, `report-uri`): they name labels, and the policy as
// the browser was given it.
import { OWN_PATH } from '../../protocol/page.ts';
import { inZone, toReal } from '../../protocol/url.ts';
import { givenPolicy } from '../../rewrite/headers/csp.ts';
import type { Asked, Exchange } from '../context.ts';
import { mediaType, without } from '../headers.ts';
import { readText } from '../own/read-text.ts';

/** Bytes of a report, most of which are the policy's. */
const MOST = 256 * 1024;

/** Stage: fills `sent` where the request is such a report. Throws 'too-large' above 256 KiB; what is no report goes as it is. */
export async function nameInReports(x: Exchange): Promise<void> {
	const { req, dest } = x;
	if (req.method !== 'POST' || mediaType(req.headers['content-type']) !== 'application/csp-report') return;
	if (dest !== 'report' && req.headers['sec-fetch-dest'] !== undefined) return; // a script's own
	const text = await readText(req, MOST);
	x.sent = Buffer.from(real(text, x));
	x.headers = [...without(x.headers, 'content-length', 'transfer-encoding'), ['Content-Length', String(x.sent.length)]];
}

/** What the report says of the site, in its own words. */
function real(text: string, { scope, table }: Asked): string {
	let report: unknown;
	try {
		report = JSON.parse(text);
	} catch {
		return text;
	}
	const body = (report as { 'csp-report'?: Record<string, unknown> } | null)?.['csp-report'];
	if (typeof body !== 'object' || body === null) return text;
	const named = (value: string) => {
		const url = toReal(value, scope.zone, table);
		return URL.canParse(url) && inZone(new URL(url).origin, scope.zone) ? '' : url; // the app's, around a tab's root
	};
	for (const [name, value] of Object.entries(body))
		if (typeof value === 'string') body[name] = name === 'original-policy' ? givenPolicy(value) : named(value);
	// a function of ours made the request: which script of the page called it, nobody says any more
	if (String(body['source-file']).includes(OWN_PATH)) {
		body['source-file'] = body['document-uri'];
		for (const name of ['line-number', 'column-number']) delete body[name];
	}
	return JSON.stringify(report);
}
