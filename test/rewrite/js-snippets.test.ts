// tests only (Node).
// What each form becomes. $v is short for $tandem$.v, and the marks are left out.
import * as assert from 'uvu/assert';
import { rewriteJs, unrewriteJs } from '../../rewrite/js/index.ts';
import { suite } from '../harness.ts';
import { agree } from './js-agree.ts';
import { ours, scope, zone } from './scope.ts';

const test = suite('js: what each form becomes');

const READS: Readonly<Record<string, string>> = {
	'x = location.href': 'x = $v(location).href',
	'window.location.href = top.x': '$v(window.location).href = $v(top).x',
	'x = window.parent.parent.document': 'x = $v(window.parent.parent).document',
	'parent.parent.parent === a.parent': '$v($v(parent.parent).parent) === a.parent',
	'a.b["location"].c': '$v(a.b["location"]).c',
	'a[location].top': '$v(a[$v(location)].top)',
	'f(a)(b).location': '$v(f(a)(b).location)',
	// biome-ignore lint/suspicious/noTemplateCurlyInString: a template literal is what is tested
	'a`t${top}`.location': '$v(a`t${$v(top)}`.location)',
	'({location, top: 1})': '({location:$v(location), top: 1})',
	'[location, ...top]': '[$v(location), ...$v(top)]',
	'a ? top : location': 'a ? $v(top) : $v(location)',
	'new location.X()': 'new ($v(location)).X()',
	'new a.location.X(top)': 'new ($v(a.location)).X($v(top))',
	'new a().location': '$v(new a().location)',
	'new (a.location.X)()': 'new ($v(a.location).X)()',
	'typeof location.href': 'typeof $v(location).href',
	'a?.location.href': '$v(a?.location)?.href',
	'a?.location["href"]': '$v(a?.location)?.["href"]',
	'a.location?.href': '$v(a.location)?.href',
	'(a?.b).location.href': '$v((a?.b).location).href',
	'import.meta.url': '$m(import.meta).url',
	'super_.location': '$v(super_.location)',
	'this.location': '$v(this.location)',
	'function f(a = location) { return top }': 'function f(a = $v(location)) { return $v(top) }',
	'(a = top) => location': '(a = $v(top)) => $v(location)',
	'const {a = location} = b': 'const {a = $v(location)} = b',
	'const {[top]: a} = b': 'const {[$v(top)]: a} = b',
	'l\\u006fcation.href': '$v(l\\u006fcation).href',
	'switch (a) { case top: case a.location: }': 'switch (a) { case $v(top): case $v(a.location): }',
	'x = {a: b * top, c() { return location }}': 'x = {a: b * $v(top), c() { return $v(location) }}',
	'class A extends top.B { x = location }': 'class A extends $v(top).B { x = $v(location) }',
	'a / top / b; c = /top/.test(location)': 'a / $v(top) / b; c = /top/.test($v(location))',
	'a = b\n/top/g.exec(c)': 'a = b\n/$v(top)/g.exec(c)',
	'if (a) /top/.test(b)': 'if (a) /top/.test(b)',
	'export default location': 'export default $v(location)',
	'for (const a of top) b': 'for (const a of $v(top)) b',
	'var a = 1\nb(), top.c': 'var a = 1\nb(), $v(top).c',
	'var a\n(b), [{a: location}] = c': 'var a\n(b), [{a: $a(location).v}] = c',
	'var a = b\n instanceof c, {[d]: e, ...location} = f': 'var a = b\n instanceof c, {[d]: e, ...location} = f',
	'.5.top + 1e3.top + 1.e3.top + .5e-3.top': '$v(.5.top) + $v(1e3.top) + $v(1.e3.top) + $v(.5e-3.top)',
	'throw location': 'throw $v(location)',
	'throw(a).location': 'throw$v((a).location)',
	'typeof[a][0].location': 'typeof$v([a][0].location)',
	'a in"b".top': 'a in$v("b".top)',
	'function f() { return(s = r(t)).top > 0 }': 'function f() { return$v((s = r(t)).top) > 0 }',
	'switch (a) { case(b).top: }': 'switch (a) { case$v((b).top): }',
	'do(a).location = b; while (c)': 'do$w((a)).location = b; while (c)',
	'delete location.x': 'delete $v(location).x',
	'async () => { await top; await a.location }': 'async () => { await $v(top); await $v(a.location) }',
};

