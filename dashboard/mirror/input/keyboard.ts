// mirror document (guest's browser).
// The guest's keys go into a text area of ours that nobody sees, so that input methods and a phone's keyboard work; what comes into it is
// sent as text, what an input method is making of it as that, everything else as keys.
import { clipName, type KeyIntent } from '../../../protocol/intent.ts';
import { toReal } from '../../../protocol/url.ts';
import { selectedHtml } from './copied.ts';
import type { Desk } from './desk.ts';
import { makeHeldKeys } from './held.ts';
import { isLocal, passesOn } from './local.ts';
import { innermost, keysOf, MAC } from './spot.ts';
import type { Suggestions } from './suggest.ts';

/** What stands in the text area, so that a phone's Backspace has something to delete and is told. */
const SENTINEL = '\u200b';
const STYLE =
	'position:fixed;width:1px;height:1em;padding:0;border:0;margin:0;opacity:0;pointer-events:none;resize:none;font-size:16px;z-index:-1';

/** Shortcuts that stay with the guest's own browser. `Accel` is Ctrl, or Command on a Mac. */
const BROWSERS: ReadonlySet<string> = new Set(
	(
		'F5 F11 F12 Alt+ArrowLeft Alt+ArrowRight Alt+F4 Accel+r Accel+Shift+r Accel+t Accel+Shift+t Accel+w Accel+n Accel+Shift+n Accel+l ' +
		'Accel+q Accel+Shift+i Accel+Shift+j Accel+Tab Accel+Shift+Tab Accel++ Accel+- Accel+0 Accel+PageUp Accel+PageDown'
	).split(' '),
);
const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'NumLock', 'Process', 'Unidentified']);

/** Phone keyboards delete and break lines without a key: inputType → key. */
const BY_INPUT_TYPE: Readonly<Record<string, string>> = {
	deleteContentBackward: 'Backspace',
	deleteWordBackward: 'Backspace',
	deleteContentForward: 'Delete',
	insertLineBreak: 'Enter',
	insertParagraph: 'Enter',
};

type Press = Pick<KeyIntent, 'key' | 'code' | 'keys'>;

export interface Keyboard {
	/** Gives it the keys, at a point of the root's viewport (there an input method shows its window). */
	take(typing: boolean, x: number, y: number): void;
	/** A key that went to a mirrored document itself, which has the browser's focus after a picker was used. */
	onStray(event: KeyboardEvent): void;
	/** A control that the guest's browser works has got its focus, or lost it: the host's goes along, by Tab as it would from there. */
	onFocus(event: FocusEvent): void;
	/** Whether keys come to it now. */
	has(): boolean;
	/** Gives them to a control that the guest's browser works, which has the host's focus already. */
	lend(control: HTMLElement): void;
	drop(): void;
}

