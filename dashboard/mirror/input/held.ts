// mirror document (guest's browser).
// Keys told as they go down and come up, so that a page sees them held: those that change others, letters where nobody types (games,
// shortcuts), and what is typed once it has come through the text area (keyboard.ts).
import type { Intent, KeyIntent } from '../../../protocol/intent.ts';
import type { Desk } from './desk.ts';
import { TYPED } from './pointer.ts';
import { keysOf } from './spot.ts';

const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'Meta']);

export interface HeldKeys {
	/** A key goes down or comes up; `typing`: the guest has pressed on something one types into. True: the host is told. */
	take(event: KeyboardEvent, typing: boolean): boolean;
	/** A key has made what it says, in our text area. */
	type(event: KeyboardEvent): void;
	/** Whatever is down comes up: the guest's browser won't say when it does. */
	release(): void;
}

export function makeHeldKeys(desk: Desk): HeldKeys {
	const down = new Map<string, KeyIntent & { readonly frame: number }>();
	const comesUp = (code: string, keys?: KeyIntent['keys']) => {
		const key = down.get(code);
		down.delete(code);
		if (key) desk.push({ ...key, ...(keys && { keys }), phase: 'up' } as Intent);
		return key !== undefined;
	};
	const goesDown = (event: KeyboardEvent, frame: number) => {
		const key = { frame, k: 'key', node: 0, key: event.key, code: event.code } as const;
		down.set(event.code, key);
		const keys = keysOf(event);
		desk.push({ ...key, ...(keys && { keys }), phase: 'down', ...(event.repeat && { repeat: true }) });
	};
	return {
		take(event, typing) {
			if (event.type === 'keyup') return comesUp(event.code, keysOf(event));
			const { frame } = desk;
			const modifier = MODIFIERS.has(event.key);
			if (frame === undefined || event.isComposing || event.keyCode === 229) return false;
			if (!modifier && (typing || !isPlain(event) || isTyping(desk, frame))) return false;
			if (modifier && event.repeat) return true;
			if (!modifier) event.preventDefault();
			goesDown(event, frame);
			return true;
		},
		type: (event) => desk.frame !== undefined && goesDown(event, desk.frame),
		release() {
			for (const code of [...down.keys()]) comesUp(code);
		},
	};
}

/** A character, without a key that makes a shortcut of it or another character. */
function isPlain(event: KeyboardEvent): boolean {
	return [...event.key].length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && !event.getModifierState('AltGraph');
}

/** Whether the host's focus in a frame is in something one types into. */
function isTyping(desk: Desk, frame: number): boolean {
	for (const { frame: at, nodes, glance } of desk.view.writing()) {
		const el = at === frame ? (nodes.get(glance.focus) as Element | undefined) : undefined;
		if (el?.nodeType === 1 && el.closest(TYPED)) return true;
	}
	return false;
}
