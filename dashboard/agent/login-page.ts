// page: no Node. Agents sign in; on a fresh installation the first account is made here.
import { html, nothing } from 'lit';
import { TandemError } from '../../protocol/errors.ts';
import { api } from '../api.ts';
import { t } from '../i18n/index.ts';
import { problemText } from '../problem.ts';
import { card } from '../ui/card.ts';
import { LightElement } from '../ui/light.ts';

class LoginPage extends LightElement {
	static override properties = { first: { state: true }, busy: { state: true }, problem: { state: true } };
	/** Whether the account is to be made; undefined until the server has said so. */
	declare first: boolean | undefined;
	declare busy: boolean;
	declare problem: string | undefined;

	constructor() {
		super();
		this.first = undefined;
		this.busy = false;
		this.problem = undefined;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		void this.#ask();
	}

	async #ask(): Promise<void> {
		try {
			const { agent, firstRun } = await api.me();
			if (agent) location.replace('/');
			this.first = firstRun;
		} catch (error) {
			this.first = false;
			this.problem = problemText(error);
		}
		await this.updateComplete;
		this.querySelector<HTMLInputElement>('input')?.focus();
	}

	protected override render() {
		const { first } = this;
		if (first === undefined) return card({ title: t('app.working'), figure: html`<div class="spinner"></div>` });
		return card({
			title: t(first ? 'login.first-title' : 'login.title'),
			lead: t(first ? 'login.first-lead' : 'login.lead'),
			body: html`<form class="fields" @submit=${this.#submit}>
				${
					first
						? html`<label class="field"><span>${t('login.name')}</span>
							<input class="input" data-tandem="login-name" name="name" autocomplete="name" required maxlength="60" />
							<span class="hint">${t('login.name-hint')}</span></label>`
						: nothing
				}
				<label class="field"><span>${t('login.email')}</span>
					<input class="input" data-tandem="login-email" name="email" type="email" autocomplete="username" required /></label>
				<label class="field"><span>${t('login.password')}</span>
					<input class="input" data-tandem="login-password" name="password" type="password" autocomplete=${first ? 'new-password' : 'current-password'}
						required minlength=${first ? 8 : 1} />
					${first ? html`<span class="hint">${t('login.password-hint')}</span>` : nothing}</label>
				${this.problem ? html`<p class="problem" role="alert" data-tandem="problem">${this.problem}</p>` : nothing}
				<button class="button primary wide" data-tandem="login" ?disabled=${this.busy}>
					${this.busy ? t('app.working') : t(first ? 'login.create' : 'login.submit')}</button>
			</form>`,
			foot: html`<a href="/join">${t('login.have-code')}</a>`,
		});
	}

	readonly #submit = async (event: Event): Promise<void> => {
		event.preventDefault();
		const field = (name: string) => this.querySelector<HTMLInputElement>(`input[name="${name}"]`)?.value ?? '';
		this.busy = true;
		this.problem = undefined;
		try {
			if (this.first) await api.signUp(field('name').trim(), field('email').trim(), field('password'));
			else await api.signIn(field('email').trim(), field('password'));
			location.replace('/');
		} catch (error) {
			this.busy = false;
			const mismatch = !this.first && error instanceof TandemError && error.code === 'unauthorized';
			this.problem = mismatch ? t('login.failed') : problemText(error);
		}
	};
}

customElements.define('tandem-login', LoginPage);
