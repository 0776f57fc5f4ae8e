// mirror document (guest's browser).
// What is selected in the document that the host is in has the colours of a window in front there, and would be grey here, since nobody is in
// the mirrored document: a rule of ours gives it those colours, beneath all that the page says (protocol/css-selection.ts).
import { SELECTION_LAYER } from '../../protocol/css-selection.ts';
import { stateAttribute } from '../../protocol/css-states.ts';

const FRONT = stateAttribute('front');

/** On the root alone: all that is in it, shadow trees too, inherits it (CSS Pseudo-Elements Level 4 section 3.5, highlight inheritance). */
export const SELECTED_CSS = `@layer ${SELECTION_LAYER}{:root[${FRONT}]::selection{color:HighlightText;background-color:Highlight}}`;

/** Says whether a document's selection is that of a window in front. Only while something is selected: to say it costs a look at all styles. */
export function showFront(doc: Document, front: boolean): void {
	const root = doc.documentElement as Element | null;
	if (!root || root.hasAttribute(FRONT) === front) return;
	root.toggleAttribute(FRONT, front);
}
