// page.
// The document's MessagePort to the shell, and the greetings of child documents (protocol/page.ts). Greetings are taken off the window
// before any listener of the page can see them.
import { type FrameMessage, type Hello, OWN_PATH, type ShellMessage } from '../protocol/page.ts';
import { type ToParent, wayTo } from './lent.ts';
import { LooseSet } from './loose-set.ts';
import { type Any, natives, softGetter } from './natives.ts';
import { realm } from './realm.ts';
import type { Manner } from './sandbox/network/forms-sent.ts';
import { post } from './sandbox/network/post.ts';
import { mapUrl, unmapUrl } from './urls.ts';
import type { Place } from './windows.ts';

export interface Port {
	send(message: FrameMessage, transfer?: Transferable[]): void;
	onShell(handler: (message: ShellMessage) => void): void;
	readonly childFrames: WeakMap<Window, number>;
	onChild(handler: (child: Window, frame: number) => void): void;
	/** Tells the parent document where the pointer is in this one's viewport; undefined: it left. */
	sendPoint(at: Point | undefined): void;
	/** Calls `handler` with the pointer's place in a child's viewport. */
	onPoint(handler: (child: Window, at: Point | undefined) => void): void;
	/** Calls `handler` with what is secret in the message that another window sends next. */
	onHanded(handler: (handed: Handed) => void): void;
}

/** What goes ahead of a page's message to another window: the secrets in it, and what it says of one that is being typed. */
export interface Handed {
	readonly secrets: readonly string[];
	readonly typing: string;
}

/** A place in a viewport, CSS pixels. */
export interface Point {
	readonly x: number;
	readonly y: number;
}

/** What a child says to its parent: its number, where the pointer is; and to the root where to go (`open(url, '_top')` of a cross-origin child). */
interface ChildMessage {
	readonly tandem: 1;
	readonly child?: number;
	readonly point?: Partial<Point>;
	readonly go?: string;
	/** The key under which the server knows of it. */
	readonly by?: string | undefined;
	/** What a form of that child's sends there. */
	readonly sent?: { readonly data: readonly (readonly [string, FormDataEntryValue])[]; readonly manner?: Manner } | null;
	/** From a parent whose frame has loaded: who is there? */
	readonly who?: 1;
	/** To a window that the sender has opened: it is wanted again, so to the front with its tab. */
	readonly show?: 1;
	readonly handed?: Partial<Handed>;
	/** An opener makes itself known to its window under that key, and the window to it (sandbox/windows/far-opener.ts). */
	readonly meet?: string;
	readonly met?: string;
}

/** Who listens for such keys. */
export const meetings: { meet?: (key: string, from: Window) => void; met?: (key: string, from: Window) => void } = {};

/** Secrets of one message that are heard of. */
const HANDED = 40;

const win = realm.global as Window & typeof globalThis;
const dataOf = softGetter(realm.global.MessageEvent?.prototype, 'data');

/** A random document number, 1 to 2^31-1. */
export function newFrame(): number {
	return 1 + Math.floor(natives.random() * 0x7ffffffe);
}

/** Greets the shell and the parent, and listens for children. */
export function openPort(frame: number, place: Place): Port {
	const { port1, port2 } = new natives.MessageChannel();
	const handlers: ((message: ShellMessage) => void)[] = [];
	const children: ((child: Window, frame: number) => void)[] = [];
	const greeted = new LooseSet<Window>();
	const childFrames = new natives.WeakMap<Window, number>();
	let ready: ShellMessage | undefined;

	natives.addEventListener(port1, 'message', (event: MessageEvent) => {
		const message = natives.messageData(event) as ShellMessage;
		if (message.t === 'ready') ready = message;
		// By index: no iterator of the page's comes between, and sees a secret of another frame.
		for (let i = 0; i < handlers.length; i++) handlers[i]?.(message);
	});
	natives.portStart(port1);
	listenToChildren((child, number) => {
		childFrames.set(child, number);
		greeted.add(child);
		for (const handler of children) handler(child, number);
	});
	rooted = place.isTop;
	say = (message) => natives.portPostMessage(port1, message, []);
	onPoint = undefined;
	onHanded = undefined;
	greet(frame, place, port2);
	return {
		send: (message, transfer = []) => natives.portPostMessage(port1, message, transfer),
		onShell(handler) {
			handlers.push(handler);
			if (ready) handler(ready);
		},
		childFrames,
		onChild(handler) {
			children.push(handler);
			for (const child of greeted.all()) handler(child, childFrames.get(child) as number);
		},
		sendPoint(at) {
			if (realm.lent) realm.lent.parent.point(win, at);
			else if (!place.isTop) natives.apply(natives.windowPostMessage as Any, parentOf(), [{ tandem: 1, point: at ?? {} }, '*']);
		},
		onPoint(handler) {
			onPoint = handler;
		},
		onHanded(handler) {
			onHanded = handler;
		},
	};
}

