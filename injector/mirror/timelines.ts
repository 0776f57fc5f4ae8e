// page (host): every proxied document, before its own scripts.
// Animations that a script ties to scrolling (Scroll-driven Animations Level 1): by a scroller's position, or by where an element stands in one.
import { hookConstructor } from '../hook.ts';
import { heard } from '../late.ts';
import { type Any, getter, natives } from '../natives.ts';
import { idOf } from './ids.ts';

const g = globalThis as Any;
const proto = (name: string): Any => g[name]?.prototype;
const sourceOf = getter<Element | null>(proto('ScrollTimeline'), 'source');
const axisOf = getter<string>(proto('ScrollTimeline'), 'axis');
const subjectOf = getter<Element | null>(proto('ViewTimeline'), 'subject');
const bounds = ['rangeStart', 'rangeEnd'].map((name) => getter<Any>(proto('Animation'), name));
const toText = (value: unknown) => `${value}`;
const insets = new WeakMap<object, string>();

/** What a guest needs to make such a timeline; `held`: the per cent at which a paused animation stands. */
export interface Along {
	readonly source?: number;
	readonly subject?: number;
	readonly axis: string;
	readonly inset?: string;
	readonly range: readonly string[];
	readonly held?: number;
}

/** Keeps what a timeline doesn't say of itself later. */
export function watchTimelines(): void {
	hookConstructor(g, 'ViewTimeline', (native, args, newTarget) => {
		const said: Any = {};
		const made = natives.construct(native, args.length ? [heard(args[0], said)] : args, newTarget) as object;
		const { inset } = said;
		if (inset !== undefined) insets.set(made, natives.isArray(inset) ? inset.map(toText).join(' ') : toText(inset));
		return made;
	});
}

/** The timeline of an animation, where it is one of scrolling whose elements are in the mirror. */
export function alongOf(animation: Animation, timeline: AnimationTimeline | null, state: string, time: Any): Along | undefined {
	if (!timeline || !g.ScrollTimeline || !(timeline instanceof g.ScrollTimeline)) return undefined;
	const range = bounds.map((bound) => rangeText(bound(animation)));
	const said = { axis: axisOf(timeline), range, ...(state === 'paused' && { held: time?.value ?? 0 }) };
	if (g.ViewTimeline && timeline instanceof g.ViewTimeline) {
		const subject = subjectOf(timeline);
		const id = subject ? idOf(subject) : undefined;
		const inset = insets.get(timeline);
		return id === undefined ? undefined : { ...said, subject: id, ...(inset && { inset }) };
	}
	const source = sourceOf(timeline);
	const id = source ? idOf(source) : undefined;
	return id === undefined ? undefined : { ...said, source: id };
}

function rangeText(bound: Any): string {
	return typeof bound === 'string' ? bound : `${bound?.rangeName ?? ''} ${bound?.offset ?? ''}`.trim() || 'normal';
}