export function makeKeyboard(desk: Desk, doc: Document, suggestions: Suggestions): Keyboard {
	const area = doc.createElement('textarea');
	area.style.cssText = STYLE;
	for (const [name, value] of Object.entries({ autocapitalize: 'off', autocomplete: 'off', spellcheck: 'false', 'aria-label': '' })) {
		area.setAttribute(name, value);
	}
	const held = makeHeldKeys(desk);
	const takeHeld = (event: KeyboardEvent) => held.take(event, area.inputMode === 'text');
	let composing = false;
	/** What of the composition the host's page was told, what it is by now, and whether that is its last. */
	let composed: string | undefined;
	let made = '';
	let ends = false;
	/** The key that makes text and has gone down, while nothing has come of it yet. */
	let keyed: KeyboardEvent | undefined;
	/** A Tab that may lead out of a control that the guest's browser works, and one that has. */
	let leaving: KeyboardEvent | undefined;
	let left = false;
	let lends = false;
	let lent: HTMLElement | undefined;
	const isOver = (event: KeyboardEvent) => {
		const over = left && event.key === 'Tab' && event.type === 'keyup';
		if (event.key === 'Tab') left = false;
		return over;
	};
	/** Keys that an input method took as they went down. */
	const taken = new Set<string>();
	const empty = () => {
		area.value = SENTINEL;
		area.setSelectionRange(1, 1);
	};
	const frame = () => desk.frame;
	const on = <K extends keyof HTMLElementEventMap>(type: K, act: (event: HTMLElementEventMap[K], frame: number) => void) =>
		area.addEventListener(type, (event) => {
			const to = frame();
			if (to !== undefined && desk.allowed) act(event, to);
			else if (event.cancelable) event.preventDefault();
		});
	/** The key of a copy, cut or paste whose event is on its way. */
	let press: Press | undefined;
	on('keydown', (event) => {
		press = isClipboard(event) ? { key: event.key, code: event.code, keys: keysOf(event) ?? {} } : undefined;
		const method = event.keyCode === 229;
		if (method) taken.add(event.code);
		keyed = undefined;
		if (method) sendTaken(desk, event, 'down');
		else if (suggestions.key(event) || takeHeld(event)) return;
		else if (isText(event)) keyed = event;
		else if (!composing) sendKey(desk, event, 'down');
	});
	on('keyup', (event) => {
		press = undefined;
		if (isOver(event)) return;
		if (taken.delete(event.code)) sendTaken(desk, event, 'up');
		else void (takeHeld(event) || (!composing && sendKey(desk, event, 'up')));
	});
	on('blur', () => held.release());
	on('compositionstart', () => {
		composing = true;
		composed = undefined;
		made = '';
		ends = false;
	});
	const follow = (to: number, more: { caret?: number; ends?: true }) => {
		// One that the guest has clicked away from has said all it had.
		if (!composing || (!made && composed === undefined)) return;
		desk.push({ frame: to, k: 'compose', node: 0, text: made, ...more, ...(composed === undefined && { begins: true }) });
		composed = made;
	};
	on('compositionupdate', ({ data }) => {
		made = data;
	});
	// The old event comes before the last `input` of a composition alone.
	area.addEventListener('textInput', () => {
		ends = composing;
	});
	on('compositionend', ({ data }, to) => {
		made = data;
		follow(to, { ends: true });
		composing = false;
		empty();
	});
	on('input', (event, to) => {
		suggestions.typed();
		if (composing || (event as InputEvent).isComposing) {
			const caret = area.selectionStart - SENTINEL.length;
			if (!ends) follow(to, caret === made.length ? {} : { caret: Math.max(0, caret) });
			return;
		}
		const key = BY_INPUT_TYPE[(event as InputEvent).inputType];
		const text = area.value.replaceAll(SENTINEL, '');
		if (key) desk.push({ frame: to, k: 'key', node: 0, key, code: key });
		// A Mac's Option makes other characters, which a page hears of with Alt: there, and of what two keys make, the text counts.
		else if (keyed?.key === text && !keyed.altKey) held.type(keyed);
		else if (text) desk.push({ frame: to, k: 'text', node: 0, text, ...(!keyed && { keyless: true }) });
		keyed = undefined;
		empty();
	});
	on('paste', (event, to) => {
		event.preventDefault();
		const [text, html] = ['text/plain', 'text/html'].map((type) => event.clipboardData?.getData(type) ?? '');
		desk.push({ frame: to, k: 'paste', node: 0, text: text ?? '', ...(html && { html }), ...(press && { press }) });
		press = undefined;
	});
	for (const type of ['copy', 'cut'] as const) {
		on(type, (event, to) => {
			event.preventDefault();
			const { text, html } = selected(desk, to);
			event.clipboardData?.setData('text/plain', text);
			if (html) event.clipboardData?.setData('text/html', html);
			// By a menu it is as by the key that is best known for it.
			const by = press ?? (type === 'copy' ? { key: 'c', code: 'KeyC' } : { key: 'x', code: 'KeyX' });
			desk.push({ frame: to, k: 'key', node: 0, keys: { accel: true }, ...by, copied: clipName(text) });
			press = undefined;
		});
	}
	const keyboard: Keyboard = {
		take(typing, x, y) {
			// Beside the stage: the player replaces what is in the body.
			if (!area.isConnected) doc.documentElement.append(area);
			composing = false;
			area.inputMode = typing ? 'text' : 'none';
			area.style.left = `${Math.max(0, x)}px`;
			area.style.top = `${Math.max(0, y)}px`;
			empty();
			area.focus({ preventScroll: true });
		},
		onStray(event) {
			if (isOver(event)) return;
			leaving = desk.allowed && event.type === 'keydown' && event.key === 'Tab' ? event : undefined;
			if (desk.allowed && isLocal(event) && !passesOn(event)) return;
			if (!desk.allowed) return isBrowsers(event) ? undefined : event.preventDefault();
			const to = frame();
			const typed = isText(event);
			if (typed) event.preventDefault();
			if (typed && event.type === 'keydown' && to !== undefined) desk.push({ frame: to, k: 'text', node: 0, text: event.key });
			else sendKey(desk, event, event.type === 'keydown' ? 'down' : 'up');
		},
		onFocus(event) {
			if (!desk.allowed) return;
			const tab = leaving;
			// The browser has gone on in the mirror: not before the host's page says where to.
			if (event.type === 'focusin' && tab && left) keyboard.take(false, 0, 0);
			if (!isLocal(event)) return;
			const el = innermost(event);
			const place = el && desk.view.placeOf(el);
			if (event.type === 'focusin' && place && !tab && !lends) {
				desk.frame = place.frame;
				desk.push({ ...place, k: 'focus' });
			} else if (event.type === 'focusout' && tab && !left) {
				left = true;
				pushKey(desk, tab);
				lent = undefined;
				setTimeout(() => {
					leaving = undefined;
					if (desk.allowed && !lent) keyboard.take(false, 0, 0);
				});
			}
		},
		has: () => doc.activeElement === area,
		lend(control) {
			lends = true;
			lent = control;
			control.focus({ preventScroll: true });
			lends = false;
		},
		drop: () => area.blur(),
	};
	return keyboard;
}