function greet(frame: number, { shell, isTop }: Place, port: MessagePort): void {
	const { token, app, rehearsal } = realm.boot;
	if (rehearsal) return;
	const { lent } = realm;
	const within = lent && wayTo(win, lent.home);
	const hello: Hello = { frame, token, url: unmapUrl(win.location.href), top: isTop, within };
	if (shell) natives.apply(natives.windowPostMessage as Any, shell, [{ tandem: 1, hello }, app, [port]]);
	hail = () => {
		if (lent) lent.parent.greet(win, frame);
		else if (!isTop) natives.apply(natives.windowPostMessage as Any, parentOf(), [{ tandem: 1, child: frame }, '*']);
	};
	hail();
}

/** What documents below this one say that have its runtime. */
export const fromLent: ToParent = {
	greet: (child, frame) => onGreeting?.(child, frame),
	point: (child, at) => onPoint?.(child, at),
};

const parentGetter = natives.getOwnPropertyDescriptor(win, 'parent')?.get;
function parentOf(): Window {
	return natives.apply(parentGetter as Any, win, []) as Window;
}

/** Says to the parent which document this is. */
let hail = (): void => {};
let rooted = false;
let say: ((message: FrameMessage) => void) | undefined;
let onPoint: ((child: Window, at: Point | undefined) => void) | undefined;
let onHanded: ((handed: Handed) => void) | undefined;
let onGreeting: ((child: Window, frame: number) => void) | undefined;

/** Has the document in a frame greet once more, if it is one that does. */
export function ask(child: Window): void {
	natives.apply(natives.windowPostMessage as Any, child, [{ tandem: 1, who: 1 }, '*']);
}

/** A greeting counts only from a window whose parent is this one. */
function listenToChildren(greeting: (child: Window, frame: number) => void): void {
	onGreeting = greeting;
	natives.addEventListener(win, 'message', onMessage, true);
}

/** Again after `document.open()`, which takes all listeners off the window. */
export function rearmPort(): void {
	natives.removeEventListener(win, 'message', onMessage, true);
	natives.addEventListener(win, 'message', onMessage, true);
}

function onMessage(event: MessageEvent): void {
	const data = dataOf(event) as ChildMessage | null | undefined;
	if (typeof data !== 'object' || data?.tandem !== 1) return;
	natives.stopImmediatePropagation(event);
	const source = natives.messageSource(event) as Window | null;
	if (typeof data.child === 'number' && source && isChild(source)) onGreeting?.(source, data.child);
	else if (data.who === 1) {
		if (source === parentOf()) hail();
	} else if (typeof data.point === 'object' && source && isChild(source)) onPoint?.(source, pointOf(data.point));
	else if (typeof data.handed === 'object') onHanded?.(handedOf(data.handed));
	else if (typeof data.meet === 'string' && source) meetings.meet?.(data.meet, source);
	else if (typeof data.met === 'string' && source) meetings.met?.(data.met, source);
	else if (rooted && data.show === 1 && source && source === win.opener) say?.({ t: 'show' });
	// A frame of ours may send the tab's root elsewhere, as a frame may its top, a window its opener, and an opener its window; never to a script. One in a
	// sandbox asks the shell.
	else if (
		rooted &&
		typeof data.go === 'string' &&
		(!data.sent || data.by) &&
		/^https?:/i.test(data.go) &&
		natives.messageOrigin(event) !== 'null' &&
		source &&
		mayLead(source)
	) {
		// by the child's label, as what the child does (proxy/own/leads.ts)
		const to = data.by ? `${natives.messageOrigin(event)}${OWN_PATH}led?${data.by}` : mapUrl(data.go);
		if (data.sent) post(to, data.sent.data, '', data.sent.manner);
		else win.location.href = to;
	}
}

/** Whoever sent it: what is hidden here for it is shown less of, and only so much. */
function handedOf(handed: Partial<Handed> | null): Handed {
	const secrets: string[] = [];
	for (let i = 0; i < HANDED; i++) {
		const value = handed?.secrets?.[i];
		if (typeof value === 'string') secrets.push(value);
	}
	return { secrets, typing: typeof handed?.typing === 'string' ? handed.typing : '' };
}

function pointOf(at: Partial<Point> | null): Point | undefined {
	return typeof at?.x === 'number' && typeof at.y === 'number' ? { x: at.x, y: at.y } : undefined;
}

/** Whether a window stands in this tab, or this one opened it. */
function mayLead(source: Window): boolean {
	try {
		if (source.opener === win || source === win.opener) return true;
		for (let at = source; ; at = at.parent) {
			if (at.parent === win) return true;
			if (at.parent === at) return false;
		}
	} catch {
		return false;
	}
}

function isChild(window: Window): boolean {
	try {
		return window.parent === win; // readable across origins, and in shadow trees `frames` doesn't list
	} catch {
		return false;
	}
}
