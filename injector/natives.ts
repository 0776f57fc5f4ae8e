// page and worker: evaluated before any script of the page.
// The browser's own functions, saved before the page can replace them and before we do. Nothing else of ours calls a live global.
//
// A module that needs more of them saves its own at its top level with the helpers below: all modules of the bundle are evaluated
// before main.ts installs the first hook.
import { RUNTIME_GLOBAL } from '../protocol/page.ts';

const { apply, construct, defineProperty, deleteProperty, get, getOwnPropertyDescriptor, getPrototypeOf } = Reflect;
const { has, ownKeys, preventExtensions, set, setPrototypeOf } = Reflect;
const { call, bind } = Function.prototype;
const callOf = bind.bind(call) as (fn: unknown) => (...args: unknown[]) => unknown;

// biome-ignore lint/suspicious/noExplicitAny: the shapes of the platform's own functions are given by each caller.
export type Any = any;
export type Fn<R = Any> = (self: Any, ...args: Any[]) => R;

/** `fn` with its `this` as first argument, safe against a page that replaces `Function.prototype.call`. */
export function uncurry<R = Any>(fn: unknown): Fn<R> {
	return callOf(fn) as Fn<R>;
}

/** The method `name` of `owner` (usually a prototype), uncurried; one that throws where the browser has none. */
export function method<R = Any>(owner: unknown, name: PropertyKey): Fn<R> {
	const fn = owner && (owner as Record<PropertyKey, unknown>)[name];
	return typeof fn === 'function' ? uncurry<R>(fn) : missing(name);
}

/** The getter of an accessor property, uncurried. */
export function getter<R = Any>(owner: unknown, name: PropertyKey): Fn<R> {
	const get = owner ? getOwnPropertyDescriptor(owner, name)?.get : undefined;
	return get ? uncurry<R>(get) : missing(name);
}

/** The same, undefined of any other kind of object: what a listener of ours is given is whatever a script has dispatched, and wherever. */
export function softGetter<R = Any>(owner: unknown, name: PropertyKey): Fn<R | undefined> {
	const get = getter<R>(owner, name);
	return (of) => {
		try {
			return get(of);
		} catch {
			return undefined;
		}
	};
}

/** The setter of an accessor property, uncurried. */
export function setter(owner: unknown, name: PropertyKey): Fn<void> {
	const set = owner ? getOwnPropertyDescriptor(owner, name)?.set : undefined;
	return set ? uncurry<void>(set) : missing(name);
}

function missing(name: PropertyKey): Fn<never> {
	return () => {
		throw new TypeError(`this browser has no ${String(name)}`);
	};
}

const g = globalThis as Any;
/** Where no script runs, what the document above lends this one (lent.ts): a browser calls no timer of such a window. */
const { timers = g } = getOwnPropertyDescriptor(g, RUNTIME_GLOBAL)?.value?.lent ?? {};
const proto = (name: string): Any => g[name]?.prototype;
const xhr = proto('XMLHttpRequest');
const target = proto('EventTarget');
const element = proto('Element');
const node = proto('Node');
const doc = proto('Document');
const port = proto('MessagePort');
const createElementNS = method<HTMLElement>(doc, 'createElementNS');

