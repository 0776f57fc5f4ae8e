// page (host): every proxied document, before its own scripts.
// A text that leaves by another way than the mirror (a dialog's, a title), as others may see it.
import { natives } from '../../natives.ts';
import { titleOf } from '../../sandbox/documents/drawing.ts';
import { BULLETS, inMasked } from './mask.ts';
import { documentMask } from './rules.ts';
import { standIn } from './shape.ts';
import { saysLive, secrets } from './taint.ts';

/** A document's title, for all to see: empty where its element is hidden from anybody. */
export function privateTitle(doc: Document): string {
	const title = titleOf(doc);
	const el = title && natives.querySelector(doc, 'title');
	if (el ? inMasked(el) : documentMask()) return '';
	return saysLive(title) ? BULLETS : title;
}

export function privateText(text: string): string {
	if (documentMask()) return standIn(text);
	return saysLive(text) ? BULLETS : secrets.redact(text);
}
