// page (host): every proxied document, before its own scripts.
// Canvases that may show a secret: one was written on them (in one go or sign by sign), or copied from such a canvas.
import { call, hookMethod } from '../../hook.ts';
import { once } from '../../late.ts';
import { type Any, getter, natives } from '../../natives.ts';
import { common } from '../../shared.ts';
import { inMasked } from './mask.ts';
import { verdictOf } from './rules.ts';
import { saysLive, secrets } from './taint.ts';

const g = globalThis as Any;
/** Films of canvases. */
const filmed = new WeakMap<object, object>();
/** The last signs written on a canvas. */
const written = new WeakMap<object, string>();
const REMEMBERED = 256;

/** Once in a window, before its own scripts. */
export function hookCanvases(): void {
	for (const name of ['CanvasRenderingContext2D', 'OffscreenCanvasRenderingContext2D']) {
		const proto = g[name]?.prototype;
		if (!proto) continue;
		const canvasOf = getter<object>(proto, 'canvas');
		for (const method of ['fillText', 'strokeText']) {
			hookMethod(proto, method, (native, self, args) => {
				args[0] &&= once(args[0]);
				const result = call(native, self, args);
				note(canvasOf(self), String(args[0]));
				return result;
			});
		}
		// A pattern of it is there to be painted with.
		for (const method of ['drawImage', 'createPattern']) {
			hookMethod(proto, method, (native, self, args) => {
				const result = call(native, self, args);
				if (isTainted(args[0])) common.shared.tainted.add(canvasOf(self));
				return result;
			});
		}
	}
	hookMethod(g.HTMLCanvasElement?.prototype, 'captureStream', (native, self, args) => {
		const film = call(native, self, args) as object;
		filmed.set(film, self);
		return film;
	});
	hookMethod(g, 'createImageBitmap', (native, self, args) => {
		const made = call(native, self, args) as Promise<object>;
		if (isTainted(args[0]))
			natives.promiseThen(
				made,
				(bitmap: object) => common.shared.tainted.add(bitmap),
				() => {},
			);
		return made;
	});
	hookMethod(g.OffscreenCanvas?.prototype, 'transferToImageBitmap', (native, self, args) => {
		const bitmap = call(native, self, args) as object;
		if (common.shared.tainted.has(self)) common.shared.tainted.add(bitmap);
		return bitmap;
	});
	hookMethod(g.ImageBitmapRenderingContext?.prototype, 'transferFromImageBitmap', (native, self, args) => {
		if (args[0] && common.shared.tainted.has(args[0])) common.shared.tainted.add(self.canvas);
		return call(native, self, args);
	});
}

/** Whether a canvas, or what was made of one, may show a secret. */
export function isTainted(source: unknown): boolean {
	if (typeof source !== 'object' || source === null) return false;
	return common.shared.tainted.has(source) || isTainted(filmed.get(source));
}

function note(canvas: object, text: string): void {
	const all = ((written.get(canvas) ?? '') + text).slice(-REMEMBERED);
	written.set(canvas, all);
	if (saysLive(text) || secrets.find(all)) common.shared.tainted.add(canvas);
}

/** Whether a canvas is grey for guests: `inUse` says that a secret stands in a field beside it. A rule that allows it shows it all the same. */
export function hidesCanvas(canvas: Element, inUse: boolean): boolean {
	if (verdictOf(canvas)?.show) return false;
	return inUse || common.shared.tainted.has(canvas) || inMasked(canvas);
}
