// page.
// window.open, close, closed, and document.open with three arguments: a new tab of the session instead of a window of the browser.
import { reach } from '../../children.ts';
import { call, hookAccessor, hookMethod } from '../../hook.ts';
import { isBeingLeft } from '../../leaving.ts';
import { type Any, method, natives, setter } from '../../natives.ts';
import { ask, realm } from '../../realm.ts';
import { common } from '../../shared.ts';
import { mapTarget, mapUrl, realError, unmapUrl } from '../../urls.ts';
import { isWindow } from '../../windows.ts';
import { beginHistory } from '../history/history.ts';
import type { Sandbox } from '../index.ts';
import type { Manner } from '../network/forms-sent.ts';
import { post } from '../network/post.ts';
import { watchOpened } from './carry.ts';
import { facade } from './facade.ts';
import { isNear, rootOf } from './names.ts';
import { type Bounds, boundsOf, type Ties, tiesOf } from './open-features.ts';
import type { Spare, Spares } from './spares.ts';
import type { Targets } from './targets.ts';

/** A window to be. `url` is as the page gave it, `real` what it means; '' and undefined stand for about:blank. */
export interface Opening extends Ties, Bounds {
	readonly url: string;
	readonly real: string;
	/** The name that the window gets; '' for none. */
	readonly name: string;
	/** A form's entries, to be posted. */
	readonly data?: FormData | null | undefined;
	readonly manner?: Manner | undefined;
	/** Where it is sent, where that has to be known before there is a window: a blob's URL may be gone by then. */
	readonly target?: string | undefined;
}

export interface Opener {
	/** Opens a window as soon as can be. */
	later(opening: Opening): void;
	/** Sends the tab's root to a real URL, with what a form sends; or another window, which this one has opened. */
	lead(url: string, data?: FormData | null, manner?: Manner, window?: Window): void;
	/** Opens one now: the window, what stands for it meanwhile, or null where it isn't the page's business. */
	now(opening: Opening): unknown;
}

/** How often a blob waits for a frame anew. */
const TRIES = 3;

const setName = setter(realm.global, 'name');
const setOpener = setter(realm.global, 'opener');
const click = method<void>(realm.global.HTMLElement?.prototype, 'click');

export function makeOpener({ place, send }: Sandbox, spares: Spares): Opener {
	/** Makes the window in a spare frame. */
	const settle = ({ name: secret, window }: Spare, opening: Opening): Any => {
		const { url, real, name, noopener, noreferrer, data, manner, target, width, height } = opening;
		const given = /^https?:/i.test(real) ? real : 'about:blank';
		send({ t: 'adopt', spare: secret, url: given, ...(width && { width }), ...(height && { height }) });
		common.shared.placed.set(window, opening);
		if (noopener) setOpener(window, null);
		else {
			common.shared.opened.set(secret, window);
			if (name) common.shared.named.set(name, window);
			reach(window, unmapUrl(natives.documentURL(realm.global.document)));
			watchOpened(window);
			beginHistory(window);
		}
		if (real !== 'about:blank') {
			if (data) post(mapUrl(url), data, secret, manner); // found by that name; the form goes off in a task of its own
			// Before it goes anywhere: what a frame is called while it travels is lost.
			setName(window, name);
			if (noreferrer && !data) quietly(mapUrl(real), window.document);
			else if (!data) window.location.replace(target ?? mapTarget(url));
		} else setName(window, name);
		return window;
	};
	const keeping = (opening: Opening): Opening =>
		/^blob:/i.test(opening.real) && !opening.target ? { ...opening, target: mapTarget(opening.url) } : opening;
	const later = (wanted: Opening, tries = TRIES): void => {
		const opening = keeping(wanted);
		const failed = () => {
			// the shell can't go to a page's blob by itself
			if (opening.target && tries) natives.setTimeout(() => later(opening, tries - 1), 0);
			else send({ t: 'open', url: opening.real, name: opening.name });
		};
		const instead = spares.instead();
		if (instead) void instead.open(opening);
		else spares.when((spare) => void settle(spare, opening), failed);
	};
	return {
		later,
		lead(url, data, manner, window = place.root) {
			if (spares.instead()) send({ t: 'lead', url, active: !!realm.global.navigator.userActivation?.isActive });
			else if (isNear(window)) inRoot(window, url, data, manner);
			else {
				// of the manner what may be in a message
				const sent = data && { data: [...data], manner: manner && { enctype: manner.enctype, charset: manner.charset } };
				const message = { tandem: 1, go: url, by: ask('POST', 'lead', mapUrl(url)), sent };
				natives.apply(natives.windowPostMessage as Any, window, [message, '*']);
			}
		},
		now(opening) {
			if (opening.noopener) {
				later(opening);
				return null;
			}
			const instead = spares.instead();
			if (instead) return instead.open(opening);
			const spare = spares.take();
			if (spare) return settle(spare, opening);
			const kept = keeping(opening);
			return facade(opening, (use, failed) => spares.when((found) => use(settle(found, kept)), failed), send);
		},
	};
}

