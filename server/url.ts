// server only (Node), pure.
// What a person pastes as an address, made into an http(s) URL.
import { TandemError } from '../protocol/errors.ts';
import { LIMITS } from '../protocol/limits.ts';

/** `name:port` with nothing that could be a scheme: `localhost:8080`, `abc.com:81/x`, `[::1]:80`. */
const HOST_PORT = /^(?:\[[\da-f:.]+\]|[^\s/?#@:]+):\d{1,5}(?:[/?#]|$)/i;
const SCHEME = /^[a-z][a-z\d+.-]*:/i;
const USERINFO = /^[^\s/?#]*@/;
/** A host that can be one: a name with a dot, localhost, or an address. */
const PLAUSIBLE = /^(?:localhost|.+\.localhost|\[.+\]|[^.]+(?:\.[^.]+)+\.?)$/;
const LOCAL = /^(?:localhost|.+\.localhost|\d+(?:\.\d+){3}|\[.+\])$/;

/**
 * The absolute URL a person meant: `abc.com` is https, `localhost:8080` and bare addresses are http, a full URL stays what it is
 * (query and fragment too), an IDN becomes its ASCII form (UTS 46). Throws TandemError 'bad-url' for anything that is no web address.
 */
export function readAddress(text: string): string {
	const typed = text.trim();
	if (typed === '' || typed.length > LIMITS.url) throw new TandemError('bad-url');
	const bare = HOST_PORT.test(typed) || !SCHEME.test(typed) || (USERINFO.test(typed) && !/^https?:/i.test(typed));
	const candidate = bare ? `https://${typed.replace(/^\/\//, '')}` : typed;
	if (!URL.canParse(candidate)) throw new TandemError('bad-url', excerpt(typed));
	const url = new URL(candidate);
	if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new TandemError('bad-url', `${url.protocol} is not http: or https:`);
	if (!PLAUSIBLE.test(url.hostname)) {
		// A full URL may name a single-label host of an intranet; bare text such as `hello` is no address.
		if (bare && !HOST_PORT.test(typed)) throw new TandemError('bad-url', excerpt(typed));
	}
	if (bare && (LOCAL.test(url.hostname) || !PLAUSIBLE.test(url.hostname))) url.protocol = 'http:';
	return url.href;
}

/** What was typed, short enough for an error page. Never more than the part before `?` and without userinfo: the rest may be secret. */
function excerpt(typed: string): string {
	return typed
		.replace(/[?#].*$/s, '')
		.replace(/^(\w+:\/\/)?[^/]*@/, '$1')
		.slice(0, 80);
}
