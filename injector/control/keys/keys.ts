// page (host).
// What KeyboardEvent says of a key: code and the legacy keyCode (UI Events, appendix on legacy key attributes), and of modifiers.
import type { Keys } from '../../../protocol/intent.ts';
import type { Any } from '../../natives.ts';

/** key → keyCode, for keys that are no text. */
const NAMED: Readonly<Record<string, number>> = {
	Backspace: 8,
	Tab: 9,
	Enter: 13,
	Shift: 16,
	Control: 17,
	Alt: 18,
	Pause: 19,
	CapsLock: 20,
	Escape: 27,
	PageUp: 33,
	PageDown: 34,
	End: 35,
	Home: 36,
	ArrowLeft: 37,
	ArrowUp: 38,
	ArrowRight: 39,
	ArrowDown: 40,
	Insert: 45,
	Delete: 46,
	Meta: 91,
	ContextMenu: 93,
};

/** Characters of a US keyboard beside letters and digits: plain, shifted, code, keyCode. */
const SIGNS: readonly (readonly [string, string, string, number])[] = [
	['`', '~', 'Backquote', 192],
	['-', '_', 'Minus', 189],
	['=', '+', 'Equal', 187],
	['[', '{', 'BracketLeft', 219],
	[']', '}', 'BracketRight', 221],
	['\\', '|', 'Backslash', 220],
	[';', ':', 'Semicolon', 186],
	["'", '"', 'Quote', 222],
	[',', '<', 'Comma', 188],
	['.', '>', 'Period', 190],
	['/', '?', 'Slash', 191],
	[' ', ' ', 'Space', 32],
];
const SHIFTED_DIGITS = ')!@#$%^&*(';

export interface KeyFacts {
	readonly code: string;
	readonly keyCode: number;
	/** Whether a US keyboard needs Shift for it. */
	readonly shift: boolean;
}

/** Code, keyCode and Shift of a key; code '' and keyCode 0 for a character that is on no US keyboard. */
export function keyFacts(key: string): KeyFacts {
	const named = NAMED[key];
	if (named !== undefined) return { code: key, keyCode: named, shift: false };
	const fn = /^F(\d{1,2})$/.exec(key);
	if (fn) return { code: key, keyCode: 111 + Number(fn[1]), shift: false };
	if (/^[a-z]$/i.test(key)) {
		const upper = key.toUpperCase();
		return { code: `Key${upper}`, keyCode: upper.charCodeAt(0), shift: key === upper };
	}
	const digit = /^\d$/.test(key) ? Number(key) : key.length === 1 ? SHIFTED_DIGITS.indexOf(key) : -1;
	if (digit >= 0) return { code: `Digit${digit}`, keyCode: 48 + digit, shift: !/^\d$/.test(key) };
	const sign = SIGNS.find(([plain, shifted]) => key === plain || key === shifted);
	return sign ? { code: sign[2], keyCode: sign[3], shift: key !== sign[0] } : { code: '', keyCode: 0, shift: false };
}

let platform: string | undefined;

/** Asked when a guest acts: `navigator` costs something to make. */
function isPlatform(name: RegExp): boolean {
	platform ??= String((globalThis as Any).navigator?.platform ?? '');
	return name.test(platform);
}

/** Whether the shortcut key of this platform is Command. */
const isMac = () => isPlatform(/^(Mac|iPhone|iPad)/);

/** Whether a mouse asks for the menu as its second button is let go; elsewhere it does as that is pressed. */
export const isMenuLate = () => isPlatform(/^Win/);

/** The signs of the number pad, from keyCode 106 on. */
const PAD = '*+,-./';

/** Of a letter its own; of a sign that of the key it shares with a letter or a digit on the keyboard at hand. */
function keyCodeOf(key: string, code: string): number {
	const shared = /^[a-z]$/i.test(key) ? undefined : /^(?:Key|Digit)(.)$/.exec(code)?.[1];
	return shared?.charCodeAt(0) ?? keyFacts(key).keyCode;
}

/** keyCode and location of a key that stands at `code`. */
export function placeOfKey(key: string, code: string): { readonly keyCode: number; readonly location: number } {
	const [, side, pad] = /^(?:(?:Shift|Control|Alt|Meta)(Left|Right)|(Numpad).*)$/.exec(code) ?? [];
	const sign = pad && key.length === 1 ? PAD.indexOf(key) : -1;
	const digit = pad && /^\d$/.test(key);
	const keyCode = digit ? 96 + Number(key) : sign < 0 ? keyCodeOf(key, code) : 106 + sign;
	return { keyCode, location: pad ? 3 : side === 'Left' ? 1 : side ? 2 : 0 };
}

/** The modifiers of an event's init dictionary; the guest's shortcut key becomes the one of this platform. */
export function modifiers(keys: Keys = {}): { shiftKey: boolean; ctrlKey: boolean; altKey: boolean; metaKey: boolean } {
	return {
		shiftKey: !!keys.shift,
		ctrlKey: !!keys.ctrl || (!!keys.accel && !isMac()),
		altKey: !!keys.alt,
		metaKey: !!keys.meta || (!!keys.accel && isMac()),
	};
}

/** Whether the shortcut key of either platform is down. */
export function isAccel(keys: Keys = {}): boolean {
	return !!(keys.accel || keys.ctrl || keys.meta);
}

/** Splits a text into what a person sees as characters, so that an emoji is one key. */
export function characters(text: string): string[] {
	const Segmenter = (globalThis as Any).Intl?.Segmenter;
	if (!Segmenter || /^[\x20-\x7e]*$/.test(text)) return [...text];
	return [...new Segmenter(undefined, { granularity: 'grapheme' }).segment(text)].map((part: Any) => part.segment as string);
}
