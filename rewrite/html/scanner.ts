// server and page: no Node, no DOM.
// HTML's tokenizer (section 13.2.5) as a scanner: tokens are places in a buffer, and what is incomplete waits for more text.
import { RAW_ELEMENTS, type RawSearch, rawEnd } from './raw.ts';
import { readTag, type Tag } from './tag.ts';

export type TokenType = 'text' | 'start' | 'end' | 'comment' | 'doctype' | 'cdata' | 'pi' | 'raw';

const HELD_MAX = 1 << 20;
/** Characters of one token (a tag, a comment, a script) that is still open: past it, somebody only wants to fill the memory. */
const TOKEN_MAX = 32 << 20;

/** Text goes in by `feed`, tokens come out by `next`; `start` and `end` are the last token's place in `buffer`. */
export class Scanner {
	buffer = '';
	start = 0;
	end = 0;
	/** The tag of the last 'start' or 'end' token. */
	tag: Tag = { name: '', attributes: [], selfClosing: false, end: 0 };
	/** Whether the last 'raw' token is all that comes before the end tag. */
	complete = true;
	private readonly xml: boolean;
	private waiting: string[] = [];
	private waitingLength = 0;
	private last = false;
	private raw: { name: string; whole: boolean; endless: boolean; search: RawSearch } | undefined;
	/** How far a search inside the incomplete token has come. */
	private searched = 0;

	constructor(xml: boolean) {
		this.xml = xml;
	}

	/** Appends text. Throws RangeError for a token that is too long. A held token only ends at a `>`, so text without one is put aside, and a big one is looked at ever more rarely. */
	feed(chunk: string): void {
		const held = this.buffer.length - this.end;
		this.waiting.push(chunk);
		this.waitingLength += chunk.length;
		if (held > 0 && held + this.waitingLength > TOKEN_MAX && !this.streams()) throw new RangeError('a token without an end');
		if (held > 64 && !this.streams() && (!chunk.includes('>') || (held > HELD_MAX && this.waitingLength * 2 < held))) return;
		this.join();
	}

	/** Whether the beginning of a token waits for the rest. */
	get holds(): boolean {
		return this.waitingLength > 0 || this.end < this.buffer.length;
	}

	/** No more text comes. */
	finish(): void {
		this.last = true;
		this.join();
	}

	/** Reads what follows a start tag as raw text; with `whole` as one token, else as it comes. `endless`: no end tag ends it. */
	enterRaw(name: string, whole: boolean, endless: boolean): void {
		if (!RAW_ELEMENTS.has(name)) return;
		this.raw = { name, whole, endless: endless || name === 'plaintext', search: { from: this.end, escaped: 0 } };
	}

	/** The next token's type; undefined where more text is needed (or, after `finish`, where all is read). `foreign`: CDATA counts. */
	next(foreign: boolean): TokenType | undefined {
		const { buffer } = this;
		const at = this.end;
		if (at >= buffer.length && !(this.raw?.whole && this.last)) return undefined;
		if (this.raw) return this.nextRaw(this.raw);
		this.start = at;
		if (buffer.charCodeAt(at) !== 60) return this.token('text', buffer.indexOf('<', at));
		const code = buffer.charCodeAt(at + 1);
		if (isNameStart(code, this.xml)) return this.nextTag('start', at + 1);
		if (code === 47) {
			const name = buffer.charCodeAt(at + 2);
			if (isNameStart(name, this.xml)) return this.nextTag('end', at + 2);
			if (Number.isNaN(name)) return this.incomplete('text');
			return this.until('comment', '>', at + 2);
		}
		if (code === 33) return this.nextDeclaration(at, foreign);
		if (code === 63) return this.xml ? this.until('pi', '?>', at + 2) : this.until('comment', '>', at + 1);
		if (Number.isNaN(code)) return this.incomplete('text');
		return this.token('text', buffer.indexOf('<', at + 1));
	}

	private nextTag(type: 'start' | 'end', at: number): TokenType | undefined {
		const tag = readTag(this.buffer, at, this.xml);
		if (!tag) return this.incomplete('text');
		this.tag = tag;
		return this.token(type, tag.end);
	}

