// page: no Node. The agent's first page: paste an address and be in a session; the sessions that are live.
import './agent.css';
import './privacy.css';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { LIMITS } from '../../protocol/limits.ts';
import { type Account, api, type SessionSummary } from '../api.ts';
import { language, t } from '../i18n/index.ts';
import { problemText } from '../problem.ts';
import { icon } from '../ui/icons.ts';
import { LightElement } from '../ui/light.ts';
import { addressParts, groupCode } from '../ui/text.ts';
import { toast } from '../ui/toast.ts';
import { homeBar } from './home-bar.ts';

const REFRESH_MS = 5000;

class HomePage extends LightElement {
	static override properties = { agent: { state: true }, sessions: { state: true }, busy: { state: true }, problem: { state: true } };
	declare agent: Account | undefined;
	declare sessions: readonly SessionSummary[];
	declare busy: boolean;
	declare problem: string | undefined;
	#timer = 0;

	constructor() {
		super();
		this.agent = undefined;
		this.sessions = [];
		this.busy = false;
		this.problem = undefined;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		void this.#load();
		this.#timer = window.setInterval(() => void (this.agent && !document.hidden && this.#refresh()), REFRESH_MS);
	}

	override disconnectedCallback(): void {
		clearInterval(this.#timer);
		super.disconnectedCallback();
	}

	async #load(): Promise<void> {
		try {
			const { agent } = await api.me();
			if (!agent) return location.replace('/login');
			this.agent = agent;
			await this.#refresh();
		} catch (error) {
			this.problem = problemText(error);
		}
		await this.updateComplete;
		this.querySelector<HTMLInputElement>('[data-tandem="new-url"]')?.focus();
	}

	async #refresh(): Promise<void> {
		// What can't be reached now is asked again soon; the list stays as it was.
		this.sessions = await api.sessions().catch(() => this.sessions);
	}

	protected override render(): TemplateResult {
		return html`${homeBar(this.agent?.name)}
			<main class="home">
				<section class="start">
					<h1>${t('home.title')}</h1>
					<p class="lead">${t('home.lead')}</p>
					${this.#form()}
				</section>
				<section class="live">
					<h2>${t('home.sessions')}</h2>
					${this.sessions.length === 0 ? html`<p class="none">${t('home.none')}</p>` : nothing}
					<ul class="session-list">
						${repeat(
							this.sessions,
							({ id }) => id,
							(session) => this.#row(session),
						)}
					</ul>
				</section>
				<a class="privacy-link" href="/privacy" data-tandem="privacy-rules">${t('home.privacy')}</a>
			</main>`;
	}

	#form(): TemplateResult {
		return html`<form class="start-form" novalidate @submit=${this.#start}>
			<div class="start-row">
				<input class="input" data-tandem="new-url" name="url" type="text" inputmode="url" enterkeyhint="go" autocapitalize="off" autocomplete="off"
					spellcheck="false" maxlength=${LIMITS.url} aria-label=${t('home.url')} placeholder=${t('home.url-example')} aria-invalid=${this.problem ? 'true' : 'false'} />
				<button class="button primary" data-tandem="start" ?disabled=${this.busy}>${this.busy ? t('home.starting') : t('home.start')}${icon('arrow')}</button>
			</div>
			${this.problem ? html`<p class="problem" role="alert" data-tandem="problem">${this.problem}</p>` : nothing}
			<label class="check"><input type="checkbox" name="waiting" data-tandem="waiting-room" />${t('home.waiting-room')}</label>
			<label class="check"><input type="checkbox" name="private" data-tandem="private" />${t('home.private')}</label>
			<label class="check"><input type="checkbox" name="gate" data-tandem="gate" />${t('home.gate')}</label>
		</form>`;
	}

	#row(session: SessionSummary): TemplateResult {
		const tab = session.tabs.find(({ id }) => id === session.presented) ?? session.tabs[0];
		const { host, after } = addressParts(tab?.url ?? '');
		const time = new Date(session.createdAt).toLocaleTimeString(language(), { hour: '2-digit', minute: '2-digit' });
		const here = session.participants.filter(({ state }) => state === 'here').length;
		const people = here === 1 ? t('home.people-one') : t('home.people', here);
		return html`<li class="session" data-tandem="session" data-session=${session.id}>
			<div class="session-words">
				<strong>${tab?.title || host || after || t('tab.none')}</strong>
				<span>${[host, people, t('home.since', time), t('home.code', groupCode(session.code))].filter(Boolean).join(' · ')}</span>
			</div>
			<button class="button" data-tandem="session-open" @click=${() => void this.#reopen(session.id)}>${t('home.open')}</button>
			<button class="button danger" data-tandem="session-end" @click=${() => void this.#end(session.id)}>${t('home.end')}</button>
		</li>`;
	}

	readonly #start = async (event: Event): Promise<void> => {
		event.preventDefault();
		const url = this.querySelector<HTMLInputElement>('[name="url"]');
		const ticked = (name: string) => this.querySelector<HTMLInputElement>(`[name="${name}"]`)?.checked ?? false;
		if (!url?.value.trim()) return url?.focus();
		this.busy = true;
		this.problem = undefined;
		try {
			const { hostUrl } = await api.start(url.value.trim(), {
				waitingRoom: ticked('waiting'),
				private: ticked('private'),
				gate: ticked('gate'),
			});
			location.assign(hostUrl);
		} catch (error) {
			this.busy = false;
			this.problem = problemText(error);
			url.select();
		}
	};

	async #reopen(id: string): Promise<void> {
		try {
			location.assign((await api.reopen(id)).hostUrl);
		} catch (error) {
			toast(problemText(error), 'bad');
		}
	}

	async #end(id: string): Promise<void> {
		try {
			await api.end(id);
			toast(t('home.ended'), 'good');
		} catch (error) {
			toast(problemText(error), 'bad');
		}
		await this.#refresh();
	}
}

customElements.define('tandem-home', HomePage);
