// page.
// `document.cookie` (HTML section 3.1.4): the jar is the server's, and its parser decides. A native cookie carries the jar's version, so
// that a read asks the server only when something has changed.
import { call, hookAccessor } from '../../hook.ts';
import { natives } from '../../natives.ts';
import { ask, realm } from '../../realm.ts';
import { unmapUrl } from '../../urls.ts';

interface Answer {
	readonly cookie: string;
	readonly version: string;
}

let kept: Answer = { cookie: '', version: '' };

/** The cookies of the document now. */
export function readCookies(doc: Document): string {
	const version = jarVersion(natives.documentCookie(doc));
	if (version !== kept.version) keep(ask('GET', endpoint(doc)));
	return kept.cookie;
}

/** Does what `document.cookie = text` does. */
export function writeCookie(doc: Document, text: string): void {
	keep(ask('POST', endpoint(doc), text));
}

export function installDocumentCookie(): void {
	kept = { cookie: realm.boot.cookie, version: realm.boot.cookieVersion };
	hookAccessor(realm.global.Document?.prototype, 'cookie', {
		get(native, self) {
			const own = call(native, self, []); // throws as it should for a sandboxed document
			return natives.defaultView(self) ? readCookies(self) : own;
		},
		set(native, self, value) {
			if (natives.defaultView(self)) writeCookie(self, `${value}`);
			else call(native, self, [value]);
		},
	});
}

function keep(answer: string | undefined): void {
	if (answer !== undefined) kept = natives.parse(answer);
}

function endpoint(doc: Document): string {
	const url = unmapUrl(natives.documentURL(doc));
	const path = new natives.URL(/^https?:/.test(url) ? url : (realm.boot.creator ?? realm.boot.origin)).pathname;
	return `cookie?path=${encodeURIComponent(path)}${realm.boot.embedded ? '&embedded' : ''}`;
}

function jarVersion(cookies: string): string {
	const name = `tandem-v-${realm.boot.token.slice(0, 6)}=`;
	const at = cookies.indexOf(name);
	if (at < 0) return kept.version;
	const end = cookies.indexOf(';', at);
	return cookies.slice(at + name.length, end < 0 ? undefined : end);
}
