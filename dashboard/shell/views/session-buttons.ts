// page: no Node. The buttons of the session as a whole: people, chat, invite; leave and end.
import { html, nothing, type TemplateResult } from 'lit';
import { t } from '../../i18n/index.ts';
import { avatar } from '../../ui/avatar.ts';
import { icon } from '../../ui/icons.ts';
import type { Session } from '../session.ts';
import './share.ts';
import { type Live, me, type Panel, present, unread } from '../store.ts';

/** Faces shown before the rest becomes a number. */
const FACES = 3;

export function talkButtons(session: Session, state: Live): TemplateResult {
	const toggle = (panel: Panel) => () => session.panel(state.panel === panel ? undefined : panel);
	const people = present(state);
	const news = unread(state);
	const chat = news ? t('chat.open-unread', news) : t('chat.open');
	return html`<div class="talk">
		<button class="button quiet faces" data-tandem="participants" aria-expanded=${state.panel === 'people'} title=${t('people.title')}
			aria-label=${t('people.open', people.length)} @click=${toggle('people')}>
			${people.slice(0, FACES).map(avatar)}${people.length > FACES ? html`<span class="more">+${people.length - FACES}</span>` : nothing}
		</button>
		<button class="icon-button" data-tandem="chat-open" aria-expanded=${state.panel === 'chat'} title=${t('chat.title')} aria-label=${chat} @click=${toggle('chat')}>
			${icon('chat')}${news ? html`<span class="badge" data-tandem="chat-unread">${news > 99 ? '99+' : news}</span>` : nothing}
		</button>
		<tandem-share .link=${state.session.joinUrl} .code=${state.session.code}></tandem-share>
	</div>`;
}

/** A visitor may leave alone; either side may end it for all. */
export function exitButtons(session: Session, state: Live): TemplateResult {
	const agent = me(state)?.role === 'agent';
	return html`<div class="exit">
		${
			agent
				? nothing
				: html`<button class="button" data-tandem="leave" title=${t('session.leave')} aria-label=${t('session.leave')} @click=${() => session.send({ t: 'leave' })}>
					${icon('leave')}<span class="exit-word">${t('session.leave')}</span></button>`
		}
		<button class="button danger" data-tandem="end" title=${t('session.end-long')} aria-label=${t('session.end-long')} @click=${() => session.send({ t: 'end' })}>
			${icon('end')}<span class="exit-word">${t('session.end')}</span></button>
	</div>`;
}
