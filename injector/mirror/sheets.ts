// page (host): every proxied document, before its own scripts.
// Style sheets that scripts made or changed: adopted ones, and style or link elements whose rules were edited. A sheet nobody touched by
// script costs nothing: it goes as text or as a URL.
import { mapCssUrls } from '../../protocol/css-urls.ts';
import type { NodeId } from '../../protocol/mirror.ts';
import { unrewriteSelectors } from '../../rewrite/css/selectors.ts';
import { natives } from '../natives.ts';
import { earOf, hear } from '../relatives.ts';
import { watchDeclared } from './declared.ts';
import { isConnected, isShadow } from './dom.ts';
import { idOf, nextId } from './ids.ts';
import { ownSheets } from './own-sheets.ts';
import { cleanOp } from './privacy/ops.ts';
import { adopted, adoptedIn, cssRules, disabled, href, mediaText, ownerNode, ruleText, termsOf } from './sheet-dom.ts';
import { watchEdits } from './sheet-edits.ts';
import { spliceOf } from './splice.ts';
import type { Capture, Tracker } from './tracker.ts';

interface Known {
	readonly id: NodeId;
	readonly rules: readonly string[];
	readonly terms: string;
	/** Nothing adopts it any more: the mirror has it without its rules, as a page may make one after another. */
	readonly idle?: boolean;
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
	/** What the mirror has adopted in each tree, and what stood there at the last look, our own sheets too. */
	let trees = new natives.WeakMap<Document | ShadowRoot, Adopted>();
	/** Trees that may have adopted others. */
	const due = new Set<Document | ShadowRoot>();
	const dirty = new Set<CSSStyleSheet>();

	const touch = (sheet: CSSStyleSheet | null) => {
		if (!sheet) return;
		dirty.add(sheet);
		// So that a delta comes even where nothing else changes.
		stream.wake();
	};
	hear(ctx.doc, 'sheet', touch);
	const edits = watchEdits(touch, (root) => {
		if (!stream.open) return; // a key looks at all
		due.add(root);
		stream.wake();
	});
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
			stream.push({ op: 'sheet', id, media: mediaText(sheet), disabled: disabled(sheet), rules });
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
		const there = isShadow(root) ? adoptedIn(root) : adopted(root);
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
		edits.look((sheet) => dirty.add(sheet));
		for (const root of edits.listed()) adopt(root);
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
			const ear = owner && earOf(owner, 'sheet');
			if (ear) {
				dirty.delete(sheet);
				ear(sheet);
				continue;
			}
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
