// page: no Node. The smaller parts around the stage: banners, the panel at the side, what stands where no page is.
import { html, nothing, type TemplateResult } from 'lit';
import { t } from '../../i18n/index.ts';
import { icon } from '../../ui/icons.ts';
import './chat-panel.ts';
import { pointToggle } from '../pointing/point-tools.ts';
import type { Session } from '../session.ts';
import { type Live, me, owns, type Panel, person, presenter, viewed } from '../store.ts';
import { peoplePanel } from './people-panel.ts';

/** Said while the server does not hear this participant. */
export function banner(session: Session): TemplateResult | typeof nothing {
	if (session.online) return nothing;
	return html`<div class="banner" role="alert" data-tandem="offline"><span class="spinner tiny"></span>${t('connect.lost')}</div>`;
}

/** The way back for who looks around, and the size of a mirror. */
export function followBar(session: Session, state: Live): TemplateResult | typeof nothing {
	const away = !state.following && state.session.presented !== undefined && state.session.presented !== state.view;
	const mirror = viewed(state) !== undefined && !owns(state, viewed(state));
	if (viewed(state) === undefined) return nothing;
	const who = away ? presenter(state) : person(state, viewed(state)?.owner);
	const full = session.zoom === 'full';
	return html`<div class="float">
		${pointToggle(session)}
		${session.roaming ? html`<span class="chip roaming" role="status" data-tandem="roaming">${icon('eye')}<span class="chip-text">${t('follow.alone')}</span></span>` : nothing}
		${
			away || session.roaming
				? html`<button class="button primary follow" data-tandem="follow" @click=${() => session.follow(away ? undefined : state.view)}>
					${icon('eye')}${t('follow.back', who?.id === state.you ? t('follow.presenter') : (who?.name ?? t('follow.presenter')))}</button>`
				: nothing
		}
		${
			mirror
				? html`<button class="button small zoom" data-tandem="zoom" aria-label=${t('view.zoom', full ? t('view.full') : t('view.fit'))}
					@click=${() => session.setZoom(full ? 'fit' : 'full')}>${icon('fit')}${full ? t('view.fit') : t('view.full')}</button>`
				: nothing
		}
	</div>`;
}

/** Words where no page can be shown, or its host is away. */
export function stageNote(state: Live): TemplateResult | typeof nothing {
	const tab = viewed(state);
	if (!tab) {
		return html`<div class="note">${icon('globe')}<p>${t(me(state)?.role === 'agent' ? 'tab.none' : 'tab.none-guest')}</p></div>`;
	}
	if (tab.owner !== state.you && person(state, tab.owner)?.state === 'away') {
		return html`<div class="note over-page" data-tandem="host-away"><span class="spinner"></span><p>${t('page.host-away')}</p></div>`;
	}
	return nothing;
}

export function sidePanel(session: Session, state: Live, panel: Panel): TemplateResult {
	const title = panel === 'chat' ? t('chat.title') : t('people.title');
	return html`<aside class="panel" aria-label=${title}>
		<header class="panel-head">
			<h2>${title}</h2>
			<button class="icon-button" data-tandem="panel-close" aria-label=${t('app.close')} @click=${() => session.panel(undefined)}>${icon('close')}</button>
		</header>
		${
			panel === 'chat'
				? html`<tandem-chat .messages=${state.session.chat} .people=${state.session.participants} .you=${state.you} .online=${session.online}
					@say=${({ detail: text }: CustomEvent<string>) => session.send({ t: 'chat', text })}></tandem-chat>`
				: peoplePanel(session, state)
		}
	</aside>`;
}
