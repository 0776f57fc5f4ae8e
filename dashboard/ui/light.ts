// page: no Node. The base of our elements: they render into the page itself, so that one style sheet and any test reaches their controls.
import { updateWhenLocaleChanges } from '@lit/localize';
import { LitElement } from 'lit';

export class LightElement extends LitElement {
	constructor() {
		super();
		updateWhenLocaleChanges(this);
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}
}
