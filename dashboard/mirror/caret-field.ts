// mirror document (guest's browser).
// Where a part of a field's text stands. No browser says; so the text is laid out once more, with the field's own fonts and width, in a box
// that is gone before anything is drawn.

/** What decides how a field's text is laid out. */
const TEXT = [
	'direction',
	'font-family',
	'font-size',
	'font-style',
	'font-weight',
	'font-stretch',
	'font-variant',
	'font-feature-settings',
	'font-variation-settings',
	'font-kerning',
	'font-optical-sizing',
	'font-size-adjust',
	'letter-spacing',
	'line-break',
	'line-height',
	'overflow-wrap',
	'tab-size',
	'text-align',
	'text-indent',
	'text-rendering',
	'text-transform',
	'unicode-bidi',
	'word-break',
	'word-spacing',
	'-webkit-locale',
	'-webkit-text-security',
];
const BOX = 'all:initial!important;position:fixed!important;left:0!important;top:0!important;visibility:hidden!important;';

/** Rectangles of the text from `start` to `end` in a field, in the viewport of its document; one without width where they are the same. */
export function fieldRects(field: HTMLInputElement | HTMLTextAreaElement, start: number, end: number): DOMRect[] {
	const style = getComputedStyle(field);
	const area = field.localName === 'textarea';
	const px = (name: string) => Number.parseFloat(style.getPropertyValue(name)) || 0;
	const width = field.clientWidth - px('padding-left') - px('padding-right');
	const white = area ? style.whiteSpace : 'pre';
	const css = `width:${width}px!important;white-space:${white}!important;${TEXT.map((name) => `${name}:${style.getPropertyValue(name)}!important;`).join('')}`;
	const { found, height } = laidOut(field, css, start, end);
	const box = field.getBoundingClientRect();
	// A transformed field is drawn at another size than it is laid out.
	const [sx, sy] = [box.width / field.offsetWidth || 1, box.height / field.offsetHeight || 1];
	const room = field.clientHeight - px('padding-top') - px('padding-bottom');
	const left = field.clientLeft + px('padding-left') - field.scrollLeft;
	const top = field.clientTop + px('padding-top') - (area ? field.scrollTop : (height - room) / 2);
	const [from, to] = [field.clientLeft, field.clientLeft + field.clientWidth];
	const [upper, lower] = [field.clientTop, field.clientTop + field.clientHeight];
	return found.flatMap(({ x, y, width: wide, height: high }) => {
		const [begin, stop] = [Math.max(left + x, from), Math.min(left + x + wide, to)];
		const [above, below] = [Math.max(top + y, upper), Math.min(top + y + high, lower)];
		if (stop < begin || below <= above) return [];
		return [new DOMRect(box.left + begin * sx, box.top + above * sy, (stop - begin) * sx, (below - above) * sy)];
	});
}

interface LaidOut {
	readonly key: string;
	/** Against the corner of the text's box. */
	readonly found: readonly DOMRect[];
	readonly height: number;
}

const known = new WeakMap<Element, LaidOut[]>();
/** Of a field its caret or selection, and what is being composed in it. */
const KEPT = 2;

function laidOut(field: HTMLInputElement | HTMLTextAreaElement, css: string, start: number, end: number): LaidOut {
	const key = `${start} ${end} ${css} ${field.value}`;
	const had = known.get(field) ?? [];
	const again = had.find((one) => one.key === key);
	if (again) return again;
	const copy = field.ownerDocument.createElement('div');
	copy.style.cssText = BOX + css;
	// Behind a last line break stands an empty line, and an empty field has one line too.
	const text = field.ownerDocument.createTextNode(`${field.value}\u200b`);
	copy.append(text);
	field.ownerDocument.documentElement.append(copy);
	const range = field.ownerDocument.createRange();
	range.setStart(text, Math.min(start, text.length - 1));
	range.setEnd(text, Math.min(end, text.length - 1));
	const corner = copy.getBoundingClientRect();
	const all = [...range.getClientRects()].map(({ x, y, width, height }) => new DOMRect(x - corner.x, y - corner.y, width, height));
	copy.remove();
	const made = { key, found: start === end ? all.slice(-1) : all, height: corner.height };
	known.set(field, [made, ...had].slice(0, KEPT));
	return made;
}
