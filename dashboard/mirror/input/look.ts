// mirror document (guest's browser).
// Free look: who does not control the page may scroll it for themselves. From then on the host's scrolling does not move them, until they
// follow again. What others point at is told as far as it is shifted on this screen.
import type { FromMirror, ToMirror } from '../../../protocol/mirror-port.ts';
import type { MirrorView } from '../view.ts';

/** How long scrolling that a wheel or a finger began runs on, milliseconds. */
const WHEEL = 500;
const FINGER = 1500;

export interface Look {
	/** The guest's own hand turns a wheel, or moves a finger; `held`: they hold a scrollbar. */
	turns(by: 'wheel' | 'finger' | 'bar'): void;
	/** They let the scrollbar go. */
	lets(): void;
	/** Something scrolled. */
	scrolled(): void;
	/** A point of this guest's viewport as a point of the host's. */
	toHost(at: { x: number; y: number }): { x: number; y: number };
}

export function startLook(view: MirrorView, port: MessagePort): Look {
	const send = (message: FromMirror) => port.postMessage(message);
	/** Until when (`performance.now`) scrolling is the guest's own. */
	let until = 0;
	let allowed = false;
	let root: number | undefined;
	let told = '';
	const say = () => {
		const away = !view.follow.on;
		const { x, y } = away ? view.follow.drift(view.root) : { x: 0, y: 0 };
		const text = `${away} ${x} ${y}`;
		if (text !== told) send({ t: 'scrolled', away, x, y });
		told = text;
		if (away) requestAnimationFrame(say);
	};
	const roam = () => {
		if (allowed || !view.follow.on) return;
		view.follow.set(false);
		say();
	};
	const follow = () => {
		until = 0;
		if (view.follow.on) return;
		view.follow.set(true);
		say();
	};
	port.addEventListener('message', ({ data }: MessageEvent<ToMirror>) => {
		if (data.t === 'follow') follow();
		else if (data.t === 'control') {
			allowed = data.allowed;
			// Who acts, acts where the host is.
			if (allowed) follow();
		} else if (data.t === 'look' && !allowed) {
			const win = view.root === undefined ? undefined : view.documentOf(view.root)?.defaultView;
			const before = win && [win.scrollX, win.scrollY];
			win?.scrollBy({ left: data.x, top: data.y, behavior: 'instant' });
			if (before && (win.scrollX !== before[0] || win.scrollY !== before[1])) roam();
		}
	});
	view.onDocument((frame) => {
		if (frame !== view.root || frame === root) return;
		// Another page: the host shows it.
		root = frame;
		follow();
	});
	return {
		turns(by) {
			if (allowed) return;
			until = by === 'bar' ? Number.POSITIVE_INFINITY : Math.max(until, performance.now() + (by === 'wheel' ? WHEEL : FINGER));
		},
		lets() {
			if (until === Number.POSITIVE_INFINITY) until = performance.now() + WHEEL;
		},
		scrolled() {
			if (performance.now() < until) roam();
		},
		toHost({ x, y }) {
			if (view.follow.on) return { x, y };
			const drift = view.follow.drift(view.root);
			return { x: x - drift.x, y: y - drift.y };
		},
	};
}
