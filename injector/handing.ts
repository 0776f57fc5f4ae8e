// page and worker.
// What a page gives to documents of other origins, by its own hand. The parts of the sandbox through which it goes say so here, and
// mirror/privacy/handed.ts listens where guests may look.

export interface Giver {
	/** `text` goes to `to`: the real URL of a document, or OPAQUE. */
	give(text: string, to: string): void;
	/** A form is being sent to `to`, a real URL. */
	form(form: Element, to: string): void;
	/** What has to be said to a window before `message`; undefined: nothing. */
	before(message: unknown): object | undefined;
}

/** Documents of this tab that have no origin (sandboxed frames, `data:`). */
export const OPAQUE = 'null';

let giver: Giver | undefined;

/** Who listens from now on. */
export function onGiven(next: Giver): void {
	giver = next;
}

export function give(text: string, to: string): void {
	giver?.give(text, to);
}

export function giveForm(form: Element, to: string): void {
	giver?.form(form, to);
}

export function beforeMessage(message: unknown): object | undefined {
	return giver?.before(message);
}