const WRITES: Readonly<Record<string, string>> = {
	'location = a': '$a(location).v = a',
	'location += a': '$a(location).v += a',
	'window.location = location.href = b': '$w(window).location = $v(location).href = b',
	'a["location"] = b': '$w(a)["location"] = b',
	'(a, b).location = c': '$w((a, b)).location = c',
	'[location, a.location, top] = b': '[$a(location).v, $w(a).location, top] = b',
	'({location, a: b.location} = c)': '({location:$a(location).v, a: $w(b).location} = $d(c))',
	'for (location of b);': 'for ($a(location).v of b);',
	'for (a.location in b);': 'for ($w(a).location in b);',
	'a.location++': '$w(a).location++',
	'++location': '++$a(location).v',
};

const CALLS: Readonly<Record<string, string>> = {
	'eval(a, b)': 'eval($e(a, b))',
	'eval()': 'eval()',
	'(0, eval)(a)': '(0, $v(eval))(a)',
	'eval?.(a)': '$v(eval)?.(a)',
	'a.eval(b)': '$w(a).eval(b)',
	'a.eval': '$v(a.eval)',
	'postMessage(a)': '$v(postMessage)(a)',
	'top.postMessage(a)': '$w($v(top)).postMessage(a)',
	'window.top.postMessage(a, "*")': '$w($v(window.top)).postMessage(a, "*")',
	'top.location = a.top.location = b': '$w($v(top)).location = $w($v(a.top)).location = b',
	'eval(location); import(location)': 'eval($e($v(location))); $r(import($i($v(location))))',
	'a.b.postMessage(c, "*")': '$w(a.b).postMessage(c, "*")',
	'a?.b.postMessage(c)': '$w(a?.b)?.postMessage(c)',
	'a?.["b"]["postMessage"](c)': '$w(a?.["b"])?.["postMessage"](c)',
	'parent?.postMessage(c)': '$w(parent)?.postMessage(c)',
	'import(a)': '$r(import($i(a)))',
	'import(a, {with: b})': '$r(import($i(a), {with: b}))',
	'import("./a")': '$r(import("./a"))',
	'import("/a")': '$r(import("/a"))',
	'import("a")': '$r(import($i("a")))',
	'[import("a"), import("b")]': '[$r(import($i("a"))), $r(import($i("b")))]',
};

const PATTERNS: Readonly<Record<string, string>> = {
	'const {location} = window': 'const {location} = $d(window)',
	'const {location: a, top} = b, {eval: c} = d': 'const {location: a, top} = $d(b), {eval: c} = $d(d)',
	'let {top:a,left:b}=c.d(),e=1': 'let {top:a,left:b}=$d(c.d()),e=1',
	'const {top} = (window)\nf()': 'const {top} = $d((window))\nf()',
	'const {top} = a // b\n(c)': 'const {top} = $d(a // b\n(c))',
	'const {a: {top} = b} = c': 'const {a: {top} = $d(b)} = c',
	'[{top} = a] = b': '[{top} = $d(a)] = b',
	'x = {top: a} = window.top': 'x = {top: a} = $d($v(window.top))',
	'a ? {top: b} = c : d': 'a ? {top: b} = $d(c) : d',
	'({top} = self, a) => top': '({top} = $d(self), a) => $v(top)',
	'for (let {top} = a; ;);': 'for (let {top} = $d(a); ;);',
	'async () => { const {top} = await a }': 'async () => { const {top} = $d(await a) }',
};

