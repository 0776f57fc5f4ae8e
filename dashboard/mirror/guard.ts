// mirror document (guest's browser).
// Nothing a guest does in a mirror's document acts there: links lead nowhere, forms submit nothing. What it means goes to the host as
// intent (input/).
import { keepOpen } from './state.ts';

const STOPPED: Readonly<Record<string, (event: Event) => boolean>> = {
	click: onLink,
	auxclick: onLink,
	submit: () => true,
	dragstart: () => true,
};

export function guard(doc: Document): void {
	keepOpen(doc);
	for (const [name, stops] of Object.entries(STOPPED)) {
		const listener = (event: Event) => stops(event) && event.preventDefault();
		doc.addEventListener(name, listener, { capture: true });
	}
}

function onLink(event: Event): boolean {
	return event.composedPath().some((target) => /^(?:a|area)$/.test((target as Element).localName ?? ''));
}
