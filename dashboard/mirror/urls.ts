// mirror document (guest's browser).
// The page's real URLs as this guest may load them: labels with the guest's own token for assets.
import { mapCssGiven } from '../../protocol/css-given.ts';
import { mapCssMedia, mapMediaQuery } from '../../protocol/css-media.ts';
import { mapCssSelection } from '../../protocol/css-selection.ts';
import { mapCssStates } from '../../protocol/css-states.ts';
import { mapCssUrls, mapSheetPi, mapSrcset } from '../../protocol/css-urls.ts';
import { attrKind, keysIn, unsafeUrl } from '../../protocol/mirror-attrs.ts';
import { type Scope, toProxied } from '../../protocol/url.ts';

export class GuestUrls {
	readonly #scope: Scope;
	/** Real base URL of the frame. */
	readonly #base: string;
	/** Which conditions of css-media.ts hold in the host's browser; undefined: not known. */
	readonly #media: ReadonlySet<string> | undefined;
	/** Real origin → our origin for it. */
	readonly #labels = new Map<string, string>();
	/** What stands behind a blob: URL of the host; undefined while it has not come. */
	readonly #blob: (url: string) => string | undefined;

	constructor(scope: Scope, base: string, blob: (url: string) => string | undefined, media?: ReadonlySet<string>) {
		this.#media = media;
		this.#scope = scope;
		this.#base = base;
		this.#blob = blob;
	}

	/** A URL of the page, absolute or relative to the frame's base; '' where nothing may be loaded. */
	url(value: string): string {
		if (value === '' || value.startsWith('#')) return value;
		if (unsafeUrl(value)) return '';
		if (value.startsWith('data:')) return value;
		if (value.startsWith('blob:')) return this.#blob(value) ?? '';
		const real = URL.parse(value, this.#base);
		if (!real) return '';
		if (real.protocol === 'http:' || real.protocol === 'https:')
			return real.username ? toProxied(real.href, this.#scope) : this.#label(real);
		return /^(?:mailto|tel|sms|about):$/.test(real.protocol) ? real.href : '';
	}

	/** An http(s) URL on its label; making the label takes most of the time, and a page has few origins. */
	#label({ origin, href }: URL): string {
		let label = this.#labels.get(origin);
		if (label === undefined) {
			label = toProxied(origin, this.#scope);
			this.#labels.set(origin, label);
		}
		return label + href.slice(origin.length);
	}

	/** A part of another file, which comes along: browsers take it from the own origin alone. '' while it has not come. */
	#part(value: string): string {
		const real = URL.parse(value, this.#base);
		if (!real) return '';
		const { hash } = real;
		real.hash = '';
		const url = this.#blob(real.href);
		return url ? url + hash : '';
	}

	css(text: string): string {
		return mapCssUrls(text, (url) => this.url(url));
	}

	sheetPi(text: string): string {
		return mapSheetPi(text, (url) => this.url(url));
	}

	/** A style sheet or rules of one: what holds for the host alone stands in attributes here, and a selection's colours come in pairs. */
	sheet(text: string): string {
		const css = mapCssSelection(mapCssStates(mapCssGiven(this.css(text))));
		return this.#media ? mapCssMedia(css, this.#media) : css;
	}

	/** A media query that answers as the host's. */
	media(query: string): string {
		return this.#media ? mapMediaQuery(query, this.#media) : query;
	}

	/** An attribute's value as it stands in the mirror; undefined where it must not stand there. */
	attribute(tag: string, name: string, value: string): string | undefined {
		if (tag === 'use' && attrKind(tag, name) === 'url' && !value.startsWith('#')) return this.#part(value);
		switch (attrKind(tag, name)) {
			case 'drop':
			case 'said':
				return undefined;
			case 'keys':
				return keysIn(value);
			case 'url':
				return this.url(value);
			case 'srcset':
				return mapSrcset(value, (url) => this.url(url));
			case 'css':
				return this.css(value);
			case 'media':
				return this.media(value);
			case 'plain':
				return value;
		}
	}
}
