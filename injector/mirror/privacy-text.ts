// page (host): every proxied document, before its own scripts.
// A text that leaves by another way than the mirror (a dialog's), as others may see it.
import { BULLETS } from './mask.ts';
import { documentMask } from './privacy-rules.ts';
import { standIn } from './privacy-shape.ts';
import { saysLive, secrets } from './privacy-taint.ts';

export function privateText(text: string): string {
	if (documentMask()) return standIn(text);
	return saysLive(text) ? BULLETS : secrets.redact(text);
}
