// page.
// What a window is opened with (HTML section 7.2.2.1): the features string of window.open, the rel of a link or form.
import { natives } from '../natives.ts';

export interface Ties {
	/** The new window has no opener. */
	readonly noopener: boolean;
	/** The site is not told where it was asked from; this means noopener too. */
	readonly noreferrer: boolean;
}

/** Reads the third argument of window.open (the standard's "tokenize the features argument"). */
export function tiesOf(features: string): Ties {
	const found = new natives.Map<string, string>();
	for (const [, name = '', value = ''] of features.toLowerCase().matchAll(/([^\s=,]+)\s*(?:=[\s=]*([^\s=,]*))?/g)) found.set(name, value);
	const on = (name: string): boolean => {
		const value = found.get(name);
		if (value === undefined) return false;
		return value === '' || value === 'yes' || value === 'true' || (Number.parseInt(value, 10) || 0) !== 0;
	};
	const noreferrer = on('noreferrer');
	return { noopener: noreferrer || on('noopener'), noreferrer };
}

/** A link's or form's: `_blank` means noopener unless it says `opener` (HTML section 4.6.4, "get an element's noopener"). */
export function tiesOfElement(element: Element, target: string): Ties {
	const rel = ` ${(natives.getAttribute(element, 'rel') ?? '').toLowerCase().replace(/[\t\n\f\r]/g, ' ')} `;
	const noreferrer = rel.includes(' noreferrer ');
	const blank = target.toLowerCase() === '_blank' && !rel.includes(' opener ');
	return { noopener: noreferrer || blank || rel.includes(' noopener '), noreferrer };
}
