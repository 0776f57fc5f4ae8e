// page (host): every proxied document, before its own scripts.
// Canvases as pictures. Drawing calls only mark a canvas; it is read when its turn comes, slower the longer reading takes, and once more
// without loss when it has come to rest. A canvas nobody draws on is never read.
import { call, hookMethod } from '../hook.ts';
import { bag, late } from '../late.ts';
import { type Any, getter, method } from '../natives.ts';
import { common } from '../shared.ts';
import { idOf } from './ids.ts';
import { hidesCanvas } from './privacy/canvas.ts';
import type { Capture, Tracker } from './tracker.ts';

const g = globalThis as Any;
const atob = g.atob.bind(g) as (text: string) => string;
const proto = (name: string): Any => g[name]?.prototype;
const toBlob = method<void>(proto('HTMLCanvasElement'), 'toBlob');
const toDataURL = method<string>(proto('HTMLCanvasElement'), 'toDataURL');
const drawImage = method<void>(proto('CanvasRenderingContext2D'), 'drawImage');
const getContext = method<Any>(proto('HTMLCanvasElement'), 'getContext');

/** What leaves a mark on a canvas, by the context it is called on. */
const DRAWS: Readonly<Record<string, RegExp>> = {
	CanvasRenderingContext2D: /^(?:fill|stroke|clear|draw|put|reset$|transferFrom)/,
	WebGLRenderingContext: /^(?:draw|clear$|viewport$)/,
	WebGL2RenderingContext: /^(?:draw|clear|blitFramebuffer$|viewport$)/,
	ImageBitmapRenderingContext: /^transferFromImageBitmap$/,
};
/** Milliseconds between two pictures of one canvas, at least; and this many times what reading one took. */
const PAUSE = 100;
const SHARE = 20;
/** Milliseconds without drawing after which the picture is sent without loss. */
const REST = 500;
const LOSSY = 0.85;
const TYPE = 'image/webp';
/** Pixels up to which a picture is made at once. A browser makes larger ones when it is idle, which can take seconds (toBlob). */
const AT_ONCE = 256 * 1024;

interface Watched {
	/** How often it had been drawn on at the last look. */
	drawn: number;
	drawnAt: number;
	readAt: number;
	/** The picture the mirror has is exact, and of the present state. */
	exact: boolean;
	reading: boolean;
	pause: number;
	last: number;
	/** Grey for guests: it may show a secret. */
	hidden: boolean;
}

