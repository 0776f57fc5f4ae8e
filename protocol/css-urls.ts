// server and page: no Node, no DOM.
// Every URL in a piece of CSS or in a srcset, mapped by a function; all other characters stay. A scanner of its own, because the mirror
// document may not carry a tokenizer and has to map what the page put into style elements and attributes while it draws.
// CSS Syntax Level 3 sections 4.3.5 (strings) and 4.3.6 (url tokens); HTML section 4.8.4.2.1 (srcset).

/** What can begin something that matters: a comment, a string, url( or src( or image-set(, @import. */
const START = /\/\*|["']|(?<![\w-])(?:url|src|(?:-webkit-)?image-set)\(|@import(?![\w-])|[;{}()]/gi;
const STRING = { '"': /"((?:[^"\\\n]|\\[\s\S])*)("|$|\n)/y, "'": /'((?:[^'\\\n]|\\[\s\S])*)('|$|\n)/y } as const;
const BARE_URL = /\s*((?:[^\s"'()\\]|\\[\s\S])*)\s*\)/y;

/** `css` with each URL replaced by what `map` makes of it. Text without `url(`, `@import` or an image set comes back as it is. */
export function mapCssUrls(css: string, map: (url: string) => string): string {
	if (!/url\(|src\(|@import|image-set\(/i.test(css)) return css;
	let out = '';
	let copied = 0;
	/** Depth of brackets inside image-set(), 0 outside; strings in it are URLs. */
	let imageSet = 0;
	/** Whether the next string is a URL: after @import, url( or src(. */
	let wanted = false;
	START.lastIndex = 0;
	const replace = (start: number, end: number, raw: string) => {
		const url = unescapeCss(raw);
		const mapped = map(url);
		if (mapped === url) return;
		out += `${css.slice(copied, start)}"${escapeCss(mapped)}"`;
		copied = end;
	};
	for (let match = START.exec(css); match; match = START.exec(css)) {
		const found = match[0].toLowerCase();
		if (found === '/*') {
			const end = css.indexOf('*/', match.index + 2);
			if (end < 0) break;
			START.lastIndex = end + 2;
		} else if (found === '"' || found === "'") {
			const string = STRING[found];
			string.lastIndex = match.index;
			const text = string.exec(css);
			if (!text) break;
			START.lastIndex = string.lastIndex;
			if (wanted || imageSet === 1) replace(match.index, string.lastIndex, text[1] ?? '');
			wanted = false;
		} else if (found === '(') {
			if (imageSet) imageSet++;
		} else if (found === ')') {
			if (imageSet) imageSet--;
		} else if (found === '@import') wanted = true;
		else if (found.endsWith('image-set(')) imageSet = 1;
		else if (found === 'url(' || found === 'src(') {
			const inner = START.lastIndex;
			const quoted = /\s*["']/y;
			quoted.lastIndex = inner;
			if (quoted.test(css)) {
				wanted = true;
				if (imageSet) imageSet++;
				continue;
			}
			BARE_URL.lastIndex = inner;
			const bare = BARE_URL.exec(css);
			wanted = false;
			if (!bare || found === 'src(') continue;
			START.lastIndex = BARE_URL.lastIndex;
			const start = inner + (bare[0].length - bare[0].trimStart().length);
			replace(start, start + (bare[1] ?? '').length, bare[1] ?? '');
		} else {
			wanted = false;
			imageSet = 0;
		}
	}
	return copied ? out + css.slice(copied) : css;
}

/** A srcset (or imagesrcset) with each candidate's URL mapped. */
export function mapSrcset(srcset: string, map: (url: string) => string): string {
	return srcset.replace(
		/([\s,]*)(\S*[^\s,])([^,(]*(?:\([^)]*\)[^,(]*)*)/g,
		(_, gap: string, url: string, rest: string) => gap + map(url) + rest,
	);
}

function unescapeCss(text: string): string {
	if (!text.includes('\\')) return text;
	return text.replace(/\\(?:([\da-f]{1,6})\s?|\n|([\s\S]))/gi, (_, hex?: string, char?: string) =>
		hex ? String.fromCodePoint(Math.min(Number.parseInt(hex, 16), 0x10ffff)) : (char ?? ''),
	);
}

function escapeCss(text: string): string {
	return text.replace(/["\\\n]/g, (char) => (char === '\n' ? '\\a ' : `\\${char}`));
}

/** The `href` of an `xml-stylesheet` instruction (xml-stylesheet section 3), whose values are written as attributes are. */
export function mapSheetPi(text: string, map: (url: string) => string): string {
	return text.replace(/((?:^|\s)href\s*=\s*)(["'])(.*?)\2/s, (_, name: string, quote: string, value: string) => {
		const url = value.replace(/&(amp|lt|gt|quot|apos);/g, (whole, entity: keyof typeof ENTITIES) => ENTITIES[entity] ?? whole);
		return `${name}${quote}${map(url).replace(/[&<"']/g, (sign) => ESCAPES[sign] as string)}${quote}`;
	});
}

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" } as const;
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '"': '&quot;', "'": '&apos;' };
