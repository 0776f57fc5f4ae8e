// server only (Node).
// Text, JSON, scripts and style sheets opened as documents. The browser builds a document around them in which none of our scripts could run
// (HTML section 7.5.5), so we build the same one, with the runtime first in it.
import type { Answer } from '../context.ts';
import { getHeader, mediaType } from '../headers.ts';
import { bootTag } from '../own/boot.ts';
import { bomCharset, headerCharset } from './charset.ts';
import { decoded, type Editor, passOn, streamDocument } from './document.ts';
import { type Peeked, peek } from './peek.ts';
import { deliverRaw } from './raw.ts';
import { isUnknown, looksBinary } from './sniff.ts';

const FEED = /^application\/(?:rss|atom|rdf)\+xml$/;

export async function deliverText(a: Answer): Promise<void> {
	const chunks = decoded(a);
	if (!chunks) {
		a.env.counts.rawFallbacks++;
		return deliverRaw(a);
	}
	const header = getHeader(a.answer, 'content-type') ?? '';
	await streamText(a, await peek(chunks, (bytes) => bytes.length > 0), chunks, isUnknown(mediaType(header)) ? 'text/plain' : header);
}

/** `header`: the Content-Type that it is text by. */
export async function streamText(a: Answer, first: Peeked, chunks: AsyncIterator<Buffer>, header: string): Promise<void> {
	const type = mediaType(header);
	const bom = bomCharset(first.bytes);
	if (type === 'text/plain' && !bom && looksBinary(first.bytes)) return passOn(a, first, chunks);
	const json = /json$/.test(type);
	const charset = bom ?? headerCharset(header) ?? (json ? 'utf-8' : undefined);
	const editor = new TextEditor(bootTag(a, a.nonce, { contentType: FEED.test(type) ? 'text/plain' : type }), json);
	await streamDocument(a, first, chunks, { type: 'text/html', charset, editor });
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\0': '&#65533;' };

/** Puts text into the document that Chromium makes of it; of no text at all, an empty one. */
class TextEditor implements Editor {
	private readonly head: string;
	private readonly pre: string;
	private readonly tail: string;
	private begun = false;

	constructor(boot: string, json: boolean) {
		const meta = `<meta name="color-scheme" content="light dark">${json ? '<meta charset="utf-8">' : ''}`;
		this.head = `<!DOCTYPE html><html><head>${boot}${meta}</head><body>`;
		// a line feed right behind <pre> is dropped by the parser
		this.pre = `${json ? '<pre>' : '<pre style="word-wrap: break-word; white-space: pre-wrap;">'}\n`;
		this.tail = `</pre>${json ? '<div class="json-formatter-container"></div>' : ''}`;
	}

	write(chunk: string): string {
		const text = this.begun ? chunk : chunk.replace(/^\xef\xbb\xbf/, '');
		if (!text) return '';
		const before = this.begun ? '' : this.head + this.pre;
		this.begun = true;
		return before + text.replace(/[&<>\0]/g, (c) => ESCAPES[c] as string);
	}

	end(): string {
		return `${this.begun ? this.tail : this.head}</body></html>`;
	}
}
