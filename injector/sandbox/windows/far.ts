// page.
// Windows of other tabs, and the root of this one, that show another site. A browser lets an opener send its window elsewhere and close it; ours stands in a frame of the shell,
// where only the shell may; so does a tab's root. An opener is asked itself: it follows its own windows (port.ts).
import type { FrameMessage } from '../../../protocol/page.ts';
import { type Any, natives } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { common } from '../../shared.ts';
import { unmapUrl } from '../../urls.ts';
import type { Place } from '../../windows.ts';

type Send = (message: FrameMessage) => void;
export type Wish = { readonly url: string } | { readonly close: true };

let sender: Send | undefined;
let above: { readonly root: Window; readonly lead: (url: string) => void; readonly stays: () => boolean } | undefined;

/**
 * `send` says something to the shell, `lead` sends the tab's root to a real URL: to a page the top, which it may lead, to the browser a frame. `stays`: a
 * sandbox is known to forbid that.
 */
export function installFarWindows(send: Send, { shell, root, isTop }: Place, lead: (url: string) => void, stays: () => boolean): void {
	sender = send;
	if (shell && !isTop) above = { root, lead, stays };
}

/** Sends a window to a real URL, or closes it; false where it is none that this document has to do with. */
export function sendAway(window: unknown, wish: Wish, send = sender): boolean {
	for (const [spare, opened] of common.shared.opened) {
		if (opened.closed) common.shared.opened.delete(spare);
		else if (opened === window) {
			send?.({ t: 'window', spare, ...wish });
			return true;
		}
	}
	if (!('url' in wish) || !window) return false;
	if (window === above?.root) {
		if (above?.stays()) return false;
		above?.lead(wish.url);
		return true;
	}
	if (window !== realm.global.opener) return false;
	natives.apply(natives.windowPostMessage as Any, window, [{ tandem: 1, go: wish.url }, '*']);
	return true;
}

/** Runs `go`, which sends `window` to `url`, a URL of ours; where the browser refuses to, the way around is taken. Throws the browser's error where there is none. */
export function navigateWindow(window: () => unknown, url: string, go: () => void): void {
	try {
		go();
	} catch (error) {
		const absolute = absoluteUrl(url);
		if (!(error instanceof natives.DOMException) || error.name !== 'SecurityError' || absolute === undefined) throw error;
		if (!sendAway(window(), { url: unmapUrl(absolute) })) throw error;
	}
}

/** The window whose Location, another site's, this is. */
export function windowOfLocation(location: unknown): unknown {
	for (const window of [above?.root, ...common.shared.opened.values(), realm.global.opener]) {
		try {
			if (window && window.location === location) return window;
		} catch {
			// no window
		}
	}
	return undefined;
}

function absoluteUrl(url: string): string | undefined {
	const base = natives.baseURI(realm.global.document);
	return natives.URL.canParse(url, base) ? new natives.URL(url, base).href : undefined;
}
