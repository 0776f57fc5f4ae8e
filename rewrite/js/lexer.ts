// server and page: no Node, no DOM.
// A token lexer for ECMAScript. One pass, no recursion; what it can't tell (is this `/` a division?) it says, and acorn decides.
import { blockKind, closingKind, isDeclared, isKey } from './braces.ts';
import { isWordCode, lineEnd, numberEnd, regexEnd, stringEnd, templateEnd, wideSpace } from './literals.ts';
import { readName } from './name.ts';
import { takeTables } from './tables.ts';
import { B, ENDS_OPERAND, HASH, KIND, LINE, ROOT, T, type Tokens, wordKind } from './token.ts';

/** Characters of a name, below 128. */
const NAME = new Uint8Array(128);
for (let code = 0; code < 128; code++) NAME[code] = isWordCode(code) ? 1 : 0;

/** Punctuators of one character and one meaning. */
const SINGLE = new Uint8Array(128);
for (const [char, kind] of [[',', T.COMMA], ['~', T.OPERATOR], ['@', T.AT]] as const) SINGLE[char.charCodeAt(0)] = kind; // biome-ignore format: short

/** The tokens of a script; undefined where it is no script, or where a token's meaning is in doubt. Their tables may be given back. */
export function lex(source: string, module: boolean): Tokens | undefined {
	const tables = takeTables(source.length + 2);
	const { kind, start, bracket, open, close, parent, encloses, ternaries, classes } = tables;
	const tokens: Tokens = { ...tables, tables, source, count: 0, brackets: 0, hits: [], escaped: new Map() };
	// Token 0 stands before the script, so that each has one before it.
	open[0] = 0;
	let count = 1;
	let brackets = 1;
	let frame = 0;
	let prev: number = T.NONE;
	let line: number = LINE;
	/** The last token that stands for a window or document. */
	let root = -1;
	let i = source.startsWith('#!') ? lineEnd(source, 0) : 0;
	const end = source.length;

	while (i < end) {
		const code = source.charCodeAt(i);
		const from = i;
		let now: number = T.OPERATOR;
		if (code === 32 || code === 9 || code === 11 || code === 12) {
			i++;
			continue;
		}
		if (code === 10 || code === 13) {
			line = LINE;
			i++;
			continue;
		}
		if (code >= 128) {
			const space = wideSpace(source, i);
			if (space !== 0) {
				if (space < 0) line = LINE;
				i += Math.abs(space);
				continue;
			}
		}
		if (code >= 128 || NAME[code] === 1 || code === 92) {
			if (code >= 48 && code <= 57) {
				i = numberEnd(source, i);
				now = T.NUMBER;
			} else {
				let hash = code;
				let next = code < 128 ? source.charCodeAt(++i) : code;
				while (next < 128 && NAME[next] === 1) {
					hash = (Math.imul(hash, HASH) + next) | 0;
					next = source.charCodeAt(++i);
				}
				if (next >= 128 || next === 92 || code === 92) {
					const name = readName(source, from);
					if (name.end === from) return undefined;
					i = name.end;
					now = name.word ? T.HIT : T.NAME;
					if (name.word) tokens.escaped.set(count, i);
				} else now = wordKind(source, from, i, hash);
				if (now >= ROOT) {
					now &= KIND;
					root = count;
					if (now === T.NAME && (prev === T.ASSIGN || prev === T.SPREAD)) tokens.hits.push(count, frame);
				}
				if (now > T.HIT) {
					if (prev === T.DOT || prev === T.CHAIN || isKey(tokens, count, frame, prev, line, now, i)) now = T.NAME;
					else if (now === T.FUNCTION && isDeclared(tokens, count, frame, prev, line)) now = T.FUNCTION_DECLARATION;
					else if (now === T.CLASS) {
						if (isDeclared(tokens, count, frame, prev, line)) now = T.CLASS_DECLARATION;
						const digit = now === T.CLASS ? 2 : 1;
						if ((classes[frame] ?? 0) > 1 << 24) return undefined;
						classes[frame] = (classes[frame] ?? 0) * 4 + digit;
					} else if (now === T.OF && (ENDS_OPERAND[prev] === 0 || line !== 0)) now = T.NAME;
					else if (now === T.IMPORT || now === T.EXPORT) tokens.hits.push(count, frame);
				} else if (now === T.HIT) tokens.hits.push(count, frame);
			}
		} else if (SINGLE[code] !== 0) {
			i++;
			now = SINGLE[code] ?? T.OPERATOR;
		} else {
			const next = source.charCodeAt(i + 1);
			switch (code) {
				case 34: // "
				case 39: // '
					i = stringEnd(source, i, code);
					if (i < 0) return undefined;
					now = T.STRING;
					if (prev === T.BRACKET_OPEN && (i - from === 10 || i - from === 5 || i - from === 6 || i - from === 13))
						tokens.hits.push(count, frame);
					break;
				case 40: // (
				case 91: // [
				case 123: {
					// {
					i++;
					now = code === 40 ? T.PAREN_OPEN : code === 91 ? T.BRACKET_OPEN : T.BRACE_OPEN;
					let inside: number = code === 40 ? B.PAREN : ENDS_OPERAND[prev] === 1 || prev === T.CHAIN ? B.MEMBER : B.ARRAY;
					if (inside === B.MEMBER && code === 91 && (root === count - 1 || (root === count - 2 && prev === T.CHAIN)))
						tokens.hits.push(count, frame);
					if (code === 123) {
						inside = blockKind(tokens, count, frame, prev, line, (classes[frame] ?? 0) & 3);
						if (inside === B.CLASS || inside === B.CLASS_VALUE) classes[frame] = (classes[frame] ?? 0) >> 2;
					}
					bracket[count] = brackets;
					open[brackets] = count;
					parent[brackets] = frame;
					encloses[brackets] = inside;
					frame = brackets++;
					break;
				}
				case 41: // )
				case 93: // ]
				case 125: {
					// }
					i++;
					now = closingKind(tokens, frame, code);
					if (now === T.NONE) return undefined;
					bracket[count] = frame;
					close[frame] = count;
					frame = parent[frame] ?? 0;
					break;
				}
				case 96: // a template begins like a bracket
					i++;
					now = T.TEMPLATE_OPEN;
					bracket[count] = brackets;
					open[brackets] = count;
					parent[brackets] = frame;
					encloses[brackets] = B.TEMPLATE;
					frame = brackets++;
					break;
				case 46: // .
					if (next >= 48 && next <= 57) {
						i = numberEnd(source, i);
						now = T.NUMBER;
					} else if (next === 46) {
						i += 3;
						now = T.SPREAD;
					} else {
						i++;
						now = T.DOT;
					}
					break;
				case 59: // ;
					i++;
					now = T.SEMICOLON;
					ternaries[frame] = 0;
					break;
				case 58: // :
					i++;
					now = T.COLON;
					if ((ternaries[frame] ?? 0) > 0) {
						now = T.ELSE_COLON;
						ternaries[frame] = (ternaries[frame] ?? 0) - 1;
					}
					break;
				case 63: // ? ?. ?? ??=
					i++;
					if (next === 46 && !(source.charCodeAt(i + 1) >= 48 && source.charCodeAt(i + 1) <= 57)) {
						i++;
						now = T.CHAIN;
					} else if (next === 63) {
						i++;
						if (source.charCodeAt(i) === 61) {
							i++;
							now = T.ASSIGN_OP;
						}
					} else {
						now = T.QUESTION;
						ternaries[frame] = (ternaries[frame] ?? 0) + 1;
					}
					break;
				case 61: // = == === =>
					i++;
					if (next === 62) {
						i++;
						now = T.ARROW;
					} else if (next === 61) i += source.charCodeAt(i + 1) === 61 ? 2 : 1;
					else now = T.ASSIGN;
					break;
				case 33: // ! != !==
					i += next !== 61 ? 1 : source.charCodeAt(i + 2) === 61 ? 3 : 2;
					break;
				case 47: // a comment, a regular expression, or a division
					if (next === 47) {
						i = lineEnd(source, i + 2);
						continue;
					}
					if (next === 42) {
						const stop = source.indexOf('*/', i + 2);
						if (stop < 0) return undefined;
						if (lineEnd(source, i + 2) < stop) line = LINE;
						i = stop + 2;
						continue;
					}
					if (prev === T.AWAIT || prev === T.OF) return undefined;
					if (ENDS_OPERAND[prev] === 0) {
						i = regexEnd(source, i);
						if (i < 0) return undefined;
						now = T.REGEX;
						break;
					}
					i++;
					if (next === 61) {
						i++;
						now = T.ASSIGN_OP;
					}
					break;
				case 60: // < << <= <<= and, in scripts, <!--
				case 62: // > >> >>> >= >>= >>>=
					if (!module && next === 33 && source.startsWith('<!--', i)) {
						i = lineEnd(source, i + 4);
						continue;
					}
					while (source.charCodeAt(i) === code) i++;
					if (source.charCodeAt(i) === 61) {
						if (i - from > 1) now = T.ASSIGN_OP;
						i++;
					}
					break;
				case 35: {
					// #name
					i = readName(source, i + 1).end;
					if (i === from + 1) return undefined;
					now = T.PRIVATE;
					break;
				}
				case 43: // + ++ +=
				case 45: // - -- -= and, in scripts, --> at a line's beginning
				case 42: // * ** *= **=
				case 37: // %
				case 38: // & && &= &&=
				case 94: // ^
				case 124: // |
					if (!module && line !== 0 && code === 45 && next === 45 && source.charCodeAt(i + 2) === 62) {
						i = lineEnd(source, i + 3);
						continue;
					}
					i++;
					if ((code === 43 || code === 45) && next === code) {
						i++;
						now = ENDS_OPERAND[prev] === 1 && line === 0 ? T.POSTFIX : T.PREFIX;
						break;
					}
					if (next === code) i++;
					else if (code === 42) now = T.STAR;
					if (source.charCodeAt(i) === 61) {
						i++;
						now = T.ASSIGN_OP;
					}
					break;
				default:
					return undefined;
			}
		}
		kind[count] = now | line;
		start[count++] = from;
		prev = now;
		line = 0;
		// Behind a backtick, or a `}` that closes a slot, stand the characters of a template.
		while (prev === T.TEMPLATE_OPEN || prev === T.SLOT_CLOSE) {
			const stop = templateEnd(source, i);
			if (stop < 0) return undefined;
			const slot = source.charCodeAt(stop - 1) === 123;
			prev = slot ? T.SLOT_OPEN : T.TEMPLATE_CLOSE;
			kind[count] = prev;
			start[count] = stop - (slot ? 2 : 1);
			if (slot) {
				bracket[count] = brackets;
				open[brackets] = count;
				parent[brackets] = frame;
				encloses[brackets] = B.SLOT;
				frame = brackets++;
			} else {
				bracket[count] = frame;
				close[frame] = count;
				frame = parent[frame] ?? 0;
			}
			count++;
			i = stop;
		}
	}
	if (frame !== 0) return undefined;
	tokens.count = count;
	tokens.brackets = brackets;
	close[0] = count;
	start[count] = end;
	return tokens;
}
