// page (host): every proxied document, before its own scripts.
// Fonts and custom properties that scripts declare (CSS Font Loading section 2, CSS Properties and Values section 2): told as the rules of one
// more style sheet, which the document does not have.
import { call, hookConstructor, hookMethod } from '../hook.ts';
import { heard, once } from '../late.ts';
import { type Any, getter, method, natives, softGetter } from '../natives.ts';

const g = globalThis as Any;
const proto = (name: string): Any => g[name]?.prototype;
const Sheet = g.CSSStyleSheet as typeof CSSStyleSheet | undefined;
const replaceSync = method<void>(proto('CSSStyleSheet'), 'replaceSync');
const fonts = getter<FontFaceSet>(proto('Document'), 'fonts');
const isView = ArrayBuffer.isView;
const byteLength = softGetter<number>(ArrayBuffer.prototype, 'byteLength');
/** Descriptor of `@font-face` by the property of a FontFace that says it. */
const DESCRIPTORS: Readonly<Record<string, string>> = {
	style: 'font-style',
	weight: 'font-weight',
	stretch: 'font-stretch',
	unicodeRange: 'unicode-range',
	featureSettings: 'font-feature-settings',
	variationSettings: 'font-variation-settings',
	display: 'font-display',
	ascentOverride: 'ascent-override',
	descentOverride: 'descent-override',
	lineGapOverride: 'line-gap-override',
	sizeAdjust: 'size-adjust',
};

/** The sheet that holds what was declared; undefined as long as nothing was. */
export function watchDeclared(doc: Document, changed: (sheet: CSSStyleSheet) => void): { readonly sheet: CSSStyleSheet | undefined } {
	const state: { sheet: CSSStyleSheet | undefined } = { sheet: undefined };
	/** What a font was made of: CSS, or the URL of its bytes. */
	const sources = new natives.WeakMap<FontFace, string>();
	const used = new natives.Map<FontFace, string>();
	const properties: string[] = [];
	const tell = () => {
		if (!Sheet) return;
		state.sheet ??= new Sheet();
		replaceSync(state.sheet, [...properties, ...used.values()].join('\n'));
		changed(state.sheet);
	};
	hookConstructor(g, 'FontFace', (native, args, newTarget) => {
		const bytes = isView(args[1]) || byteLength(args[1]) !== undefined;
		if (!bytes && args.length > 1) args[1] = once(args[1]);
		const face = natives.construct(native, args, newTarget) as FontFace;
		const [, source] = args;
		sources.set(
			face,
			bytes ? `url("${natives.createObjectURL(new natives.Blob([source as BlobPart], { type: 'font/ttf' }))}")` : `${source}`,
		);
		return face;
	});
	hookMethod(proto('FontFaceSet'), 'add', (native, self, args) => {
		const result = call(native, self, args);
		const source = self === fonts(doc) && sources.get(args[0]);
		if (source) {
			used.set(args[0], ruleOf(args[0], source));
			tell();
		}
		return result;
	});
	hookMethod(proto('FontFaceSet'), 'delete', (native, self, args) => {
		if (self === fonts(doc) && used.delete(args[0])) tell();
		return call(native, self, args);
	});
	hookMethod(proto('FontFaceSet'), 'clear', (native, self, args) => {
		if (self === fonts(doc) && used.size) {
			used.clear();
			tell();
		}
		return call(native, self, args);
	});
	hookMethod(g.CSS, 'registerProperty', (native, self, args) => {
		const said: Any = {};
		const result = call(native, self, args.length ? [heard(args[0], said, once)] : args);
		const { name, syntax = '*', inherits, initialValue } = said;
		const initial = initialValue === undefined ? '' : `initial-value:${initialValue};`;
		properties.push(`@property ${name}{syntax:"${syntax}";inherits:${Boolean(inherits)};${initial}}`);
		tell();
		return result;
	});
	return state;
}

function ruleOf(face: FontFace, source: string): string {
	const family = face.family.replace(/^(["'])(.*)\1$/, '$2').replace(/["\\\n]/g, '\\$&');
	let rule = `@font-face{font-family:"${family}";src:${source};`;
	for (const [name, descriptor] of Object.entries(DESCRIPTORS)) {
		const value = (face as unknown as Record<string, string>)[name];
		if (value && value !== 'normal' && value !== '100%') rule += `${descriptor}:${value};`;
	}
	return `${rule}}`;
}
