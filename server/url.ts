// server only (Node), pure.
// What a person pastes as an address, made into an http(s) URL.
import { TandemError } from '../protocol/errors.ts';
import { LIMITS } from '../protocol/limits.ts';

/** `name:port` with nothing that could be a scheme: `localhost:8080`, `abc.com:81/x`, `[::1]:80`. */
const HOST_PORT = /^(?:\[[\da-f:.]+\]|[^\s/?#@:]+):\d{1,5}(?:[/?#]|$)/i;
const SCHEME = /^[a-z][a-z\d+.-]*:/i;
/** A host that can be a site's: a name with a dot, localhost, or an address. */
const PLAUSIBLE = /^(?:localhost|\[.+\]|[^.]+(?:\.[^.]+)+\.?)$/;
const LOCAL = /^(?:localhost|.+\.localhost|\d+(?:\.\d+){3}|\[.+\]|[^.]+)$/;

/**
 * The absolute URL a person meant: `abc.com` is https, `localhost:8080` and bare addresses are http, a full URL stays what it is
 * (query and fragment too), an IDN becomes its ASCII form (UTS 46). Throws TandemError 'bad-url' for anything that is no web address.
 */
export function readAddress(text: string): string {
	const typed = text.trim();
	if (typed === '' || typed.length > LIMITS.url) throw new TandemError('bad-url');
	const hostPort = HOST_PORT.test(typed);
	if (SCHEME.test(typed) && !hostPort) return readUrl(typed);
	const url = parse(`https://${typed.replace(/^\/\//, '')}`, typed);
	// `someone@abc.com` is an e-mail address, and `hello` is no address; `intranet:8080` may be one.
	if (url.username || url.password) throw new TandemError('bad-url', 'that looks like an e-mail address');
	if (!PLAUSIBLE.test(url.hostname) && !hostPort) throw new TandemError('bad-url', excerpt(typed));
	if (LOCAL.test(url.hostname) || url.port === '80') url.protocol = 'http:';
	return url.href;
}

function readUrl(typed: string): string {
	const url = parse(typed, typed);
	if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new TandemError('bad-url', `${url.protocol} is not http: or https:`);
	return url.href;
}

function parse(candidate: string, typed: string): URL {
	if (!URL.canParse(candidate)) throw new TandemError('bad-url', excerpt(typed));
	return new URL(candidate);
}

/** What was typed, short enough for an error page. Never more than the part before `?` and without userinfo: the rest may be secret. */
function excerpt(typed: string): string {
	return typed
		.replace(/[?#].*$/s, '')
		.replace(/^(\w+:\/\/)?[^/]*@/, '$1')
		.slice(0, 80);
}
