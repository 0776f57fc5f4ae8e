// page (host).
// What is secret is entered by the host alone: a guest's gesture neither types into such a field nor gets the focus there,
// and what a guest types who was turned away goes nowhere: it is meant for that field, and elsewhere everybody would read it.
import { type Intent, isTyped } from '../../protocol/intent.ts';
import { isPrivateField } from '../mirror/privacy/focus.ts';
import { natives } from '../natives.ts';
import { keyTarget, moveFocus } from './focus.ts';
import { elementOf } from './pointer/place.ts';
import type { Outcome, Stage } from './stage.ts';
import { deepActive, flatClosest } from './tree.ts';

/** Gestures that say where what is typed next shall go. */
const LEADS: ReadonlySet<string> = new Set<Intent['k']>(['down', 'drag', 'focus', 'select']);

/** Carries a gesture out unless it is about a secret field; one that leads the focus into such a field is taken back. */
export function keepPrivate(stage: Stage, intent: Intent, act: () => Outcome | Promise<Outcome>): Outcome | Promise<Outcome> {
	const up = intent.k === 'key' && intent.phase === 'up';
	const leads = LEADS.has(intent.k) || (intent.k === 'key' && intent.key === 'Tab' && !up);
	// A host who has acted since has brought the focus somewhere themselves.
	if (isTyped(intent) && !leads && !up && isTurnedAway(stage)) return 'private';
	if (leads) stage.turnedAway = undefined;
	for (const el of aims(stage, intent)) if (el && flatClosest(el, isPrivateField)) return turnAway(stage, leads);
	const outcome = act();
	return outcome instanceof Promise ? outcome.then((done) => withoutFocus(stage, done)) : withoutFocus(stage, outcome);
}

/** Whether the guest was kept out of a secret field here, and may mean to type there. */
export function isTurnedAway({ turnedAway, hostActed }: Stage): boolean {
	return turnedAway !== undefined && turnedAway > hostActed;
}

function withoutFocus(stage: Stage, outcome: Outcome): Outcome {
	const active = deepActive(stage.doc);
	return active && isPrivateField(active) ? turnAway(stage, true) : outcome;
}

/** `leads`: the gesture would have brought the focus there, so it leaves where it was. */
function turnAway(stage: Stage, leads: boolean): Outcome {
	if (leads) {
		moveFocus(stage, null);
		stage.turnedAway = natives.now();
	}
	return 'private';
}

/** The elements that a gesture would enter something into. */
function aims(stage: Stage, intent: Intent): (Element | undefined)[] {
	switch (intent.k) {
		case 'down':
		case 'up':
			return [elementOf(stage, intent.at.node)];
		case 'drag':
			return [elementOf(stage, intent.from.node), elementOf(stage, intent.to.node)];
		case 'key':
		case 'text':
		case 'compose':
		case 'paste':
			return [intent.node === 0 ? keyTarget(stage) : elementOf(stage, intent.node)];
		case 'value':
		case 'files':
		case 'focus':
			return intent.node === 0 ? [] : [elementOf(stage, intent.node)];
		case 'select':
			return [elementOf(stage, intent.anchor.node), elementOf(stage, intent.head.node)];
		default:
			return [];
	}
}
