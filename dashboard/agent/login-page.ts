// page: no Node. Agents sign in. The first account is made by the server's first run, which prints its password.
import { html, nothing } from 'lit';
import { TandemError } from '../../protocol/errors.ts';
import { api } from '../api.ts';
import { t } from '../i18n/index.ts';
import { problemText } from '../problem.ts';
import { card } from '../ui/card.ts';
import { LightElement } from '../ui/light.ts';

class LoginPage extends LightElement {
	static override properties = { busy: { state: true }, problem: { state: true } };
	declare busy: boolean;
	declare problem: string | undefined;

	constructor() {
		super();
		this.busy = false;
		this.problem = undefined;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		void this.#skipIfSignedIn();
	}

	protected override firstUpdated(): void {
		this.querySelector<HTMLInputElement>('input')?.focus();
	}

	async #skipIfSignedIn(): Promise<void> {
		try {
			if ((await api.me()).agent) location.replace('/');
		} catch (error) {
			this.problem = problemText(error);
		}
	}

	protected override render() {
		return card({
			title: t('login.title'),
			lead: t('login.lead'),
			body: html`<form class="fields" @submit=${this.#submit}>
				<label class="field"><span>${t('login.email')}</span>
					<input class="input" data-tandem="login-email" name="email" type="email" autocomplete="username" required /></label>
				<label class="field"><span>${t('login.password')}</span>
					<input class="input" data-tandem="login-password" name="password" type="password" autocomplete="current-password" required /></label>
				${this.problem ? html`<p class="problem" role="alert" data-tandem="problem">${this.problem}</p>` : nothing}
				<button class="button primary wide" data-tandem="login" ?disabled=${this.busy}>${this.busy ? t('app.working') : t('login.submit')}</button>
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
			await api.signIn(field('email').trim(), field('password'));
			location.replace('/');
		} catch (error) {
			this.busy = false;
			const mismatch = error instanceof TandemError && error.code === 'unauthorized';
			this.problem = mismatch ? t('login.failed') : problemText(error);
		}
	};
}

customElements.define('tandem-login', LoginPage);
