// page: no Node. What waits for this participant's answer: visitors at the door, guests who ask for control of a tab of theirs.
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ClientMessage, Participant, Tab } from '../../../protocol/room.ts';
import { t } from '../../i18n/index.ts';
import { avatar } from '../../ui/avatar.ts';
import { tabName } from '../../ui/text.ts';
import { hostRequests } from '../host/requests.ts';
import type { Session } from '../session.ts';
import { type DownloadAsk, type Live, me, person, waiting } from '../store.ts';

export interface Request {
	readonly key: string;
	readonly who: Participant;
	readonly title: string;
	readonly text: string;
	readonly yes: Answer;
	/** Another way to say yes. */
	readonly more?: Answer;
	readonly no: Answer;
}

interface Answer {
	readonly name: string;
	readonly text: string;
	/** Undefined: nobody has to know. */
	readonly message: ClientMessage | undefined;
}

export function requests(session: Session, state: Live): TemplateResult {
	return html`<div class="requests" role="region" aria-live="assertive">
		${repeat(
			open(state).filter(({ key }) => !session.dismissed.has(key)),
			({ key }) => key,
			({ key, who, title, text, yes, more, no }) => html`<div class="request" data-participant=${who.id}>
				${avatar(who)}
				<div class="request-words"><strong>${title}</strong>${text ? html`<p>${text}</p>` : nothing}</div>
				<div class="request-answers">
					<button class="button small" data-tandem=${no.name} @click=${() => (no.message ? session.send(no.message) : session.dismiss(key))}>${no.text}</button>
					${more ? yesButton(session, more, '') : nothing} ${yesButton(session, yes, 'primary')}
				</div>
			</div>`,
		)}
	</div>`;
}

function yesButton(session: Session, { name, text, message }: Answer, kind: string): TemplateResult {
	return html`<button class="button small ${kind}" data-tandem=${name} @click=${() => message && session.send(message)}>${text}</button>`;
}

/** How many things wait for an answer. */
export function openRequests(state: Live): number {
	return open(state).length;
}

function open(state: Live): readonly Request[] {
	const door = me(state)?.role === 'agent' ? waiting(state).map(atTheDoor) : [];
	const mine = state.session.tabs.filter((tab) => tab.owner === state.you);
	const control = mine.flatMap((tab) =>
		tab.asking
			.map((id) => person(state, id))
			.filter((who) => who !== undefined)
			.map((who) => forControl(tab, who)),
	);
	const files = state.downloads.flatMap((ask) => {
		const who = person(state, ask.from);
		return who && mine.some(({ id }) => id === ask.tab) ? [forFile(ask, who)] : [];
	});
	return [...door, ...control, ...files, ...hostRequests(state)];
}

function forFile({ tab, id, name, made }: DownloadAsk, who: Participant): Request {
	const give = { t: 'download-give', tab, id } as const;
	return {
		key: `download ${id}`,
		who,
		title: t('download.ask', who.name, name),
		text: t(made === undefined ? 'download.ask-text' : 'download.ask-made'),
		yes: { name: 'download-yes', text: t('download.yes'), message: { ...give, yes: true } },
		no: { name: 'download-no', text: t('download.no'), message: { ...give, yes: false } },
	};
}

function atTheDoor(who: Participant): Request {
	return {
		key: `door ${who.id}`,
		who,
		title: t('room.wants', who.name),
		text: '',
		yes: { name: 'admit', text: t('room.admit'), message: { t: 'admit', participant: who.id } },
		no: { name: 'reject', text: t('room.reject'), message: { t: 'remove', participant: who.id } },
	};
}

function forControl(tab: Tab, who: Participant): Request {
	return {
		key: `control ${tab.id} ${who.id}`,
		who,
		title: t('control.wants', who.name),
		text: t('control.wants-text', tabName(tab)),
		yes: { name: 'control-grant', text: t('control.grant'), message: { t: 'control-grant', tab: tab.id, to: who.id } },
		no: { name: 'control-deny', text: t('control.deny'), message: { t: 'control-deny', tab: tab.id, to: who.id } },
	};
}
