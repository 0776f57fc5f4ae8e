// page.
// What a document and its window say of themselves: referrer, domain, origin, parent, isSecureContext.
import { call, hookAccessor } from '../../hook.ts';
import { late } from '../../late.ts';
import { type Any, natives } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { above } from '../../shared.ts';
import { reworded, unmapUrl } from '../../urls.ts';
import type { Place } from '../../windows.ts';
import { virtualLocation } from '../history/location.ts';

const nativeDomain = natives.getOwnPropertyDescriptor(realm.global.Document?.prototype ?? {}, 'domain')?.get as Any;

export function installDocument(place: Place, opener: string | undefined): void {
	const { global } = realm;
	const proto = global.Document.prototype;
	hookAccessor(proto, 'referrer', {
		get(native, self) {
			const own = call(native, self, []);
			// The one that a browser makes for a new window says where it was opened (HTML section 7.3.1.2); ours came by a navigation.
			if (self === global.document && opener !== undefined && own) return opener.replace(/#.*$/s, '');
			return self !== global.document || /^(?:about|data|blob):/.test(natives.documentURL(self)) ? unmapUrl(own) : realm.boot.referrer;
		},
	});
	hookAccessor(proto, 'domain', {
		get: (native, self) => call(native, self, []) && (domains.get(self) ?? new natives.URL(realm.boot.origin).hostname),
		set: setDomain,
	});
	hookAccessor(global, 'origin', { get: (native, self) => unmapUrl(call(native, self, [])) });
	hookAccessor(global, 'parent', {
		get: (native, self) => ((self ?? global) === global && place.isTop ? global : call(native, self, [])),
	});
	if (!isSecure(realm.boot.origin)) hookAccessor(global, 'isSecureContext', { get: (native, self) => call(native, self, []) && false });
	if (!place.shell || global.top === place.root) return;
	above.top = global.top;
	above.root = place.root;
	// the way up from a variable: `w.parent.location` of a root
	above.location = global.top.location;
	above.rootLocation = virtualLocation(place.root.location);
}

/** What a document was told its domain is. */
const domains: WeakMap<object, string> = new natives.WeakMap();

/**
 * HTML section 7.1.1.1: only a suffix may be set, and not where the document is sandboxed or in no window, which the browser says of its own domain
 * too. It has no effect, since pages are keyed by origin; one of http, which a browser would not key so, reads what it set.
 */
function setDomain(native: (...args: unknown[]) => unknown, doc: Document, given: unknown): void {
	const host = new natives.URL(realm.boot.origin).hostname;
	let own = '';
	try {
		call(native, doc, [
			late(given, (value) => {
				if (value !== host && !(host.endsWith(`.${value}`) && value.includes('.'))) return value;
				own = value;
				return call(nativeDomain, doc, []);
			}),
		]);
		if (own && realm.boot.origin.startsWith('http:')) domains.set(doc, own);
	} catch (error) {
		if (!(error instanceof natives.DOMException)) throw error;
		throw reworded(error, error.message.replace(/(suffix of ')[^']*/, `$1${host}`));
	}
}

/** Secure Contexts section 3.1: https, or this machine. */
export function isSecure(origin: string): boolean {
	return origin.startsWith('https:') || /^(?:localhost|.+\.localhost|127(?:\.\d+){3}|\[::1\])$/.test(new natives.URL(origin).hostname);
}