/** What stands between an object and its key is shown as `;`, and the key that is read behind it as `[$]`. */
const COMPUTED: Readonly<Record<string, string>> = {
	'window[a]': '$p(window;(a);)[$]',
	'self[a] = frames[b](c)': '$p(self;(a);)[$] = $p(frames;(b);)[$](c)',
	'document[a]?.b': '$p(document;(a);)[$]?.b',
	'globalThis?.[a].b': '$p(globalThis;globalThis!=null&&;(a);)?.[$].b',
	'new window[a](b)': 'new ($p(window;(a);)[$])(b)',
	'new window[a]`b`': 'new ($p(window;(a);)[$])`b`',
	'new self[a].B(c)': 'new ($p(self;(a);)[$]).B(c)',
	'top[a]++; --parent[a]': '$p($v(top);(a);)[$]++; --$p(parent;(a);)[$]',
	'delete parent[a]; typeof parent[a]': 'delete $p(parent;(a);)[$]; typeof $p(parent;(a);)[$]',
	'window[window[a]]': '$p(window;($p(window;(a);)[$]);)[$]',
	'window[a, "b"]': '$p(window;(a, "b");)[$]',
	// biome-ignore lint/suspicious/noTemplateCurlyInString: a template literal is what is tested
	'window[`${a}`]`b`': '$p(window;(`${a}`);)[$]`b`',
	'window /* a */ [ b ]': '$p(window /* a */ ;( b );)[$]',
	'[window[a]] = b; for (window[a] of b);': '[$p(window;(a);)[$]] = b; for ($p(window;(a);)[$] of b);',
	'({a: window[b]} = c)': '({a: $p(window;(b);)[$]} = c)',
	'window[a].location = b': '$w($p(window;(a);)[$]).location = b',
	'window?.[a].location.href': '$v($p(window;window!=null&&;(a);)?.[$].location)?.href',
	'parent[a].postMessage(b)': '$w($p(parent;(a);)[$]).postMessage(b)',
	'class A { a = window[b] }': 'class A { a = $p(window;(b);)[$] }',
	'const {[a]: b} = window': 'const {[a]: b} = $d(window)',
	'const {a, ...b} = self;': 'const {a, ...b} = $d(self);',
	'x = {a, ...window, ...top}': 'x = {a, ...$d(window), ...$d($v(top))}',
	'while (a.parent !== a) a = a.parent': 'while ($v(a.parent) !== a) a = a.parent',
	'if (a == a.parent && b) c': 'if (a == $v(a.parent) && b) c',
};

/** Forms that name something or that nothing stands behind. */
const LEFT = [
	'let top, a, location = 1', 'function top() {}', 'class location {}', 'try {} catch (top) {}', 'try {} catch ({location}) {}', 'top: for (;;) { break top; continue top }', 'x = {location: 1, top() {}, get eval() {}, async top() {}, *location() {}, set postMessage(a) {}}',
	'class A { location; static top = 1; top() {} get location() {} static async *eval() {} #location; x = 1\nlocation = 2 }', 'var {a: {top}, b: [location]} = c', 'function f(top, {location}, [eval_], ...postMessage) {}', '(top, location) => 1', 'top => 1', 'async top => 1', 'async (top) => 1', '({top} = {}) => 1', 'function f({top}, {location: a} = {top: 1}) {}', 'const {"top": a} = b', '({m(top) {}})',
	'typeof location', 'typeof top === "undefined"', 'delete a.location', 'a.top = 1', 'a.top++', 'top = 1', 'a.location()', 'top()', 'a.top?.()', 'a.top`x`', 'a.#location', '"location"; `top`; /location/; // top\n/* location */', 'a = {"location": 1, ["x"]: 2}', 'a["locations"]; a["to" + "p"]',
	'window["a"]; window[1]; window?.["a"]', 'a.window[b]; a?.self[b]; (window)[a]', 'var self\n[a] = b', 'class A { window\n[a] = 1 }', '({...window} = a)', '({...self}) => 1', 'f(...window); [...self]', 'const {a} = window, [b] = self, c = window', 'a.parent === b; a.parent === a.b; a.b.parent === a; this.parent === this', 'w\\u0069ndow[a]',
	'a.parent.b.parent; parent', 'parent.parent = 1; parent.parent(); (parent).parent; parent["parent"]', 'stop.topology', 'var a,\n  // top\n  top = 1', 'export {top} from "./b"', 'export {a as location} from "./b"', 'import {location, top as x} from "./a"', 'import top, * as location from "./a"', 'export default function top() {}', 'x = {import: 1, default: 2, eval: 3}; x.import("y"); x.eval = 1', 'for (var top in a);', 'for (const [top] of a);', '<!-- top\nx', 'x\n--> top', '#!top\nx',
]; // biome-ignore format: a list

