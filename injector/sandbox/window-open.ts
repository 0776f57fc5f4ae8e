// page.
// window.open, close and document.open with three arguments: a new tab of the session instead of a window of the browser.
import { call, hookMethod } from '../hook.ts';
import { type Any, natives } from '../natives.ts';
import { realm } from '../realm.ts';
import { mapUrl, realError, unmapUrl } from '../urls.ts';
import type { Sandbox } from './index.ts';
import type { Targets } from './targets.ts';

export function installWindowOpen({ place, send }: Sandbox, targets: Targets): void {
	hookMethod(realm.global, 'open', (native, self, args) => {
		const [url = '', target = '_blank', features = ''] = args;
		const name = `${target}`;
		const where = targets.where(name || '_blank');
		if (!where) {
			try {
				return call(native, self, [mapUrl(`${url}`), target, features]);
			} catch (error) {
				throw realError(error);
			}
		}
		if (where === 'here') return call(native, self, [mapUrl(`${url}`), '_self', features]);
		const real = resolve(`${url}`);
		targets.go(real, where, name);
		if (where === 'root') return place.root;
		return /\bno(?:opener|referrer)\b/i.test(`${features}`) ? null : facade((next) => targets.go(next, 'tab', name));
	});
	hookMethod(realm.global, 'close', (native, self, args) => {
		if (place.isTop && place.shell) send({ t: 'close' });
		else call(native, self, args);
	});
}

/** The real URL behind what a page gives; '' opens about:blank. Throws SyntaxError as the native does. */
export function resolve(url: string): string {
	const base = new natives.URL(realm.boot.origin).href;
	if (url === '') return 'about:blank';
	const shown = mapUrl(url);
	const anchor = natives.createElement(realm.global.document, 'a');
	natives.setAttribute(anchor, 'href', shown);
	const href = hrefOf(anchor);
	if (!natives.URL.canParse(href, base)) {
		throw new natives.DOMException(
			`Failed to execute 'open' on 'Window': Unable to open a window with invalid URL '${url}'.`,
			'SyntaxError',
		);
	}
	return unmapUrl(href);
}

const anchorHref = natives.getOwnPropertyDescriptor(realm.global.HTMLAnchorElement?.prototype ?? {}, 'href')?.get as Any;
const hrefOf = (anchor: Element): string => natives.apply(anchorHref, anchor, []) as string;

/** What the opener gets of a tab that lives in the shell: it can be sent elsewhere and seen as closed, not touched. */
function facade(go: (url: string) => void): unknown {
	let closed = false;
	const location = {
		set href(url: unknown) {
			go(resolve(`${url}`));
		},
		replace: (url: unknown) => go(resolve(`${url}`)),
		assign: (url: unknown) => go(resolve(`${url}`)),
	};
	const window: Any = {
		get closed() {
			return closed;
		},
		close() {
			closed = true;
		},
		focus() {},
		blur() {},
		postMessage() {},
		length: 0,
		opener: realm.global,
		get location() {
			return location;
		},
		set location(url: unknown) {
			go(resolve(`${url}`));
		},
	};
	for (const self of ['window', 'self', 'frames', 'top', 'parent']) window[self] = window;
	return window;
}
