// page.
// IDL attributes that reflect a content attribute holding a URL (HTML section 2.6.1): one table, read
// and written like the content attribute.
import { call, hookAccessor, hookGetter, hookMethod, nativeOf } from '../../hook.ts';
import { natives } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { mapText } from '../../rewriting.ts';
import { mapUrl, unmapUrl } from '../../urls.ts';
import { attributeFrom, attributeIn, givenFor, kindOf } from './attributes.ts';

/** Interface → IDL attributes; the content attribute is the same name in lower case. */
const TABLE: Readonly<Record<string, string>> = {
	HTMLAnchorElement: 'href ping attributionSrc',
	HTMLAreaElement: 'href ping attributionSrc',
	HTMLBaseElement: 'href',
	HTMLBodyElement: 'background',
	HTMLButtonElement: 'formAction',
	HTMLEmbedElement: 'src',
	HTMLFormElement: 'action',
	HTMLFrameElement: 'src longDesc',
	HTMLIFrameElement: 'src srcdoc longDesc allow',
	HTMLImageElement: 'src srcset lowsrc longDesc attributionSrc',
	HTMLInputElement: 'src formAction',
	HTMLLinkElement: 'href imageSrcset integrity',
	HTMLMediaElement: 'src',
	HTMLMetaElement: 'content',
	HTMLModElement: 'cite',
	HTMLObjectElement: 'data codeBase',
	HTMLQuoteElement: 'cite',
	HTMLScriptElement: 'src integrity attributionSrc',
	HTMLSourceElement: 'src srcset',
	HTMLTrackElement: 'src',
	HTMLVideoElement: 'poster',
	SVGAElement: 'ping',
};

/** Read-only URLs. */
const GETTERS: readonly (readonly [string, string])[] = [
	['HTMLImageElement', 'currentSrc'],
	['HTMLMediaElement', 'currentSrc'],
	['Node', 'baseURI'],
	['StyleSheet', 'href'],
	['CSSImportRule', 'href'],
	['Document', 'URL'],
	['Document', 'documentURI'],
	['HashChangeEvent', 'oldURL'],
	['HashChangeEvent', 'newURL'],
	['StorageEvent', 'url'],
	['NavigationHistoryEntry', 'url'],
	['NavigationDestination', 'url'],
	['ServiceWorker', 'scriptURL'],
	['ServiceWorkerRegistration', 'scope'],
	['Client', 'url'],
];

/** Changed natively for the length of a click (targets.ts), which nobody is to see. */
const TARGETS: readonly (readonly [string, string])[] = [
	['HTMLAnchorElement', 'target'],
	['HTMLAreaElement', 'target'],
	['HTMLFormElement', 'target'],
	['HTMLButtonElement', 'formTarget'],
	['HTMLInputElement', 'formTarget'],
];

export function installReflected(): void {
	for (const name of natives.objectKeys(TABLE)) for (const property of (TABLE[name] as string).split(' ')) reflect(name, property);
	for (const [name, property] of GETTERS) hookGetter(realm.global[name]?.prototype, property, unmapUrl);
	for (const [name, property] of TARGETS) {
		hookAccessor(realm.global[name]?.prototype, property, {
			get(native, self) {
				const value = call(native, self, []);
				const given = value === '_self' ? givenFor(self, property.toLowerCase(), value) : undefined;
				return given === undefined ? value : (given ?? '');
			},
		});
	}
	for (const property of ['baseVal', 'animVal']) {
		hookAccessor(realm.global.SVGAnimatedString?.prototype, property, {
			get: (native, self) => unmapUrl(call(native, self, [])),
			set: (native, self, value) => call(native, self, [mapText(value, 'TrustedScriptURL', mapUrl)]),
		});
	}
	for (const name of ['HTMLAnchorElement', 'HTMLAreaElement']) hyperlink(realm.global[name]?.prototype);
}

function reflect(name: string, property: string): void {
	const attribute = property.toLowerCase();
	hookAccessor(realm.global[name]?.prototype, property, {
		get(native, self) {
			const value = call(native, self, []);
			const kind = kindOf(self, attribute);
			if (typeof value !== 'string' || !kind) return value;
			return (kind === 'url' && property !== 'background') || kind === 'cite'
				? (value.endsWith('://') && givenFor(self, attribute, value)) || unmapUrl(value) // what is no URL is read as it is written
				: attributeFrom(self, attribute, kind, value);
		},
		set(native, self, value) {
			const kind = kindOf(self, attribute);
			const trusted = attribute === 'srcdoc' ? 'TrustedHTML' : 'TrustedScriptURL';
			call(native, self, [kind ? mapText(value, trusted, (text) => attributeIn(self, attribute, kind, text)) : value]);
		},
	});
}

type Part = 'protocol' | 'host' | 'hostname' | 'port';

/** HTMLHyperlinkElementUtils (HTML section 4.6.3): the parts of the real URL. */
function hyperlink(proto: object | undefined): void {
	const href = proto && natives.getOwnPropertyDescriptor(proto, 'href');
	if (!href?.get || !href.set) return;
	const native = { get: nativeOf(href.get), set: nativeOf(href.set) };
	hookMethod(proto, 'toString', (fn, self, args) => unmapUrl(call(fn, self, args)));
	// the rest is the same in ours but for blob: and javascript: URLs, whose path isn't one
	for (const part of ['pathname', 'search', 'hash'] as const) {
		hookAccessor(proto, part, {
			get(fn, self) {
				const own = call(fn, self, []);
				const odd = part === 'pathname' ? own && own[0] !== '/' : own.includes('$tandem$');
				return odd ? new natives.URL(unmapUrl(call(native.get, self, [])))[part] : own;
			},
		});
	}
	for (const part of ['protocol', 'host', 'hostname', 'port', 'origin'] as const) {
		hookAccessor(proto, part, {
			get(fn, self) {
				const own = call(fn, self, []);
				const shown = unmapUrl(call(native.get, self, []));
				return natives.URL.canParse(shown) ? new natives.URL(shown)[part] : own;
			},
			set(fn, self, value) {
				const shown = unmapUrl(call(native.get, self, []));
				if (!natives.URL.canParse(shown)) return call(fn, self, [value]);
				const url = new natives.URL(shown);
				url[part as Part] = `${value}`;
				call(native.set, self, [mapUrl(url.href)]);
			},
		});
	}
}
