// page (host): every proxied document, before its own scripts.
// Which document hangs on which iframe: a child greets from its window, and the element with that window is announced.
import { reach } from '../children.ts';
import type { Context } from '../context.ts';
import { type Any, getter, method } from '../natives.ts';
import { ask } from '../port.ts';
import { queryAll } from '../query.ts';
import { realm } from '../realm.ts';
import { baseURI, computed, contentWindow, firstChild, frameWindow, getAttribute, localName, objectWindow } from './dom.ts';
import { idOf } from './ids.ts';
import { maskOf } from './privacy/mask.ts';
import { documentMask } from './privacy/rules.ts';
import type { Stream } from './stream.ts';
import type { Tracker } from './tracker.ts';

const g = globalThis as Any;
const clientWidth = getter<number>(g.Element?.prototype, 'clientWidth');
const clientHeight = getter<number>(g.Element?.prototype, 'clientHeight');
const path = method<EventTarget[]>(g.Event?.prototype, 'composedPath');

const WINDOW_OF: Readonly<Record<string, (el: Element) => Window | null>> = {
	iframe: contentWindow,
	frame: frameWindow,
	object: objectWindow,
};

/** The document of a frame, null where it is another origin's, or the browser's own. */
const CONTENT: Readonly<Record<string, (el: Element) => Document | null>> = {
	iframe: getter(g.HTMLIFrameElement?.prototype, 'contentDocument'),
	frame: getter(g.HTMLFrameElement?.prototype, 'contentDocument'),
	object: getter(g.HTMLObjectElement?.prototype, 'contentDocument'),
};
/** Milliseconds that a frame's runtime may take to greet once it has loaded, or (FIRST) where that is not known. */
const GREETS = 1000;
const FIRST = 3000;

const contentType = getter<string>(g.Document?.prototype, 'contentType');
/** The browser's own document around a PDF has nothing in it that a mirror could show. */
const isPdf = (el: Element) => {
	const doc = CONTENT[localName(el)]?.(el);
	return !!doc && contentType(doc) === 'application/pdf';
};

/** A frame sandboxed without scripts: what is in it is told of by the runtime that is lent to it (../lent.ts), where it is of this origin and stands in no shadow tree. */
const isMute = (el: Element) => {
	const sandbox = getAttribute(el, 'sandbox');
	return sandbox !== null && !/(?:^|\s)allow-scripts(?:\s|$)/i.test(sandbox);
};
const isFilled = (doc: Document | null | undefined) => !!doc?.body && firstChild(doc.body) !== null;

/** Which attribute says what is in it. */
const SOURCE: Readonly<Record<string, string>> = { object: 'data', embed: 'src' };
const PICTURE = /^image\/(?:png|apng|jpeg|gif|webp|avif|bmp|x-icon)$/i;
const NAMED = /\.(?:a?png|jpe?g|gif|webp|avif|bmp|ico)$/i;

