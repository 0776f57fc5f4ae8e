// page (host).
// Keys that act on an element elsewhere or on none in particular: access keys (HTML section 6.7.2) and the context menu's.
import { natives } from '../../natives.ts';
import { queryAll } from '../../query.ts';
import { dom } from '../dom.ts';
import { fire } from '../events.ts';
import { focusable, isDisabled, keyTarget, moveFocus, settleFocus } from '../focus.ts';
import type { Outcome, Stage } from '../stage.ts';
import { isText } from './field.ts';

/** What Alt and `key` do here: the element with that access key gets the focus and, unless one types into it, a click. */
export function accessAction(stage: Stage, key: string): (() => Outcome) | undefined {
	const wanted = key.toLowerCase();
	const el = [...queryAll<HTMLElement>(stage.doc, '[accesskey]')].find((each) => keysOf(each).includes(wanted) && !isDisabled(each));
	if (!el) return undefined;
	return () => {
		if (focusable(el)) moveFocus(stage, el);
		if (!isText(el)) fire(el, 'PointerEvent', 'click', { detail: 0, pointerId: -1 });
		settleFocus(stage);
		return undefined;
	};
}

/** The menu key: `contextmenu` at what has the focus, in its middle. */
export function openMenu(stage: Stage): undefined {
	const el = keyTarget(stage);
	const { left, top, width, height } = dom.rect(el);
	fire(el, 'PointerEvent', 'contextmenu', { clientX: left + width / 2, clientY: top + height / 2, button: 0, pointerId: -1 });
	return undefined;
}

function keysOf(el: Element): string[] {
	return (natives.getAttribute(el, 'accesskey') ?? '').toLowerCase().split(/\s+/);
}
