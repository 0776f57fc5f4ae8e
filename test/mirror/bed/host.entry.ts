// page (host), tests only.
// The capture with the smallest possible surroundings: what the injector's context gives it, with its hooks of fields and canvases alone.
import type { Context } from '../../../injector/context.ts';
import { startMirror } from '../../../injector/mirror/index.ts';
import { hookCanvases } from '../../../injector/mirror/privacy/canvas.ts';
import { hookValues } from '../../../injector/mirror/privacy/index.ts';
import { natives } from '../../../injector/natives.ts';
import { rememberRoot } from '../../../injector/shadow-roots.ts';
import { parseZone } from '../../../protocol/label.ts';
import type { ShellMessage } from '../../../protocol/page.ts';
import { toProxied, toReal } from '../../../protocol/url.ts';
import { outline } from './outline.ts';

declare global {
	interface Window {
		outline: typeof outline;
		bed: { zone: string; app: string; token: string };
	}
}

const script = document.currentScript as HTMLScriptElement;
const { zone: zoneName = '', app = '', token = '', pace } = script.dataset;
script.remove();
const zone = parseZone(zoneName);
const frame = 1 + Math.floor(Math.random() * 0x7ffffffe);
const isTop = parent === top;
const { port1, port2 } = new MessageChannel();
const children = new Map<Window, number>();
const onChild: ((child: Window, frame: number) => void)[] = [];
const onShadow: ((root: ShadowRoot) => void)[] = [];
const early: ShadowRoot[] = [];

// The runtime's own messages are none of the page's.
const { postMessage } = MessagePort.prototype;
const post = (message: unknown, transfer: Transferable[] = []) => natives.apply(postMessage, port1, [message, transfer]);
hookValues();
hookCanvases();
const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (init) {
	const root = attach.call(this, init);
	rememberRoot(root);
	for (const handler of onShadow) handler(root);
	if (!onShadow.length) early.push(root);
	return root;
};

addEventListener('message', ({ data, source }) => {
	if (data?.tandem !== 1 || !data.child || !source) return;
	children.set(source as Window, data.child);
	for (const handler of onChild) handler(source as Window, data.child);
});

/** Milliseconds of each task in which the browser or the shell called the capture and it sent a key or delta, for the bench. */
const took: number[] = [];
let told = false;
const timed =
	<T extends unknown[]>(run: (...args: T) => void) =>
	(...args: T) => {
		const began = performance.now();
		told = false;
		run(...args);
		if (told) took.push(performance.now() - began);
	};
// Also for what the capture puts off to a task of its own (in-turn.ts).
const listen = natives.addEventListener;
natives.addEventListener = (target, type, listener, ...more) =>
	listen(target, type, type === 'message' ? timed(listener) : listener, ...more);
const ctx: Context = {
	win: window,
	doc: document,
	natives,
	boot: { zone: zoneName, app, token, origin: '', embedded: false, referrer: '', nonce: '', table: {} },
	toReal: (url) => toReal(url, zone),
	toProxied: (url) => toProxied(url, { zone, token }),
	frame,
	isTop,
	send(message, transfer) {
		if (message.t === 'x' && (message.bytes[0] ?? 2) < 2) told = true;
		post(message, transfer);
	},
	onShell(handler) {
		const listener = timed(({ data }: MessageEvent<ShellMessage>) => handler(data));
		port1.addEventListener('message', listener);
		port1.start();
	},
	childFrames: children,
	onChild: (handler) => void onChild.push(handler),
	sendPoint() {},
	onPoint() {},
	onHanded() {},
	onShadowRoot(handler) {
		onShadow.push(handler);
		for (const root of early.splice(0)) handler(root);
	},
	onReopen: () => {},
};
startMirror(ctx, pace ? JSON.parse(pace) : undefined);
Object.assign(window, { took, bare: (bytes: Uint8Array) => post({ t: 'x', bytes }) });
window.outline = outline;
top?.postMessage({ tandem: 1, hello: { frame, token, url: location.href, top: isTop } }, '*', [port2]);
if (!isTop) parent.postMessage({ tandem: 1, child: frame }, '*');
