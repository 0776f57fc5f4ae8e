// page (host).
// What a guest pressed has been built anew since they saw it: by a page that writes its tables again every few seconds, say. A person at the host's
// machine presses what stands there by then; a guest, too, where it is the same thing to all appearances. Otherwise their press goes nowhere.
import type { PointerIntent } from '../../../protocol/intent.ts';
import { nodeOf } from '../../mirror/ids.ts';
import { lostNode } from '../../mirror/lost.ts';
import { isPrivateField } from '../../mirror/privacy/focus.ts';
import { queryAll } from '../../query.ts';
import { dom } from '../dom.ts';
import type { Stage } from '../stage.ts';
import { flatClosest } from '../tree.ts';
import { type Place, placeAt } from './place.ts';

/** Where a press on what is gone was made, if what is there now has taken its place. */
export function heirOf(stage: Stage, { at, seen }: PointerIntent): Place | undefined {
	const lost = nodeOf(at.node) ?? lostNode(at.node);
	const place = lost && seen && placeAt(stage, seen.x, seen.y);
	return place && isBuiltAnew(stage, lost as Element, place.target) && !flatClosest(place.target, isPrivateField) ? place : undefined;
}

/** Whether `now` equals `was`, and all that was taken away with that stands around it as before, but for figures that count on. Of several alike it is the one that is named as it was. */
export function isBuiltAnew(stage: Stage, was: Element, now: Element): boolean {
	if (!dom.isEqual(was, now)) return false;
	let sure = ![...queryAll(stage.doc, now.localName)].some((other) => other !== now && dom.isEqual(other, was));
	let here: Element | null = now;
	for (let up = dom.parentElement(was); up; up = dom.parentElement(up)) {
		here = dom.parentElement(here);
		if (here?.localName !== up.localName || here.id !== up.id) return false;
		const [before, after] = [up.textContent, here.textContent];
		if (before === after) sure ||= before !== was.textContent;
		else if (!sure || before.replace(/\d/g, '') !== after.replace(/\d/g, '')) return false;
	}
	return sure;
}