/** The rewritten text without its marks, with short names. */
function short(text: string): string {
	return text
		.replace(/,\$v=>location=\$v/g, '')
		.replace(/\/\*\$tandem\$\*\//g, '')
		.replace(/,?\/\*\$tandem\$(?:\[|\]|\?\.)\*\//g, ';')
		.replace(/\[\$tandem\$\.q\(\)\]/g, '[$]')
		.replace(/\$tandem\$\./g, '$');
}

function check(source: string, expected: string): void {
	const module = /^(?:import|export)\b(?!\()/.test(source);
	const rewritten = rewriteJs(source, { module, scope });
	assert.is(short(rewritten), expected);
	assert.not.match(rewritten, /[\w$]\$tandem\$\./, 'a word before a bracket stays a word');
	assert.is(unrewriteJs(rewritten), source);
	if (!source.includes('#location;') && !source.includes('.#')) assert.is.not(agree(source, module), 'no script', source);
}

for (const [title, forms] of Object.entries({ READS, WRITES, CALLS, PATTERNS, COMPUTED })) {
	test(`${title.toLowerCase()} are wrapped in place`, () => {
		for (const [source, expected] of Object.entries(forms)) check(source, expected);
	});
}

test('names, keys, patterns, strings and comments are left', () => {
	for (const source of LEFT) check(source, source);
});

test('text that is compiled elsewhere says what its imports are relative to', () => {
	const source = 'import("./a"); import(b, {with: c}); import(top)';
	const rewritten = rewriteJs(source, { module: false, scope, base: 'https://x.example/d/' });
	assert.is(
		short(rewritten),
		'$r(import($i("./a","https://x.example/d/"))); $r(import($i(b,"https://x.example/d/"), {with: c})); $r(import($i($v(top),"https://x.example/d/")))',
	);
	assert.is(unrewriteJs(rewritten), source);
});

test('what a static import names by escapes stays a string', () => {
	const X = ours('https://x.example');
	for (const [source, expected] of [
		[String.raw`import "https://x.example\\a.js"`, String.raw`import "${X}\x5ca.js"`],
		[String.raw`import 'https://x.example/\'b"'`, String.raw`import '${X}/\x27b\x22'`],
		[String.raw`export {c} from "https://x.ex\x61mple/c\n.js"`, String.raw`export {c} from "${X}/c\x0a.js"`],
	] as const)
		assert.is(rewriteJs(source, { scope, module: true }), expected);
});

test('static imports of other origins are slots that each session fills', () => {
	const source = 'import a from "https://x.example/a.js";export * from "//y.example/b.js";import "./c.js";';
	const rewritten = rewriteJs(source, { module: true, scope });
	assert.is(
		rewritten,
		`import a from "${ours('https://x.example/a.js')}";export * from "${ours('https://y.example/b.js').slice(5)}";import "./c.js";`,
	);
	assert.is(unrewriteJs(rewritten, zone), source);
	assert.is(agree(source, true), 'same');
});

test('a syntax error leaves the source alone', () => {
	for (const source of ['location = = 1 top', 'x = {', '"unended', 'a ? top', '`${location`', '/location', 'top)'])
		if (agree(source, false) === 'no script') rewriteJs(source, { module: false, scope });
});

test('bytes past ASCII are name characters, on the server (UTF-8 as a binary string) and in the page', () => {
	for (const text of ['var é = location; "ü"', 'x\u00a0=\u00a0top', 'a // c\u2028location', '\ufefftop', 'dé.location', 'édlocation']) {
		const binary = Buffer.from(text, 'utf8').toString('latin1');
		const there = rewriteJs(text, { module: false, scope });
		assert.is(Buffer.from(rewriteJs(binary, { module: false, scope }), 'latin1').toString('utf8'), there);
	}
});

test.run();
