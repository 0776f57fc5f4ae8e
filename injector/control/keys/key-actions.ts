// page (host).
// What each key does by default, by what has the focus: chord → action. `Accel` is Ctrl, or Command on a Mac.
import type { Keys } from '../../../protocol/intent.ts';
import { copyOut } from '../clipboard.ts';
import { isHtml } from '../dom.ts';
import { keyTarget } from '../focus.ts';
import { scrollByKey } from '../pointer/scroll.ts';
import type { Outcome, Stage } from '../stage.ts';
import { accessAction, openMenu } from './access.ts';
import { activate, arrowControl, clearSearch, closeTop, submitFrom } from './controls.ts';
import { askBreak, breakLine, command, type EditKind, editKind, erase, modify, selectAll } from './edit.ts';
import { isAccel } from './keys.ts';
import { moveTab } from './tab-order.ts';

/** true: done, by a control. */
type Action = (stage: Stage) => Outcome | true;

/** In anything one types into. */
const EDITING: Readonly<Record<string, Action>> = {
	Backspace: (s) => erase(s, true, 'character'),
	'Shift+Backspace': (s) => erase(s, true, 'character'),
	'Accel+Backspace': (s) => erase(s, true, 'word'),
	'Alt+Backspace': (s) => erase(s, true, 'word'),
	Delete: (s) => erase(s, false, 'character'),
	'Accel+Delete': (s) => erase(s, false, 'word'),
	'Accel+a': (s) => selectAll(s),
	'Accel+z': (s) => command(s, 'historyUndo', 'undo'),
	'Accel+Shift+z': (s) => command(s, 'historyRedo', 'redo'),
	'Accel+y': (s) => command(s, 'historyRedo', 'redo'),
	'Accel+c': (s) => copyOut(s, false),
	'Accel+x': (s) => copyOut(s, true),
	'Accel+Insert': (s) => copyOut(s, false),
	'Shift+Delete': (s) => copyOut(s, true),
};

/** Where the caret goes in what one types into: direction, unit, how many of them. With Shift the selection goes along. */
const CARET: Readonly<Record<string, readonly [string, string, number?]>> = {
	ArrowLeft: ['left', 'character'],
	ArrowRight: ['right', 'character'],
	ArrowUp: ['backward', 'line'],
	ArrowDown: ['forward', 'line'],
	Home: ['backward', 'lineboundary'],
	End: ['forward', 'lineboundary'],
	'Accel+ArrowLeft': ['left', 'word'],
	'Accel+ArrowRight': ['right', 'word'],
	'Accel+ArrowUp': ['backward', 'paragraph'],
	'Accel+ArrowDown': ['forward', 'paragraph'],
	'Accel+Home': ['backward', 'documentboundary'],
	'Accel+End': ['forward', 'documentboundary'],
	PageUp: ['backward', 'line', 12],
	PageDown: ['forward', 'line', 12],
};

const RICH: Readonly<Record<string, Action>> = {
	Enter: (s) => breakLine(s, false),
	'Shift+Enter': (s) => breakLine(s, true),
	'Accel+b': (s) => command(s, 'formatBold', 'bold'),
	'Accel+i': (s) => command(s, 'formatItalic', 'italic'),
	'Accel+u': (s) => command(s, 'formatUnderline', 'underline'),
};

/** On top of EDITING, by kind. */
const BY_KIND: Readonly<Record<EditKind, Readonly<Record<string, Action>>>> = {
	line: {
		Enter: (s) => (askBreak(s) ? submitFrom(s) : undefined),
		'Shift+Enter': (s) => (askBreak(s) ? submitFrom(s) : undefined),
		Escape: (s) => clearSearch(s) || closeTop(s),
		ArrowUp: (s) => arrowControl(s, 'ArrowUp') || modify(s, 'move', 'backward', 'lineboundary'),
		ArrowDown: (s) => arrowControl(s, 'ArrowDown') || modify(s, 'move', 'forward', 'lineboundary'),
	},
	area: { Enter: (s) => breakLine(s, true), 'Shift+Enter': (s) => breakLine(s, true) },
	plain: { Enter: (s) => breakLine(s, true), 'Shift+Enter': (s) => breakLine(s, true) },
	context: RICH,
	rich: RICH,
};

