// page and worker.
// A name and a password for a site, in a URL or beside one: the server answers the site's challenge with them, for the browser never sees it.
import { ask, realm } from '../../realm.ts';
import { unmapUrl } from '../../urls.ts';

const encode = realm.global.encodeURIComponent as (text: string) => string;

/** A URL of ours without its name and password, which the server now keeps. */
export function withoutLogin(target: URL): string {
	const origin = unmapUrl(target.origin);
	const { username, password } = target;
	target.username = target.password = '';
	ask('POST', 'login', `for=${encode(origin)}&user=${username}&password=${password}`.replace(/\+/g, '%2B'));
	return target.href;
}
