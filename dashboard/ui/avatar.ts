// page: no Node. A participant as a coloured disc with initials; the colour is the one of their pointer.
import { html, type TemplateResult } from 'lit';
import { styleMap } from 'lit/directives/style-map.js';
import { initials, inkOn } from './text.ts';

/** `person` shows as a disc of `size` class; the name is for the person hovering, the text beside it for everybody. */
export function avatar(person: { readonly name: string; readonly colour: string }): TemplateResult {
	return html`<span class="avatar" title=${person.name} aria-hidden="true"
		style=${styleMap({ background: person.colour, color: inkOn(person.colour) })}>${initials(person.name)}</span>`;
}
