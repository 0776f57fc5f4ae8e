// page (host): every proxied document, before its own scripts.
// Style sheets that scripts made or changed: adopted ones, and style or link elements whose rules were edited. A sheet nobody touched by
// script costs nothing: it goes as text or as a URL.
import { mapCssUrls } from '../../protocol/css-urls.ts';
import type { NodeId } from '../../protocol/mirror.ts';
import { unrewriteSelectors } from '../../rewrite/css/selectors.ts';
import { call, hookAccessor, hookMethod } from '../hook.ts';
import { LooseSet } from '../loose-set.ts';
import { type Any, getter, natives } from '../natives.ts';
import { watchDeclared } from './declared.ts';
import { isConnected } from './dom.ts';
import { idOf, nextId } from './ids.ts';
import { ownSheets } from './own-sheets.ts';
import { cleanOp } from './privacy/ops.ts';
import { spliceOf } from './splice.ts';
import type { Capture, Tracker } from './tracker.ts';

const g = globalThis as Any;
const proto = (name: string): Any => g[name]?.prototype;
const adopted = getter<CSSStyleSheet[]>(proto('Document'), 'adoptedStyleSheets');
const adoptedIn = getter<CSSStyleSheet[]>(proto('ShadowRoot'), 'adoptedStyleSheets');
const cssRules = getter<CSSRuleList>(proto('CSSStyleSheet'), 'cssRules');
const ownerNode = getter<Node | null>(proto('StyleSheet'), 'ownerNode');
const parentSheet = getter<CSSStyleSheet | null>(proto('StyleSheet'), 'parentStyleSheet');
const href = getter<string | null>(proto('StyleSheet'), 'href');
const ruleSheet = getter<CSSStyleSheet | null>(proto('CSSRule'), 'parentStyleSheet');
const mediaOf = getter<MediaList>(proto('StyleSheet'), 'media');
const mediaText = getter<string>(proto('MediaList'), 'mediaText');
const disabled = getter<boolean>(proto('StyleSheet'), 'disabled');
const ruleText = getter<string>(proto('CSSRule'), 'cssText');

const words = (text: string) => text.split(' ');

/** Methods that change a sheet's rules, by the object they are called on. */
const OF_SHEETS: Readonly<Record<string, readonly string[]>> = {
	CSSStyleSheet: ['insertRule', 'deleteRule', 'addRule', 'removeRule', 'replaceSync', 'replace'],
};
const OF_RULES: Readonly<Record<string, readonly string[]>> = {
	CSSStyleRule: ['insertRule', 'deleteRule'],
	CSSGroupingRule: ['insertRule', 'deleteRule'],
	CSSKeyframesRule: ['appendRule', 'deleteRule'],
};
/** Accessors that hand out a part by which a rule can be changed later, or change it at once. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
	CSSStyleRule: ['style', 'styleMap', 'selectorText'],
	CSSKeyframeRule: ['style', 'keyText'],
	CSSFontFaceRule: ['style'],
	CSSPageRule: ['style'],
	CSSMarginRule: ['style'],
	CSSNestedDeclarations: ['style'],
	CSSPositionTryRule: ['style'],
	CSSMediaRule: ['media'],
	CSSImportRule: ['media'],
	CSSKeyframesRule: ['name'],
	CSSCounterStyleRule: words('name system symbols additiveSymbols negative prefix suffix range pad speakAs fallback'),
	CSSFontFeatureValuesRule: words('fontFamily annotation ornaments stylistic swash characterVariant styleset'),
};
/** Rules looked at for changes; the oldest is forgotten beyond. */
const SUSPECTS = 400;

/** The element that a sheet stands in, by way of those that import it. */
function ownerOf(sheet: CSSStyleSheet | null): Node | null {
	let at = sheet;
	for (let up = at && parentSheet(at); up; up = parentSheet(up)) at = up;
	return at && ownerNode(at);
}

/** For which media a sheet is, and whether it is in force. */
function termsOf(sheet: CSSStyleSheet): string {
	return `${disabled(sheet)} ${mediaText(mediaOf(sheet))}`;
}

interface Known {
	readonly id: NodeId;
	readonly rules: readonly string[];
	readonly terms: string;
	/** Nothing adopts it any more: the mirror has it without its rules, as a page may make one after another. */
	readonly idle?: boolean;
}

/** What a rule or a sheet said last whose parts a script holds. One that an element stands for is gone with it. */
interface Held {
	readonly was: string;
	readonly ofElement: boolean;
}

interface Adopted {
	readonly sheets: readonly CSSStyleSheet[];
	readonly stood: readonly CSSStyleSheet[] | undefined;
}
const NONE: Adopted = { sheets: [], stood: undefined };

/** Whether a list, which is the browser's own and slow to read, still holds what it did. */
function isSame(there: readonly CSSStyleSheet[], was: readonly CSSStyleSheet[] | undefined): boolean {
	const { length } = there;
	if (length !== was?.length) return false;
	for (let i = 0; i < length; i++) if (there[i] !== was[i]) return false;
	return true;
}

