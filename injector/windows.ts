// page.
// Where this window stands: the shell above, the tab's root document below it, and which window passes for the top.
import { natives } from './natives.ts';
import { realm } from './realm.ts';

export interface Place {
	/** The shell's window; undefined where the page was opened by itself. */
	readonly shell: Window | undefined;
	/** The tab's root window: what the page believes to be the top. */
	readonly root: Window;
	readonly isTop: boolean;
}

const win = realm.global as Window & typeof globalThis;

/** Walks up from this window. `ancestorOrigins` says which of them is the app; a browser without it is believed to be in the shell. */
export function findPlace(): Place {
	const top = win.top as Window;
	if (top === win) return { shell: undefined, root: win, isTop: true };
	const origins = win.location.ancestorOrigins as DOMStringList | undefined;
	const parent = natives.getOwnPropertyDescriptor(win, 'parent')?.get as () => Window;
	let window: Window = win;
	for (let depth = 0; ; depth++) {
		const above = natives.apply(parent, window, []) as Window; // the native one: a relative's own may be virtual already
		if (above === window) return { shell: undefined, root: window, isTop: window === win };
		if (origins ? origins[depth] === realm.boot.app : above === top) return { shell: above, root: window, isTop: window === win };
		window = above;
	}
}

/** The documents from that of `win` up to the root; undefined where one of them is of another origin, or where it stands in another tab. */
export function documentsAbove(window: Window, { root }: Place): Document[] | undefined {
	const documents: Document[] = [];
	try {
		for (let at = window; ; at = at.parent) {
			documents.push(at.document);
			if (at === root) return documents;
			if (at.parent === at) return undefined;
		}
	} catch {
		return undefined;
	}
}

/** Whether `value` is a window, also a cross-origin one (HTML section 7.2.1.3.1 lets `window` be read) or a page's own imitation. */
export function isWindow(value: unknown): value is Window {
	try {
		return typeof value === 'object' && value !== null && (value as Window).window === value;
	} catch {
		return false;
	}
}

/**
 * Whether `value` is a document, also another window's. Asked of whatever a script calls `location`, `top` or `parent` of, so hardly ever of one: the
 * browser's own word, an error for anything but nodes, is asked for only where nodes have theirs (or a page has taken everything away). For an error
 * V8 may have to parse the scripts on the stack anew.
 */
export function isDocument(value: unknown): value is Document {
	try {
		let proto = natives.getPrototypeOf(value as object) as object | null;
		if (proto) {
			while (proto && !natives.hasOwn(proto, 'nodeType')) proto = natives.getPrototypeOf(proto) as object | null;
			if (!proto) return false;
		}
		return natives.nodeType(value) === 9;
	} catch {
		return false;
	}
}
