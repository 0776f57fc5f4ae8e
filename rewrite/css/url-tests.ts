// server and page: no Node, no DOM.
// An attribute selector that asks about a URL, as a question about the URL of ours that stands in its place (protocol/label.ts says what those look
// like): `[href^="https://site."]` as `[href^="http://site-"]` with a flag of https behind. The page's own test stays beside it, for what is no
// URL of ours: elements whose attribute is another thing, relative URLs, a URL inside another one's query.
import type { AttributeSelector } from '../../protocol/css-attributes.ts';
import { decodeLabel, zoneHost } from '../../protocol/label.ts';
import type { Scope } from '../../protocol/url.ts';
import { mapSrcset, mapUrlList } from '../html/srcset.ts';
import { mapUrl, type Scheme } from '../url.ts';
import { escapeCss } from './escape.ts';
import { BOTH, encode, HOST, HTTP, HTTPS, type Proto, protoOf } from './label-texts.ts';

/** How a test of the page is asked of our document. All selectors have the specificity of one attribute selector. */
export interface UrlTest {
	/** What the page's own test has to be kept away from: values that meet it by what is ours in them. */
	readonly except: readonly string[];
	/** What meets the test in our form. */
	readonly others: readonly string[];
	/** Whether that is all of it and nothing else; where not, a host's label and a path may be taken for one another. */
	readonly exact: boolean;
}

/** Attributes that hold several URLs, or something else too. */
const MANY = /srcset$|^(?:ping|archive|style|attributionsrc)$/;
/** What may stand before something in a URL. */
const BEFORE = 'abcdefghijklmnopqrstuvwxyz0123456789/=?&#:,;(+!~@|_%.-';

/** The question for a test of an attribute that holds URLs; undefined where the page's own is right as it is. */
export function urlTest(test: AttributeSelector, scope: Scope, scheme: Scheme): UrlTest | undefined {
	if (!test.value || !test.operator) return undefined;
	const ask = new Ask(test, scope, scheme);
	switch (test.operator) {
		case '=':
			return ask.equals();
		case '~=':
			return ask.others([ask.full(ask.value)].filter((url) => url !== ask.value).map((url) => ask.select('~=', url)));
		case '|=':
			return ask.dashed();
		case '^=':
			return ask.begins(ask.value);
		case '$=':
			return ask.ends();
		case '*=':
			return ask.includes();
	}
}

class Ask {
	readonly value: string;
	readonly #test: AttributeSelector;
	readonly #scope: Scope;
	readonly #scheme: Scheme;
	/** What all labels of ours end with, and what follows them. */
	readonly #tail: string;
	/** The scheme all URLs of ours have. */
	readonly #our: string;

	constructor(test: AttributeSelector, scope: Scope, scheme: Scheme) {
		this.#test = test;
		this.#scope = scope;
		this.#scheme = scheme;
		this.#tail = scope.token + zoneHost('', scope.zone);
		this.#our = `${scope.zone.scheme}:`;
		this.value = test.flag === 'i' ? test.value.toLowerCase() : test.value;
	}

	select(operator: string, value: string): string {
		const { source, flag } = this.#test;
		return `[${source}${operator}"${escapeCss(value, '"')}"${flag && ` ${flag}`}]`;
	}

	others(others: readonly string[], except: readonly string[] = [], exact = true): UrlTest | undefined {
		return others.length || except.length ? { others: [...new Set(others)], except, exact } : undefined;
	}