export function trackSheets({ ctx, stream, urls, roots }: Capture): Tracker {
	/** Sheets the mirror knows by their rules, with what it has. */
	let known = new natives.WeakMap<CSSStyleSheet, Known>();
	/** Those of them that an element stands for, which is gone once they have none. */
	const owned = new Map<CSSStyleSheet, Node>();
	/** Elements whose sheet of that kind is gone: they are given another, made of what they say, where they are taken out and put in again. */
	const bereft = new Set<Node>();
	/** Sheets whose media a script holds, or that it switched off, with what they said. */
	const held = new Map<CSSStyleSheet, Held>();
	/** What the mirror has adopted in each tree, and what stood there at the last look, our own sheets too. */
	let trees = new natives.WeakMap<Document | ShadowRoot, Adopted>();
	/** Trees that may have adopted others; and those whose list a script holds, which it may change without a word. */
	const due = new Set<Document | ShadowRoot>();
	const listed = new LooseSet<Document | ShadowRoot>();
	const dirty = new Set<CSSStyleSheet>();
	/** Whether the page has asked for rules. */
	let handedOut = false;
	/** Rules whose declarations a script holds, with their last text. */
	const suspects = new Map<CSSRule, Held>();

	const touch = (sheet: CSSStyleSheet | null) => {
		if (!sheet) return;
		dirty.add(sheet);
		// So that a delta comes even where nothing else changes.
		stream.wake();
	};
	const sheetOf = (self: Any): CSSStyleSheet | null =>
		self instanceof CSSStyleSheet ? self : self instanceof CSSRule ? ruleSheet(self) : null;
	const watchEdits = (edits: typeof OF_SHEETS) => {
		for (const name of natives.objectKeys(edits)) {
			for (const method of edits[name] as readonly string[]) {
				hookMethod(proto(name), method, (native, self, args) => {
					const result = call(native, self, args);
					touch(sheetOf(self));
					if (method === 'replace') void (result as Promise<CSSStyleSheet>).then(touch, () => {});
					return result;
				});
			}
		}
	};
	const watchParts = (name: string, accessor: string) =>
		hookAccessor(proto(name), accessor, {
			get(native, self) {
				if (!suspects.has(self)) suspects.set(self, { was: ruleText(self), ofElement: !!ownerOf(ruleSheet(self)) });
				for (const oldest of suspects.keys()) {
					if (suspects.size <= SUSPECTS) break;
					suspects.delete(oldest);
				}
				return call(native, self, []);
			},
			set(native, self, value) {
				call(native, self, [value]);
				touch(ruleSheet(self));
			},
		});
	/** Rules are handed out by their sheet alone; a dozen interfaces that a browser makes when they are first looked at, which most pages never do. */
	const watchRules = () => {
		if (handedOut) return;
		handedOut = true;
		watchEdits(OF_RULES);
		for (const name of natives.objectKeys(PARTS)) for (const accessor of PARTS[name] as readonly string[]) watchParts(name, accessor);
	};
	watchEdits(OF_SHEETS);
	for (const accessor of ['cssRules', 'rules']) {
		hookAccessor(proto('CSSStyleSheet'), accessor, {
			get(native, self) {
				watchRules();
				return call(native, self, []);
			},
		});
	}

	hookAccessor(proto('StyleSheet'), 'media', {
		get(native, self) {
			if (!held.has(self)) held.set(self, { was: termsOf(self), ofElement: !!ownerNode(self) });
			return call(native, self, []);
		},
		set(native, self, value) {
			call(native, self, [value]);
			touch(self);
		},
	});
	hookAccessor(proto('StyleSheet'), 'disabled', {
		set(native, self, value) {
			call(native, self, [value]);
			// That of an element is told as its state.
			if (!ownerNode(self)) touch(self);
		},
	});
	for (const name of ['Document', 'ShadowRoot']) {
		hookAccessor(proto(name), 'adoptedStyleSheets', {
			get(native, self) {
				const list = call(native, self, []);
				listed.add(self);
				return list;
			},
			set(native, self, value) {
				call(native, self, [value]);
				if (!stream.open) return; // a key looks at all
				due.add(self);
				stream.wake();
			},
		});
	}
	const declared = watchDeclared(ctx.doc, (sheet) => {
		due.add(ctx.doc);
		touch(sheet);
	});

	const rulesOf = (sheet: CSSStyleSheet): string[] | undefined => {
		try {
			const base = href(sheet);
			const map = (url: string) => urls.url(base && URL.canParse(url, base) && !url.startsWith('#') ? new URL(url, base).href : url);
			return [...cssRules(sheet)].map((rule) => {
				const text = unrewriteSelectors(mapCssUrls(ruleText(rule), map));
				urls.tellBlobs(text);
				return text;
			});
		} catch {
			// A sheet of another origin can't be read, by the page neither.
			return undefined;
		}
	};
	/** Brings the mirror's rules of a sheet up to date; says the whole sheet the first time. */
	const update = (sheet: CSSStyleSheet, id: NodeId) => {
		const rules = rulesOf(sheet);
		if (!rules) return;
		const before = known.get(sheet);
		const terms = termsOf(sheet);
		known.set(sheet, { id, rules, terms });
		const owner = ownerNode(sheet);
		if (owner) owned.set(sheet, owner);
		if (before?.id !== id || before.terms !== terms)
			stream.push({ op: 'sheet', id, media: mediaText(mediaOf(sheet)), disabled: disabled(sheet), rules });
		else {
			const edit = spliceOf(before.rules, rules);
			if (edit) stream.push({ op: 'rules', id, ...edit });
		}
	};
	/** Takes the rules of those that nothing adopts any more out of the mirror. */
	const empty = (gone: readonly CSSStyleSheet[]) => {
		for (const sheet of gone) {
			const said = known.get(sheet);
			if (!said?.rules.length || [ctx.doc, ...roots()].some((root) => trees.get(root)?.sheets.includes(sheet))) continue;
			stream.push({ op: 'rules', id: said.id, at: 0, del: said.rules.length, rules: [] });
			known.set(sheet, { ...said, rules: [], idle: true });
		}
	};
	const adopt = (root: Document | ShadowRoot) => {
		const id = idOf(root);
		if (id === undefined) {
			const { sheets } = trees.get(root) ?? NONE;
			trees.delete(root);
			empty(sheets);
			return;
		}
		const there = root instanceof ShadowRoot ? adoptedIn(root) : adopted(root);
		const own = root === ctx.doc ? declared.sheet : undefined;
		const before = trees.get(root) ?? NONE;
		if (isSame(there, before.stood) && (!own || known.has(own))) return;
		const stood = [...there];
		const sheets = stood.filter((sheet) => !ownSheets.has(sheet));
		if (own) sheets.unshift(own);
		trees.set(root, { sheets, stood });
		if (isSame(sheets, before.sheets)) return;
		for (const sheet of sheets) {
			const said = known.get(sheet);
			if (!said || said.idle) update(sheet, said?.id ?? nextId());
		}
		stream.push({ op: 'adopt', id, sheets: sheets.map((sheet) => known.get(sheet)?.id ?? 0) });
		empty(before.sheets.filter((sheet) => !sheets.includes(sheet)));
	};
	const flush = () => {
		for (const [rule, { was, ofElement }] of suspects) {
			const sheet = ruleSheet(rule);
			if (!sheet || (ofElement && !ownerOf(sheet))) suspects.delete(rule);
			else if (ruleText(rule) !== was) {
				suspects.set(rule, { was: ruleText(rule), ofElement });
				dirty.add(sheet);
			}
		}
		for (const [sheet, { was, ofElement }] of held) {
			const now = termsOf(sheet);
			if (ofElement && !ownerNode(sheet)) held.delete(sheet);
			else if (now !== was) {
				held.set(sheet, { was: now, ofElement });
				dirty.add(sheet);
			}
		}
		for (const root of listed.all()) adopt(root);
		for (const root of due) adopt(root);
		due.clear();
		for (const [sheet, owner] of owned) {
			if (ownerNode(sheet)) continue;
			known.delete(sheet);
			owned.delete(sheet);
			bereft.add(owner);
		}
		for (const owner of bereft) {
			const { sheet } = owner as HTMLStyleElement;
			if (sheet) dirty.add(sheet);
			if (sheet || idOf(owner) === undefined) bereft.delete(owner);
		}
		for (const sheet of dirty) {
			const owner = ownerNode(sheet);
			const said = owner ? undefined : known.get(sheet);
			const id = owner ? idOf(owner) : said?.id;
			if (id && !said?.idle) update(sheet, id);
			// Its element is still to come.
			if (id || !owner || !isConnected(owner)) dirty.delete(sheet);
		}
	};
	return {
		flush,
		tick() {
			flush();
		},
		state(node, tag) {
			const own =
				tag === 'style' || tag === 'link'
					? [(node as HTMLStyleElement).sheet]
					: tag === ''
						? (trees.get(node as Document) ?? NONE).sheets
						: [];
			return own.flatMap((sheet) => {
				const said = sheet && known.get(sheet);
				if (!said) return [];
				const op = cleanOp({ op: 'rules', id: said.id, at: 0, del: 0, rules: said.rules });
				return op.op === 'rules' ? [`sheet ${said.id}`, ...op.rules] : [];
			});
		},
		element(el, tag) {
			if (tag !== 'style' && tag !== 'link') return;
			const sheet = (el as HTMLStyleElement).sheet;
			if (sheet && known.delete(sheet)) touch(sheet);
		},
		shadow(root) {
			// Also one that was in the mirror before: it is made anew there, with nothing adopted.
			trees.set(root, NONE);
			due.add(root);
			stream.wake();
		},
		key() {
			const all = [...owned.keys()];
			known = new natives.WeakMap();
			owned.clear();
			for (const sheet of all) if (ownerNode(sheet)) touch(sheet);
			trees = new natives.WeakMap();
			for (const root of [ctx.doc, ...roots()]) due.add(root);
			flush();
		},
	};
}
