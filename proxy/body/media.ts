// server only (Node).
// A picture, sound or film opened in a tab: the document that the browser would build around it (HTML section 7.5.6), with the runtime in it,
// so that guests see it too. The element in it asks for the bytes once more, as that of the browser's own document would be given them.
import type { Answer } from '../context.ts';
import { getHeader, mediaType, without } from '../headers.ts';
import { bootTag } from '../own/boot.ts';
import { escapeHtml } from '../pages/escape.ts';
import { sendText } from './send-text.ts';

export function deliverMedia(a: Answer): void {
	const type = mediaType(getHeader(a.answer, 'content-type'));
	const src = escapeHtml(a.req.url ?? '/');
	const name = escapeHtml(decodedName(a.url.pathname.split('/').pop() ?? ''));
	const body = type.startsWith('image/')
		? `<title>${name}</title></head><body style="margin: 0px; height: 100%; background-color: rgb(14, 14, 14);"><img style="display: block;-webkit-user-select: none;margin: auto;max-width: 100%;max-height: 100%;background-color: hsl(0, 0%, 90%);" src="${src}">`
		: `</head><body style="margin: 0px; height: 100%; background-color: rgb(0, 0, 0);"><video controls autoplay name="media" style="margin: auto; position: absolute; inset: 0px; max-width: 100%; max-height: 100%;"><source src="${src}" type="${escapeHtml(type)}"></video>`;
	const page = `<!DOCTYPE html><html style="height: 100%;"><head>${bootTag(a, a.nonce, { contentType: type })}<meta charset="utf-8"><meta name="viewport" content="width=device-width, minimum-scale=0.1">${body}</body></html>`;
	a.upstream.destroy();
	a.answer = [...without(a.answer, 'content-type', 'etag', 'last-modified', 'content-range'), ['Content-Type', 'text/html; charset=utf-8']];
	sendText(a, [Buffer.from(page)]);
}

function decodedName(name: string): string {
	try {
		return decodeURIComponent(name);
	} catch {
		return name; // no UTF-8
	}
}