/** Everywhere, where the focus's own tables have nothing. */
const ANYWHERE: Readonly<Record<string, Action>> = {
	Tab: (s) => moveTab(s, false),
	'Shift+Tab': (s) => moveTab(s, true),
	Escape: closeTop,
	Enter: (s) => activate(s, 'Enter'),
	'Accel+a': (s) => selectAll(s),
	'Accel+c': (s) => copyOut(s, false),
	'Accel+x': (s) => copyOut(s, true),
	'Accel+Insert': (s) => copyOut(s, false),
	ContextMenu: openMenu,
	'Shift+F10': openMenu,
	ArrowUp: (s) => arrowControl(s, 'ArrowUp') || scrollByKey(s, 0, -40),
	ArrowDown: (s) => arrowControl(s, 'ArrowDown') || scrollByKey(s, 0, 40),
	ArrowLeft: (s) => arrowControl(s, 'ArrowLeft') || scrollByKey(s, -40, 0),
	ArrowRight: (s) => arrowControl(s, 'ArrowRight') || scrollByKey(s, 40, 0),
	PageUp: (s) => arrowControl(s, 'PageUp') || scrollByKey(s, 0, -0.875, true),
	PageDown: (s) => arrowControl(s, 'PageDown') || scrollByKey(s, 0, 0.875, true),
	Home: (s) => arrowControl(s, 'Home') || scrollByKey(s, 0, Number.NEGATIVE_INFINITY),
	End: (s) => arrowControl(s, 'End') || scrollByKey(s, 0, Number.POSITIVE_INFINITY),
	'Accel+Home': (s) => scrollByKey(s, 0, Number.NEGATIVE_INFINITY),
	'Accel+End': (s) => scrollByKey(s, 0, Number.POSITIVE_INFINITY),
	' ': (s) => pressesOnUp(s) || scrollByKey(s, 0, 0.875, true),
	'Shift+ ': (s) => pressesOnUp(s) || scrollByKey(s, 0, -0.875, true),
};

/** The default action of pressing a key now; undefined where it has none, or is text to be inserted. */
export function downAction(stage: Stage, key: string, keys: Keys = {}): (() => Outcome) | undefined {
	const kind = editKind(stage);
	const name = chord(key, keys);
	const action =
		(kind && (BY_KIND[kind][name] ?? EDITING[name] ?? caretAction(name))) ?? (kind && key === ' ' ? undefined : ANYWHERE[name]);
	if (!action && keys.alt && key.length === 1) return accessAction(stage, key);
	return action && (() => asOutcome(action(stage)));
}

/** Releasing Space presses buttons and the like (HTML section 6.8.5); everything else acts when it goes down. */
export function upAction(stage: Stage, key: string): (() => void) | undefined {
	return key === ' ' && !editKind(stage) ? () => activate(stage, ' ') : undefined;
}

function chord(key: string, keys: Keys): string {
	const name = key.length === 1 ? key.toLowerCase() : key;
	return `${isAccel(keys) ? 'Accel+' : ''}${keys.alt ? 'Alt+' : ''}${keys.shift ? 'Shift+' : ''}${name}`;
}

function caretAction(name: string): Action | undefined {
	const key = name.replace('Shift+', '');
	const move = Object.hasOwn(CARET, key) ? CARET[key] : undefined;
	if (!move) return undefined;
	const [way, unit, times = 1] = move;
	return (stage) => {
		for (let i = 0; i < times; i++) modify(stage, key === name ? 'move' : 'extend', way, unit);
		return undefined;
	};
}

function pressesOnUp(stage: Stage): boolean {
	const el = keyTarget(stage);
	return isHtml(el, 'button') || isHtml(el, 'input') || isHtml(el, 'summary') || isHtml(el, 'select');
}

function asOutcome(result: Outcome | true): Outcome {
	return result === true ? undefined : result;
}
