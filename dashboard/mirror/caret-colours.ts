// mirror document (guest's browser).
// What is selected in a field, as the host's browser draws it: in a field that isn't in front nobody's browser shows it, and nothing can be drawn
// beneath its text. So a pane over it changes colours: the field's own to that of a selection, that of its text to that of selected text, and what
// lies between (the edges of letters) alike. That is a line in the space of colours, and so a matrix (Filter Effects Level 1 section 9.6).

const SVG = 'http://www.w3.org/2000/svg';
/** Red, green, blue, alpha; 0 to 1. */
type Colour = readonly [number, number, number, number];
/** Squared distance of two colours from which they can be told apart. */
const APART = 0.02;
const WHITE: Colour = [1, 1, 1, 1];

/** Changes colours in a field as its selection does; undefined where text and field have one colour, or nothing at all. */
export function selectionMatrix(field: Element): string | undefined {
	const style = getComputedStyle(field);
	const chosen = getComputedStyle(field, '::selection');
	const ground = groundOf(field);
	const text = over(colour(style.color, field), ground);
	const own = colour(chosen.backgroundColor, field)[3] > 0 || chosen.color !== style.color;
	const into = over(colour(own ? chosen.backgroundColor : 'Highlight', field), ground);
	const textInto = over(colour(own ? chosen.color : 'HighlightText', field), into);
	const way = [text[0] - ground[0], text[1] - ground[1], text[2] - ground[2]] as const;
	const length = way[0] * way[0] + way[1] * way[1] + way[2] * way[2];
	if (length < APART) return undefined;
	const rows = [0, 1, 2].map((c) => {
		const span = ((textInto[c] as number) - (into[c] as number)) / length;
		const [r, g, b] = [way[0] * span, way[1] * span, way[2] * span];
		const constant = (into[c] as number) - r * ground[0] - g * ground[1] - b * ground[2];
		return [r, g, b, 0, constant].map((n) => n.toFixed(5)).join(' ');
	});
	return `${rows.join(' ')} 0 0 0 1 0`;
}

/** A filter of that matrix, to stand in the document whose elements name it. */
export function matrixFilter(id: string, values: string): SVGElement {
	const svg = document.createElementNS(SVG, 'svg');
	const filter = document.createElementNS(SVG, 'filter');
	const matrix = document.createElementNS(SVG, 'feColorMatrix');
	svg.setAttribute('style', 'position:absolute;width:0;height:0');
	filter.id = id;
	filter.setAttribute('color-interpolation-filters', 'sRGB');
	matrix.setAttribute('type', 'matrix');
	matrix.setAttribute('values', values);
	filter.append(matrix);
	svg.append(filter);
	return svg;
}

/** The colour behind a field's text, as far as it is one colour. */
function groundOf(field: Element): Colour {
	const layers: Colour[] = [];
	for (let at: Element | null = field; at; at = at.parentElement ?? (at.getRootNode() as ShadowRoot).host ?? null) {
		const found = colour(getComputedStyle(at).backgroundColor, at);
		layers.push(found);
		if (found[3] === 1) break;
	}
	const root = field.ownerDocument.documentElement;
	return layers.reduceRight<Colour>((below, above) => over(above, below), over(colour('Canvas', root), WHITE));
}

function over(above: Colour, below: Colour): Colour {
	const mix = (c: 0 | 1 | 2) => above[c] * above[3] + below[c] * (1 - above[3]);
	return [mix(0), mix(1), mix(2), 1];
}

let ink: OffscreenCanvasRenderingContext2D | null | undefined;

/** Any colour of CSS, with a system's own as `of` has it (light or dark). */
function colour(css: string, of: Element): Colour {
	const plain = /^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)$/.exec(css);
	if (plain) return [Number(plain[1]) / 255, Number(plain[2]) / 255, Number(plain[3]) / 255, Number(plain[4] ?? 1)];
	if (/^[A-Z]/.test(css)) return colour(systemColour(css, of), of);
	ink ??= new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
	if (!ink) return [0, 0, 0, 0];
	ink.clearRect(0, 0, 1, 1);
	ink.fillStyle = css;
	ink.fillRect(0, 0, 1, 1);
	const [r = 0, g = 0, b = 0, a = 0] = ink.getImageData(0, 0, 1, 1).data;
	return [r / 255, g / 255, b / 255, a / 255];
}

const system = new Map<string, string>();

/** The person may choose other colours meanwhile; those of a page that was loaded stay. */
function systemColour(name: string, of: Element): string {
	const scheme = getComputedStyle(of).colorScheme;
	const known = system.get(`${name} ${scheme}`);
	if (known) return known;
	const probe = document.createElement('i');
	probe.style.cssText = `color-scheme:${scheme};color:${name}`;
	document.documentElement.append(probe);
	const { color } = getComputedStyle(probe);
	probe.remove();
	system.set(`${name} ${scheme}`, color);
	return color;
}
