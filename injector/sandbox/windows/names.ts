// page.
// Which window a name means (HTML section 7.3.1.7, "rules for choosing a navigable"): one of this tab, or of a tab that opened this one or was opened by
// it. All tabs stand in one page of the browser, which would find those of strangers too.
import { natives } from '../../natives.ts';
import { queryAll } from '../../query.ts';
import { common } from '../../shared.ts';
import { isWindow, type Place } from '../../windows.ts';

/** Openers that are followed, at most. */
const DEEP = 20;

/**
 * 'own': the browser finds it by itself. A window: it bears that name as far as we know, but shows another site, and the browser would only let a
 * window of its own be sent elsewhere. Undefined: there is none.
 */
export function findWindow(name: string, { shell, root }: Place): Window | 'own' | undefined {
	if (nameOf(root) === name || hasChild(root, name)) return 'own';
	if (!shell) return undefined;
	const leader = lead(root, shell);
	for (let i = 0; i < shell.length; i++) {
		const other = shell[i];
		if (!other || other === root || other.closed || lead(other, shell) !== leader) continue;
		if (nameOf(other) === name || hasChild(other, name)) return 'own';
	}
	const far = common.shared.named.get(name);
	return far && !far.closed && nameOf(far) === undefined ? far : undefined;
}

/** Whether a window is of this origin. */
export const isNear = (window: Window): boolean => nameOf(window) !== undefined;

/** The name of a window of this origin. */
function nameOf(window: Window): string | undefined {
	try {
		return window.name;
	} catch {
		return undefined;
	}
}

/** Whether a frame in `window`, however deep, bears that name. */
function hasChild(window: Window, name: string): boolean {
	for (let i = 0; i < window.length; i++) {
		const child = window[i] as Window;
		const own = nameOf(child);
		if (own === name || (own === undefined && isNamed(window, child, name)) || hasChild(child, name)) return true;
	}
	return false;
}

/**
 * The same of another site's frame, whose name nobody may read: any window says which of its frames one means (HTML section 7.2.2.2), where no variable
 * stands in the way; else the frame's element does.
 */
function isNamed(window: Window, child: Window, name: string): boolean {
	try {
		if (natives.get(window, name) === child) return !isIndex(name);
		return [...queryAll(window.document, 'iframe[name], frame[name]')].some(
			(frame) => natives.getAttribute(frame, 'name') === name && (frame as HTMLIFrameElement).contentWindow === child,
		);
	} catch {
		return false; // of another site, and none of its frames
	}
}

const isIndex = (name: string): boolean => /^\d+$/.test(name);

/** The tab that all tabs of a group go back to. */
function lead(root: Window, shell: Window): Window {
	let at = root;
	for (let depth = 0; depth < DEEP; depth++) {
		const opener = openerOf(at);
		const next = opener && rootOf(opener, shell);
		if (!next || next === at) break;
		at = next;
	}
	return at;
}

/** The window that opened another one; readable across origins. */
export function openerOf(window: Window): Window | undefined {
	try {
		const opener = window.opener as Window | null;
		return isWindow(opener) ? opener : undefined; // a page may have put anything there
	} catch {
		return undefined;
	}
}

/** The root of the tab that a window stands in. */
export function rootOf(window: Window, shell: Window): Window | undefined {
	let at = window;
	for (let depth = 0; depth < DEEP; depth++) {
		const above = at.parent;
		if (above === shell || above === at) return at;
		if (!above) return undefined;
		at = above;
	}
	return undefined;
}
