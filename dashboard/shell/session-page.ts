// page: no Node. The page of a session, /s/<id>: lets this participant in, then lays out bars, stage and panels around their part in it.
import './shell.css';
import './panels.css';
import './dialog.css';
import './pointing/ink.css';
import { html, nothing, type TemplateResult } from 'lit';
import { styleMap } from 'lit/directives/style-map.js';
import { TandemError } from '../../protocol/errors.ts';
import { api } from '../api.ts';
import { t } from '../i18n/index.ts';
import { problemText } from '../problem.ts';
import { dropSecret, keepSecret, keptSecret } from '../secrets.ts';
import { card } from '../ui/card.ts';
import { LightElement } from '../ui/light.ts';
import { tabName } from '../ui/text.ts';
import { makeEdge } from './host/edge.ts';
import { LateLoads } from './late-loads.ts';
import { pointTools } from './pointing/point-tools.ts';
import { Session } from './session.ts';
import { type Live, person, unread, viewed } from './store.ts';
import { pressed } from './typing.ts';
import { controlChip } from './views/control-chip.ts';
import { dialogCard } from './views/dialog-card.ts';
import { navBar } from './views/nav-bar.ts';
import { connecting, noKey, over, waitingRoom } from './views/outside.ts';
import { banner, followBar, sidePanel, stageNote } from './views/parts.ts';
import { openRequests, requests } from './views/requests.ts';
import { exitButtons, talkButtons } from './views/session-buttons.ts';
import { tabStrip } from './views/tab-strip.ts';

class SessionPage extends LightElement {
	static override properties = { adding: { state: true }, problem: { state: true } };
	declare adding: boolean;
	/** Why this browser could not enter. */
	declare problem: string | undefined;
	readonly #id = decodeURIComponent(location.pathname.split('/')[2] ?? '');
	#session: Session | undefined;
	/** Origins of ours that this host's tabs will be opened at. */
	#opens: readonly string[] = [];
	/** The tab that was last scrolled into sight in the strip. */
	#shown: string | undefined;
	readonly #late = new LateLoads(() => this.requestUpdate());
	readonly #add = (): void => {
		this.adding = true;
	};
	readonly #stopAdding = (): void => {
		this.adding = false;
	};

	constructor() {
		super();
		this.adding = false;
		this.problem = undefined;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		this.addEventListener('click', pressed);
		void this.#enter();
	}

	/** By the ticket in the address (once; it is taken out of the address and the history at once), or as who this window was before. */
	async #enter(): Promise<void> {
		const ticket = new URLSearchParams(location.hash.slice(1)).get('ticket');
		if (ticket) history.replaceState(null, '', location.pathname);
		if (ticket || history.state) makeEdge();
		try {
			if (ticket) {
				const { secret, opens = [] } = await api.enter(ticket);
				keepSecret(this.#id, secret);
				this.#opens = opens;
				opens.slice(1).forEach(expectRequests);
			}
		} catch (error) {
			// A ticket that was used in this very window (reload, back) does no harm: its secret is kept.
			if (!(error instanceof TandemError) || !keptSecret(this.#id)) {
				this.problem = error instanceof TandemError ? '' : problemText(error);
				return;
			}
		}
		const secret = keptSecret(this.#id);
		if (secret) this.#open(secret);
		else this.problem = '';
	}

	#open(secret: string): void {
		this.#session?.dispose();
		this.#session = new Session(secret, () => this.requestUpdate());
		this.requestUpdate();
	}

	protected override render(): TemplateResult {
		const session = this.#session;
		if (this.problem !== undefined) return noKey(this.problem);
		if (!session) return connecting();
		if (session.refused === 'version') return card({ title: t('connect.old'), body: reloadButton() });
		if (session.refused !== undefined) return noKey('');
		const { state } = session;
		switch (state.phase) {
			case 'waiting':
				return waitingRoom(() => session.send({ t: 'leave' }));
			case 'over':
				return over(state.code, () => this.#again());
			case 'connecting':
			case 'live':
				return this.#shell(session, state.phase === 'live' ? state : undefined);
		}
	}

	protected override updated(): void {
		const { state } = this.#session ?? {};
		if (this.#opens[0] !== undefined) this.#session?.expect(this.#opens[0]);
		this.#opens = [];
		if (state?.phase === 'live' && state.view !== this.#shown) {
			this.#shown = state.view;
			this.querySelector('.tab.current')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
		}
		if (state?.phase === 'over' && state.code !== 'replaced') dropSecret(this.#id);
		const title = state?.phase === 'live' ? windowTitle(state) : 'Tandem';
		if (document.title !== title) document.title = title;
	}

	#again(): void {
		const secret = keptSecret(this.#id);
		if (secret) this.#open(secret);
	}

	/** One template whether or not the session is there yet, so that the stage, and what gets ready on it, stays where it is. */
	#shell(session: Session, state: Live | undefined): TemplateResult {
		const strip = { adding: this.adding, stopAdding: this.#stopAdding, add: this.#add, late: this.#late };
		this.#late.sync(state?.session.tabs ?? []);
		return html`${state ? nothing : connecting()}
		<div class="shell ${state ? '' : 'early'}">
			${state ? html`${tabStrip(session, state, strip)} ${talkButtons(session, state)} ${exitButtons(session, state)}` : nothing}
			<div class="second-bar">
				${state ? html`${navBar(session, state, strip)} ${pointTools(session, state)} ${controlChip(session, state)}` : nothing}
			</div>
			<main class="main">
				<div class="view ${state ? frameOf(state) : ''}" style=${styleMap({ '--colour': colourOf(state) })}>
					${state ? html`${banner(session)} ${followBar(session, state)}` : nothing}
					${session.stage}
					${state ? html`${stageNote(state)} ${dialogCard(session, state)} ${requests(session, state)}` : nothing}
				</div>
				${state?.panel ? sidePanel(session, state, state.panel) : nothing}
			</main>
		</div>`;
	}
}

/** The colour of who is in control of the viewed page. */
function colourOf(state: Live | undefined): string | null {
	return (state && person(state, viewed(state)?.controller)?.colour) ?? null;
}

/** Has the browser open a connection to an origin of ours that a tab will ask in a moment, while the socket connects. */
function expectRequests(origin: string): void {
	const link = document.createElement('link');
	link.rel = 'preconnect';
	link.href = origin;
	document.head.append(link);
}

/** The frame drawn around the page while a guest is in control. */
function frameOf(state: Live): string {
	const tab = viewed(state);
	if (!tab || tab.controller === undefined) return '';
	return tab.controller === state.you ? 'acting' : tab.owner === state.you ? 'guided' : '';
}

function windowTitle(state: Live): string {
	const tab = viewed(state);
	const open = openRequests(state) + unread(state);
	return `${open ? `(${open}) ` : ''}${tab ? `${tabName(tab)} – ` : ''}Tandem`;
}

function reloadButton(): TemplateResult {
	return html`<button class="button primary wide" data-tandem="reload-shell" @click=${() => location.reload()}>${t('connect.reload')}</button>`;
}

customElements.define('tandem-session', SessionPage);
