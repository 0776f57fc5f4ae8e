// page.
// What a window is opened with (HTML section 7.2.2.1): the features string of window.open, the rel of a link or form.
import { natives } from '../../natives.ts';

export interface Ties {
	/** The new window has no opener. */
	readonly noopener: boolean;
	/** The site is not told where it was asked from; this means noopener too. */
	readonly noreferrer: boolean;
}

/** Where a window is to stand and how large it is to be, in CSS pixels. */
export interface Bounds {
	readonly left?: number | undefined;
	readonly top?: number | undefined;
	readonly width?: number | undefined;
	readonly height?: number | undefined;
}

/** Browsers make no window smaller. */
const LEAST = 100;

/** Reads the third argument of window.open (the standard's "tokenize the features argument"). */
function tokens(features: string): Map<string, string> {
	const found = new natives.Map<string, string>();
	for (const [, name = '', value = ''] of features.toLowerCase().matchAll(/([^\s=,]+)\s*(?:=[\s=]*([^\s=,]*))?/g)) found.set(name, value);
	return found;
}

/** What the features say of the window's place (CSSOM View section 4.2 names them; read as integers). */
export function boundsOf(features: string): Bounds {
	const found = tokens(features);
	const read = (name: string, legacy: string): number | undefined => {
		const value = found.get(name) ?? found.get(legacy);
		return value === undefined ? undefined : Number.parseInt(value, 10) || 0;
	};
	const size = (value: number | undefined) => (value ? Math.max(value, LEAST) : undefined);
	return {
		left: read('left', 'screenx'),
		top: read('top', 'screeny'),
		width: size(read('width', 'innerwidth')),
		height: size(read('height', 'innerheight')),
	};
}

/** What the features say of its ties. */
export function tiesOf(features: string): Ties {
	const found = tokens(features);
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
