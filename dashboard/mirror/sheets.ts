// mirror document (guest's browser).
// Style sheets that the host's scripts made or changed, by their rules. An index on the wire is an index here: a rule that this browser
// doesn't know is kept as one that matches nothing.
import type { NodeId } from '../../protocol/mirror.ts';
import type { Registry } from './build.ts';
import { FOCUS_CSS, PLAYER_CSS } from './looks.ts';
import { SELECTED_CSS } from './selected.ts';
import { CALM_CSS } from './stage.ts';
import { STAND_IN_CSS } from './stand-ins.ts';
import { MASK_CSS } from './state.ts';

const NOTHING = '@media not all{}';

export class Sheets {
	readonly #into: Registry;
	readonly #made = new Map<NodeId, CSSStyleSheet>();
	/** What each sheet was told to hold, as it came and as it stands here. */
	readonly #told = new Map<NodeId, { of: CSSStyleSheet; came: string[]; stands: string[] }>();
	readonly #adopted = new Map<NodeId, readonly NodeId[]>();
	/** Style elements that stand for links whose sheets were taken over. */
	readonly #stand = new Map<NodeId, HTMLStyleElement>();

	constructor(into: Registry) {
		this.#into = into;
		this.adopt(0, []);
	}

	/** From now on the sheet `id` is what these rules say: that of a style or link element, or a constructed one. */
	set(id: NodeId, media: string, disabled: boolean, rules: readonly string[]): void {
		const owner = this.#into.nodes.get(id) as Element | undefined;
		const sheet = owner ? this.#owned(id, owner) : (this.#made.get(id) ?? this.#construct(id));
		if (!sheet) return;
		sheet.media.mediaText = this.#into.urls.media(media);
		sheet.disabled = disabled;
		while (sheet.cssRules.length) sheet.deleteRule(0);
		this.#told.set(id, { of: sheet, came: [], stands: [] });
		rules.forEach((rule, i) => {
			this.#insert(id, sheet, rule, i);
		});
	}

	splice(id: NodeId, at: number, del: number, rules: readonly string[]): void {
		const owner = this.#into.nodes.get(id) as Element | undefined;
		const sheet = owner ? (this.#stand.get(id) ?? (owner as HTMLStyleElement)).sheet : this.#made.get(id);
		if (!sheet) throw new RangeError(`no sheet ${id}`);
		for (let n = 0; n < del; n++) sheet.deleteRule(at);
		const told = this.#told.get(id);
		told?.came.splice(at, del);
		told?.stands.splice(at, del);
		rules.forEach((rule, i) => {
			this.#insert(id, sheet, rule, at + i);
		});
	}

	/** What a blob: URL stands for has come: rules that name it are made anew. */
	refresh(url: string): void {
		for (const [id, told] of this.#told) {
			const { came, of } = told;
			came.slice().forEach((rule, at) => {
				if (!rule.includes(url)) return;
				of.deleteRule(at);
				came.splice(at, 1);
				told.stands.splice(at, 1);
				this.#insert(id, of, rule, at);
			});
		}
	}

	/** adoptedStyleSheets of the document (0) or a shadow root, with our own for masks last. */
	adopt(id: NodeId, sheets: readonly NodeId[]): void {
		const root = this.#into.nodes.get(id) as Document | ShadowRoot | undefined;
		if (!root) return;
		this.#adopted.set(id, sheets);
		const masks = this.#made.get(0) ?? this.#masks();
		root.adoptedStyleSheets = [...sheets.map((sheet) => this.#made.get(sheet)).filter((sheet) => sheet !== undefined), masks];
	}

	/** What the host said of the sheet of an element, or of those a document or shadow root adopted, as long as that is what stands here. */
	said(node: Node): string[] {
		const id = this.#into.ids.get(node);
		if (id === undefined) return [];
		if (node.nodeType === Node.ELEMENT_NODE) return this.#saidOf(id, (node as HTMLStyleElement).sheet);
		const own = this.#adopted.get(id) ?? [];
		const there = (node as Document | ShadowRoot).adoptedStyleSheets;
		if (there.length !== own.filter((sheet) => this.#made.has(sheet)).length + 1) return ['other sheets'];
		return own.flatMap((sheet) => this.#saidOf(sheet, this.#made.get(sheet)));
	}

	#saidOf(id: NodeId, sheet: CSSStyleSheet | null | undefined): string[] {
		const told = this.#told.get(id);
		// A style element whose text changed has a new sheet, which the host said nothing about.
		if (!told || !sheet || told.of !== sheet) return [];
		const { cssRules } = sheet;
		const stands = cssRules.length === told.stands.length && told.stands.every((text, i) => cssRules[i]?.cssText === text);
		return stands ? [`sheet ${id}`, ...told.came] : [`other rules ${id}`];
	}

	/** Whether this element stands for a link of the host's. */
	standsFor(el: Element): boolean {
		const id = this.#into.ids.get(el);
		return id !== undefined && this.#stand.get(id) === el;
	}

	/** Our own sheet, the same in every tree of the frame. */
	#masks(): CSSStyleSheet {
		const sheet = this.#construct(0);
		sheet.replaceSync(FOCUS_CSS + CALM_CSS + PLAYER_CSS + SELECTED_CSS + MASK_CSS + STAND_IN_CSS);
		return Object.assign(sheet, { tandem: true });
	}

	#construct(id: NodeId): CSSStyleSheet {
		const View = (this.#into.doc.defaultView as (Window & typeof globalThis) | null)?.CSSStyleSheet ?? CSSStyleSheet;
		const sheet = new View();
		this.#made.set(id, sheet);
		return sheet;
	}

	#owned(id: NodeId, owner: Element): CSSStyleSheet | null {
		if (owner.localName === 'style') return (owner as HTMLStyleElement).sheet;
		// A link's sheet is on another origin here and can't be edited: a style element in its place can.
		const stand = this.#into.doc.createElement('style');
		owner.replaceWith(stand);
		this.#stand.set(id, stand);
		this.#into.nodes.set(id, stand);
		this.#into.ids.set(stand, id);
		return stand.sheet;
	}

	#insert(id: NodeId, sheet: CSSStyleSheet, rule: string, at: number): void {
		try {
			sheet.insertRule(this.#into.urls.sheet(rule), at);
		} catch {
			sheet.insertRule(NOTHING, at);
		}
		const told = this.#told.get(id);
		told?.came.splice(at, 0, rule);
		told?.stands.splice(at, 0, sheet.cssRules[at]?.cssText ?? '');
	}
}