	full(url: string): string {
		return mapUrl(url, this.#scope, this.#scheme);
	}

	equals(): UrlTest | undefined {
		const { name } = this.#test;
		const map = (url: string) => this.full(url);
		let mapped = map(this.value);
		if (name.endsWith('srcset')) mapped = mapSrcset(this.value, map);
		else if (name === 'style') mapped = this.value.replace(/(?:https?:)?\/\/[^\s"'()\\]+/g, map);
		else if (MANY.test(name)) mapped = mapUrlList(this.value, map);
		return this.others(mapped === this.value ? [] : [this.select('=', mapped)]);
	}

	/** `|=`: the same, or the same with a dash behind. */
	dashed(): UrlTest | undefined {
		const same = this.equals();
		const more = this.begins(`${this.value}-`);
		return this.others([...(same?.others ?? []), ...(more?.others ?? [])], more?.except);
	}

	begins(value: string): UrlTest | undefined {
		const start = /^(https?)(?::\/{0,2})?$/.exec(value);
		if (start) {
			if (value === 'http') return undefined;
			return this.others([this.#with(this.select('^=', this.#our), protoOf(start[1]).all)], [this.#ours()]);
		}
		const parts = /^(blob:)?(?:(https?):)?\/\/([^/?#\\]+)([/?#\\].*)?$/s.exec(value);
		if (!parts) return undefined;
		const [, blob = '', name, authority = '', rest] = parts;
		const full = blob + this.full(value.slice(blob.length));
		if (rest !== undefined) return this.others(full === value ? [] : [this.select('^=', full)]);
		const head = `${blob}${name ? this.#our : ''}//`;
		return this.others(this.#partial('^=', head, authority, name ? [protoOf(name)] : BOTH, full), [this.#ours()]);
	}

	ends(): UrlTest | undefined {
		const { value } = this;
		const cut = value.search(/[/?#]/);
		const [front, rest] = cut < 0 ? [value, ''] : [value.slice(0, cut), value.slice(cut)];
		const whole = rest.startsWith('//') ? this.#whole('$=', front, rest) : undefined;
		if (whole) return this.others(whole);
		if (cut === 0) return isHostly(value) ? this.others(this.#whole('$=', '', `/${value}`) ?? []) : undefined;
		return this.others(this.#tails('$=', front, rest), this.#tail.endsWith(front) ? [this.select('$=', this.#tail + rest)] : []);
	}

	includes(): UrlTest | undefined {
		const { value } = this;
		const schemes = BOTH.filter(({ scheme }) => `${scheme}://`.includes(value));
		if (schemes[0]) return schemes.length > 1 ? undefined : this.#oneScheme(schemes[0]);
		const led = MANY.test(this.#test.name) && /^(.*[^a-z:])(?:(https?):)?\/\/([^/?#\\]+)(.*)$/s.exec(value);
		if (led) return this.#led(led[1] ?? '', led[2], led[3] ?? '', led[4] ?? '');
		const slashes = value.indexOf('//');
		if (slashes >= 0 && BOTH.some(({ scheme }) => `${scheme}:`.endsWith(value.slice(0, slashes))))
			return this.#schemed(value.slice(0, slashes), value.slice(slashes + 2));
		const cut = value.search(/[/?#]/);
		if (cut > 0) {
			const [front, rest] = [value.slice(0, cut), value.slice(cut)];
			const others = this.#tails('*=', front, rest);
			if (!this.#tail.endsWith(front)) return this.others(others);
			return this.others(
				[...others, this.#behind(new Set(this.#tail.at(-front.length - 1)))],
				[this.select('*=', this.#tail + rest)],
				false,
			);
		}
		// The second slash of a scheme may be what is meant.
		if (cut === 0) return isHostly(value) ? this.#schemed('', value.slice(1)) : undefined;
		return this.#named();
	}

	/** A part of a URL with its `//`, or nothing but the scheme of one. */
	#schemed(front: string, rest: string): UrlTest | undefined {
		const protos = BOTH.filter(({ scheme }) => `${scheme}:`.endsWith(front));
		const first = protos[0] as Proto;
		const whole = this.#whole('*=', front, `//${rest}`, true);
		if (whole) return this.others(whole);
		const authority = /^[^/?#\\]+$/.exec(rest)?.[0];
		if (authority === undefined) return undefined;
		const alone = front !== '' && !MANY.test(this.#test.name);
		const head = alone ? `${this.#our}//` : front ? '://' : '//';
		const others = this.#partial(alone ? '^=' : '*=', head, authority, protos, this.full(`${first.scheme}://${rest}`));
		// A label may begin like that too: where a dash was a dot, or its scheme is the other one.
		if (!rest.includes('-') && (protos.length > 1 || !this.#our.endsWith(front))) return this.others(others);
		return this.others([...others, this.#behind(charsBefore([`${this.#our}//`], `${front}//`))], [this.#ours()], false);
	}

	/** A URL with something before it, among others. */
	#led(lead: string, name: string | undefined, authority: string, rest: string): UrlTest | undefined {
		const url = `${name ? `${name}:` : ''}//${authority}${rest}`;
		const full = this.full(url);
		if (rest) return this.others(full === url ? [] : [this.select('*=', lead + full)]);
		return this.others(this.#partial('*=', `${lead}${name ? this.#our : ''}//`, authority, name ? [protoOf(name)] : BOTH, full));
	}

	/** A test that one scheme alone meets. */
	#oneScheme(proto: Proto): UrlTest | undefined {
		const start = `${this.#our}//`;
		const other = this.#with(this.select(MANY.test(this.#test.name) ? '*=' : '^=', start), proto.all);
		const ours = [start, ...this.#labelEnds()];
		if (!ours.some((each) => each.includes(this.value))) return this.others([other]);
		return this.others([other, this.#behind(charsBefore(ours, this.value))], [this.#ours()], start.startsWith(this.value));
	}

	/** Part of a host, maybe with a port; or of a path. */
	#named(): UrlTest | undefined {
		const { value } = this;
		const ends = this.#labelEnds();
		/** Whether all URLs of ours have that in them. */
		const tainted = ends.some((end) => end.includes(value));
		const port = /^([a-z0-9_.-]*):\d+$/.test(value);
		const special = /[.-]/.test(value);
		if (!tainted && !port && (!special || !HOST.test(value))) return undefined;
		const others = this.#tails('*=', value, '');
		if (special && !port && HOST.test(value)) {
			const name = encode(value);
			if (/^[a-z0-9_]/.test(value)) for (const head of ['//', '//www-']) others.push(this.#label(head + name, value));
			else if (value.startsWith('.')) others.push(this.#label(`//www${name}`, value));
			if (/[.-]$/.test(value) || !value.includes('.')) others.push(this.#label(name, value));
			else others.push(this.#with(this.select('*=', `${name}-`), HTTPS.port + HTTP.port));
		}
		if (!tainted) return this.others(others, [], false);
		return this.others([...others, this.#behind(charsBefore(ends, value))], [this.#ours()], false);
	}

	/** What labels of ours may end with. */
	#labelEnds(): string[] {
		return [...'abcdefghij'].map((flag) => `-${flag}${this.#tail}`);
	}

	/** The value where something else stands before it than in what is ours: in a path, or further on in a host. */
	#behind(before: ReadonlySet<string>): string {
		const all = [...BEFORE].filter((char) => !before.has(char)).map((char) => this.select('*=', char + this.value));
		return `:is(${all.join()}):where(${this.#ours()})`;
	}

	/** A URL from its `//` on, whose host is all there. */
	#whole(operator: string, front: string, rest: string, more = false): string[] | undefined {
		const protos = BOTH.filter(({ scheme }) => `${scheme}:`.endsWith(front));
		const at = /^\/\/[^/?#\\]+/.exec(rest)?.[0].length;
		if (!protos.length || !at || (more && at === rest.length)) return undefined;
		return protos
			.map(({ scheme }) => [`${scheme}:${rest}`, this.full(`${scheme}:${rest}`)] as const)
			.filter(([url, mapped]) => url !== mapped)
			.map(([, mapped]) => this.select(operator, mapped.slice(mapped.indexOf('://') + (front ? 0 : 1))));
	}

	/** A URL from its host's end on; `rest` is what follows that. */
	#tails(operator: string, front: string, rest: string): string[] {
		const [, host = '', port] = /^([^:]*)(?::(\d+))?$/.exec(front) ?? [];
		if ((!host && !port) || (host && (!HOST.test(host) || (port === undefined && /[.-]$/.test(host))))) return [];
		const text = encode(host) + (port === undefined ? '' : `-${port}`);
		const flags = BOTH.map((proto) => (port !== undefined ? proto.port : /^\d+$/.test(host) ? proto.bare + proto.port : proto.bare)).join(
			'',
		);
		return [...flags].map((flag) => {
			const end = `${text}-${flag}${this.#tail}${rest}`;
			// A dash is two in a label, of which the second is not the dot that is meant.
			return this.select(operator, end) + (front.startsWith('.') ? `:where(:not(${this.select(operator, `-${end}`)}))` : '');
		});
	}

	/** A URL up to somewhere in its host or port. `full`: the same, if that is its end. */
	#partial(operator: string, head: string, authority: string, protos: readonly Proto[], full: string): string[] {
		const user = authority.slice(0, authority.lastIndexOf('@') + 1);
		const [host = '', port] = authority.slice(user.length).split(':', 2);
		const own = this.#isOdd(full) ? [this.select(operator, head + full.slice(full.indexOf('//') + 2))] : [];
		if (!HOST.test(host) || (port && !/^\d+$/.test(port))) return own;
		// In a label `xn--` is a letter.
		if ('xn--'.startsWith(host)) own.push(this.#with(this.select(operator, head + user), protos.map((proto) => proto.xn).join('')));
		const xn = host.startsWith('xn--');
		const name = xn ? encode(host).slice('xn----'.length) : encode(host);
		if (port !== undefined)
			return [this.#with(this.select(operator, `${head}${user}${name}-${port}`), protos.map((proto) => proto.port).join('')), ...own];
		const not = host.endsWith('.') ? [this.select(operator, `${head}${user}${name}-`)] : [];
		// A host that ends where the value goes on may go on like it: by what stands behind each host.
		const dash = name.lastIndexOf('-');
		for (const flag of protos.map((proto) => proto.bare).join(''))
			if (dash > 0 && `${flag}${this.#tail}`.startsWith(name.slice(dash + 1)))
				not.push(this.select(operator, `${head}${user}${name.slice(0, dash)}-${flag}${this.#tail}`));
		const flags = protos.map((proto) => (xn ? proto.xn : proto.plain)).join('');
		return [this.#with(this.select(operator, head + user + name), flags) + (not.length ? `:where(:not(${not.join()}))` : ''), ...own];
	}

	/** Whether a host's label says nothing about its beginning. */
	#isOdd(url: string): boolean {
		const name = /\/\/(?:[^/?#]*@)?([^./?#]+)/.exec(url)?.[1];
		const label = name && url.includes(this.#tail) ? decodeLabel(name) : undefined;
		return label?.kind === 'table' || (label?.kind === 'origin' && label.origin.includes('//xn--'));
	}

	/** What holds a URL of ours. */
	#ours(): string {
		return this.select('*=', this.#tail);
	}

	/** What holds `text`, which a label may have where a host has `value`. A dash in it may be half of one in the host, or stand before the flag. */
	#label(text: string, value: string): string {
		const not = value.startsWith('.') ? [`-${text}`] : [];
		if (value.endsWith('.')) for (const flag of HTTPS.bare + HTTP.bare) not.push(`${text}${flag}${this.#tail}`);
		const except = not.length ? `:not(${not.map((each) => this.select('*=', each)).join()})` : '';
		return `${this.select('*=', text)}:where(${this.#ours()}${except})`;
	}

	#with(selector: string, flags: string): string {
		return `${selector}:where(${[...flags].map((flag) => this.select('*=', `-${flag}${this.#tail}`)).join()})`;
	}
}

/** Whether a host may follow a URL's second slash, with which `text` begins. One word may be one too, but is almost always part of a path. */
function isHostly(text: string): boolean {
	return /^\/[^/?#]*[.:]/.test(text);
}

/** The characters that stand before a text in others. */
function charsBefore(texts: readonly string[], part: string): Set<string> {
	const before = new Set<string>();
	for (const text of texts) for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) before.add(text[at - 1] ?? '');
	return before;
}
