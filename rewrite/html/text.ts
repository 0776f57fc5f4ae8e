// server and page: no Node, no DOM.
// The text of a script or style in XML or foreign content, where references and CDATA sections count.
import { decodeAttribute, encodeText } from './entities.ts';

const PIECE = /<!\[CDATA\[(.*?)\]\]>|<!--.*?-->|[^<]+|</gs;

/** Rewrites the one piece of text that isn't blank by `map`; where there are several, code is split across them and stays as it is. */
export function mapMarkedText(text: string, map: (source: string) => string): string {
	const pieces = text.match(PIECE) ?? [];
	const filled = pieces.filter((piece) => piece.trim() !== '' && !piece.startsWith('<!--'));
	const [only] = filled;
	if (only === undefined || filled.length > 1) return text;
	const at = text.indexOf(only);
	const cdata = only.startsWith('<![CDATA[');
	const source = cdata ? only.slice(9, -3) : decodeAttribute(only);
	const mapped = map(source);
	if (mapped === source) return text;
	return text.slice(0, at) + (cdata ? `<![CDATA[${mapped}]]>` : encodeText(mapped)) + text.slice(at + only.length);
}
