// page: no Node. The visitor's way in: by link (/j/<key>) or by code (/join). A name is all that is asked for.
import { html, nothing } from 'lit';
import { LIMITS } from '../../protocol/limits.ts';
import { api } from '../api.ts';
import { t } from '../i18n/index.ts';
import { problemText } from '../problem.ts';
import { keepSecret } from '../secrets.ts';
import { card } from '../ui/card.ts';
import { LightElement } from '../ui/light.ts';
import { codeDigits, groupCode } from '../ui/text.ts';

const NAME = 'tandem-name';

class JoinPage extends LightElement {
	static override properties = { busy: { state: true }, problem: { state: true } };
	declare busy: boolean;
	declare problem: string | undefined;
	readonly #key = /^\/j\/([^/]+)/.exec(location.pathname)?.[1];

	constructor() {
		super();
		this.busy = false;
		this.problem = undefined;
	}

	protected override firstUpdated(): void {
		// The session's own part comes while the name is typed: on a slow line that is a second less to wait.
		void import('../shell/session-page.ts').catch(() => undefined);
		const name = this.#field('join-name');
		if (name) name.value = localStorage.getItem(NAME) ?? '';
		(this.#key ? name : this.#field('join-code'))?.focus();
	}

	protected override render() {
		return card({
			title: t('join.title'),
			lead: t(this.#key ? 'join.lead-key' : 'join.lead-code'),
			body: html`<form class="fields" novalidate @submit=${this.#join}>
					${this.#key ? nothing : this.#codeField()}
					<label class="field"><span>${t('join.name')}</span>
						<input class="input" data-tandem="join-name" name="name" autocomplete="name" maxlength=${LIMITS.name} required enterkeyhint="go" />
						<span class="hint">${t('join.name-hint')}</span>
					</label>
					${this.problem ? html`<p class="problem" role="alert" data-tandem="problem">${this.problem}</p>` : nothing}
					<button class="button primary wide" data-tandem="join" ?disabled=${this.busy}>${this.busy ? t('app.working') : t('join.submit')}</button>
				</form>
				<p class="small-print">${t('join.privacy')}</p>`,
			foot: this.#key ? html`<a href="/join">${t('join.by-code')}</a>` : nothing,
		});
	}

	#codeField() {
		return html`<label class="field"><span>${t('join.code')}</span>
			<input class="input code" data-tandem="join-code" name="code" inputmode="numeric" autocomplete="one-time-code" placeholder="000 000"
				pattern="[0-9 ]*" required @input=${this.#group} />
		</label>`;
	}

	#field(name: string): HTMLInputElement | null {
		return this.querySelector(`[data-tandem="${name}"]`);
	}

	/** Groups the digits as they are typed, while the caret is at the end; in the middle it would jump. */
	readonly #group = (event: Event): void => {
		const input = event.currentTarget as HTMLInputElement;
		if (input.selectionStart !== input.value.length) return;
		input.value = codeDigits(input.value).replace(/^(\d{3})(?=\d)/, '$1 ');
	};

	readonly #join = async (event: Event): Promise<void> => {
		event.preventDefault();
		const name = this.#field('join-name')?.value.trim() ?? '';
		const code = codeDigits(this.#field('join-code')?.value ?? '');
		if (!this.#key && code.length !== 6) return this.#wrong('join-code', t('join.need-code'));
		if (!name) return this.#wrong('join-name', t('join.need-name'));
		this.busy = true;
		this.problem = undefined;
		try {
			const by = this.#key ? { key: decodeURIComponent(this.#key) } : { code };
			const { session, secret } = await api.join(by, name);
			localStorage.setItem(NAME, name);
			keepSecret(session, secret);
			location.assign(`/s/${encodeURIComponent(session)}`);
		} catch (error) {
			this.busy = false;
			this.problem = problemText(error);
			const field = this.#field('join-code');
			if (field) field.value = groupCode(code);
			field?.focus();
		}
	};

	#wrong(field: string, problem: string): void {
		this.problem = problem;
		this.#field(field)?.focus();
	}
}

customElements.define('tandem-join', JoinPage);
