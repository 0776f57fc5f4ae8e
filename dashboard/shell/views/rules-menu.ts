// page: no Node. What a tab's host decides about guests who act in it: whether forms they send wait, and whether they get files they download.
import { html, nothing, type TemplateResult } from 'lit';
import type { DownloadRule, TabRules } from '../../../protocol/room.ts';
import { type Text, t } from '../../i18n/index.ts';
import { Dismiss } from '../../ui/dismiss.ts';
import { icon } from '../../ui/icons.ts';
import { LightElement } from '../../ui/light.ts';

const DOWNLOADS: Readonly<Record<DownloadRule, Text>> = {
	ask: 'acting.files-ask',
	always: 'acting.files-always',
	never: 'acting.files-never',
};

/** Fires `decide` (detail: the changed rules). */
export class RulesMenu extends LightElement {
	static override properties = { rules: {}, open: { state: true } };
	declare rules: TabRules;
	declare open: boolean;

	constructor() {
		super();
		this.open = false;
		new Dismiss(this);
	}

	protected override render(): TemplateResult {
		return html`<div class="anchor">
			<button class="icon-button ${this.rules.gate ? 'pressed' : ''}" data-tandem="rules" aria-expanded=${this.open} title=${t('acting.title')}
				aria-label=${t('acting.title')} @click=${this.#toggle}>${icon('gate')}</button>
			${this.open ? this.#popover() : nothing}
		</div>`;
	}

	#popover(): TemplateResult {
		const { gate, downloads } = this.rules;
		return html`<div class="popover acting" role="dialog" aria-label=${t('acting.title')}>
			<h2>${t('acting.title')}</h2>
			<label class="check"><input type="checkbox" data-tandem="gate" .checked=${gate}
				@change=${(event: Event) => this.#decide({ gate: (event.currentTarget as HTMLInputElement).checked })} />${t('acting.gate')}</label>
			<label class="field"><span>${t('acting.files')}</span>
				<select class="input" data-tandem="downloads" @change=${(event: Event) => this.#decide({ downloads: (event.currentTarget as HTMLSelectElement).value as DownloadRule })}>
					${Object.entries(DOWNLOADS).map(([rule, text]) => html`<option value=${rule} ?selected=${rule === downloads}>${t(text)}</option>`)}
				</select></label>
		</div>`;
	}

	#decide(detail: Partial<TabRules>): void {
		this.dispatchEvent(new CustomEvent<Partial<TabRules>>('decide', { detail }));
	}

	readonly #toggle = (): void => {
		this.open = !this.open;
	};
}

customElements.define('tandem-rules', RulesMenu);
