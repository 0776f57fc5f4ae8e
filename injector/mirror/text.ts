// page (host): every proxied document, before its own scripts.
// A changed text as the smaller of: the whole text, or the part between what stayed at both ends.
import type { NodeId } from '../../protocol/mirror.ts';
import type { MirrorWriter } from '../../protocol/mirror-encode.ts';

/** What begins a text that differs by class (protocol/privacy.ts). */
const VEIL = '\ufdd0';
/** Texts shorter than this go whole; a splice would not be smaller. */
const WHOLE = 12;

export function writeText(out: MirrorWriter, id: NodeId, was: string, now: string): void {
	if (was === now) return;
	// A text that differs by class of guest is never cut: each class has another one.
	if (now.length < WHOLE || now.includes(VEIL) || was.includes(VEIL)) {
		out.op({ op: 'text', id, text: now });
		return;
	}
	const most = Math.min(was.length, now.length);
	let start = 0;
	while (start < most && was.charCodeAt(start) === now.charCodeAt(start)) start++;
	let end = 0;
	while (end < most - start && was.charCodeAt(was.length - 1 - end) === now.charCodeAt(now.length - 1 - end)) end++;
	// A surrogate pair is never cut in two: each half alone would not survive UTF-8.
	if (start > 0 && isHigh(now.charCodeAt(start - 1))) start--;
	if (end > 0 && isLow(now.charCodeAt(now.length - end))) end--;
	out.op({ op: 'splice', id, at: start, del: was.length - start - end, text: now.slice(start, now.length - end) });
}

function isHigh(code: number): boolean {
	return code >= 0xd800 && code < 0xdc00;
}

function isLow(code: number): boolean {
	return code >= 0xdc00 && code < 0xe000;
}
