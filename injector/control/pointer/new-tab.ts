// page (host).
// The middle button, or the shortcut key or Shift with the main one, on a link: the browser would open a tab of its own, beside the session.
// It becomes a tab of the session.
import { getter, natives } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { isHtml } from '../dom.ts';
import { isAccel } from '../keys/keys.ts';
import type { Stage } from '../stage.ts';
import { flatClosest } from '../tree.ts';
import { fireMouse, type PointerState } from './pointer-events.ts';

/** Fires `type` at `target`; a link that it would open in a tab of its own goes to the shell, unless the page prevents it. */
export function clickLink(stage: Stage, target: Element, type: 'click' | 'auxclick', state: PointerState): void {
	const link = flatClosest(target, isLink);
	const apart = type === 'auxclick' ? state.button === 1 : isAccel(state.keys) || !!state.keys?.shift;
	if (!link || !apart) {
		fireMouse(stage, target, type, state);
		return;
	}
	let prevented = () => false;
	fireMouse(stage, target, type, state, (event) => {
		prevented = keep(event);
	});
	const url = stage.ctx.toReal(linkUrl(link));
	if (!prevented() && /^https?:/.test(url)) stage.ctx.send({ t: 'open', url, name: '' });
}

/** Takes an event's default action from the browser, however far the page lets it go. Answers whether the page has prevented it too. */
function keep(event: Event): () => boolean {
	let prevented = false;
	const prevent = () => {
		prevented = true;
	};
	natives.preventDefault(event);
	const own = (name: string, how: PropertyDescriptor) => natives.defineProperty(event, name, { ...how, configurable: true });
	own('preventDefault', { value: prevent, writable: true });
	own('defaultPrevented', { get: () => prevented });
	own('returnValue', { get: () => !prevented, set: (value: unknown) => value === false && prevent() });
	return () => prevented;
}

const anchorUrl = getter<string>(realm.global.HTMLAnchorElement?.prototype, 'href');
const areaUrl = getter<string>(realm.global.HTMLAreaElement?.prototype, 'href');

function linkUrl(link: Element): string {
	return isHtml(link, 'a') ? anchorUrl(link) : areaUrl(link);
}

function isLink(el: Element): boolean {
	return (isHtml(el, 'a') || isHtml(el, 'area')) && natives.hasAttribute(el, 'href') && !natives.hasAttribute(el, 'download');
}
