// server and page: no Node, no DOM.
// Attribute selectors that ask about URLs, in a mirror: there URLs are a guest's, and all absolute. An attribute whose value was changed has the
// page's own beside it, and that is what a guest's sheets, and only those, ask about.
import { mapSheetAttributes } from './css-attributes.ts';

/** Attributes whose values a mirror changes, and (true) such as it may have as nothing but that (mirror-attrs.ts). */
const NAMES: Readonly<Record<string, boolean>> = {
	href: false,
	src: true,
	srcset: false,
	poster: false,
	background: false,
	style: false,
	action: true,
	data: true,
};
const QUICK = new RegExp(
	`\\[(?:\\s*(?:[\\w*-]*\\|)?(?:${Object.keys(NAMES).join('|')})\\s*(?:[~|^$*]?=|\\])|[^\\[\\]="']{0,60}(?:\\\\|/\\*))`,
	'i',
);

/** The attribute that holds the page's own value of another; undefined where none does. */
export function givenAttribute(name: string): string | undefined {
	return Object.hasOwn(NAMES, name) ? `data-tandem-given-${name}` : undefined;
}

/** A style sheet, or rules of one, for a guest. What it doesn't understand stays as it is. */
export function mapCssGiven(css: string): string {
	if (!QUICK.test(css)) return css;
	return mapSheetAttributes(css, ({ text, source, name, operator }) => {
		const given = source.includes('|') ? undefined : givenAttribute(name);
		if (!given) return undefined;
		if (!operator) return NAMES[name] ? `:is(${text},[${given}])` : undefined;
		// The value stays as it is written.
		return `:is([${given}${text.slice(text.indexOf(source) + source.length)},${text}:where(:not([${given}])))`;
	});
}
