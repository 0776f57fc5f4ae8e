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
		if (real === undefined) return call(native, self, [url, '_self']); // throws
		targets.go(real, where, name);
		if (where === 'root') return place.root;
		return /\bno(?:opener|referrer)\b/i.test(`${features}`) ? null : facade((next) => targets.go(next, 'tab', name));
	});
	hookMethod(realm.global, 'close', (native, self, args) => {
		if (place.isTop && place.shell) send({ t: 'close' });
		else call(native, self, args);
	});
}

/** The real URL behind what a page gives, '' being about:blank; undefined where it is none. */
export function resolve(url: string): string | undefined {
	if (url === '') return 'about:blank';
	const anchor = natives.createElement(realm.global.document, 'a');
	natives.setAttribute(anchor, 'href', mapUrl(url));
	const href = hrefOf(anchor);
	return natives.URL.canParse(href) ? unmapUrl(href) : undefined;
}

const anchorHref = natives.getOwnPropertyDescriptor(realm.global.HTMLAnchorElement?.prototype ?? {}, 'href')?.get as Any;
const hrefOf = (anchor: Element): string => natives.apply(anchorHref, anchor, []) as string;

/** What the opener gets of a tab that lives in the shell: it can be sent elsewhere and seen as closed, not touched. */
function facade(go: (url: string) => void): unknown {
	let closed = false;
	const send = (url: unknown) => {
		const real = resolve(`${url}`);
		if (real !== undefined && !closed) go(real);
	};
	const location = {
		set href(url: unknown) {
			send(url);
		},
		replace: send,
		assign: send,
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
			send(url);
		},
	};
	for (const self of ['window', 'self', 'frames', 'top', 'parent']) window[self] = window;
	return window;
}
