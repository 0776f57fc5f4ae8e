// mirror document (guest's browser).
// Where the host's focus comes to a date or a time by a guest's Tab or a script of the page, the guest's focus goes along: their parts are
// filled in by a browser alone, which does so only where it has the focus itself, and not for keys told by script.
import type { Desk } from './desk.ts';
import type { Keyboard } from './keyboard.ts';

const IN_PARTS = ['date', 'time', 'datetime-local', 'month', 'week'].map((type) => `input[type=${type}]`).join();
const SHUT = ':disabled,[readonly],[data-tandem-masked]';

/** Follows the host's focus with each change of what the mirror shows. */
export function makeLead(desk: Desk, keyboard: Keyboard): () => void {
	let focused: Element | undefined;
	let led: HTMLElement | undefined;
	return () => {
		const writing = desk.allowed ? [...desk.view.writing()].find(({ frame }) => frame === desk.frame) : undefined;
		const el = writing?.nodes.get(writing.glance.focus) as Element | undefined;
		if (el === focused) return;
		focused = el;
		const left = led?.matches(':focus');
		led = el?.matches(IN_PARTS) && !el.matches(SHUT) && (left || keyboard.has()) ? (el as HTMLElement) : undefined;
		if (led) keyboard.lend(led);
		else if (left) keyboard.take(false, 0, 0);
	};
}
