// page (host).
// Values a guest picked with their own picker, set through the browser's setter: React keeps a tracker on the element, and must not see it.
import type { ValueIntent } from '../../../protocol/intent.ts';
import { dom, isHtml } from '../dom.ts';
import { fireChosen } from '../events.ts';
import { isDisabled, moveFocus, tellChange } from '../focus.ts';
import { keepFocus } from '../guest-focus.ts';
import { elementOf } from '../pointer/place.ts';
import type { Outcome, Stage } from '../stage.ts';
import { insertText, selectAll } from './edit.ts';
import { isText } from './field.ts';

/** Sets a control's value and fires input and change. 'bad-value': the control took something else. */
export function value(stage: Stage, intent: ValueIntent): Outcome {
	const el = elementOf(stage, intent.node);
	if (!el) return 'stale-node';
	if (isDisabled(el)) return 'disabled';
	moveFocus(stage, el);
	keepFocus(stage);
	if (isHtml(el, 'select')) return choose(el, intent);
	if (!isHtml(el, 'input')) return 'bad-value';
	if (isText(el) && dom.inputType(el) !== 'number' && dom.list(el)) return suggested(stage, el, intent.value);
	const before = dom.inputValue(el);
	dom.setInputValue(el, intent.value);
	const now = dom.inputValue(el);
	if (intent.value && now !== intent.value && dom.inputType(el) !== 'range') {
		dom.setInputValue(el, before);
		return 'bad-value';
	}
	fireChosen(el, intent.live);
	return undefined;
}

/** A suggestion of a `<datalist>` takes the place of what is in the field (Input Events level 2, insertReplacementText). */
function suggested(stage: Stage, el: HTMLInputElement, text: string): Outcome {
	selectAll(stage);
	const outcome = insertText(stage, text, 'insertReplacementText');
	tellChange(stage, el);
	return outcome;
}

function choose(el: HTMLSelectElement, intent: ValueIntent): Outcome {
	const chosen = new Set(intent.value === '' ? [] : intent.value.split(',').map(Number));
	const options = [...dom.options(el)];
	if ([...chosen].some((index) => !options[index])) return 'bad-value';
	if (dom.multiple(el)) {
		options.forEach((option, index) => {
			if (dom.optionSelected(option) !== chosen.has(index)) dom.setOptionSelected(option, chosen.has(index));
		});
	} else dom.setSelectedIndex(el, [...chosen][0] ?? -1);
	fireChosen(el, intent.live);
	return undefined;
}
