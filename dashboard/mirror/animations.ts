// mirror document (guest's browser).
// Animations of the host's scripts, made anew here, and those of style sheets put where the host's are.

interface Where {
	readonly pseudo: string | null;
	readonly rate: number;
	/** Milliseconds since the epoch at which a running animation was at 0, by the host's clock. */
	readonly began?: number;
	/** Where an animation that does not run stands. */
	readonly time?: number;
}

interface Made extends Where {
	readonly frames: Keyframe[];
	readonly timing: EffectTiming;
	readonly along?: Along;
}

/** A timeline of scrolling: by a scroller's position, or by where a `subject` stands in one. */
interface Along {
	readonly source?: number;
	readonly subject?: number;
	readonly axis: string;
	readonly inset?: string;
	readonly range: readonly [string, string];
	/** The per cent at which a paused one stands. */
	readonly held?: number;
}

interface Phase extends Where {
	readonly name: string;
}

/** A phase this near is left alone, milliseconds. */
const NEAR = 60;
const TRIES = 20;
const PAUSE = 250;

const made = new WeakMap<Element, Animation[]>();

/** The animations a host's script made on `el`, as JSON; '' takes them away. Throws on what is none. */
export function animate(el: Element, json: string, css: (text: string) => string, nodes: ReadonlyMap<number, Node>): void {
	const list: readonly Made[] = json ? JSON.parse(json) : [];
	const next = list.map(({ frames, timing, pseudo, along, ...where }) => {
		const options: KeyframeAnimationOptions = {
			...timing,
			iterations: timing.iterations === -1 ? Number.POSITIVE_INFINITY : (timing.iterations ?? 1),
		};
		if (pseudo) options.pseudoElement = pseudo;
		if (along) Object.assign(options, { timeline: timelineOf(el, along, nodes), rangeStart: along.range[0], rangeEnd: along.range[1] });
		const animation = el.animate(
			frames.map((frame) => mapped(frame, css)),
			options,
		);
		if (along) hold(animation, along, where.rate);
		else stand(animation, { pseudo, ...where });
		return animation;
	});
	for (const old of made.get(el) ?? []) old.cancel();
	if (next.length) made.set(el, next);
	else made.delete(el);
}

/** Where the animations of style sheets on `el` stand on the host. Tried again while the sheets load. */
export function phase(el: Element, json: string, tries = TRIES): void {
	const list: readonly Phase[] = json ? JSON.parse(json) : [];
	const running = el.getAnimations({ subtree: true });
	let missing = false;
	for (const { name, ...where } of list) {
		const found = running.find(
			(animation) =>
				'animationName' in animation &&
				animation.animationName === name &&
				(animation.effect as KeyframeEffect | null)?.target === el &&
				((animation.effect as KeyframeEffect).pseudoElement ?? null) === where.pseudo,
		);
		if (found) stand(found, where);
		else missing = true;
	}
	if (missing && tries > 0 && el.isConnected) setTimeout(() => phase(el, json, tries - 1), PAUSE);
}

function stand(animation: Animation, { rate, began, time }: Where): void {
	animation.playbackRate = rate;
	if (began === undefined) {
		animation.pause();
		animation.currentTime = time ?? 0;
		return;
	}
	const due = (Date.now() - began) * (rate || 1);
	// A clock that is off by hours says nothing about the phase.
	if (Math.abs(Number(animation.currentTime ?? 0) - due) > NEAR && Math.abs(due) < Number.MAX_SAFE_INTEGER) animation.currentTime = due;
	if (animation.playState === 'paused') animation.play();
}

function timelineOf(el: Element, { source, subject, axis, inset }: Along, nodes: ReadonlyMap<number, Node>): AnimationTimeline | undefined {
	const win = el.ownerDocument.defaultView as unknown as Record<'ScrollTimeline' | 'ViewTimeline', new (init: object) => AnimationTimeline>;
	if (subject !== undefined) return new win.ViewTimeline({ subject: nodes.get(subject), axis, ...(inset && { inset }) });
	return new win.ScrollTimeline({ source: source ? nodes.get(source) : el.ownerDocument.documentElement, axis });
}

function hold(animation: Animation, { held }: Along, rate: number): void {
	animation.playbackRate = rate;
	if (held === undefined) return;
	animation.pause();
	animation.currentTime = CSS.percent(held);
}

function mapped(frame: Keyframe, css: (text: string) => string): Keyframe {
	const out: Keyframe = {};
	for (const [name, value] of Object.entries(frame)) out[name] = typeof value === 'string' && value.includes('url(') ? css(value) : value;
	return out;
}