/** Sends a key that makes no text; what makes text comes as 'input' from the text area. Modifiers go with the keys they change. */
function sendKey(desk: Desk, event: KeyboardEvent, phase: 'down' | 'up'): void {
	if (event.isComposing || event.keyCode === 229 || MODIFIERS.has(event.key)) return;
	if (isText(event) || isBrowsers(event) || isClipboard(event)) return;
	// What follows a dead key is made of both by the guest's own browser.
	if (event.key !== 'Dead') event.preventDefault();
	pushKey(desk, event, phase);
}

/** A key that an input method has taken: the host's page is told, and nothing else comes of it. */
function sendTaken(desk: Desk, event: KeyboardEvent, phase: 'down' | 'up'): void {
	pushKey(desk, event, phase, event.keyCode === 229 ? { taken: true } : {});
}

function pushKey(desk: Desk, event: KeyboardEvent, phase?: 'down' | 'up', more: Pick<KeyIntent, 'taken'> = {}): void {
	const { frame } = desk;
	const { key, code, repeat } = event;
	if (frame === undefined) return;
	desk.push({
		frame,
		k: 'key',
		node: 0,
		key,
		code,
		keys: keysOf(event),
		...(phase && { phase }),
		...(repeat && { repeat: true }),
		...more,
	});
}

function isText(event: KeyboardEvent): boolean {
	if ([...event.key].length !== 1) return false;
	if (event.getModifierState('AltGraph')) return true;
	return !event.ctrlKey && !event.metaKey && (MAC || !event.altKey);
}

function isClipboard(event: KeyboardEvent): boolean {
	const keys = keysOf(event);
	if (keys?.accel && /^[cvx]$/i.test(event.key)) return true;
	return !MAC && (event.key === 'Insert' ? !!keys?.accel !== !!keys?.shift : event.key === 'Delete' && !!keys?.shift && !keys.accel);
}

function isBrowsers(event: KeyboardEvent): boolean {
	const keys = keysOf(event);
	const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
	return BROWSERS.has(`${keys?.accel ? 'Accel+' : ''}${keys?.alt ? 'Alt+' : ''}${keys?.shift ? 'Shift+' : ''}${key}`);
}

/** What the mirror shows as selected in a frame, in the field that the host's focus is in or in text: the guest copies what the guest sees. */
function selected({ view }: Desk, frame: number): { text: string; html?: string } {
	for (const { frame: at, nodes, glance } of view.writing()) {
		const field = at === frame ? (nodes.get(glance.focus) as HTMLInputElement | undefined) : undefined;
		const span = glance.carets.get(glance.focus);
		if (field && span && typeof field.value === 'string') return { text: field.value.slice(span.start, span.end) };
	}
	const doc = view.documentOf(frame);
	if (!doc) return { text: '' };
	return { text: doc.getSelection()?.toString() ?? '', html: selectedHtml(doc, (url) => toReal(url, view.scope.zone)) };
}
