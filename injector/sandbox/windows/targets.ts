// page.
// Links and forms that lead out of this frame: `_top` means the tab's root and not the shell, `_blank` and names nobody has a new tab of
// the session. The target is changed natively for as long as the event takes; the navigate event then says that it really goes there.
import { isGated } from '../../gate.ts';
import { call, hookMethod, replaceMethod } from '../../hook.ts';
import { type Any, getter, natives, softGetter } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { mapUrl, unmapUrl } from '../../urls.ts';
import { forget, remember } from '../documents/attributes.ts';
import type { Sandbox } from '../index.ts';
import type { Manner } from '../network/forms-sent.ts';
import { post } from '../network/post.ts';
import { sendAway } from './far.ts';
import { findWindow, isNear } from './names.ts';
import { type Opener, resolve } from './open.ts';
import { type Ties, tiesOfElement } from './open-features.ts';

/** 'tab': a new one; a window: one by that name which shows another site. */
type Where = 'here' | 'root' | 'tab' | Window;

export interface Targets {
	/** Where a target name leads from here; undefined: the browser knows by itself. */
	where(name: string): Where | undefined;
	/** Sends the root, with what a form sends, or a window that was opened by script, to a real URL. */
	go(url: string, where: 'root' | Window, data?: FormData | null, manner?: Manner): void;
	/** Called for each navigate event with the URL it goes to and what is posted: what does it elsewhere, where it leads out of this frame. */
	leadsAway(event: Event, url: string, data: FormData | null, manner?: Manner): (() => void) | undefined;
}

/** A document without an origin hears of no navigation (HTML section 7.2.6.2, "has entries and events disabled"). */
const SILENT = realm.global.origin === 'null';

const typeOf = softGetter<string>(realm.global.Event?.prototype, 'type');
const submitter = getter<HTMLElement | null>(realm.global.SubmitEvent?.prototype, 'submitter');
const composedPath = (event: Event): EventTarget[] => natives.apply(realm.global.Event.prototype.composedPath, event, []) as EventTarget[];

