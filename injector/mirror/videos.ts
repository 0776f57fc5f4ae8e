// page (host): every proxied document, before its own scripts.
// Films that only this browser has (a MediaStream, a MediaSource): shown to guests as pictures, a few in a second. Of all others they play a copy of
// their own.
import { call, hookMethod } from '../hook.ts';
import { type Any, getter, method } from '../natives.ts';
import { parseDataUrl } from './canvas.ts';
import { idOf } from './ids.ts';
import { isTainted } from './privacy/canvas.ts';
import { inMasked } from './privacy/mask.ts';
import type { Capture, Tracker } from './tracker.ts';

const g = globalThis as Any;
const proto = (name: string): Any => g[name]?.prototype;
const srcObject = getter<unknown>(proto('HTMLMediaElement'), 'srcObject');
const currentSrc = getter<string>(proto('HTMLMediaElement'), 'currentSrc');
const currentTime = getter<number>(proto('HTMLMediaElement'), 'currentTime');
/** At least 2 (HAVE_CURRENT_DATA): there is a picture of where the film stands (HTML section 4.8.11.7). */
const readyState = getter<number>(proto('HTMLMediaElement'), 'readyState');
const seeking = getter<boolean>(proto('HTMLMediaElement'), 'seeking');
const width = getter<number>(proto('HTMLVideoElement'), 'videoWidth');
const height = getter<number>(proto('HTMLVideoElement'), 'videoHeight');
/** Tells of the next picture that is put on the screen; Firefox has it from 132 on. */
const atNextFrame =
	proto('HTMLVideoElement')?.requestVideoFrameCallback && method<void>(proto('HTMLVideoElement'), 'requestVideoFrameCallback');
const toDataURL = method<string>(proto('HTMLCanvasElement'), 'toDataURL');
const drawImage = method<void>(proto('CanvasRenderingContext2D'), 'drawImage');
const getContext = method<Any>(proto('HTMLCanvasElement'), 'getContext');

/** Milliseconds between two pictures: at least; as many times what making one took; and one for so many bytes. */
const PAUSE = 250;
const SHARE = 20;
const BYTES = 100;
/** The longer side of a picture, pixels. */
const MOST = 960;
const TYPE = 'image/webp';
const QUALITY = 0.6;

interface Watched {
	/** The moment of the film that was sent. */
	time: number;
	/** Another picture has come since: a film that was sent elsewhere may still show the one before when it says that it is there. */
	anew: boolean;
	next: number;
	/** It can't be read. */
	closed: boolean;
}

export function trackVideos({ ctx, stream }: Capture): Tracker {
	const { now } = ctx.natives;
	const videos = new Map<HTMLVideoElement, Watched>();
	/** URLs of films that are put together by script. */
	const made = new Set<string>();
	let canvas: HTMLCanvasElement | undefined;
	hookMethod(g.URL, 'createObjectURL', (native, self, args) => {
		const url = call(native, self, args);
		if (g.MediaSource && args[0] instanceof g.MediaSource) made.add(ctx.toReal(url));
		return url;
	});
	const isOurs = (video: HTMLVideoElement) => srcObject(video) !== null || made.has(ctx.toReal(currentSrc(video)));
	const shown = (video: HTMLVideoElement) => !!width(video) && readyState(video) >= 2 && !seeking(video);
	const left = (video: HTMLVideoElement) => !readyState(video) || !isOurs(video);
	const read = (video: HTMLVideoElement, watched: Watched, id: number) => {
		const began = now();
		const scale = Math.min(1, MOST / Math.max(width(video), height(video)));
		canvas ??= ctx.natives.createElement(ctx.doc, 'canvas') as HTMLCanvasElement;
		canvas.width = Math.round(width(video) * scale);
		canvas.height = Math.round(height(video) * scale);
		try {
			drawImage(getContext(canvas, '2d'), video, 0, 0, canvas.width, canvas.height);
			const { type, bytes } = parseDataUrl(toDataURL(canvas, TYPE, QUALITY));
			stream.drop({ op: 'picture', id, type, bytes });
			watched.anew = false;
			atNextFrame?.(video, () => {
				watched.anew = true;
			});
			watched.next = now() + Math.max(PAUSE, (now() - began) * SHARE, bytes.length / BYTES);
		} catch {
			watched.closed = true;
			canvas = undefined;
		}
	};
	return {
		element(el, tag) {
			if (tag === 'video') videos.set(el as HTMLVideoElement, { time: -1, anew: false, next: 0, closed: false });
		},
		tick() {
			for (const [video, watched] of videos) {
				const id = idOf(video);
				if (id === undefined) videos.delete(video);
				else if (watched.time >= 0 && left(video)) {
					watched.time = -1;
					stream.drop({ op: 'picture', id, type: '', bytes: new Uint8Array() });
				} else if (
					!watched.closed &&
					now() >= watched.next &&
					isOurs(video) &&
					shown(video) &&
					(watched.anew || currentTime(video) !== watched.time)
				) {
					watched.time = currentTime(video);
					if (!inMasked(video) && !isTainted(srcObject(video))) read(video, watched, id);
				}
			}
		},
	};
}