/** Sends a root of this origin somewhere, from here. A form finds it by a name that it has meanwhile. */
function inRoot(root: Window, url: string, data: FormData | null | undefined, manner: Manner | undefined): void {
	if (!data) {
		root.location.href = mapUrl(url);
		return;
	}
	const { name } = root;
	root.name = `tandem-${natives.random()}`;
	post(mapUrl(url), data, root.name, manner);
	root.name = name;
}

/** The arguments of window.open, converted in their order (HTML section 7.2.2.1). */
export function asked(args: readonly Any[]): { readonly url: string; readonly name: string; readonly features: string } {
	const [url = '', target = '_blank', features = ''] = args;
	return { url: `${url}`, name: `${target}` || '_blank', features: features === null ? '' : `${features}` };
}

/** Installs them. Returns window.open, for document.open with three arguments. */
export function installWindowOpen({ place, send }: Sandbox, targets: Targets, opener: Opener): (args: unknown[]) => unknown {
	const native = natives.windowOpen as (...args: Any[]) => Any;
	const isOther = (window: Window, shell: Window): boolean => window !== place.root && rootOf(window, shell) === window;
	const open = (self: unknown, args: Any[]): unknown => {
		if (self !== undefined && self !== null && !isWindow(self)) return call(native, self, args); // throws
		const { url, name, features } = asked(args);
		const where = targets.where(name);
		if (where === undefined || where === 'here') {
			try {
				const window = call(native, self, [mapUrl(url), where === 'here' ? '_self' : name, features]);
				if (window && place.shell && isOther(window, place.shell))
					natives.apply(natives.windowPostMessage as Any, window, [{ tandem: 1, show: 1 }, '*']);
				return window;
			} catch (error) {
				throw realError(error);
			}
		}
		const real = resolve(url);
		if (real === undefined) return call(native, self, [url, '_self']); // throws
		if (where === 'tab' && isBeingLeft()) return null; // HTML section 7.2.2.1, step 2
		if (where === 'tab')
			return opener.now({
				url: url || 'about:blank',
				real,
				name: /^_blank$/i.test(name) ? '' : name,
				...tiesOf(features),
				...boundsOf(features),
			});
		if (url) targets.go(real, where);
		return where === 'root' ? place.root : where;
	};
	hookMethod(realm.global, 'open', (_, self, args) => open(self, args));
	let closing = false;
	hookMethod(realm.global, 'close', (native, self, args) => {
		if (!place.isTop || !place.shell) return call(native, self, args);
		closing = true;
		send({ t: 'close' });
	});
	hookAccessor(realm.global, 'closed', {
		get: (native, self) => call(native, self, []) || (closing && (self ?? realm.global) === realm.global),
	});
	return (args) => open(realm.global, args);
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

/** Sends the window of a document of ours to a URL of ours without saying where from. */
function quietly(url: string, document: Document): void {
	const anchor = natives.createElement(document, 'a');
	natives.setAttribute(anchor, 'href', url);
	natives.setAttribute(anchor, 'rel', 'noreferrer');
	click(anchor);
}
