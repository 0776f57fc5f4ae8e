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
	const corner = copy.getBoundingClientRect();
	const all = start === end ? rectsOf(text, start, end).slice(-1) : linesOf(text, start, end, copy);
	copy.remove();
	const found = all.map(({ x, y, width, height }) => new DOMRect(x - corner.x, y - corner.y, width, height));
	const made = { key, found, height: corner.height };
	known.set(field, [made, ...had].slice(0, KEPT));
	return made;
}

function rectsOf(text: Text, start: number, end: number): DOMRect[] {
	const range = text.ownerDocument.createRange();
	range.setStart(text, Math.min(start, text.length - 1));
	range.setEnd(text, Math.min(end, text.length - 1));
	return [...range.getClientRects()];
}

/** More lines are taken as they stand. */
const LINES = 200;

/** What a browser paints as selected: lines as high as they are, to the edge where they go on in the next, and a blank's width where they break. */
function linesOf(text: Text, start: number, end: number, box: Element): DOMRect[] {
	const lines = text.data.slice(start, end).split('\n');
	if (lines.length > LINES) return rectsOf(text, start, end);
	const blank = text.ownerDocument.createElement('span');
	blank.style.cssText = 'white-space:pre';
	blank.textContent = ' ';
	box.append(blank);
	const { width } = blank.getBoundingClientRect();
	blank.remove();
	const { right, top } = box.getBoundingClientRect();
	const size = Number.parseFloat(getComputedStyle(box).lineHeight) || 0;
	const found: DOMRect[] = [];
	let from = start;
	for (const [i, line] of lines.entries()) {
		const rects = rectsOf(text, from, from + line.length);
		const parts = line ? rects.filter((rect) => rect.width > 0) : rects.slice(-1);
		from += line.length + 1;
		for (const [n, { x, y, width: wide, height }] of parts.entries()) {
			const goesOn = n < parts.length - 1 && (parts[n + 1] as DOMRect).y > y;
			const breaks = n === parts.length - 1 && i < lines.length - 1;
			const more = goesOn ? Math.max(0, right - x - wide) : breaks ? width : 0;
			// Half of what a line has more than its letters stands over them, but for a rounding.
			const upper = size > height ? top + Math.floor((y + height / 2 - top) / size) * size : y;
			found.push(new DOMRect(x, upper, wide + more, Math.max(size, height)));
		}
	}
	return found;
}
