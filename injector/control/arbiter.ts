// page (host).
// The host wins: their own pointer or key ends what a guest has half done, and guests wait until the host's hand is off again. (The shell is told by ../input.ts.)
import { natives } from '../natives.ts';
import { dom } from './dom.ts';
import { endComposing } from './keys/compose.ts';
import { cancel } from './pointer/pointer.ts';
import type { Stage } from './stage.ts';

/** Event of the host → how long it keeps guests waiting, milliseconds. Releasing shortens it. */
const HOLDS: Readonly<Record<string, number>> = {
	pointerdown: 5000,
	pointerup: 100,
	pointercancel: 100,
	keydown: 500,
	keyup: 100,
	wheel: 100,
};
const STARTS = new Set(['pointerdown', 'keydown', 'wheel']);
/** Longer than this, milliseconds, nobody waits for the host. */
const PATIENCE = 5000;

export interface Arbiter {
	/** Resolves as soon as a guest may act; false where that took too long. Undefined: at once. */
	free(): Promise<boolean> | undefined;
	/** Listens again, after `document.open()` took the listeners away. */
	listen(): void;
}

export function startArbiter(stage: Stage): Arbiter {
	let busyUntil = 0;
	const onHost = (event: Event) => {
		if (!dom.isTrusted(event)) return;
		busyUntil = natives.now() + (HOLDS[event.type] ?? 0);
		if (!STARTS.has(event.type)) return;
		stage.hostActed = natives.now();
		if (event.type !== 'wheel') endComposing(stage);
		if (event.type !== 'wheel') stage.by = undefined;
		if (stage.held || stage.fingers.size) {
			cancel(stage);
			stage.broken = true;
		}
	};
	const listen = () => {
		for (const type of Object.keys(HOLDS)) natives.addEventListener(stage.win, type, onHost, { capture: true, passive: true });
	};
	const wait = async () => {
		const began = natives.now();
		for (let left = busyUntil - began; left > 0; left = busyUntil - natives.now()) {
			if (natives.now() - began > PATIENCE) return false;
			await new Promise<void>((go) => void natives.setTimeout(go, Math.min(left, 50)));
		}
		return true;
	};
	listen();
	return { free: () => (busyUntil > natives.now() ? wait() : undefined), listen };
}
