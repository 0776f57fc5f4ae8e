// page (host).
// Where a guest's keys go: to the node they name, or with node 0 to where the guest's own gestures (and the page after them) led the focus.
import { followsFocus, type Intent } from '../../protocol/intent.ts';
import { getter, natives } from '../natives.ts';
import { realm } from '../realm.ts';
import { dom, isHtml } from './dom.ts';
import { focusTarget, keyTarget, moveFocus } from './focus.ts';
import { elementOf } from './pointer/place.ts';
import { isTurnedAway } from './private.ts';
import type { Outcome, Stage } from './stage.ts';
import { deepActive, flatChain } from './tree.ts';

const frameElement = getter<Element | null>(realm.global, 'frameElement');

/** By then, milliseconds, the guest has seen in the mirror where the host has put the focus, and means to type there. */
const SEEN_WITHIN = 1000;

/** Brings the focus to where the keys are meant to go. */
export function aimFocus(stage: Stage, node: number): Outcome {
	if (node === 0) {
		const moved = stage.guestFocus !== deepActive(stage.doc) && natives.now() - stage.hostActed < SEEN_WITHIN;
		return moved ? 'focus-moved' : undefined;
	}
	const el = elementOf(stage, node);
	if (!el) return 'stale-node';
	// The focus may already be deeper inside (a shadow root's input, an editor's hidden textarea).
	if (!flatChain(keyTarget(stage)).includes(el)) moveFocus(stage, focusTarget(el));
	keepFocus(stage);
	return undefined;
}

/** Another document that has the focus: of a frame in this one, as the shell knows it, or the one around it. */
export type Elsewhere = { readonly child?: number };

/**
 * Where keys go on to that came here: the page has given the focus to a frame, or left it in one (an editor's own, under a toolbar), since the guest's
 * press, or out of this document into the one around it (an editor's dialog). undefined: they are for this document, as those are that were meant for a
 * secret field of it.
 */
export function elsewhere(stage: Stage, intent: Intent): Elsewhere | undefined {
	if (!followsFocus(intent) || isTurnedAway(stage)) return undefined;
	const child = childOf(stage, deepActive(stage.doc));
	if (child === undefined && !hasLeft(stage)) return undefined;
	if (intent.k === 'key' && intent.phase === 'up') stage.keys.delete(intent.code);
	else if (child !== undefined && aimFocus(stage, 0)) return undefined;
	return child === undefined ? {} : { child };
}

/** Whether something in the document around this one has the focus. Of another site's nobody knows. */
function hasLeft({ win }: Stage): boolean {
	const frame = frameElement(win);
	const around = frame?.ownerDocument;
	const active = around && deepActive(around);
	return !!active && active !== frame && active !== dom.body(around);
}

/** The frame of an element, as the shell knows it. */
export function childOf(stage: Stage, el: Element | null): number | undefined {
	const child = isHtml(el, 'iframe') ? natives.contentWindow(el) : null;
	return child ? stage.ctx.childFrames.get(child) : undefined;
}

/** Remembers that the focus is where the guest has brought it. */
export function keepFocus(stage: Stage): void {
	stage.guestFocus = deepActive(stage.doc);
}
