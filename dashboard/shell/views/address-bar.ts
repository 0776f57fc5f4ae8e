// page: no Node. The address of the viewed page: the real one, with its security. Enter goes to what was typed.
import { html, nothing, type PropertyValues } from 'lit';
import { LIMITS } from '../../../protocol/limits.ts';
import { t } from '../../i18n/index.ts';
import { icon } from '../../ui/icons.ts';
import { LightElement } from '../../ui/light.ts';
import { addressParts } from '../../ui/text.ts';

/** Fires `go` (detail: what was typed) and `cancel`. */
export class AddressBar extends LightElement {
	static override properties = { url: {}, editable: { type: Boolean }, adding: { type: Boolean }, focused: { state: true } };
	declare url: string;
	/** Whether this participant may go elsewhere. */
	declare editable: boolean;
	/** The address of a new tab is asked for. */
	declare adding: boolean;
	declare focused: boolean;
	/** The focus has just come, and nothing was typed since. */
	#fresh = false;

	constructor() {
		super();
		this.url = '';
		this.editable = false;
		this.adding = false;
		this.focused = false;
	}

	get #input(): HTMLInputElement | null {
		return this.querySelector('input');
	}

	protected override updated(changed: PropertyValues<this>): void {
		const input = this.#input;
		if (!input) return;
		if (changed.has('adding') && this.adding) {
			input.value = '';
			input.focus();
		} else if (!this.adding && (!this.focused || changed.has('adding'))) {
			// What somebody is typing stays, whatever the page does meanwhile.
			input.value = this.url;
		}
	}

	protected override render() {
		const { host, after, security } = addressParts(this.url);
		const label = this.adding ? t('nav.new-address') : t('nav.address');
		const dressed = !this.focused && !this.adding && security !== 'none';
		return html`<form class="address ${dressed ? 'dressed' : ''}" @submit=${this.#go}>
			${this.adding ? html`<span class="security">${icon('globe')}</span>` : this.#security(security)}
			<div class="address-field">
				<input data-tandem="address" aria-label=${label} placeholder=${label} title=${this.editable || this.adding ? nothing : t('nav.read-only')}
					type="text" inputmode="url" enterkeyhint="go" autocapitalize="off" autocomplete="off" spellcheck="false" maxlength=${LIMITS.url}
					?readonly=${!this.editable && !this.adding}
					@focus=${this.#focus} @blur=${this.#blur} @keydown=${this.#key} @click=${this.#click} />
				${dressed ? html`<div class="address-dress" aria-hidden="true"><b>${host}</b>${after}</div>` : nothing}
			</div>
		</form>`;
	}

	#security(security: 'secure' | 'insecure' | 'none') {
		if (security === 'none') return html`<span class="security">${icon('globe')}</span>`;
		const secure = security === 'secure';
		const text = t(secure ? 'nav.secure' : 'nav.insecure');
		return html`<span class="security ${security}" role="img" data-tandem="security" data-security=${security} title=${text} aria-label=${text}>
			${icon(secure ? 'lock' : 'unlock')}${secure ? nothing : html`<span class="insecure-word">${t('nav.insecure-short')}</span>`}
		</span>`;
	}

	readonly #focus = (): void => {
		this.focused = true;
		this.#fresh = true;
		this.#input?.select();
	};

	/** The press that gave the focus has set a caret in the meantime: the whole address is selected again, unless a part of it was. */
	readonly #click = (): void => {
		const input = this.#input;
		if (this.#fresh && input?.selectionStart === input?.selectionEnd) input?.select();
		this.#fresh = false;
	};

	readonly #blur = (): void => {
		this.focused = false;
		if (this.adding && !this.#input?.value) this.dispatchEvent(new CustomEvent('cancel'));
	};

	readonly #key = (event: KeyboardEvent): void => {
		this.#fresh = false;
		if (event.key !== 'Escape') return;
		if (this.#input) this.#input.value = this.adding ? '' : this.url;
		this.#input?.blur();
	};

	readonly #go = (event: Event): void => {
		event.preventDefault();
		const typed = this.#input?.value.trim();
		if (!typed || (!this.editable && !this.adding)) return;
		this.dispatchEvent(new CustomEvent('go', { detail: typed }));
		this.#input?.blur();
	};
}

customElements.define('tandem-address', AddressBar);
