// server and page: no Node, no DOM.
// Where raw text ends. Elements whose content is no markup, and the script data states with their `<!--` and `<script` inside.
import { isSpace } from './tag.ts';

/** Elements whose content the tokenizer reads as text (HTML section 13.2.6; scripting is on, so `noscript` is one). */
export const RAW_ELEMENTS: ReadonlySet<string> = new Set([
	'script', 'style', 'title', 'textarea', 'xmp', 'iframe', 'noembed', 'noframes', 'noscript', 'plaintext',
]); // biome-ignore format: a list

/** A search that can go on with more text: `from` is where, `found` the `<` of the end tag or -1. */
export interface RawSearch {
	from: number;
	/** Script data: 0 plain, 1 escaped (behind `<!--`), 2 double escaped (behind `<script` in that). Section 13.2.5.17 to 31. */
	escaped: 0 | 1 | 2;
}

/**
 * The `<` of the end tag `</name` in `text`, at or after `search.from`; -1 where it isn't there yet, and then `search` has moved to
 * the first place that more text could change.
 */
export function rawEnd(text: string, name: string, search: RawSearch): number {
	const script = name === 'script';
	let at = search.from;
	let dash = -2;
	for (;;) {
		if (search.escaped) {
			if (dash !== -1 && dash < at) dash = text.indexOf('-->', at);
			const less = text.indexOf('<', at);
			if (dash >= 0 && (less < 0 || dash < less)) {
				search.escaped = 0;
				at = dash + 3;
				continue;
			}
			if (less < 0) return wait(search, Math.max(at, text.length - 2));
			at = less;
		} else {
			at = text.indexOf('<', at);
			if (at < 0) return wait(search, text.length);
		}
		if (text.charCodeAt(at + 1) === 47) {
			const match = namedAt(text, at + 2, name);
			if (match === undefined) return wait(search, at);
			if (match && search.escaped === 2) search.escaped = 1;
			else if (match) return wait(search, at, at);
			at += 2;
		} else if (script && search.escaped === 0 && text.startsWith('!--', at + 1)) {
			search.escaped = 1;
			at += 2; // `<!-->` closes at once: the dashes count twice
		} else if (script && search.escaped === 1) {
			const match = namedAt(text, at + 1, name);
			if (match === undefined) return wait(search, at);
			if (match) search.escaped = 2;
			at++;
		} else if (text.length - at < 4) return wait(search, at);
		else at++;
	}
}

function wait(search: RawSearch, from: number, found = -1): number {
	search.from = from;
	return found;
}

/** Whether `name` stands at `at`, ended by white space, `/` or `>`; undefined where the text ends too early to tell. */
function namedAt(text: string, at: number, name: string): boolean | undefined {
	for (let i = 0; i < name.length; i++) {
		if (at + i >= text.length) return undefined;
		if ((text.charCodeAt(at + i) | 32) !== name.charCodeAt(i)) return false;
	}
	if (at + name.length >= text.length) return undefined;
	const code = text.charCodeAt(at + name.length);
	return code === 62 || code === 47 || isSpace(code);
}
