// page (host): every proxied document, before its own scripts.
// Attributes and CSS as they go on the wire: real URLs, nothing that runs.
import { mapCssUrls, mapSheetPi, mapSrcset } from '../../protocol/css-urls.ts';
import { attrKind, keysIn, loadsLink, unsafeUrl } from '../../protocol/mirror-attrs.ts';
import { unrewriteSelectors } from '../../rewrite/css/selectors.ts';
import type { Context } from '../context.ts';
import { baseURI, getAttribute } from './dom.ts';
import { secrets } from './privacy/taint.ts';

/** No blob: URL has fewer signs. */
const SHORTEST = 12;
/** What a link has in the place of a URL that must not stand in a mirror: it stays a link (`:any-link`), and looks like one. */
const NOWHERE = 'about:invalid';
const LINKS = /^(?:a|area)$/;

export class WireUrls {
	readonly #ctx: Context;
	/** `domain:port` of the zone: text without it holds no URL of ours. */
	readonly #mark: string;
	/** Our base when the frame began, and the real one, which the key says. */
	readonly #first: string;
	/** That without query and fragment, by which nothing is found and which may say what others must not know. */
	get base(): string {
		return secrets.redactUrl(this.#real.replace(/[?#].*$/s, ''));
	}
	readonly #real: string;
	/** Told of what only this browser can load, and guests see: blob: URLs, and files of which SVG uses a part. */
	onAsset: (url: string) => void = () => {};

	constructor(ctx: Context) {
		this.#ctx = ctx;
		this.#mark = new ctx.natives.URL(ctx.boot.zone).host;
		this.#first = baseURI(ctx.doc);
		this.#real = ctx.toReal(this.#first);
	}

	/** A URL as it stands in the document → as it goes on the wire. Relative ones stay relative while the document's base is the key's. */
	url(value: string): string {
		// what names nothing is not asked for, wherever the document has come to (HTML: a `link`'s `href`, an `img`'s `src`)
		if (value === '' || value.startsWith('#') || value.startsWith('data:')) return value;
		if (value.includes(this.#mark)) {
			// To the letter, where it can be: style sheets may ask about it.
			const real = this.#ctx.toReal(value);
			return real === value ? this.#ctx.toReal(this.#absolute(value)) : real;
		}
		if (/^[a-z][\w+.-]*:/i.test(value)) return value.startsWith('blob:') ? this.#ctx.toReal(value) : value;
		const base = baseURI(this.#ctx.doc);
		return base === this.#first ? value : this.#ctx.toReal(this.#absolute(value, base));
	}

	/** Looks for what has to be sent along in a text that goes on the wire. */
	tellBlobs(text: string): void {
		if (text.length < SHORTEST || !text.includes('blob:')) return;
		for (const [url] of text.matchAll(/blob:[^"'()\\\s,]+/g)) this.onAsset(url);
	}

	/** The file that an SVG `use` takes its content from: browsers take it from the own origin alone (SVG 2 section 5.5), so a guest can't. */
	tellUse(value: string): void {
		const hash = value.indexOf('#');
		if (hash > 0 && !/^(?:data|blob):/i.test(value)) this.onAsset(this.#absolute(value.slice(0, hash), this.#real));
	}

	/** A piece of CSS → as it goes on the wire. */
	css(text: string): string {
		if (!text.includes(this.#mark) && baseURI(this.#ctx.doc) === this.#first) return text;
		return unrewriteSelectors(mapCssUrls(text, (url) => this.url(url)));
	}

	/** What stands in an `xml-stylesheet` instruction, as it goes on the wire. */
	sheetPi(text: string): string {
		return mapSheetPi(text, (url) => this.url(url));
	}

	/** An attribute's value as it goes on the wire; undefined: it is left out. */
	attribute(el: Element, tag: string, name: string, value: string): string | undefined {
		switch (attrKind(tag, name)) {
			case 'plain':
			case 'media':
				return value;
			case 'drop':
				return undefined;
			case 'keys':
				return keysIn(value);
			case 'css':
				return this.css(value);
			case 'srcset':
				return mapSrcset(value, (url) => this.url(url));
			case 'said':
				return /^\s*(?!https?:|about:)[a-z][\w+.-]*:/i.test(value) ? undefined : this.url(value).replace(/[?#].*$/s, '');
			case 'url':
				if (unsafeUrl(value)) return LINKS.test(tag) ? NOWHERE : undefined;
				if (tag === 'link' && !loadsLink(getAttribute(el, 'rel') ?? '')) return undefined;
				return this.url(value);
		}
	}

	#absolute(value: string, base = baseURI(this.#ctx.doc)): string {
		try {
			return new this.#ctx.natives.URL(value, base).href;
		} catch {
			return value;
		}
	}
}
