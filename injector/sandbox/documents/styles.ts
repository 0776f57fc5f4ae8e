// page.
// CSSOM: URLs in declarations and rules. Properties of a style object are named properties of the instance in Chromium, which no
// prototype can shadow; so a page gets each style object behind a proxy.
import { mapCss } from '../../../rewrite/css/index.ts';
import { call, hookAccessor, hookConstructor, hookGetter, hookMethod } from '../../hook.ts';
import { late } from '../../late.ts';
import { type Any, natives } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { rewriteSheet, sheetSource } from '../../rewriting.ts';
import { common } from '../../shared.ts';
import { mapAt, mapUrl } from '../../urls.ts';
import { ourSelector } from './selectors.ts';

const bare = (style: Any): Any => common.shared.styled.get(style) ?? style;
const into = (value: unknown): unknown => late(value, (text) => (text.includes('//') || text.includes('\\') ? mapCss(text, mapUrl) : text));
const out = (value: unknown): unknown => (typeof value === 'string' ? sheetSource(value) : value);

/**
 * The proxy of one style object. Its target is an empty object and not the style: after every trap the engine checks the target's own
 * property, which is several times as slow as the access itself where that property is a named one.
 */
class StyleHandler implements ProxyHandler<object> {
	private readonly style: Any;
	constructor(style: Any) {
		this.style = style;
	}
	get(_: object, key: PropertyKey): unknown {
		const value = this.style[key];
		return typeof value === 'string' && value.length > 8 ? sheetSource(value) : value;
	}
	set(_: object, key: PropertyKey, value: unknown): boolean {
		this.style[key] = into(value);
		return true;
	}
	has(_: object, key: PropertyKey): boolean {
		return key in this.style;
	}
	ownKeys(): (string | symbol)[] {
		return natives.ownKeys(this.style);
	}
	getOwnPropertyDescriptor(_: object, key: PropertyKey): PropertyDescriptor | undefined {
		const descriptor = natives.getOwnPropertyDescriptor(this.style, key);
		return descriptor && 'value' in descriptor ? { ...descriptor, value: out(descriptor.value) } : descriptor;
	}
	defineProperty(_: object, key: PropertyKey, descriptor: PropertyDescriptor): boolean {
		return natives.defineProperty(this.style, key, descriptor);
	}
	deleteProperty(_: object, key: PropertyKey): boolean {
		return natives.deleteProperty(this.style, key);
	}
}

function proxied(style: Any): Any {
	if (!style) return style;
	const { styles, styled } = common.shared;
	let proxy = styles.get(style);
	if (!proxy) {
		proxy = new natives.Proxy(natives.create(natives.getPrototypeOf(style)), new StyleHandler(style)) as object;
		styles.set(style, proxy);
		styled.set(proxy, style);
	}
	return proxy;
}

export function installStyles(): void {
	const { global } = realm;
	for (const name of [
		'HTMLElement',
		'SVGElement',
		'MathMLElement',
		'CSSStyleRule',
		'CSSFontFaceRule',
		'CSSKeyframeRule',
		'CSSPageRule',
		'CSSNestedDeclarations',
	]) {
		hookAccessor(global[name]?.prototype, 'style', {
			get: (native, self) => proxied(call(native, self, [])),
			set: (native, self, value) => call(native, self, [into(value)]),
		});
	}
	hookMethod(global, 'getComputedStyle', (native, self, args) => proxied(call(native, self, args)));
	hookDeclarations(global.CSSStyleDeclaration.prototype);
	hookSheets();
}

/** All of CSSStyleDeclaration's own members, so that they work on the proxy as `this`. */
function hookDeclarations(proto: Any): void {
	for (const key of natives.ownKeys(proto)) {
		const descriptor = natives.getOwnPropertyDescriptor(proto, key);
		if (key === 'constructor' || typeof key === 'symbol') continue; // `values` is every array's, and works on a proxy by itself
		if (typeof descriptor?.value === 'function')
			hookMethod(proto, key, (native, self, args) => out(call(native, bare(self), args.map(into))));
		else {
			hookAccessor(proto, key, {
				get: (native, self) => out(call(native, bare(self), [])),
				set: (native, self, value) => call(native, bare(self), [into(value)]),
			});
		}
	}
}

function hookSheets(): void {
	const {
		CSSRule,
		CSSStyleSheet,
		CSSGroupingRule,
		CSSStyleRule,
		CSSScopeRule,
		CSSKeyframesRule,
		CSSPropertyRule,
		CSSStyleValue,
		KeyframeEffect,
	} = realm.global;
	hookGetter(CSSRule.prototype, 'cssText', sheetSource);
	hookGetter(CSSPropertyRule?.prototype, 'initialValue', sheetSource);
	hookMethod(CSSStyleValue?.prototype, 'toString', (native, self, args) => sheetSource(call(native, self, args)));
	hookMethod(KeyframeEffect?.prototype, 'getKeyframes', (native, self, args) => {
		const frames: Any[] = call(native, self, args);
		for (const frame of frames) for (const name of natives.objectKeys(frame)) frame[name] = out(frame[name]);
		return frames;
	});
	for (const owner of [CSSStyleSheet.prototype, CSSGroupingRule?.prototype, CSSStyleRule?.prototype]) {
		hookMethod(owner, 'insertRule', (native, self, args) => {
			let given: string | undefined;
			try {
				return call(
					native,
					self,
					mapAt(args, 0, (text) => {
						const ours = rewriteSheet(text);
						if (ours !== text) given = text;
						return ours;
					}),
				);
			} catch (error) {
				if (given === undefined) throw error;
				return call(native, self, [given, ...args.slice(1)]); // the browser's own words about the page's own text
			}
		});
	}
	for (const name of ['replace', 'replaceSync'])
		hookMethod(CSSStyleSheet.prototype, name, (native, self, args) => call(native, self, mapAt(args, 0, rewriteSheet)));
	hookMethod(CSSStyleSheet.prototype, 'addRule', (native, self, [selector, ...rest]) =>
		call(native, self, [late(selector, ourSelector), ...rest.map(into)]),
	);
	hookAccessor(CSSStyleRule?.prototype, 'selectorText', {
		get: (native, self) => out(call(native, self, [])),
		set: (native, self, value) => call(native, self, [late(value, ourSelector)]),
	});
	for (const name of ['start', 'end']) hookGetter(CSSScopeRule?.prototype, name, sheetSource);
	hookMethod(CSSKeyframesRule?.prototype, 'appendRule', (native, self, args) => call(native, self, args.map(into)));
	hookConstructor(
		realm.global,
		'FontFace',
		(native, args, newTarget) =>
			natives.construct(
				native,
				args.map((arg) => (typeof arg === 'string' ? into(arg) : arg)),
				newTarget,
			) as object,
	);
}
