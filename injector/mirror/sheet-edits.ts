// page (host): every proxied document, before its own scripts.
// Which style sheets scripts change: by methods, which tell at once, and by parts that a script holds and may change without a word, which are
// looked at.
import { call, hookAccessor, hookMethod } from '../hook.ts';
import { LooseSet } from '../loose-set.ts';
import { type Any, natives } from '../natives.ts';
import { ownerNode, ownerOf, ruleSheet, ruleText, termsOf } from './sheet-dom.ts';

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

type Root = Document | ShadowRoot;

export interface SheetEdits {
	/** Looks at what scripts hold; names the sheets that were changed by it since the last look. */
	look(changed: (sheet: CSSStyleSheet) => void): void;
	/** Trees whose list of adopted sheets a script holds, which it may change without a word. */
	listed(): Iterable<Root>;
}

/** What a rule or a sheet said last whose parts a script holds. One that an element stands for is gone with it. */
interface Held {
	readonly was: string;
	readonly ofElement: boolean;
}

/** Hooks what changes sheets, and hands out what can: `touched` is told of a sheet, `adopts` of a tree that was given others. */
export function watchEdits(touched: (sheet: CSSStyleSheet | null) => void, adopts: (root: Root) => void): SheetEdits {
	/** Sheets whose media a script holds, or that it switched off, with what they said. */
	const sheets = new Map<CSSStyleSheet, Held>();
	/** Rules whose declarations a script holds, with their last text. */
	const rules = new Map<CSSRule, Held>();
	const listed = new LooseSet<Root>();
	/** Whether the page has asked for rules. */
	let handedOut = false;

	const sheetOf = (self: Any): CSSStyleSheet | null =>
		self instanceof CSSStyleSheet ? self : self instanceof CSSRule ? ruleSheet(self) : null;
	const watchMethods = (methods: typeof OF_SHEETS) => {
		for (const name of natives.objectKeys(methods)) {
			for (const method of methods[name] as readonly string[]) {
				hookMethod(prototype(name), method, (native, self, args) => {
					const result = call(native, self, args);
					touched(sheetOf(self));
					if (method === 'replace') void (result as Promise<CSSStyleSheet>).then(touched, () => {});
					return result;
				});
			}
		}
	};
	const watchPart = (name: string, accessor: string) =>
		hookAccessor(prototype(name), accessor, {
			get(native, self) {
				if (!rules.has(self)) rules.set(self, { was: ruleText(self), ofElement: !!ownerOf(ruleSheet(self)) });
				for (const oldest of rules.keys()) {
					if (rules.size <= SUSPECTS) break;
					rules.delete(oldest);
				}
				return call(native, self, []);
			},
			set(native, self, value) {
				call(native, self, [value]);
				touched(ruleSheet(self));
			},
		});
	/** Rules are handed out by their sheet alone; a dozen interfaces that a browser makes when they are first looked at, which most pages never do. */
	const watchRules = () => {
		if (handedOut) return;
		handedOut = true;
		watchMethods(OF_RULES);
		for (const name of natives.objectKeys(PARTS)) for (const accessor of PARTS[name] as readonly string[]) watchPart(name, accessor);
	};

	watchMethods(OF_SHEETS);
	for (const accessor of ['cssRules', 'rules']) {
		hookAccessor(prototype('CSSStyleSheet'), accessor, {
			get(native, self) {
				watchRules();
				return call(native, self, []);
			},
		});
	}
	hookAccessor(prototype('StyleSheet'), 'media', {
		get(native, self) {
			if (!sheets.has(self)) sheets.set(self, { was: termsOf(self), ofElement: !!ownerNode(self) });
			return call(native, self, []);
		},
		set(native, self, value) {
			call(native, self, [value]);
			touched(self);
		},
	});
	hookAccessor(prototype('StyleSheet'), 'disabled', {
		set(native, self, value) {
			call(native, self, [value]);
			// That of an element is told as its state.
			if (!ownerNode(self)) touched(self);
		},
	});
	for (const name of ['Document', 'ShadowRoot']) {
		hookAccessor(prototype(name), 'adoptedStyleSheets', {
			get(native, self) {
				const list = call(native, self, []);
				listed.add(self);
				return list;
			},
			set(native, self, value) {
				call(native, self, [value]);
				adopts(self);
			},
		});
	}

	return {
		look(changed) {
			for (const [rule, { was, ofElement }] of rules) {
				const sheet = ruleSheet(rule);
				if (!sheet || (ofElement && !ownerOf(sheet))) rules.delete(rule);
				else if (ruleText(rule) !== was) {
					rules.set(rule, { was: ruleText(rule), ofElement });
					changed(sheet);
				}
			}
			for (const [sheet, { was, ofElement }] of sheets) {
				const now = termsOf(sheet);
				if (ofElement && !ownerNode(sheet)) sheets.delete(sheet);
				else if (now !== was) {
					sheets.set(sheet, { was: now, ofElement });
					changed(sheet);
				}
			}
		},
		listed: () => listed.all(),
	};
}

function prototype(name: string): Any {
	return (globalThis as Any)[name]?.prototype;
}
