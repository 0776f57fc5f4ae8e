// page: no Node. Who is in control of the viewed tab, always in sight, and the one thing this participant can do about it.
import { html, nothing, type TemplateResult } from 'lit';
import { styleMap } from 'lit/directives/style-map.js';
import type { ClientMessage, Tab, TabRules } from '../../../protocol/room.ts';
import { type Text, t } from '../../i18n/index.ts';
import { icon } from '../../ui/icons.ts';
import './rules-menu.ts';
import type { Session } from '../session.ts';
import { type Live, owns, person, viewed } from '../store.ts';

export function controlChip(session: Session, state: Live): TemplateResult {
	const tab = viewed(state);
	if (!tab) return html`<div class="control"></div>`;
	const holder = person(state, tab.private ? tab.owner : (tab.controller ?? tab.owner));
	const you = holder?.id === state.you;
	const rest = html`${lineChip(state, tab)} ${syncChip(session, state, tab)} ${tab.private ? nothing : action(session, state, tab)} ${hosting(session, state, tab)}
		${owns(state, tab) ? rules(session, tab) : nothing}`;
	if (tab.private) return privately(you, holder?.name ?? '…', holder?.colour, rest);
	return html`<div class="control">
		<span class="chip ${you ? 'you' : ''}" data-tandem="control" data-controller=${holder?.id ?? nothing} role="status"
			style=${styleMap({ '--colour': holder?.colour ?? null })}>
			${icon('hand')}<span class="chip-text"
				>${you ? t('control.you') : html`<span class="when-wide">${t('control.other', holder?.name ?? '…')}</span><span class="when-narrow">${holder?.name ?? '…'}</span>`}</span>
		</span>
		${rest}
	</div>`;
}

/** Whether this guest's mirror is what the host's page is, by the check at rest. */
function syncChip(session: Session, state: Live, tab: Tab): TemplateResult | typeof nothing {
	const sync = owns(state, tab) ? undefined : session.sync.get(tab.id);
	if (!sync) return nothing;
	const text = t(sync.agree ? 'sync.same' : 'sync.catching-up');
	return html`<span class="sync ${sync.agree ? '' : 'behind'}" data-tandem="sync" data-agree=${sync.agree} data-repairs=${sync.repairs}
		role="status" title=${text} aria-label=${text}>${icon(sync.agree ? 'check' : 'wait')}</span>`;
}

/** While the host is in a secret field nobody else acts. */
function privately(you: boolean, name: string, colour: string | undefined, rest: TemplateResult): TemplateResult {
	return html`<div class="control">
		<span class="chip ${you ? 'you' : ''}" data-tandem="private-entry" role="status" style=${styleMap({ '--colour': colour ?? null })}>
			${icon('lock')}<span class="chip-text"
				>${you ? inBothWidths('private.you', 'private.you-short') : html`<span class="when-wide">${t('private.other', name)}</span><span class="when-narrow">${name}</span>`}</span>
		</span>
		${rest}
	</div>`;
}

/** What the host decides about guests who act. */
function rules(session: Session, tab: Tab): TemplateResult {
	const decide = ({ detail }: CustomEvent<Partial<TabRules>>) => session.send({ t: 'tab-rules', tab: tab.id, ...detail });
	return html`<tandem-rules .rules=${tab.rules} @decide=${decide}></tandem-rules>`;
}

function action(session: Session, state: Live, tab: Tab): TemplateResult | typeof nothing {
	const button = (name: string, text: string, message: ClientMessage, kind = '') =>
		html`<button class="button small ${kind}" data-tandem=${name} @click=${() => session.send(message)}>${text}</button>`;
	if (owns(state, tab)) {
		if (tab.controller === undefined) return nothing;
		return button('control-take-back', t('control.take-back'), { t: 'control-release', tab: tab.id }, 'primary');
	}
	if (tab.controller === state.you) return button('control-release', t('control.release'), { t: 'control-release', tab: tab.id });
	if (tab.asking.includes(state.you))
		return html`<span class="asked" data-tandem="control-asked">${inBothWidths('control.asked', 'control.asked-short')}</span>`;
	return html`<button class="button small" data-tandem="control-ask" aria-label=${t('control.ask')} @click=${() => session.send({ t: 'control-ask', tab: tab.id })}>
		${inBothWidths('control.ask', 'control.ask-short')}</button>`;
}

/** Said to whoever's line is slow, and to the host whose guests lag behind. */
function lineChip(state: Live, tab: Tab): TemplateResult | typeof nothing {
	const you = state.slow.has(state.you);
	const guests = owns(state, tab) ? state.session.participants.filter(({ id, viewing }) => viewing === tab.id && state.slow.has(id)) : [];
	if (!you && guests.length === 0) return nothing;
	const long = you ? t('line.you') : t('line.guests', guests.map(({ name }) => name).join(', '));
	return html`<span class="chip slow" data-tandem="slow" role="status" title=${long}>${icon('wait')}<span class="chip-text">${t('line.short')}</span></span>`;
}

/** The way to become the tab's host: asked of a host who is there; who is gone needs no asking. */
function hosting(session: Session, state: Live, tab: Tab): TemplateResult | typeof nothing {
	if (owns(state, tab) || person(state, tab.owner)?.state !== 'here') return nothing;
	const asked = tab.handover.asking.includes(state.you);
	const text = t(asked ? 'host.asked' : 'host.ask');
	const message: ClientMessage = asked ? { t: 'host-deny', tab: tab.id } : { t: 'host-ask', tab: tab.id };
	return html`<button class="icon-button" data-tandem="host-ask" title=${text} aria-label=${text} aria-pressed=${asked}
		@click=${() => session.send(message)}>${icon('host')}</button>`;
}

/** A sentence where there is room for it, a word where there is not. */
function inBothWidths(long: Text, short: Text): TemplateResult {
	return html`<span class="when-wide">${t(long)}</span><span class="when-narrow">${t(short)}</span>`;
}
