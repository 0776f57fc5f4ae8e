// server and page: no Node, no DOM.
// HTML as it streams: chunks in, rewritten chunks out. What needs no change leaves byte for byte, and as soon as it is known.
import { BOOT_ATTRIBUTE, ROOT_MARK } from '../../protocol/page.ts';
import type { Scope } from '../../protocol/url.ts';
import { applyEdits, type Edit } from '../edits.ts';
import type { Digest, Inline } from '../headers/inline.ts';
import { type AttributeContext, attributeEdit, mapAttribute } from './attribute.ts';
import { decodeAttribute, encodeAttribute } from './entities.ts';
import { Foreign } from './foreign.ts';
import { Injector } from './inject.ts';
import { InlineCode } from './inline-code.ts';
import { forward, type HtmlMapper } from './mapper.ts';
import { countOpens, leadsTop } from './opens.ts';
import { RAW_ELEMENTS } from './raw.ts';
import { ruleFor, type ScriptKind, scriptKind } from './rules.ts';
import { Scanner } from './scanner.ts';
import { isStillFrame, type Stills, stillEdits, Unscripted } from './still.ts';
import type { Attribute, Tag } from './tag.ts';
import { mapMarkedText } from './text.ts';

export interface HtmlOptions {
	readonly scope: Scope;
	/** The document's real URL. */
	readonly documentUrl: string;
	/** Markup to put first in head. In a fragment it goes into srcdoc documents only. */
	readonly inject?: string | undefined;
	/** The tag name of the element whose innerHTML this is, or `svg` or `math` for any element of those; else it is a document. */
	readonly fragment?: string | undefined;
	/** XML: case counts, `/>` closes, no raw text. `xslt`: a style sheet, whose result is the document. */
	readonly xml?: boolean | 'xslt' | undefined;
	/** The parser makes shadow roots of templates in it, and the runtime is to learn of the closed ones; so it is in documents that get it. */
	readonly roots?: boolean | undefined;
	/** Markup to put before an inline script that speaks of opening a window, or (`leads`) of leading the top. In a fragment it goes into srcdoc documents only. */
	readonly waits?: ((leads: boolean) => string) | undefined;
	/** The browser holds frames to a policy: those sandboxed without scripts get our runtime (protocol/still.ts). */
	readonly stills?: Stills | undefined;
	/** The document itself is a still one. */
	readonly still?: boolean | undefined;
	/** The nonce of our script, which a policy in a meta element has to allow. */
	readonly nonce?: string | undefined;
	/** The values of the document's CSP headers, as the author wrote them or mapped; and how to hash, where hashes in them are to hold. */
	readonly policies?: readonly string[] | undefined;
	readonly digest?: Digest | undefined;
}

type Shape = Pick<HtmlOptions, 'inject' | 'fragment' | 'xml' | 'waits' | 'roots' | 'stills' | 'still'>;

/** Rewrites one document or fragment. Any cut of the source into chunks gives the same text. */
export class HtmlRewriter {
	private readonly map: HtmlMapper;
	private readonly shape: Shape;
	/** The origin that the document is served from; '' on the way back. */
	private readonly base: string;
	private readonly scanner: Scanner;
	private readonly foreign: Foreign;
	private readonly injector: Injector;
	/** What the text inside the current raw or marked-up element is; undefined: nothing of ours. */
	private content: 'css' | ScriptKind | undefined;
	/** The name of the foreign or XML script or style element whose text is collected, and its text so far. */
	private marked: string | undefined;
	private markedText = '';
	/** Lists of the policies that inline code must satisfy; undefined where nobody hashes. */
	private readonly inline: InlineCode | undefined;
	/** The start tag of a script or style that waits for its text, which decides whether it gets our nonce. */
	private waiting:
		| { readonly tag: string; readonly nonce: string | undefined; readonly kind: Inline; readonly hashed: boolean }
		| undefined;
	private readonly roots: boolean;
	/** In a still document what stands in `noscript` is shown. */
	private readonly unscripted: Unscripted | undefined;
	/** A closed shadow root has begun and has no mark yet. */
	private unmarked = false;
	/** Inside our own script element, which the author's markup does not show. */
	private hidden = false;

