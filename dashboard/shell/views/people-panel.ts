// page: no Node. Who is in the session, what they look at, and (for agents) the way to remove somebody.
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Participant } from '../../../protocol/room.ts';
import { t } from '../../i18n/index.ts';
import { avatar } from '../../ui/avatar.ts';
import { icon } from '../../ui/icons.ts';
import { tabName } from '../../ui/text.ts';
import type { Session } from '../session.ts';
import { type Live, me, present, viewed } from '../store.ts';

export function peoplePanel(session: Session, state: Live): TemplateResult {
	return html`${gather(session, state)}<ul class="people">
		${repeat(
			present(state),
			({ id }) => id,
			(participant) => row(session, state, participant),
		)}
	</ul>`;
}

/** The way to bring back who looks elsewhere. */
function gather(session: Session, state: Live): TemplateResult | typeof nothing {
	const tab = viewed(state);
	const may = tab && (tab.owner === state.you || me(state)?.role === 'agent');
	const straying = present(state).some(
		({ id, viewing, roaming, following }) => id !== state.you && (roaming || !following || viewing !== tab?.id),
	);
	if (!tab || !may || !straying) return nothing;
	return html`<div class="gather"><button class="button wide" data-tandem="gather" @click=${() => session.send({ t: 'gather', tab: tab.id })}>
		${icon('gather')}${t('follow.gather')}</button></div>`;
}

function row(session: Session, state: Live, who: Participant): TemplateResult {
	const you = who.id === state.you;
	const tab = viewed(state);
	const agent = me(state)?.role === 'agent';
	const mayRemove = agent && !you && who.role !== 'agent';
	const mayGive = tab?.owner === state.you && !you && tab.controller !== who.id && who.state === 'here';
	const mayHost = tab?.owner === state.you && !you && who.state === 'here' && tab.handover.offered !== who.id;
	return html`<li class="person ${who.state}" data-tandem="participant" data-participant=${who.id}>
		${avatar(who)}
		<div class="person-words">
			<span class="person-name">${who.name}${you ? html` <span class="soft">(${t('people.you')})</span>` : nothing}</span>
			<span class="soft">${about(state, who)}</span>
		</div>
		${
			mayGive
				? html`<button class="icon-button" data-tandem="control-give" title=${t('control.give')} aria-label=${t('control.give')}
					@click=${() => tab && session.send({ t: 'control-grant', tab: tab.id, to: who.id })}>${icon('hand')}</button>`
				: nothing
		}
		${
			mayHost
				? html`<button class="icon-button" data-tandem="host-give" title=${t('host.give')} aria-label=${t('host.give')}
					@click=${() => tab && session.send({ t: 'host-give', tab: tab.id, to: who.id })}>${icon('host')}</button>`
				: nothing
		}
		${
			mayRemove
				? html`<button class="icon-button" data-tandem="remove" title=${t('people.remove', who.name)} aria-label=${t('people.remove', who.name)}
					@click=${() => session.send({ t: 'remove', participant: who.id })}>${icon('close')}</button>`
				: nothing
		}
	</li>`;
}

/** One line on somebody: role, part, and where they look if it is elsewhere. */
function about(state: Live, who: Participant): string {
	const tab = viewed(state);
	const elsewhere = state.session.tabs.find(({ id }) => id === who.viewing && id !== state.view);
	return [
		t(who.role === 'agent' ? 'people.agent' : 'people.visitor'),
		who.state === 'away' ? t('people.away') : '',
		tab?.owner === who.id ? t('people.host') : '',
		state.slow.has(who.id) ? t('line.short') : '',
		tab?.handover.offered === who.id ? t('host.offered') : '',
		tab?.controller === who.id ? t('people.controls') : '',
		who.roaming && !elsewhere && who.id !== state.you ? t('follow.roams') : '',
		elsewhere && who.id !== state.you ? t('people.around', tabName(elsewhere)) : '',
	]
		.filter(Boolean)
		.join(' · ');
}