export function trackCanvas({ ctx, stream, privacy }: Capture): Tracker {
	const now = ctx.natives.now;
	const canvases = new Map<HTMLCanvasElement, Watched>();
	/** Interfaces whose drawing calls are seen. */
	const hooked = new Set<string>();
	/** Canvases whose drawing went to a worker: no call is seen, so they are looked at from time to time. */
	const remote = new WeakSet<Element>();

	const hookDraws = (name: string) => {
		const draws = DRAWS[name];
		const owner = proto(name);
		if (!draws || !owner || hooked.has(name)) return;
		hooked.add(name);
		const canvasOf = getter<HTMLCanvasElement>(owner, 'canvas');
		for (const key of Object.getOwnPropertyNames(owner)) {
			if (!draws.test(key)) continue;
			hookMethod(owner, key, (native, self, args) => {
				const result = call(native, self, args);
				const canvas = canvasOf(self);
				common.shared.drawn.set(canvas, timesDrawn(canvas) + 1);
				return result;
			});
		}
	};
	for (const name of ['CanvasRenderingContext2D', 'ImageBitmapRenderingContext']) hookDraws(name);
	// WebGL clears its buffer after each frame; kept, it can be read when the turn comes (WebGL section 2.2). Its two interfaces have a thousand members,
	// which a browser makes when they are first looked at: not before a page wants to draw.
	hookMethod(proto('HTMLCanvasElement'), 'getContext', (native, self, args) => {
		let kept = false;
		const name = late(args[0], (text) => {
			const kind = /^(?:experimental-)?webgl(2?)$/.exec(text);
			kept = !!kind;
			if (kind) hookDraws(`WebGL${kind[1]}RenderingContext`);
			return text;
		});
		if (!args.length || (typeof name === 'string' && !kept)) return call(native, self, args);
		return call(native, self, [name, bag(args[1] ?? {}, { preserveDrawingBuffer: (given) => kept || given })]);
	});
	hookMethod(proto('HTMLCanvasElement'), 'transferControlToOffscreen', (native, self, args) => {
		const offscreen = call(native, self, args);
		remote.add(self);
		return offscreen;
	});

	const read = (canvas: HTMLCanvasElement, watched: Watched, exact: boolean) => {
		const began = now();
		const { drawnAt } = watched;
		const times = timesDrawn(canvas);
		watched.reading = true;
		watched.readAt = began;
		const done = (type: string, bytes: Uint8Array) => {
			const id = idOf(canvas);
			if (watched.drawnAt === drawnAt && timesDrawn(canvas) === times) watched.exact = exact;
			const hash = hashOf(bytes);
			if (!id || watched.hidden || hash === watched.last) return;
			watched.last = hash;
			stream.drop({ op: 'picture', id, type, bytes });
		};
		try {
			const quality = exact ? 1 : LOSSY;
			const source = remote.has(canvas) ? copy(canvas) : canvas;
			// The first picture is made at once too, whatever its size: better a short stop than an empty place.
			if (watched.last === 0 || source.width * source.height <= AT_ONCE) {
				const { type, bytes } = parseDataUrl(toDataURL(source, TYPE, quality));
				watched.reading = false;
				watched.pause = Math.max(PAUSE, (now() - began) * SHARE);
				done(type, bytes);
				return;
			}
			const onBlob = async (blob: Blob | null) => {
				watched.reading = false;
				if (blob) done(blob.type, new Uint8Array(await blob.arrayBuffer()));
			};
			toBlob(source, (blob: Blob | null) => void onBlob(blob), TYPE, quality);
		} catch {
			// Tainted by a picture of another origin: nobody may read it, the page neither.
			watched.reading = false;
			watched.exact = true;
			watched.pause = Number.POSITIVE_INFINITY;
			stream.push({ op: 'state', id: idOf(canvas) ?? 0, name: 'unseen', value: '1' });
		}
	};
	const copy = (canvas: HTMLCanvasElement) => {
		const plain = ctx.natives.createElement(ctx.doc, 'canvas') as HTMLCanvasElement;
		plain.width = canvas.width;
		plain.height = canvas.height;
		drawImage(getContext(plain, '2d'), canvas, 0, 0);
		return plain;
	};
	const look = (canvas: HTMLCanvasElement, watched: Watched, at: number, inUse: boolean) => {
		const hidden = hidesCanvas(canvas, inUse);
		if (hidden !== watched.hidden) {
			Object.assign(watched, { hidden, exact: false, last: 0 });
			stream.push({ op: 'state', id: idOf(canvas) ?? 0, name: 'masked', value: hidden ? '1' : '' });
		}
		if (hidden || watched.reading || canvas.width === 0 || canvas.height === 0) return;
		if (remote.has(canvas)) {
			if (at - watched.readAt > REST) read(canvas, watched, true);
			return;
		}
		const times = timesDrawn(canvas);
		if (times !== watched.drawn) Object.assign(watched, { drawn: times, drawnAt: at, exact: false });
		if (watched.drawnAt <= 0 || watched.exact) return;
		const rests = at - watched.drawnAt > REST;
		if (rests || (watched.drawnAt > watched.readAt && at - watched.readAt > watched.pause)) read(canvas, watched, rests);
	};
	return {
		element(el, tag) {
			if (tag !== 'canvas') return;
			canvases.set(el as HTMLCanvasElement, {
				drawn: 0,
				drawnAt: 0,
				readAt: 0,
				exact: false,
				reading: false,
				pause: PAUSE,
				last: 0,
				hidden: false,
			});
		},
		attribute(el, tag, name) {
			const watched = tag === 'canvas' && (name === 'width' || name === 'height') && canvases.get(el as HTMLCanvasElement);
			if (!watched) return;
			// Another size takes away what made it unreadable, with all that was drawn.
			if (watched.pause === Number.POSITIVE_INFINITY) stream.push({ op: 'state', id: idOf(el) ?? 0, name: 'unseen', value: '' });
			Object.assign(watched, { drawnAt: now(), exact: false, last: 0, pause: PAUSE });
		},
		tick() {
			const at = now();
			const inUse = canvases.size > 0 && privacy.inUse();
			for (const [canvas, watched] of canvases) {
				if (idOf(canvas) === undefined) canvases.delete(canvas);
				else look(canvas, watched, at, inUse);
			}
		},
	};
}

function timesDrawn(canvas: HTMLCanvasElement): number {
	return common.shared.drawn.get(canvas) ?? 0;
}

/** `data:<type>;base64,<bytes>`, as toDataURL gives it. */
export function parseDataUrl(url: string): { type: string; bytes: Uint8Array } {
	const comma = url.indexOf(',');
	const text = atob(url.slice(comma + 1));
	const bytes = new Uint8Array(text.length);
	for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
	return { type: url.slice(5, url.indexOf(';')), bytes };
}

function hashOf(bytes: Uint8Array): number {
	let hash = bytes.length;
	for (const byte of bytes) hash = (Math.imul(hash, 31) + byte) | 0;
	return hash;
}