export function installTargets({ place, send }: Sandbox, opener: Opener, onReopen: (arm: () => void) => void): Targets {
	/** 'named': a frame that the browser finds by its name, of a form that may have to wait. */
	let pending: { where: Where | 'named'; name: string; ties: Ties; element: Element } | undefined;

	const targets: Targets = {
		where(name) {
			const lower = name.toLowerCase();
			if (lower === '' || lower === '_self') return undefined;
			if (lower === '_top') return !place.shell ? undefined : place.isTop ? 'here' : 'root';
			if (!place.shell) return undefined;
			// a page may lead its top, whatever site that shows; to the browser it is another site's frame
			if (lower === '_parent') return place.isTop ? 'here' : realm.global.parent === place.root && !isNear(place.root) ? 'root' : undefined;
			const found = lower === '_blank' ? undefined : findWindow(name, place);
			return found === 'own' ? undefined : (found ?? 'tab');
		},
		go(url, where, data, manner) {
			if (where === 'root') opener.lead(url, data, manner);
			else if (data && !SILENT && where.opener === realm.global) {
				opener.lead(url, data, manner, where);
				natives.apply(natives.windowPostMessage as Any, where, [{ tandem: 1, show: 1 }, '*']);
			} else sendAway(where, { url }, send);
		},
		leadsAway(event, url, data, manner) {
			if (!pending || !isSource(event, pending.element)) return undefined;
			const { where, name, ties } = pending;
			pending = undefined;
			if (where === 'here') return undefined;
			const real = unmapUrl(url);
			if (where === 'named') return () => (data ? post(mapUrl(url), data, name, manner) : openNamed(mapUrl(url), name));
			if (where === 'tab') return () => opener.later({ url: real, real, name: name.startsWith('_') ? '' : name, data, manner, ...ties });
			return () => targets.go(real, where, data, manner);
		},
	};

	/** Keeps `element`'s navigation in this frame until the event is over. The navigate event of a form comes a task later. */
	const keepHere = (element: Element, attribute: 'target' | 'formtarget', name: string, source = element, ruling = element) => {
		const named = natives.localName(ruling) === 'form' && !/^(?:_self)?$/i.test(name) && isGated() ? 'named' : undefined;
		const where = targets.where(name) ?? named;
		if (!where) return;
		const before = natives.getAttribute(element, attribute);
		remember(element, attribute, { raw: '_self', given: before });
		natives.setAttribute(element, attribute, '_self');
		pending = { where, name, ties: tiesOfElement(ruling, name), element: source };
		natives.setTimeout(() => {
			if (natives.getAttribute(element, attribute) !== '_self') return; // the page wrote it meanwhile
			forget(element, attribute);
			if (before === null) natives.removeAttribute(element, attribute);
			else natives.setAttribute(element, attribute, before);
		});
	};

	/** Where no navigate event will come: follows the link itself, once the listeners of `at` before this one have had the event. */
	const followAtEnd = (link: Element, at: EventTarget, type: string, name: string) => {
		const where = targets.where(name);
		if (where === undefined || where === 'here') return;
		const onEnd = (event: Event) => {
			natives.removeEventListener(at, type, onEnd);
			const real = resolve(natives.getAttribute(link, 'href') ?? '');
			if (natives.defaultPrevented(event) || real === undefined) return;
			natives.preventDefault(event);
			if (where !== 'tab') targets.go(real, where);
			else opener.later({ url: real, real, name: name.startsWith('_') ? '' : name, ...tiesOfElement(link, name) });
		};
		natives.addEventListener(at, type, onEnd);
		natives.setTimeout(() => natives.removeEventListener(at, type, onEnd));
	};
	const follow = (link: Element, at: EventTarget, type: string) => {
		if (!natives.hasAttribute(link, 'href') || natives.hasAttribute(link, 'download')) return;
		const name = effectiveTarget(link);
		if (SILENT) followAtEnd(link, at, type, name);
		keepHere(link, 'target', name);
	};
	const onClick = (event: Event) => {
		for (const node of composedPath(event) as Any[]) {
			if (natives.objectToString(node) !== '[object HTMLAnchorElement]' && natives.objectToString(node) !== '[object HTMLAreaElement]')
				continue;
			return follow(node, realm.global, typeOf(event) ?? '');
		}
	};
	const onSubmit = (event: Event) => {
		// One that a script dispatches sends nothing, and may be none of a form.
		if (!event.isTrusted) return;
		const form = natives.eventTarget(event);
		const button = submitter(event);
		const own = button && natives.getAttribute(button, 'formtarget');
		if (button && own) keepHere(button, 'formtarget', own, button, form);
		else keepHere(form, 'target', effectiveTarget(form), button ?? form);
	};
	const arm = () => {
		for (const [type, handler] of [
			['click', onClick],
			['auxclick', onClick],
			['submit', onSubmit],
		] as const) {
			natives.removeEventListener(realm.global, type, handler, true);
			natives.addEventListener(realm.global, type, handler, true);
		}
	};
	arm();
	onReopen(arm);
	// of a link that stands in no document the window hears nothing
	const followLoose = (element: Any) => {
		const link = looseLink(element);
		if (link) follow(link, link, 'click');
	};
	hookMethod(realm.global.HTMLElement?.prototype, 'click', (native, self, args) => {
		followLoose(self);
		return call(native, self, args);
	});
	replaceMethod(
		realm.global.EventTarget?.prototype,
		'dispatchEvent',
		(native) =>
			({
				method(this: unknown, ...args: unknown[]) {
					if (typeOf(args[0]) === 'click') followLoose(this);
					return call(native, this, args);
				},
			}).method,
	);
	hookMethod(realm.global.HTMLFormElement?.prototype, 'submit', (native, self, args) => {
		keepHere(self, 'target', effectiveTarget(self));
		return call(native, self, args);
	});
	return targets;
}

/** The link that an element is in, where both stand in no document. */
function looseLink(element: Element): Element | null {
	try {
		return natives.isConnected(element) ? null : natives.closest(element, 'a, area');
	} catch {
		return null; // no element
	}
}

function openNamed(url: string, name: string): void {
	natives.apply(natives.windowOpen as Any, realm.global, [url, name]);
}

const sourceOf = getter<Element | null>(realm.global.NavigateEvent?.prototype, 'sourceElement');

/** Whether a navigate event is that of `element`; a browser that doesn't say is believed. */
function isSource(event: Event, element: Element): boolean {
	return !('sourceElement' in event) || sourceOf(event) === element;
}

/** HTML section 4.6.5: the element's own target, or the first base element's. */
function effectiveTarget(element: Element): string {
	const own = natives.getAttribute(element, 'target');
	if (own !== null) return own;
	const base = natives.querySelector(natives.ownerDocument(element), 'base[target]');
	return (base && natives.getAttribute(base, 'target')) ?? '';
}
