// server and page: no Node, no DOM.
// Names with escapes or characters past ASCII: the slow path of the lexer.
import { isWordCode, wideSpace } from './literals.ts';
import { isWord, type Word } from './words.ts';

const ESCAPE = /\\u(?:([0-9a-f]{4})|\{([0-9a-f]+)\})/iy;

/** The name at `start`: where it ends, and which word it spells, if one. `l\u006fcation` is a `location`. */
export function readName(source: string, start: number): { end: number; word: Word | undefined } {
	let at = start;
	let text = '';
	for (;;) {
		const code = source.charCodeAt(at);
		if (isWordCode(code) || (code >= 128 && wideSpace(source, at) === 0)) {
			text += source[at++];
		} else if (code === 92) {
			ESCAPE.lastIndex = at;
			const match = ESCAPE.exec(source);
			if (!match) break;
			const point = Number.parseInt(match[1] ?? match[2] ?? '', 16);
			if (point > 0x10ffff) break;
			text += String.fromCodePoint(point);
			at = ESCAPE.lastIndex;
		} else break;
	}
	return { end: at, word: isWord(text) ? text : undefined };
}
