// page (host).
// What is secret is entered by the host alone: a guest's gesture neither types into such a field nor gets the focus there.
import type { Intent } from '../../protocol/intent.ts';
import { isPrivateField } from '../mirror/privacy-focus.ts';
import { keyTarget, moveFocus } from './focus.ts';
import { elementOf } from './place.ts';
import type { Outcome, Stage } from './stage.ts';
import { deepActive, flatClosest } from './tree.ts';

/** Carries a gesture out unless it is about a secret field; one that leads the focus into such a field is taken back. */
export function keepPrivate(stage: Stage, intent: Intent, act: () => Outcome | Promise<Outcome>): Outcome | Promise<Outcome> {
	for (const el of aims(stage, intent)) if (el && flatClosest(el, isPrivateField)) return 'private';
	const outcome = act();
	return outcome instanceof Promise ? outcome.then((done) => withoutFocus(stage, done)) : withoutFocus(stage, outcome);
}

function withoutFocus(stage: Stage, outcome: Outcome): Outcome {
	const active = deepActive(stage.doc);
	if (!active || !isPrivateField(active)) return outcome;
	moveFocus(stage, null);
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
