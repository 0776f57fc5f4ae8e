// server only (Node).
// Reports that a browser sends where a site wants them: of violations by URL (CSP Level 3 section 5.5, `report-uri`), and of much more by name (Reporting API
// section 3.5). They name labels, and the policy as the browser was given it.
import type { Zone } from '../../protocol/label.ts';
import { OWN_PATH } from '../../protocol/page.ts';
import { inZone, toReal } from '../../protocol/url.ts';
import { givenPolicy } from '../../rewrite/headers/csp.ts';
import type { Asked, Exchange } from '../context.ts';
import { mediaType, without } from '../headers.ts';
import { readText } from '../own/read-text.ts';

/** Bytes of a report by URL, most of which are the policy's; by name a hundred come at once. */
const MOST: Readonly<Record<string, number>> = { 'application/csp-report': 256 * 1024, 'application/reports+json': 4 * 1024 * 1024 };

type Said = Record<string, unknown>;

/** Stage: fills `sent` where the request is such a report, and answers where nothing of it is the site's. Throws 'too-large'; what is no report goes as it is. */
export async function nameInReports(x: Exchange): Promise<void> {
	const { req, dest } = x;
	const most = MOST[mediaType(req.headers['content-type'])];
	if (req.method !== 'POST' || most === undefined) return;
	if (dest !== 'report' && req.headers['sec-fetch-dest'] !== undefined) return; // a script's own
	const text = real(await readText(req, most), x);
	if (text === undefined) {
		x.done = true;
		x.res.writeHead(204).end();
		return;
	}
	x.sent = Buffer.from(text);
	x.headers = [...without(x.headers, 'content-length', 'transfer-encoding'), ['Content-Length', String(x.sent.length)]];
}

/** What the report says of the site, in its own words; undefined where that is nothing. */
function real(text: string, asked: Asked): string | undefined {
	let report: unknown;
	try {
		report = JSON.parse(text);
	} catch {
		return text;
	}
	if (!Array.isArray(report)) {
		const body = isObject(report) ? report['csp-report'] : undefined;
		if (!isObject(body)) return text;
		name(body, asked);
		tellSource(body, body['document-uri'], ['source-file', 'line-number', 'column-number']);
		return JSON.stringify(report);
	}
	const theirs = report.filter(isObject).filter(({ body }) => !(isObject(body) && isWait(body)));
	for (const one of theirs) {
		name(one, asked);
		if (!isObject(one.body)) continue;
		name(one.body, asked);
		tellSource(one.body, one.body.documentURL ?? one.url, ['sourceFile', 'lineNumber', 'columnNumber']);
	}
	return theirs.length ? JSON.stringify(theirs) : undefined;
}

/** What browsers have against a request that a script waits for (XMLHttpRequest section 3.5.6), where that is one of ours. */
const isWait = ({ id, sourceFile }: Said) => `${id}`.startsWith('XMLHttpRequestSynchronous') && isOurs(sourceFile);

/** Strings in the site's words. */
function name(said: Said, { scope, table }: Asked): void {
	for (const [key, value] of Object.entries(said)) {
		if (typeof value !== 'string') continue;
		if (/^original-?policy$/i.test(key)) said[key] = givenPolicy(value);
		else said[key] = named(toReal(value, scope.zone, table), scope.zone);
	}
}

/** Nothing where it is the app, around a tab's root. */
const named = (url: string, zone: Zone) => (URL.canParse(url) && inZone(new URL(url).origin, zone) ? '' : url);

/** A function of ours made the request: which script of the page called it, nobody says any more. Violations name scripts without a query. */
function tellSource(body: Said, document: unknown, [file = '', ...places]: readonly string[]): void {
	if (!isOurs(body[file])) return;
	body[file] = 'effectiveDirective' in body || 'effective-directive' in body ? `${document}`.replace(/[?#].*/s, '') : document;
	for (const place of places) delete body[place];
}

const isOurs = (url: unknown) => typeof url === 'string' && url.includes(OWN_PATH);

const isObject = (value: unknown): value is Said => typeof value === 'object' && value !== null;