/** What an object or embed is a picture of; undefined where it is none, as Chromium tells before it asks: by its `type`, or without one by its URL's name. */
function pictureUrl(el: Element): string | undefined {
	const source = SOURCE[localName(el)];
	const url = source && getAttribute(el, source);
	if (!url) return undefined;
	const type = getAttribute(el, 'type');
	return (type ? PICTURE.test(type.trim()) : NAMED.test(url.replace(/[?#].*$/s, '').trim())) ? url : undefined;
}

/** A frame that nothing was put into yet, also one whose blank document has no origin: what comes is told by its load. */
const isBlank = (el: Element) => localName(el) === 'iframe' && getAttribute(el, 'src') === null && getAttribute(el, 'srcdoc') === null;

export function startFrames(ctx: Context, stream: Stream): Tracker {
	/** Says from whom the document in a frame is hidden by where the frame stands. */
	const hide = (el: Element, child: number) => ctx.send({ t: 'outer', child, mask: maskOf(el) });
	/** Elements in the mirror that can hold a document, with the child last announced. */
	const holders = new Map<Element, number>();

	/** What the guests were told that stands in an element in place of a document that they see. */
	const unseen = new WeakMap<Element, string>();
	const see = (el: Element, value: string) => {
		const id = idOf(el);
		if (id === undefined || (unseen.get(el) ?? '') === value) return;
		unseen.set(el, value);
		stream.push({ op: 'state', id, name: 'unseen', value });
	};
	/** Windows from which a document has greeted since they were asked to. */
	const greeted = new ctx.natives.WeakSet<Window>();
	/** A document that nobody here may look into, or the browser's own. */
	const isFar = (el: Element) => isPdf(el) || CONTENT[localName(el)]?.(el) === null;
	/**
	 * Where no runtime greets from a frame, and it has no document of this origin, it holds what only this browser shows (a PDF, its own error page).
	 * `asked`: what is in it has been asked to greet, and was another document if it doesn't.
	 */
	const look = (el: Element, wait: number, asked?: Window) => {
		ctx.natives.setTimeout(() => {
			const child = windowOf(el);
			if (asked && asked === child && !greeted.has(child) && holders.get(el) && isFar(el)) tell(el, 0);
			const none = holders.get(el) === 0 && child !== null && CONTENT[localName(el)]?.(el) === null;
			const hidden = none || isPdf(el) || (holders.get(el) === 0 && isMute(el) && isFilled(CONTENT[localName(el)]?.(el)));
			see(el, hidden ? '1' : child ? '' : pictureIn(el));
		}, wait);
	};
	/** The picture that an object or embed is, with its size; empty where it is none. */
	const pictureIn = (el: Element) => {
		const said = pictureUrl(el);
		if (!said || !clientWidth(el) || maskOf(el)) return '';
		const padding = (...sides: string[]) => sides.reduce((sum, side) => sum + Number.parseFloat(computed(el, `padding-${side}`)), 0);
		const width = Math.round(clientWidth(el) - padding('left', 'right'));
		const height = Math.round(clientHeight(el) - padding('top', 'bottom'));
		const url = ctx.natives.URL.parse(said, baseURI(ctx.doc));
		return url ? `${width} ${height} ${ctx.toReal(url.href)}` : '';
	};
	const onLoad = (event: Event) => {
		const el = path(event)[0] as Element;
		if (!holders.has(el)) return;
		if (pictureUrl(el)) look(el, 0);
		else if (CONTENT[localName(el)]) {
			const child = holders.get(el) && isFar(el) ? windowOf(el) : null;
			if (child) greeted.delete(child);
			if (child) ask(child);
			look(el, GREETS, child ?? undefined);
		}
	};
	const announce = (el: Element, child: number) => {
		const id = idOf(el);
		if (id === undefined) holders.delete(el);
		else if (isPdf(el)) see(el, '1');
		else if (holders.get(el) !== child) tell(el, child, id);
	};
	const tell = (el: Element, child: number, id = idOf(el)) => {
		if (id === undefined) return;
		holders.set(el, child);
		if (child) unseen.delete(el);
		stream.push({ op: 'frame', id, child });
	};
	const frameOf = (child: Window) => {
		const all = queryAll(ctx.doc, 'iframe,frame,object');
		for (let i = 0; i < all.length; i++) if (windowOf(all[i] as Element) === child) return all[i] as Element;
		return undefined;
	};
	/** An embed doesn't show its window: the windows that nothing else has are theirs, in order. */
	const embeds = new ctx.natives.WeakMap<Window, Element>();
	const taken = new WeakSet<Element>();
	const embedOf = (child: Window) => {
		const known = embeds.get(child);
		if (known) return known;
		const all = queryAll(ctx.doc, 'embed');
		for (let i = 0; i < all.length; i++) {
			const el = all[i] as Element;
			if (taken.has(el)) continue;
			taken.add(el);
			embeds.set(child, el);
			return el;
		}
		return undefined;
	};
	/** Frames of which no document says that it has begun. */
	const mute = new Set<Element>();
	const lookAtSandbox = (el: Element) => {
		if (realm.lent || isMute(el)) mute.add(el);
		else mute.delete(el);
	};
	const windowOf = (el: Element) => WINDOW_OF[localName(el)]?.(el) ?? null;

	ctx.onChild((child, frame) => {
		greeted.add(child);
		const holder = frameOf(child) ?? [...holders.keys()].find((el) => windowOf(el) === child) ?? embedOf(child);
		if (holder) hide(holder, frame);
		else ctx.send({ t: 'outer', child: frame, mask: documentMask() });
		for (const el of [...holders.keys()]) {
			if (idOf(el) === undefined) holders.delete(el);
			else if (windowOf(el) === child || el === embeds.get(child)) announce(el, frame);
		}
	});
	const windowIn = (el: Element) => {
		const frames = ctx.win.frames;
		for (let i = 0; taken.has(el) && i < frames.length; i++) if (embeds.get(frames[i] as Window) === el) return frames[i] as Window;
		return null;
	};
	return {
		arm: () => ctx.natives.addEventListener(ctx.doc, 'load', onLoad, { capture: true, passive: true }),
		shadow: (root) => ctx.natives.addEventListener(root, 'load', onLoad, { capture: true, passive: true }),
		state: (node, tag) => (WINDOW_OF[tag] ? [`frame ${holders.get(node as Element) ?? 0}`] : undefined),
		attribute(el, _tag, name) {
			if (name === 'sandbox') lookAtSandbox(el);
		},
		tick() {
			for (const el of mute) {
				if (idOf(el) === undefined) mute.delete(el);
				else reach(windowOf(el));
			}
		},
		element(el, tag) {
			if (!WINDOW_OF[tag] && tag !== 'embed') return;
			holders.set(el, 0);
			unseen.delete(el);
			lookAtSandbox(el);
			const child = windowOf(el) ?? windowIn(el);
			const frame = child ? ctx.childFrames.get(child) : undefined;
			if (frame) {
				hide(el, frame);
				announce(el, frame);
			} else if (child && CONTENT[tag] && !isBlank(el)) look(el, FIRST);
			else if (pictureUrl(el)) look(el, 0);
		},
	};
}
