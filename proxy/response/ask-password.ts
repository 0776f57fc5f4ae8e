// server only (Node).
// A site asks for a name and a password where a document was wanted: the browser's own prompt would name our host, so a page of ours asks.
import { REASONS } from '../../protocol/errors.ts';
import { OWN_PATH } from '../../protocol/page.ts';
import type { Answer } from '../context.ts';
import { bootTag } from '../own/boot.ts';
import { escapeHtml } from '../pages/escape.ts';
import { page, pagePolicy } from '../pages/page.ts';
import { challengeOf } from '../request/authorize.ts';

/** Stage. */
export function askPassword(a: Answer): void {
	const challenge = a.navigation && a.info.grade === 'run' && a.req.method !== 'HEAD' ? challengeOf(a) : undefined;
	if (!challenge) return;
	const { title, advice } = REASONS['needs-password'];
	const realm = challenge.params.realm ?? '';
	const body = page({
		title,
		advice,
		detail: realm ? `${a.url.host}: ${Buffer.from(realm, 'latin1').toString('utf8')}` : a.url.host,
		action: form(a.req.url ?? '/'),
		head: bootTag(a, a.nonce),
	});
	a.upstream.destroy();
	a.done = true;
	a.res.writeHead(401, {
		'Content-Type': 'text/html; charset=utf-8',
		'Content-Length': Buffer.byteLength(body),
		'Content-Security-Policy': pagePolicy(a.nonce).replace("form-action 'none'", "form-action 'self'"),
		'Cache-Control': 'no-store',
		'Origin-Agent-Cluster': '?1',
		'X-Tandem-Error': 'needs-password',
	});
	a.res.end(body);
}

function form(to: string): string {
	const field = (label: string, name: string, type: string, complete: string) =>
		`<p><label>${label}<br><input name="${name}" type="${type}" autocomplete="${complete}" size="32"${name === 'user' ? ' autofocus' : ' required'}></label></p>`;
	return `<form method="post" action="${OWN_PATH}login"><input type="hidden" name="to" value="${escapeHtml(to)}">${field('Name', 'user', 'text', 'username')}${field('Password', 'password', 'password', 'current-password')}<p><button>Sign in</button></p></form>`;
}