	constructor(options: HtmlOptions);
	constructor(shape: Shape, map: HtmlMapper);
	constructor(options: HtmlOptions | Shape, map?: HtmlMapper) {
		this.map = map ?? forward((options as HtmlOptions).scope, (options as HtmlOptions).documentUrl, (options as HtmlOptions).nonce);
		this.shape = options;
		this.base = map ? '' : this.map.url(/^https?:\/\/[^/?#]+/.exec((options as HtmlOptions).documentUrl)?.[0] ?? '');
		const { fragment, xml = false, inject, roots = fragment === undefined && !xml && inject !== undefined } = options;
		this.roots = roots;
		this.unscripted = options.still && !xml ? new Unscripted() : undefined;
		const { digest, nonce, policies = [] } = options as HtmlOptions;
		if (digest && nonce) this.inline = new InlineCode(policies, digest, nonce);
		this.scanner = new Scanner(xml !== false);
		this.foreign = new Foreign(fragment);
		this.injector = new Injector(fragment === undefined ? inject : undefined, xml);
		if (fragment !== undefined && !xml && RAW_ELEMENTS.has(fragment)) this.enter(fragment, () => undefined, true);
	}

	/** Takes the next chunk; answers what can leave by now. */
	write(chunk: string): string {
		this.scanner.feed(chunk);
		return this.drain();
	}

	/** Whether something was taken that can't leave yet. */
	get holds(): boolean {
		return this.scanner.holds || this.waiting !== undefined || this.marked !== undefined;
	}

	/** No more chunks: answers the rest. */
	end(): string {
		this.scanner.finish();
		const out = this.drain() + this.release('', '') + this.markedText + this.injector.atEnd();
		this.markedText = '';
		return out;
	}

	private drain(): string {
		const { scanner, injector } = this;
		let out = '';
		for (;;) {
			const type = scanner.next(this.foreign.inside);
			if (type === undefined) return out;
			const raw = scanner.buffer.slice(scanner.start, scanner.end);
			if (this.hidden) {
				this.hidden = type !== 'end';
				continue;
			}
			if (this.marked !== undefined && type !== 'start' && type !== 'end') {
				this.markedText += raw;
				continue;
			}
			if (type !== 'raw') out += this.release('', '');
			out += this.flushMarked(type === 'end' && scanner.tag.name === this.marked);
			if (type === 'start' || type === 'end') out += this.rootMark(scanner.tag.name);
			if (type === 'start') out += injector.around(scanner.tag.name, () => this.startTag(scanner.tag, scanner.start, raw));
			else if (type === 'end') out += injector.beforeEnd(scanner.tag.name) + (this.unscripted?.end(scanner.tag.name, raw) ?? raw);
			else if (type === 'raw') out += this.release(raw, this.rawText(raw, scanner.complete));
			else if (type === 'pi') out += this.instruction(raw);
			else out += type === 'text' ? injector.text(raw) : raw;
			if (type === 'end') this.foreign.end(scanner.tag.name);
		}
	}

	/** The mark of a closed shadow root, before its first tag. One that begins with a part of a table has none: the parser would drop that part. */
	private rootMark(tag: string): string {
		if (!this.unmarked) return '';
		this.unmarked = false;
		return TABLE_PART.test(tag) ? '' : MARK;
	}

	/** `<?xml-stylesheet href="…"?>` (xml-stylesheet section 3). */
	private instruction(raw: string): string {
		if (!/^<\?xml-stylesheet\s/.test(raw)) return raw;
		if (/\stype\s*=\s*["'](?:text\/(?:xsl|xml)|application\/(?:xml|xslt\+xml))["']/.test(raw)) this.injector.leave();
		return raw.replace(/(\shref\s*=\s*)(["'])(.*?)\2/, (as: string, name: string, quote: string, url: string) => {
			const given = decodeAttribute(url);
			const mapped = this.map.url(given);
			return mapped === given ? as : name + quote + encodeAttribute(mapped, quote) + quote;
		});
	}

	private startTag(tag: Tag, offset: number, raw: string): string {
		const value = (attribute: Attribute) =>
			attribute.valueStart < 0 ? '' : decodeAttribute(raw.slice(attribute.valueStart - offset, attribute.valueEnd - offset));
		const get = (name: string) => {
			const attribute = tag.attributes.find((a) => a.name === name);
			return attribute && value(attribute);
		};
		if (this.map.back && get(BOOT_ATTRIBUTE) !== undefined) {
			this.hidden = true;
			return '';
		}
		const text = tag.attributes.length ? this.attributes(tag, offset, raw, get, value) : raw;
		const { xml = false } = this.shape;
		const foreign = this.foreign.start(tag.name, tag.selfClosing, get) || xml !== false;
		if (!foreign && this.roots && tag.name === 'template') this.unmarked = /^closed$/i.test(get('shadowrootmode') ?? '');
		const shown = foreign ? undefined : this.unscripted?.start(tag.name, text);
		if (shown !== undefined) return shown;
		if (!foreign) this.enter(tag.name, get, false);
		if (!foreign && this.content !== undefined && this.content !== 'data') {
			const kind = this.content === 'css' ? 'style' : 'script';
			const hashed = this.inline?.waits(kind) ?? false;
			if (hashed || (this.content === 'classic' && this.shape.waits && this.shape.fragment === undefined)) {
				this.waiting = { tag: text, nonce: get('nonce'), kind, hashed };
				return '';
			}
		}
		if (!foreign) return text;
		if (MARKED.test(tag.name) && !tag.selfClosing) {
			this.marked = tag.name;
			this.content = contentOf(localName(tag.name), get);
		}
		return text;
	}

	private attributes(tag: Tag, offset: number, raw: string, get: AttributeContext['get'], value: (a: Attribute) => string): string {
		const edits: Edit[] = [];
		const element = this.elementOf(tag.name);
		const still = element === 'iframe' && isStillFrame(get, this.shape, this.map.back);
		const context: AttributeContext = { map: this.map, element, get, html: (source, type) => this.document(source, type, still) };
		const stills =
			this.shape.still || still || (this.map.back && element === 'iframe')
				? stillEdits(tag, raw, offset, element, get, this.shape, still)
				: [];
		for (const attribute of tag.attributes) {
			// markup read back may be that of a part of a drawing
			const kind = ruleFor(element, attribute.name) ?? (this.map.back ? ruleFor(tag.name, attribute.name) : undefined);
			if (kind === undefined || attribute.valueStart < 0 || stills.some(({ end }) => end === attribute.end - offset)) continue;
			if (kind === 'meta' && /^\s*content-security-policy\s*$/i.test(get('http-equiv') ?? '')) this.inline?.add(value(attribute));
			const edit = attributeEdit(attribute, raw, offset, value(attribute), (text) => mapAttribute(kind, text, context));
			if (edit) edits.push(edit);
		}
		return applyEdits(raw, stills.length ? [...stills, ...edits].sort((a, b) => a.start - b.start) : edits);
	}

	/** The name of the element that a start tag makes; outside drawings that of `<image>` is `img` (HTML section 13.2.6.4.7). */
	private elementOf(tag: string): string {
		if (this.shape.xml) return localName(tag).toLowerCase();
		return tag === 'image' && !this.foreign.inside ? 'img' : tag;
	}

	/** Goes into a raw text element. Scripts of ours and styles are read as a whole, all else goes through. */
	private enter(name: string, get: AttributeContext['get'], fragment: boolean): void {
		this.content = contentOf(name, get);
		this.scanner.enterRaw(name, this.content !== undefined && this.content !== 'data', fragment);
	}

	/** The start tag that waited for its text, and the text. */
	private release(original: string, edited: string): string {
		const { waiting } = this;
		if (!waiting) return edited;
		this.waiting = undefined;
		const { tag, kind, nonce, hashed } = waiting;
		const opens = kind === 'script' && countOpens(original) > 0;
		const before = (opens || (kind === 'script' && leadsTop(original))) && this.shape.waits ? this.shape.waits(!opens) : '';
		return before + ((hashed && this.inline?.tagFor(kind, tag, nonce, original, edited)) || tag) + edited;
	}

	private rawText(raw: string, complete: boolean): string {
		// A script without its end tag never runs; a style without one counts.
		return complete || this.content === 'css' ? this.mapContent(raw) : raw;
	}

	/** The collected text; `closed` by its own end tag, not cut short by another tag. */
	private flushMarked(closed: boolean): string {
		if (this.marked === undefined) return '';
		const text = closed ? mapMarkedText(this.markedText, (source) => this.mapContent(source)) : this.markedText;
		this.marked = undefined;
		this.markedText = '';
		return text;
	}

	private mapContent(source: string): string {
		const { map, content } = this;
		switch (content) {
			case 'css':
				return map.css(source);
			case 'classic':
			case 'module':
				return map.js(source, content === 'module');
			case 'importmap':
				return map.importMap(source);
			case 'speculationrules':
				return map.speculationRules(source);
			default:
				return source;
		}
	}

	/** A document in an attribute; behind a `data:` URL of the given type it has no base, so that our script needs its whole URL. */
	private document(source: string, type: string | undefined, still: boolean): string {
		const stills = still && this.shape.stills ? { ...this.shape.stills, held: true } : this.shape.stills;
		const markup = still ? stills?.inject() : this.shape.inject;
		const inject = type === undefined ? markup : markup?.replace(' src="/', ` src="${this.base}/`);
		const waits = type === undefined && !still ? this.shape.waits : undefined;
		const inner = new HtmlRewriter({ inject, waits, xml: type !== undefined && /xml/i.test(type), stills, still }, this.map);
		return inner.write(source) + inner.end();
	}
}

/** What changes the parser's mode in a template (HTML section 13.2.6.4.22). */
const TABLE_PART = /^(?:caption|colgroup|col|tbody|tfoot|thead|tr|td|th)$/;
const MARK = `<${ROOT_MARK}></${ROOT_MARK}>`;

/** Code elements; in XML they may have a prefix. */
const MARKED = /^(?:[^:]*:)?(?:script|style)$/;

function localName(name: string): string {
	return name.slice(name.indexOf(':') + 1);
}

function contentOf(name: string, get: AttributeContext['get']): 'css' | ScriptKind | undefined {
	if (name === 'style') return 'css';
	if (name !== 'script') return undefined;
	return get('src') === undefined ? scriptKind(get('type'), get('language')) : 'data';
}
