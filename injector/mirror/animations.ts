// page (host): every proxied document, before its own scripts.
// Animations that scripts made (Web Animations Level 1), whole, and where those of style sheets stand (CSS Animations Level 2). A guest's browser
// runs both by itself; only a change of mind is sent.
import { call, hookAccessor, hookMethod } from '../hook.ts';
import { type Any, getter, method, softGetter } from '../natives.ts';
import { earOf, hear } from '../relatives.ts';
import { idOf } from './ids.ts';
import { inMasked } from './privacy/mask.ts';
import { clean } from './privacy/taint.ts';
import { alongOf, watchTimelines } from './timelines.ts';
import type { Capture, Tracker } from './tracker.ts';

const g = globalThis as Any;
const proto = (name: string): Any => g[name]?.prototype;
const read = {
	effect: getter<KeyframeEffect | null>(proto('Animation'), 'effect'),
	state: getter<AnimationPlayState>(proto('Animation'), 'playState'),
	time: getter<CSSNumberish | null>(proto('Animation'), 'currentTime'),
	rate: getter<number>(proto('Animation'), 'playbackRate'),
	timeline: getter<AnimationTimeline | null>(proto('Animation'), 'timeline'),
	target: getter<Element | null>(proto('KeyframeEffect'), 'target'),
	pseudo: getter<string | null>(proto('KeyframeEffect'), 'pseudoElement'),
	name: getter<string>(proto('CSSAnimation'), 'animationName'),
	composite: softGetter<CompositeOperation>(proto('KeyframeEffect'), 'composite'),
	again: softGetter<IterationCompositeOperation>(proto('KeyframeEffect'), 'iterationComposite'),
};
const getKeyframes = method<ComputedKeyframe[]>(proto('KeyframeEffect'), 'getKeyframes');
const getTiming = method<EffectTiming>(proto('AnimationEffect'), 'getTiming');
const allAnimations = method<Animation[]>(proto('Document'), 'getAnimations');
const path = method<EventTarget[]>(proto('Event'), 'composedPath');
const clock = Date.now;
const stringify = JSON.stringify;

const MADE = ['play', 'pause', 'reverse', 'finish', 'cancel', 'updatePlaybackRate'];
const SET = ['currentTime', 'startTime', 'playbackRate', 'effect'];
const STARTS = ['animationstart', 'animationcancel', 'animationend'];
const CLASSES: Readonly<Record<string, Any>> = { CSSAnimation: g.CSSAnimation, CSSTransition: g.CSSTransition };
/** Milliseconds between two looks at animations of style sheets, after one began. */
const REST = 400;
/** Animations of style sheets that are kept in phase: those that run longer, and at most so many. */
const LONG = 1000;
const MOST = 200;

