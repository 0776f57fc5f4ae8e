// page (host).
// Kind of intent → what carries it out. Reading this table is reading what a guest can do.
import type { Intent } from '../../protocol/intent.ts';
import { guestActs } from '../acts.ts';
import { natives } from '../natives.ts';
import { paste } from './clipboard.ts';
import { filePart, files } from './files.ts';
import { focusTarget, moveFocus, settleFocus } from './focus.ts';
import { keepFocus } from './guest-focus.ts';
import { compose, endComposing } from './keys/compose.ts';
import { key, text } from './keys/key.ts';
import { value } from './keys/value.ts';
import { media } from './media.ts';
import { elementOf } from './pointer/place.ts';
import { cancel, down, drag, hover, move, up } from './pointer/pointer.ts';
import { scroll, wheel } from './pointer/scroll.ts';
import { keepPrivate } from './private.ts';
import { ringByKey, settleRing } from './ring.ts';
import { select } from './selection.ts';
import type { Outcome, Stage } from './stage.ts';
import { deepActive } from './tree.ts';

type Doers = { readonly [K in Intent['k']]: (stage: Stage, intent: Extract<Intent, { k: K }>) => Outcome | Promise<Outcome> };

const DOERS: Doers = {
	down: (stage, intent) => pressed(stage, () => down(stage, intent)),
	up: (stage, intent) => pressed(stage, () => up(stage, intent)),
	move,
	hover,
	cancel,
	drag,
	key,
	text,
	compose,
	paste,
	focus,
	select,
	value,
	scroll,
	wheel,
	files,
	'file-part': filePart,
	media,
};

/** Kinds that a browser would count as a person's activation of the page (HTML section 6.4.2), or as good as. */
const ACTS: ReadonlySet<string> = new Set<Intent['k']>(['down', 'up', 'key', 'text', 'compose', 'drag', 'paste', 'value']);

/** Kinds that end what an input method is making. */
const ENDS: ReadonlySet<string> = new Set<Intent['k']>(['down', 'text', 'drag', 'paste', 'value', 'focus', 'select']);

/** Carries one intent out in this document. */
export function perform(stage: Stage, intent: Intent): Outcome | Promise<Outcome> {
	if (intent.frame !== stage.ctx.frame) return 'stale-frame';
	if (ACTS.has(intent.k)) {
		stage.guestActed = natives.now();
		guestActs();
		if (isKey(intent)) ringByKey(stage);
	}
	if (ENDS.has(intent.k)) endComposing(stage);
	const doer = DOERS[intent.k] as ((stage: Stage, intent: Intent) => Outcome | Promise<Outcome>) | undefined;
	return doer ? keepPrivate(stage, intent, () => doer(stage, intent)) : 'failed';
}

/** A shortcut is no sign of somebody who goes by keys. */
function isKey(intent: Intent): boolean {
	if (intent.k !== 'key') return intent.k === 'text' || intent.k === 'compose';
	return !(intent.keys?.accel || intent.keys?.ctrl || intent.keys?.alt || intent.keys?.meta);
}

function focus(stage: Stage, { node }: Extract<Intent, { k: 'focus' }>): Outcome {
	const el = node === 0 ? null : elementOf(stage, node);
	if (el === undefined) return 'stale-node';
	moveFocus(stage, el && focusTarget(el));
	return thenKeep(stage, undefined);
}

async function pressed(stage: Stage, act: () => Promise<Outcome>): Promise<Outcome> {
	const before = deepActive(stage.doc);
	const outcome = thenKeep(stage, await act());
	settleRing(stage, before);
	return outcome;
}

function thenKeep(stage: Stage, outcome: Outcome): Outcome {
	settleFocus(stage);
	keepFocus(stage);
	return outcome;
}
