// mirror document (guest's browser).
// Controls that the guest works with their own browser's picker; only the outcome goes to the host.
import type { MediaIntent } from '../../../protocol/intent.ts';
import { edit } from '../own-edits.ts';
import type { Desk } from './desk.ts';
import { aim, innermost } from './spot.ts';

const PICKED = new Set(['date', 'time', 'datetime-local', 'month', 'week', 'color', 'range', 'file']);
/** Of these every step is shown to the host, not only the last. */
const LIVE = new Set(['range', 'color', 'number']);
/** Width of a number input's arrows, CSS pixels. */
const SPINNER = 20;

/** Whether the guest's own browser handles a press or a key at this place. */
export function isLocal(event: Event): boolean {
	const el = innermost(event);
	if (!el || el.matches(':disabled')) return false;
	if (el.closest('select')) return true;
	if (el.matches('audio[controls],video[controls]')) return true;
	if (el.localName !== 'input') return false;
	const { type } = el as HTMLInputElement;
	if (type === 'number' && 'clientX' in event) return el.getBoundingClientRect().right - (event as MouseEvent).clientX < SPINNER;
	return PICKED.has(type);
}

/** A key that such a control makes nothing of and the page may: to close, to send, a shortcut. */
export function passesOn(event: KeyboardEvent): boolean {
	const el = innermost(event);
	if (!el?.matches('select,input')) return false;
	if (event.key === 'Enter') return !/^(color|file)$/.test((el as HTMLInputElement).type);
	return event.key === 'Escape' || ((event.ctrlKey || event.metaKey) && /^\S$/.test(event.key));
}

/** `input` and `change` of such a control. */
export function onPicked(desk: Desk, event: Event): void {
	const el = innermost(event);
	const place = el && desk.view.placeOf(el);
	if (!desk.allowed || !event.isTrusted || !el || !place) return;
	const live = event.type === 'input';
	if (el.localName === 'select') {
		const chosen = [...(el as HTMLSelectElement).selectedOptions].map((option) => option.index);
		if (!live) desk.push({ ...place, k: 'value', value: chosen.join(',') });
		return;
	}
	if (el.localName !== 'input') return;
	const input = el as HTMLInputElement;
	if (input.type === 'file') {
		if (!live) desk.handOver(place, [...(input.files ?? [])]);
	} else if (!live || LIVE.has(input.type)) {
		edit(input, input.value);
		desk.push({ ...place, k: 'value', value: input.value, ...(live && { live }) });
	}
}

/** A click in a list whose options are in sight: what it chose has been told, now the page hears of the click (two on an option may move it elsewhere). */
export function onListClick(desk: Desk, event: MouseEvent): void {
	const el = innermost(event);
	const list = el?.closest('select');
	// Shift and the shortcut key choose, and would choose once more at the host's.
	if (!list || el === list || !(list.multiple || list.size > 1) || event.shiftKey || event.ctrlKey || event.metaKey) return;
	const found = aim(desk.view, event);
	for (const k of ['down', 'up'] as const) if (found) desk.push({ ...found, k, button: 0, clicks: event.detail });
}

/** Event of a player → what it sets and to what. */
const MEDIA: Readonly<Record<string, (media: HTMLMediaElement) => readonly [MediaIntent['set'], number]>> = {
	play: () => ['playing', 1],
	pause: () => ['playing', 0],
	seeked: (media) => ['time', media.currentTime],
	volumechange: (media) => (media.muted ? ['muted', 1] : ['volume', media.volume]),
	ratechange: (media) => ['rate', media.playbackRate],
};

export const MEDIA_EVENTS = Object.keys(MEDIA);

/** A player changed, just after the guest pressed one of its controls. */
export function onMedia(desk: Desk, event: Event): void {
	const el = innermost(event) as HTMLMediaElement | undefined;
	const place = el && desk.view.placeOf(el);
	const read = MEDIA[event.type];
	if (!desk.allowed || !el || !place || !read || performance.now() > desk.mediaUntil) return;
	const [set, value] = read(el);
	desk.push({ ...place, k: 'media', set, value });
}
