// mirror document (guest's browser).
// What a guest makes of a control that their own browser works (a date, a slider) is ahead of what the host says of it: that comes back once for each
// step, and an older one written over a newer would take away what is being typed.

/** How long the host's answer may take, milliseconds; afterwards the host is right. */
const WITHIN = 3000;

interface Edits {
	/** What the host has said since of these. */
	said: string | undefined;
	/** What the guest has made of it since. */
	ahead: string[];
	until: number;
}

const edits = new WeakMap<Element, Edits>();

/** The host is told that a guest has made it `value`. */
export function edit(el: Element, value: string): void {
	const { said, ahead } = now(el) ?? { said: undefined, ahead: [] };
	if (ahead.at(-1) !== value) edits.set(el, { said, ahead: [...ahead, value], until: performance.now() + WITHIN });
}

/** The host says that it is `value`. True: the guest's own, of now or of before. */
export function isOwn(el: Element, value: string): boolean {
	const known = now(el);
	const at = known ? known.ahead.indexOf(value) : -1;
	if (!known || at < 0 || at === known.ahead.length - 1) edits.delete(el);
	else edits.set(el, { ...known, said: value, ahead: known.ahead.slice(at + 1) });
	return at >= 0;
}

/** What the host has said it is, while the guest is ahead of that. */
export function saidOf(el: Element): string | undefined {
	return now(el)?.said;
}

function now(el: Element): Edits | undefined {
	const known = edits.get(el);
	return known && performance.now() < known.until ? known : undefined;
}
