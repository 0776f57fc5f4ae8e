// page.
// When a frame is kept ready for a window that this document may open: early enough for a click, late enough to cost the page's load nothing.
import type { Context } from '../../context.ts';
import { natives } from '../../natives.ts';
import type { Spares } from './spares.ts';

/** Milliseconds after a root's load event. */
const CALM = 1000;
/** Signs that a person, or a guest, is at this document. */
const SIGNS = ['pointerover', 'pointerdown', 'touchstart', 'keydown', 'focusin'];

export function expectWindows({ win, boot, isTop, onReopen }: Context, spares: Spares): void {
	if (boot.opens) spares.prepare(boot.opens);
	const onSign = () => {
		for (const type of SIGNS) natives.removeEventListener(win, type, onSign, true);
		spares.prepare(1);
	};
	const arm = () => {
		for (const type of SIGNS) natives.addEventListener(win, type, onSign, true);
	};
	arm();
	onReopen(arm);
	if (isTop) natives.addEventListener(win, 'load', () => natives.setTimeout(() => spares.prepare(1), CALM));
}
