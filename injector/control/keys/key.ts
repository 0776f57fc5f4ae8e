// page (host).
// Keys and text of a guest: keydown, keypress, what the key does by default, keyup; one task apart, as from a keyboard.
import type { KeyIntent, Keys, TextIntent } from '../../../protocol/intent.ts';
import { natives } from '../../natives.ts';
import { isHtml } from '../dom.ts';
import { checkpoint, fire } from '../events.ts';
import { keyTarget, settleFocus } from '../focus.ts';
import { aimFocus, keepFocus } from '../guest-focus.ts';
import type { Outcome, Stage } from '../stage.ts';
import { deepActive } from '../tree.ts';
import { searchSelect } from './controls.ts';
import { endTyping, insertText } from './edit.ts';
import { downAction, upAction } from './key-actions.ts';
import { characters, isAccel, keyFacts, modifiers, placeOfKey } from './keys.ts';

interface Press {
	readonly key: string;
	readonly code?: string;
	readonly keys?: Keys | undefined;
	readonly repeat?: boolean | undefined;
	readonly taken?: boolean | undefined;
}

/** A key, or its first or second half. */
export async function key(stage: Stage, intent: KeyIntent): Promise<Outcome> {
	const refused = intent.phase === 'up' ? undefined : aimFocus(stage, intent.node);
	if (refused) return refused;
	if (intent.phase === 'down') stage.keys.set(intent.code, intent);
	else stage.keys.delete(intent.code);
	stage.copied = intent.copied;
	const outcome = intent.phase === 'up' ? undefined : await keyDown(stage, intent);
	settleFocus(stage);
	if (!intent.phase) await stage.tick();
	if (intent.phase !== 'down') keyUp(stage, intent);
	keepFocus(stage);
	return outcome;
}

/** A key that does `act` where no listener of keydown prevents it. */
export async function pressTo(stage: Stage, press: Press, act: () => Outcome): Promise<Outcome> {
	const left = fire(keyTarget(stage), 'KeyboardEvent', 'keydown', init(stage, press));
	await checkpoint();
	const outcome = left ? act() : undefined;
	settleFocus(stage);
	await stage.tick();
	keyUp(stage, press);
	return outcome;
}

/** Control has ended: the keys that the guest held come up. */
export function releaseKeys(stage: Stage): void {
	for (const held of [...stage.keys.values()]) keyUp(stage, held);
	stage.keys.clear();
}

/** Text, key by key. What one character's listeners do to the focus, the next one follows. */
export async function text(stage: Stage, { node, text, keyless }: TextIntent): Promise<Outcome> {
	const refused = aimFocus(stage, node);
	if (refused) return refused;
	if (keyless) return textAtOnce(stage, text);
	let outcome: Outcome;
	let first = true;
	const { stops } = stage;
	const began = natives.now();
	let at = deepActive(stage.doc);
	for (const char of characters(text)) {
		if (!first) {
			await stage.tick();
			const freed = stage.free();
			if ((freed && !(await freed)) || stage.stops !== stops) return 'host-acted';
			if (stage.hostActed > began && deepActive(stage.doc) !== at) return 'focus-moved';
		}
		first = false;
		const press = { key: char === '\n' ? 'Enter' : char === '\t' ? 'Tab' : char, keys: { shift: keyFacts(char).shift } };
		outcome = (await keyDown(stage, press)) ?? outcome;
		keyUp(stage, press);
		settleFocus(stage);
		at = deepActive(stage.doc);
	}
	keepFocus(stage);
	return outcome;
}

function textAtOnce(stage: Stage, text: string): Outcome {
	const outcome = insertText(stage, text);
	endTyping(stage, keyTarget(stage));
	settleFocus(stage);
	keepFocus(stage);
	return outcome;
}

/** keydown, then keypress for what makes a character, then the default action; nothing further once a listener prevents it. */
async function keyDown(stage: Stage, press: Press): Promise<Outcome> {
	const target = keyTarget(stage);
	const left = fire(target, 'KeyboardEvent', 'keydown', init(stage, press));
	await checkpoint();
	if (!left || press.taken) return undefined;
	const typed = isTyped(press);
	// A link is followed before that.
	if (typed || (press.key === 'Enter' && !isLink(target))) {
		const charCode = press.key === 'Enter' ? 13 : (press.key.codePointAt(0) ?? 0);
		// A listener of keydown may have moved the focus: the browser sends keypress to where it is now.
		const typing = fire(keyTarget(stage), 'KeyboardEvent', 'keypress', { ...init(stage, press), keyCode: charCode, charCode });
		await checkpoint();
		if (!typing) return undefined;
	}
	const action = downAction(stage, press.key, press.keys);
	if (action) return action();
	if (!typed || searchSelect(stage, press.key)) return undefined;
	const outcome = insertText(stage, press.key);
	// A letter where nothing can be typed is a page's own shortcut: the events were all there is to it.
	return outcome === 'not-editable' ? undefined : outcome;
}

function keyUp(stage: Stage, press: Press): void {
	if (!fire(keyTarget(stage), 'KeyboardEvent', 'keyup', init(stage, press)) || press.taken) return;
	upAction(stage, press.key)?.();
}

function isLink(el: Element): boolean {
	return (isHtml(el, 'a') || isHtml(el, 'area')) && natives.hasAttribute(el, 'href');
}

function isTyped({ key, keys }: Press): boolean {
	return characters(key).length === 1 && !isAccel(keys) && !keys?.alt;
}

function init({ composed }: Stage, { key, code, keys, repeat, taken }: Press): Record<string, unknown> {
	const place = placeOfKey(key, code ?? '');
	const said = { key, code: code || keyFacts(key).code, ...place, charCode: 0, repeat: !!repeat, isComposing: !!composed?.open };
	return { ...said, ...(taken && { code: code ?? '', keyCode: 229 }), ...modifiers(keys) };
}