export function trackAnimations({ ctx, stream, urls }: Capture): Tracker {
	/** Animations a script made that show something, and the elements they were sent for. */
	const made = new Set<Animation>();
	const sent = new Map<Element, string>();
	/** Animations of style sheets whose phase was sent, with when they began by the clock. */
	const phases = new Map<Element, string>();
	let dirty = false;
	let lookAt = Number.POSITIVE_INFINITY;

	const touch = (animation: Any) => {
		if (!(animation instanceof Animation)) return;
		if (isA('CSSTransition', animation)) return;
		if (isA('CSSAnimation', animation)) lookAt = Math.min(lookAt, ctx.natives.now() + REST);
		else {
			const effect = read.effect(animation);
			const el = effect && read.target(effect);
			((el && earOf(el, 'animation')) ?? take)(animation);
		}
	};
	const take = (animation: Animation) => {
		made.add(animation);
		settled.delete(animation);
		dirty = true;
		stream.wake();
	};
	hear(ctx.doc, 'animation', take);
	watchTimelines();
	hookMethod(proto('Element'), 'animate', (native, self, args) => {
		const result = call(native, self, args);
		touch(result);
		return result;
	});
	for (const name of MADE) {
		hookMethod(proto('Animation'), name, (native, self, args) => {
			const result = call(native, self, args);
			touch(self);
			return result;
		});
	}
	for (const name of SET) {
		hookAccessor(proto('Animation'), name, {
			set(native, self, value) {
				call(native, self, [value]);
				touch(self);
			},
		});
	}
	for (const [owner, name] of [
		['KeyframeEffect', 'setKeyframes'],
		['AnimationEffect', 'updateTiming'],
	] as const) {
		hookMethod(proto(owner), name, (native, self, args) => {
			const result = call(native, self, args);
			for (const animation of made) if (read.effect(animation) === self) touch(animation);
			return result;
		});
	}

	const describe = (animation: Animation) => {
		const effect = read.effect(animation);
		const time = read.time(animation);
		const timeline = read.timeline(animation);
		const along = timeline === ctx.doc.timeline ? undefined : alongOf(animation, timeline, read.state(animation), time);
		if (!effect || (!along && (typeof time !== 'number' || timeline !== ctx.doc.timeline))) return undefined;
		const frames = getKeyframes(effect).map(({ computedOffset: _, ...frame }) => mapFrame(frame));
		const timing = { ...getTiming(effect), composite: read.composite(effect), iterationComposite: read.again(effect) };
		const shape = { frames, timing: { ...timing, iterations: finite(timing.iterations) }, pseudo: read.pseudo(effect) };
		return along ? { ...shape, rate: read.rate(animation), along } : { ...shape, ...where(animation, time as number) };
	};
	const mapFrame = (frame: Record<string, unknown>) => {
		const out: Record<string, unknown> = {};
		// Each by itself: in the JSON of them all a secret is written otherwise.
		for (const [name, value] of Object.entries(frame))
			out[name] = typeof value === 'string' ? clean(value.includes('url(') ? urls.css(value) : value) : value;
		return out;
	};
	const flush = () => {
		if (!dirty) return;
		dirty = false;
		const now = new Map<Element, unknown[]>();
		for (const el of sent.keys()) now.set(el, []);
		for (const animation of [...made]) {
			const effect = read.effect(animation);
			const el = effect && read.target(effect);
			const state = read.state(animation);
			if (!el || state === 'idle') {
				made.delete(animation);
				continue;
			}
			if (state === 'finished' && !fills(effect)) {
				made.delete(animation);
				continue;
			}
			if (idOf(el) === undefined || inMasked(el)) continue;
			const said = describe(animation);
			if (!said) continue;
			const list = now.get(el);
			if (list) list.push(said);
			else now.set(el, [said]);
		}
		for (const [el, list] of now) {
			const id = idOf(el);
			const value = list.length ? stringify(list) : '';
			if (value) sent.set(el, value);
			else sent.delete(el);
			if (id !== undefined) stream.push({ op: 'state', id, name: 'animations', value });
		}
	};
	/** Where animations of style sheets stand; asked for seldom, since it makes the browser bring its styles up to date. */
	const look = () => {
		lookAt = Number.POSITIVE_INFINITY;
		const now = new Map<Element, unknown[]>();
		for (const animation of allAnimations(ctx.doc).slice(0, MOST)) {
			if (!isA('CSSAnimation', animation)) continue;
			const effect = read.effect(animation);
			const el = effect && read.target(effect);
			const time = read.time(animation);
			if (!el || typeof time !== 'number' || idOf(el) === undefined || read.timeline(animation) !== ctx.doc.timeline) continue;
			const { duration, iterations } = getTiming(effect);
			// A short one is over soon, unless a script has stopped it.
			if (Number(duration) * Number(iterations) < LONG && read.state(animation) !== 'paused') continue;
			const said = { name: read.name(animation), pseudo: read.pseudo(effect), ...where(animation, time) };
			const list = now.get(el);
			if (list) list.push(said);
			else now.set(el, [said]);
		}
		for (const el of phases.keys()) if (!now.has(el)) phases.delete(el);
		for (const [el, list] of now) {
			const id = idOf(el);
			const value = stringify(list);
			if (id === undefined || phases.get(el) === value) continue;
			phases.set(el, value);
			stream.push({ op: 'state', id, name: 'phase', value });
		}
	};
	return {
		arm() {
			const onStart = (event: Event) => {
				if (path(event)[0] instanceof Element) lookAt = Math.min(lookAt, ctx.natives.now() + REST);
			};
			for (const name of STARTS) ctx.natives.addEventListener(ctx.win, name, onStart, { capture: true, passive: true });
		},
		flush,
		tick() {
			for (const animation of made) {
				if (settled.has(animation) || !/finished|idle/.test(read.state(animation))) continue;
				settled.add(animation);
				dirty = true;
			}
			if (dirty) stream.wake();
			if (ctx.natives.now() >= lookAt) look();
		},
		whole() {
			dirty = made.size > 0;
			lookAt = ctx.natives.now();
		},
		key() {
			sent.clear();
			phases.clear();
			dirty = made.size > 0;
			flush();
			lookAt = ctx.natives.now();
		},
	};
}

/** Animations that were seen at their end. */
const settled = new WeakSet<Animation>();

/** How far an animation is, and when that was. A running one is told by the moment it began, so that nothing changes while it runs. */
function where(animation: Animation, time: number) {
	const rate = read.rate(animation);
	// At a rate of 0 it runs and stands still.
	const running = read.state(animation) === 'running' && rate !== 0;
	return running ? { rate, began: Math.round(clock() - time / rate) } : { rate, time };
}

function fills(effect: KeyframeEffect): boolean {
	const { fill } = getTiming(effect);
	return fill === 'forwards' || fill === 'both' || fill === 'backwards';
}

function isA(name: 'CSSAnimation' | 'CSSTransition', animation: Animation): boolean {
	return CLASSES[name] !== undefined && animation instanceof CLASSES[name];
}

/** JSON has no Infinity. */
function finite(value: number | undefined): number | undefined {
	return value === Number.POSITIVE_INFINITY ? -1 : value;
}