	/** Behind `<!`: comment, doctype, CDATA section, or a bogus comment. */
	private nextDeclaration(at: number, foreign: boolean): TokenType | undefined {
		const { buffer } = this;
		const word = buffer.slice(at + 2, at + 9);
		if (word.startsWith('--')) return this.comment(at);
		if (word.toLowerCase() === 'doctype') return this.xml ? this.xmlDoctype(at) : this.until('doctype', '>', at + 9);
		if (word === '[CDATA[' && (foreign || this.xml)) return this.until('cdata', ']]>', at + 9);
		const partial = word.length < 7 && ('--'.startsWith(word) || 'doctype'.startsWith(word.toLowerCase()) || '[CDATA['.startsWith(word));
		return partial && !this.last ? this.incomplete('comment') : this.until('comment', '>', at + 2);
	}

	/** A comment ends at `-->` or `--!>`; `<!-->` and `<!--->` are whole ones (sections 13.2.5.43 to 51). */
	private comment(at: number): TokenType | undefined {
		const { buffer } = this;
		for (let from = Math.max(at + (this.xml ? 4 : 2), this.searched); ; from++) {
			from = buffer.indexOf('--', from);
			if (from < 0 || from + 2 >= buffer.length) {
				this.searched = Math.max(at + 2, from < 0 ? buffer.length - 1 : from);
				return this.incomplete('comment');
			}
			const code = buffer.charCodeAt(from + 2);
			if (code === 62) return this.token('comment', from + 3);
			if (code !== 33 || this.xml || from < at + 4) continue;
			if (from + 3 >= buffer.length) {
				this.searched = from;
				return this.incomplete('comment');
			}
			if (buffer.charCodeAt(from + 3) === 62) return this.token('comment', from + 4);
		}
	}

	/** XML's doctype may hold declarations in brackets. */
	private xmlDoctype(at: number): TokenType | undefined {
		const { buffer } = this;
		const open = buffer.indexOf('[', at);
		const close = buffer.indexOf('>', at);
		return open >= 0 && open < close ? this.until('doctype', ']>', open) : this.until('doctype', '>', at + 9);
	}

	private nextRaw(raw: NonNullable<Scanner['raw']>): TokenType | undefined {
		this.start = this.end;
		const found = raw.endless ? -1 : rawEnd(this.buffer, raw.name, raw.search);
		if (found >= 0) {
			this.raw = undefined;
			this.complete = true;
			return this.token('raw', found);
		}
		this.complete = raw.endless;
		const safe = this.last || raw.endless ? this.buffer.length : raw.search.from;
		if (this.last) this.raw = undefined;
		else if (raw.whole || safe <= this.start) return undefined;
		return this.token('raw', safe);
	}

	private until(type: TokenType, mark: string, from: number): TokenType | undefined {
		const at = this.buffer.indexOf(mark, Math.max(from, this.searched));
		if (at >= 0) return this.token(type, at + mark.length);
		this.searched = Math.max(from, this.buffer.length - mark.length + 1);
		return this.incomplete(type);
	}

	private incomplete(type: TokenType): TokenType | undefined {
		return this.last ? this.token(type, this.buffer.length) : undefined;
	}

	private token(type: TokenType, end: number): TokenType {
		this.end = end < 0 ? this.buffer.length : end;
		this.searched = 0;
		return type;
	}

	private streams(): boolean {
		return this.raw !== undefined && !this.raw.whole;
	}

	private join(): void {
		if (this.waiting.length === 0) return;
		const cut = this.end;
		this.buffer = this.buffer.slice(cut) + this.waiting.join('');
		this.waiting = [];
		this.waitingLength = 0;
		this.start = this.end = 0;
		this.searched = Math.max(0, this.searched - cut);
		if (this.raw) this.raw.search.from = Math.max(0, this.raw.search.from - cut);
	}
}

function isNameStart(code: number, xml: boolean): boolean {
	return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (xml && (code >= 128 || code === 95 || code === 58));
}
