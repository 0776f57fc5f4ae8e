// page (host): every proxied document, before its own scripts.
// Attributes that changed since the last delta. Of elements that change again and again (a chart, an animation by script) it is kept from one
// delta to the next what was sent, so that an attribute set to what it was is not sent again.
import type { NodeId } from '../../protocol/mirror.ts';

/** One element. Position in the lists is the attribute. */
export interface Changed {
	/** By which the element was known when `sent` was. */
	id: NodeId;
	/** How it is called in the mirror; '': not asked yet. */
	tag: string;
	readonly names: string[];
	/** As they stood in the document; undefined: not known. */
	readonly sent: (string | null | undefined)[];
	/** In which round each changed last. */
	readonly rounds: number[];
}

/** Attributes remembered of one element; names that a page makes up anew each time are not kept. */
const MOST = 16;

export class ChangedAttributes {
	#now = new Map<Element, Changed>();
	#before = new Map<Element, Changed>();
	#round = 1;
	/** Records of one element come in a row. */
	#last: Element | undefined;
	#lastChanged: Changed | undefined;

	get size(): number {
		return this.#now.size;
	}

	/** The attribute `name` of `el` has changed. */
	note(el: Element, name: string): void {
		let changed = this.#lastChanged;
		if (el !== this.#last || !changed) {
			changed = this.#now.get(el) ?? this.#begin(el);
			this.#last = el;
			this.#lastChanged = changed;
		}
		const at = changed.names.indexOf(name);
		if (at >= 0) changed.rounds[at] = this.#round;
		else {
			changed.names.push(name);
			changed.sent.push(undefined);
			changed.rounds.push(this.#round);
		}
	}

	/** Calls `each` with every element that changed, and begins anew. `round`: whose `rounds` are equal to it, those attributes changed. */
	take(each: (el: Element, changed: Changed, round: number) => void): void {
		const taken = this.#now;
		const round = this.#round++;
		this.#now = this.#before;
		this.#now.clear();
		this.#before = taken;
		this.#last = undefined;
		this.#lastChanged = undefined;
		for (const [el, changed] of taken) each(el, changed, round);
	}

	clear(): void {
		this.#now.clear();
		this.#before.clear();
		this.#last = undefined;
		this.#lastChanged = undefined;
	}

	#begin(el: Element): Changed {
		const kept = this.#before.get(el);
		const changed = kept && kept.names.length <= MOST ? kept : { id: 0, tag: '', names: [], sent: [], rounds: [] };
		this.#now.set(el, changed);
		return changed;
	}
}
