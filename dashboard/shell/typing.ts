// page: no Node.
// Whether somebody writes in the shell itself (address bar, chat). They keep the keyboard, as they would in a browser's own address bar: pages are told, and
// leave it alone as they begin; one that could not know yet gives it back. Where nobody writes, the page has it without a click.

/** Milliseconds between a page's word that it took the focus and a field's loss of it, where they are of the same: either may be heard of first. */
const RECENT = 1000;

let lost: { readonly field: HTMLElement; readonly at: number } | undefined;
let taken: number | undefined;

/** Calls `tell` whenever that changes. Returns what ends it. */
export function watchTyping(tell: () => void): () => void {
	let before = isTyping();
	const look = () => {
		const now = isTyping();
		if (now !== before) {
			before = now;
			tell();
		}
	};
	// The answer is known when the event is over.
	const left = ({ target }: FocusEvent) => {
		const field = target instanceof HTMLElement && isField(target) ? target : undefined;
		setTimeout(() => {
			lost = field && document.activeElement?.localName === 'iframe' ? { field, at: performance.now() } : undefined;
			settle();
			look();
		});
	};
	document.addEventListener('focusin', look);
	document.addEventListener('focusout', left);
	return () => {
		document.removeEventListener('focusin', look);
		document.removeEventListener('focusout', left);
	};
}

export function isTyping(): boolean {
	const active = document.activeElement;
	return active !== null && isField(active);
}

/** A page has taken the focus by itself: who was writing here gets it back. Under the pointer it may have been a click. */
export function giveBack(): void {
	taken = performance.now();
	settle();
}

/**
 * A page that comes into sight has the keyboard, as in a browser, unless something of the shell has it. By its window: an iframe that has the focus
 * already, and whose next document runs in another process, gives it none.
 */
export function lendKeyboard(page: HTMLIFrameElement): void {
	const active = document.activeElement;
	if (active === null || active === document.body || active instanceof HTMLIFrameElement) page.contentWindow?.focus();
}

/**
 * A button that was pressed with a pointer keeps no keyboard, as one of a browser's own bars keeps none: the page in sight has it, unless
 * something of the shell was opened. (A key presses with a `detail` of 0.)
 */
export function pressed({ detail }: MouseEvent): void {
	if (detail)
		setTimeout(() => {
			const active = document.activeElement;
			if (active?.localName === 'button' && active.matches('[aria-expanded="true"], [role="dialog"] *')) return;
			if (active !== document.body && active?.localName !== 'button') return;
			document.querySelector<HTMLIFrameElement>('iframe[data-tandem-tab].shown, .shown iframe[data-tandem-mirror]')?.contentWindow?.focus();
		});
}

function settle(): void {
	if (!lost || taken === undefined || Math.abs(taken - lost.at) >= RECENT) return;
	const active = document.activeElement;
	if (active?.localName === 'iframe' && !active.matches(':hover')) lost.field.focus();
	lost = undefined;
	taken = undefined;
}

function isField(element: Element): boolean {
	return element.matches('input:not([type="checkbox"], [type="radio"]), textarea, [contenteditable]');
}
