// page (host): every proxied document, before its own scripts.
// Animations that stand in an SVG (SVG Animations Level 2) run at a guest by themselves. What is told is where the clock of each drawing stands, which a
// script may stop and set, and when those have begun that wait for an event or a script.
import { call, hookMethod } from '../hook.ts';
import { type Any, getter, method } from '../natives.ts';
import { getAttribute } from './dom.ts';
import { idOf } from './ids.ts';
import type { Capture, Tracker } from './tracker.ts';

const g = globalThis as Any;
const proto = (name: string): Any => g[name]?.prototype;
const owner = getter<Element | null>(proto('SVGElement'), 'ownerSVGElement');
const timeOf = method<number>(proto('SVGSVGElement'), 'getCurrentTime');
const isPaused = method<boolean>(proto('SVGSVGElement'), 'animationsPaused');
const path = method<EventTarget[]>(proto('Event'), 'composedPath');
const clock = Date.now;

const ANIMATES = new Set(['animate', 'animateMotion', 'animateTransform', 'set']);
/** A beginning that no clock tells: an event's, or a script's (`indefinite`). */
const WAITS = /[a-z]{3}/i;
/** Milliseconds between two looks at clocks, by how much one may be off, and how many are looked at. */
const REST = 1000;
const NEAR = 60;
const MOST = 50;

export function trackSmil({ ctx, stream }: Capture): Tracker {
	/** Drawings with animations in them, with what was told of their clocks. */
	const clocks = new Map<Element, { paused: boolean; at: number } | undefined>();
	/** Animations that have begun, with when that was by their drawing's clock. */
	const begun = new Map<Element, number>();
	let next = 0;

	const look = () => {
		next = ctx.natives.now() + REST;
		for (const [svg, told] of [...clocks].slice(0, MOST)) {
			const id = idOf(svg);
			if (id === undefined) {
				clocks.delete(svg);
				continue;
			}
			const paused = isPaused(svg);
			const time = Math.round(timeOf(svg) * 1000);
			const at = paused ? time : clock() - time;
			if (told && told.paused === paused && Math.abs(told.at - at) <= (paused ? 0 : NEAR)) continue;
			clocks.set(svg, { paused, at });
			stream.push({ op: 'state', id, name: 'clock', value: `${paused ? 'at' : 'from'} ${at}` });
		}
	};
	const tell = (el: Element, at: number) => {
		const id = idOf(el);
		if (id === undefined) begun.delete(el);
		else stream.push({ op: 'state', id, name: 'begun', value: String(at) });
	};
	for (const name of ['setCurrentTime', 'pauseAnimations', 'unpauseAnimations']) {
		hookMethod(proto('SVGSVGElement'), name, (native, self, args) => {
			const result = call(native, self, args);
			if (clocks.has(self)) look();
			return result;
		});
	}
	const onBegin = (event: Event) => {
		const el = path(event)[0] as Element;
		const svg = ANIMATES.has(el?.localName) ? outermost(el) : undefined;
		if (!svg || !WAITS.test(getAttribute(el, 'begin') ?? '')) return;
		const at = Math.round(timeOf(svg) * 1000);
		begun.set(el, at);
		tell(el, at);
	};
	return {
		arm: () => ctx.natives.addEventListener(ctx.win, 'beginEvent', onBegin, { capture: true, passive: true }),
		element(el, tag) {
			if (!ANIMATES.has(tag)) return;
			const svg = outermost(el);
			// Told when all of the drawing is in the mirror.
			if (svg) clocks.set(svg, undefined);
			next = 0;
		},
		key() {
			if (!clocks.size) return;
			for (const svg of clocks.keys()) clocks.set(svg, undefined);
			look();
			for (const [el, at] of begun) tell(el, at);
		},
		tick() {
			if (clocks.size && ctx.natives.now() >= next) look();
		},
	};
}

/** The drawing whose clock an element goes by. */
function outermost(el: Element): Element | undefined {
	let svg: Element | undefined;
	for (let at = owner(el); at; at = owner(at)) svg = at;
	return svg;
}
