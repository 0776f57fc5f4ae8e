// server and page: no Node, no DOM.
// Media features that tell of the host's person and machine (reduced motion, hover, contrast …): in a mirror they are to answer as at the host's. No
// style sheet can be told so, so in a guest's sheets, and only those, each such condition becomes one that always or never holds.
// Media Queries Level 5 sections 6 (display quality), 7 (interaction), 8 (scripting), 12 (preferences); CSS Conditional Level 3 section 4.

/** Feature → its values. What a browser doesn't know holds nowhere. */
const FEATURES: Readonly<Record<string, readonly string[]>> = {
	'prefers-reduced-motion': ['no-preference', 'reduce'],
	'prefers-contrast': ['no-preference', 'more', 'less', 'custom'],
	'prefers-reduced-transparency': ['no-preference', 'reduce'],
	'prefers-reduced-data': ['no-preference', 'reduce'],
	'inverted-colors': ['none', 'inverted'],
	hover: ['none', 'hover'],
	'any-hover': ['none', 'hover'],
	pointer: ['none', 'coarse', 'fine'],
	'any-pointer': ['none', 'coarse', 'fine'],
	'color-gamut': ['srgb', 'p3', 'rec2020'],
	'dynamic-range': ['standard', 'high'],
	'video-dynamic-range': ['standard', 'high'],
	update: ['none', 'slow', 'fast'],
	scripting: ['none', 'initial-only', 'enabled'],
};

/** Values that don't count where a feature stands without one (section 2.4.2). */
const NOTHING = new Set(['none', 'no-preference']);

/** All conditions, as `feature: value`. */
export const MEDIA: readonly string[] = Object.entries(FEATURES).flatMap(([name, values]) => values.map((value) => `${name}: ${value}`));

const CONDITION = new RegExp(`\\(\\s*(${Object.keys(FEATURES).join('|')})\\s*(?::\\s*([a-z0-9-]+)\\s*)?\\)`, 'gi');
const QUICK = new RegExp(`\\(\\s*(?:${Object.keys(FEATURES).join('|')})\\s*[:)]`, 'i');
/** The at-rules that hold media queries, up to where their query ends. A URL before it may hold anything. */
const PRELUDE = /(@media(?![\w-]))([^{};]*)|(@import(?![\w-])\s*(?:url\((?:"[^"]*"|'[^']*'|[^)"']*)\)|"[^"]*"|'[^']*')?)([^;{}]*)/gi;

const ALWAYS = '(min-width: 0px)';
const NEVER = '(min-width: 9999999px)';

/** A media query in which the features above answer as where `holds` is what holds. */
export function mapMediaQuery(query: string, holds: ReadonlySet<string>): string {
	if (!QUICK.test(query)) return query;
	return query.replace(CONDITION, (_all, feature: string, value: string | undefined) => {
		const name = feature.toLowerCase();
		const held = value
			? holds.has(`${name}: ${value.toLowerCase()}`)
			: FEATURES[name]?.some((each) => !NOTHING.has(each) && holds.has(`${name}: ${each}`));
		return held ? ALWAYS : NEVER;
	});
}

/** A style sheet, or rules of one, likewise. */
export function mapCssMedia(css: string, holds: ReadonlySet<string>): string {
	if (!QUICK.test(css)) return css;
	return css.replace(PRELUDE, (_all, media: string, query: string, load: string, behind: string) =>
		media ? media + mapMediaQuery(query, holds) : load + mapMediaQuery(behind, holds),
	);
}