export const natives = {
	apply,
	construct,
	defineProperty,
	get,
	getOwnPropertyDescriptor,
	getPrototypeOf,
	ownKeys,
	has,
	deleteProperty,
	preventExtensions,
	set,
	setPrototypeOf,
	create: Object.create,
	freeze: Object.freeze,
	objectKeys: Object.keys,
	isArray: Array.isArray,
	parse: JSON.parse,
	stringify: JSON.stringify,
	random: Math.random,
	now: performance.now.bind(performance) as () => number,
	dateNow: Date.now,
	decodeURIComponent: g.decodeURIComponent as (text: string) => string,
	eval: g.eval as (source: string) => unknown,
	functionToString: method<string>(Function.prototype, 'toString'),
	objectToString: method<string>(Object.prototype, 'toString'),
	hasOwn: method<boolean>(Object.prototype, 'hasOwnProperty'),
	URL: g.URL as typeof URL,
	Blob: g.Blob as typeof Blob,
	Uint8Array: g.Uint8Array as typeof Uint8Array,
	Proxy: g.Proxy as typeof Proxy,
	WeakMap: g.WeakMap as typeof WeakMap,
	Map: g.Map as typeof Map,
	Set: g.Set as typeof Set,
	WeakSet: g.WeakSet as typeof WeakSet,
	Promise: g.Promise as typeof Promise,
	DOMException: g.DOMException as typeof DOMException,
	Error: g.Error as typeof Error,
	TypeError: g.TypeError as typeof TypeError,
	SyntaxError: g.SyntaxError as typeof SyntaxError,
	Event: g.Event as typeof Event,
	CustomEvent: g.CustomEvent as typeof CustomEvent,
	MessageChannel: g.MessageChannel as typeof MessageChannel,
	MutationObserver: g.MutationObserver as typeof MutationObserver,
	XMLHttpRequest: g.XMLHttpRequest as typeof XMLHttpRequest,
	promiseThen: method<unknown>(g.Promise.prototype, 'then'),
	fetch: g.fetch?.bind(g) as typeof fetch,
	responseOk: getter<boolean>(proto('Response'), 'ok'),
	responseText: method<Promise<string>>(proto('Response'), 'text'),
	setTimeout: timers.setTimeout.bind(timers) as (fn: () => void, ms?: number) => number,
	clearTimeout: timers.clearTimeout.bind(timers) as (id: number) => void,
	queueMicrotask: g.queueMicrotask.bind(g) as (fn: () => void) => void,
	requestAnimationFrame: g.requestAnimationFrame?.bind(g) as (fn: (at: number) => void) => number,
	createObjectURL: g.URL.createObjectURL?.bind(g.URL) as (blob: Blob) => string,
	revokeObjectURL: g.URL.revokeObjectURL?.bind(g.URL) as (url: string) => void,
	/** Of the global object, where it is a window. */
	windowPostMessage: (g.document ? g.postMessage : undefined) as unknown,
	windowOpen: g.open as unknown,

	addEventListener: method<void>(target, 'addEventListener'),
	removeEventListener: method<void>(target, 'removeEventListener'),
	dispatchEvent: method<boolean>(target, 'dispatchEvent'),
	portPostMessage: method<void>(port, 'postMessage'),
	portStart: method<void>(port, 'start'),
	portClose: method<void>(port, 'close'),
	stopImmediatePropagation: method<void>(proto('Event'), 'stopImmediatePropagation'),
	preventDefault: method<void>(proto('Event'), 'preventDefault'),
	defaultPrevented: getter<boolean>(proto('Event'), 'defaultPrevented'),
	eventDetail: getter(proto('CustomEvent'), 'detail'),
	eventTarget: getter(proto('Event'), 'target'),
	messageData: getter(proto('MessageEvent'), 'data'),
	messageSource: getter(proto('MessageEvent'), 'source'),
	messageOrigin: getter<string>(proto('MessageEvent'), 'origin'),
	messagePorts: getter<readonly MessagePort[]>(proto('MessageEvent'), 'ports'),

	xhrOpen: method<void>(xhr, 'open'),
	xhrSend: method<void>(xhr, 'send'),
	xhrStatus: getter<number>(xhr, 'status'),
	xhrMime: method<void>(xhr, 'overrideMimeType'),
	xhrHeader: method<string | null>(xhr, 'getResponseHeader'),
	xhrText: getter<string>(xhr, 'responseText'),

	getAttribute: method<string | null>(element, 'getAttribute'),
	setAttribute: method<void>(element, 'setAttribute'),
	hasAttribute: method<boolean>(element, 'hasAttribute'),
	removeAttribute: method<void>(element, 'removeAttribute'),
	closest: method<Element | null>(element, 'closest'),
	localName: getter<string>(element, 'localName'),
	namespaceURI: getter<string | null>(element, 'namespaceURI'),
	removeElement: method<void>(element, 'remove'),
	appendChild: method(node, 'appendChild'),
	removeChild: method(node, 'removeChild'),
	parentNode: getter<Node | null>(node, 'parentNode'),
	textContent: getter<string | null>(node, 'textContent'),
	setTextContent: setter(node, 'textContent'),
	ownerDocument: getter<Document | null>(node, 'ownerDocument'),
	isConnected: getter<boolean>(node, 'isConnected'),
	nodeType: getter<number>(node, 'nodeType'),
	baseURI: getter<string>(node, 'baseURI'),
	/** An HTML element, in XML documents too, whose own `createElement` makes elements of no namespace. */
	createElement: (self: Document, name: string): HTMLElement => createElementNS(self, 'http://www.w3.org/1999/xhtml', name),
	documentElement: getter<Element | null>(doc, 'documentElement'),
	documentURL: getter<string>(doc, 'URL'),
	documentCookie: getter<string>(doc, 'cookie'),
	setDocumentCookie: setter(doc, 'cookie'),
	documentTitle: getter<string>(doc, 'title'),
	readyState: getter<string>(doc, 'readyState'),
	defaultView: getter<(Window & typeof globalThis) | null>(doc, 'defaultView'),
	querySelector: method<Element | null>(doc, 'querySelector'),
	contentWindow: getter<Window | null>(proto('HTMLIFrameElement'), 'contentWindow'),
	contentDocument: getter<Document | null>(proto('HTMLIFrameElement'), 'contentDocument'),
};

export type Natives = typeof natives;
