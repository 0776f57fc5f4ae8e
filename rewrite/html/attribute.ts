// server and page: no Node, no DOM.
// One attribute's value, by the kind that rules.ts gives it.
import { givenTokens } from '../../protocol/still.ts';
import { DOCUMENT, isData, mapData, SCRIPT, SHEET } from '../data.ts';
import type { Edit } from '../edits.ts';
import { hideHashes, isEmbedded } from '../integrity.ts';
import { encodeAttribute } from './entities.ts';
import type { HtmlMapper } from './mapper.ts';
import { mapRefreshValue } from './refresh.ts';
import { type AttributeKind, scriptKind } from './rules.ts';
import { mapAllow, mapSrcset, mapUrlList } from './srcset.ts';
import type { Attribute } from './tag.ts';

/** What the other attributes of the element and the rewriter have to say. */
export interface AttributeContext {
	readonly map: HtmlMapper;
	/** The element's local name. */
	readonly element: string;
	/** The value of another attribute of the element (decoded), the first of that name. */
	get(name: string): string | undefined;
	/** Rewrites a document (srcdoc); `type`, where it stands in a `data:` URL. */
	html(source: string, type?: string): string;
}

type ValueMapper = (value: string, context: AttributeContext) => string;

/** The new value for each kind; the same string where nothing is to change. */
const KINDS: Readonly<Record<Exclude<AttributeKind, 'cite' | 'csp'>, ValueMapper>> = {
	url: (value, context) => (isData(value) ? mapEmbedded(value, context) : mapUrlOrScript(value, context.map)),
	urls: (value, { map }) => mapUrlList(value, map.url),
	allow: (value, { map }) => mapAllow(value, map.url),
	srcset: (value, { map }) => mapSrcset(value, map.url),
	style: (value, { map }) => map.css(value),
	script: (value, { map }) => map.js(value, false),
	html: (value, { html }) => html(value),
	integrity: mapIntegrity,
	sandbox: (value, { map }) => (map.back ? givenTokens(value) : value),
	meta: (value, { map, get }) => {
		const equiv = get('http-equiv')?.trim().toLowerCase();
		if (equiv === 'refresh') return mapRefreshValue(value, map.url);
		return equiv === 'content-security-policy' ? map.csp(value) : value;
	},
};

/** The attribute's new value (decoded in, decoded out). */
export function mapAttribute(kind: AttributeKind, value: string, context: AttributeContext): string {
	return kind === 'cite' || kind === 'csp' ? value : KINDS[kind](value, context);
}

/** A `data:` URL: what it holds is read as what its element takes it for. */
function mapEmbedded(value: string, { map, element, get, html }: AttributeContext): string {
	const url = map.url(value);
	if (element === 'link') return mapData(url, SHEET, map.css);
	if (element === 'script') return mapData(url, SCRIPT, (text) => map.js(text, scriptKind(get('type')) === 'module'));
	return FRAMES.has(element) ? mapData(url, DOCUMENT, html) : url;
}

/** What a `data:` URL holds comes past no server: the browser's own check stands where it isn't edited. */
function mapIntegrity(value: string, context: AttributeContext): string {
	const url = context.get('src') ?? context.get('href') ?? '';
	if (context.map.back || !isEmbedded(url)) return context.map.integrity(value);
	return isData(url) && mapEmbedded(url, context) !== url ? hideHashes(value) : value;
}

const FRAMES = new Set(['iframe', 'frame', 'embed', 'object']);

/** `javascript:` with what the URL parser strips: leading controls and spaces, tabs and newlines anywhere. */
const JAVASCRIPT = /^[\0-\x20]*(?:j[\t\n\r]*a[\t\n\r]*v[\t\n\r]*a[\t\n\r]*s[\t\n\r]*c[\t\n\r]*r[\t\n\r]*i[\t\n\r]*p[\t\n\r]*t[\t\n\r]*):/i;

function mapUrlOrScript(value: string, map: HtmlMapper): string {
	const scheme = JAVASCRIPT.exec(value)?.[0];
	return scheme === undefined ? map.url(value) : scheme + map.scriptUrl(value.slice(scheme.length));
}

/** Characters that may not stand in every attribute value as they are. */
const UNSAFE = /[\s"'&<>=`]/;

/**
 * The edit that makes of an attribute's value, which reads `value`, what `map` makes of it; undefined where it stays. `raw` is its tag's text, which begins at `offset`.
 * Edits as little of the value as can be: where only the head of a URL changes, the tail keeps its bytes and its references.
 */
export function attributeEdit(
	{ valueStart, valueEnd, quote }: Attribute,
	raw: string,
	offset: number,
	value: string,
	map: (text: string) => string,
): Edit | undefined {
	const mapped = map(value);
	if (mapped === value) return undefined;
	const start = valueStart - offset;
	const end = valueEnd - offset;
	const written = raw.slice(start, end);
	const cut = written.indexOf('&');
	const tail = value.slice(cut);
	if (cut > 0 && mapped.endsWith(tail)) {
		const head = mapped.slice(0, mapped.length - tail.length);
		if (!UNSAFE.test(head)) return { start, end: start + cut, text: head };
	}
	return { start, end, text: quote || UNSAFE.test(mapped) ? encodeAttribute(mapped, quote) : mapped };
}
