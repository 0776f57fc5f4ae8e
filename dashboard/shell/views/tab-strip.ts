// page: no Node. The session's tabs: whose they are, which one everybody sees, and the way to a new one.
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { styleMap } from 'lit/directives/style-map.js';
import { parseZone } from '../../../protocol/label.ts';
import type { Tab } from '../../../protocol/room.ts';
import { toProxied } from '../../../protocol/url.ts';
import { t } from '../../i18n/index.ts';
import { icon } from '../../ui/icons.ts';
import { tabName } from '../../ui/text.ts';
import type { LateLoads } from '../late-loads.ts';
import type { Session } from '../session.ts';
import { type Live, me, person, runTokenOf } from '../store.ts';

interface Strip {
	/** Whether the address of a new tab is being typed. */
	readonly adding: boolean;
	add(): void;
	stopAdding(): void;
	/** Tabs that have been loading for a while. */
	readonly late: LateLoads;
}

export function tabStrip(session: Session, state: Live, strip: Strip): TemplateResult {
	const agent = me(state)?.role === 'agent';
	const mayOpen = agent || state.session.tabs.some(({ controller }) => controller === state.you);
	return html`<nav class="tabs" aria-label=${t('tab.list')}>
		<div class="tab-list">
			${repeat(
				state.session.tabs,
				({ id }) => id,
				(tab) => oneTab(session, state, tab, strip, agent),
			)}
			${
				strip.adding
					? html`<div class="tab current pending"><span class="tab-button">${icon('globe')}<span class="tab-title">${t('tab.new-pending')}</span></span>
						<button class="icon-button small tab-close" aria-label=${t('app.cancel')} @click=${strip.stopAdding}>${icon('close')}</button></div>`
					: nothing
			}
		</div>
		${
			mayOpen
				? html`<button class="icon-button" data-tandem="tab-new" title=${t('tab.new')} aria-label=${t('tab.new')} @click=${strip.add}>${icon('plus')}</button>`
				: nothing
		}
	</nav>`;
}

function oneTab(session: Session, state: Live, tab: Tab, strip: Strip, agent: boolean): TemplateResult {
	const current = tab.id === state.view && !strip.adding;
	const owner = person(state, tab.owner);
	const name = tabName(tab);
	const show = () => {
		strip.stopAdding();
		session.show(tab.id);
	};
	const presented = tab.id === state.session.presented && state.session.tabs.length > 1;
	const mayClose = agent || tab.owner === state.you || tab.controller === state.you;
	return html`<div class="tab ${current ? 'current' : ''}">
		<button class="tab-button" data-tandem="tab" data-tab-id=${tab.id} aria-current=${current ? 'page' : nothing}
			title=${owner ? t('tab.of', name, owner.name) : name} @click=${show} @auxclick=${(event: MouseEvent) => {
				if (event.button === 1 && mayClose) session.send({ t: 'tab-close', tab: tab.id });
			}}>
			${strip.late.has(tab.id) ? html`<span class="spinner tiny"></span>` : tabIcon(state, tab)}
			<span class="tab-title">${name}</span>
			${tab.dialog && !current ? html`<span class="tab-asks" data-tandem="tab-asks" title=${t('dialog.tab')}>${icon('alert')}</span>` : nothing}
			${presented ? html`<span class="tab-presented" title=${t('tab.presented')}>${icon('eye')}</span>` : nothing}
			${owner && tab.owner !== state.you ? html`<span class="tab-owner" style=${styleMap({ background: owner.colour })}></span>` : nothing}
		</button>
		${
			mayClose
				? html`<button class="icon-button small tab-close" data-tandem="tab-close" data-tab-id=${tab.id} aria-label=${t('tab.close', name)}
					@click=${() => session.send({ t: 'tab-close', tab: tab.id })}>${icon('close')}</button>`
				: nothing
		}
	</div>`;
}

/** Tab to the icon of the page that loaded there last: a page's icon is asked for when it has loaded, as browsers do. */
const loaded = new Map<string, string>();

/** The page's icon, through the proxy: no browser of a participant asks a real site for anything. */
function tabIcon(state: Live, tab: Tab): TemplateResult {
	if (!tab.loading) loaded.set(tab.id, tab.icon);
	const url = loaded.get(tab.id) ?? '';
	const token = tab.owner === state.you ? runTokenOf(state, tab) : state.assetTokens[tab.id];
	if (!token || !/^https?:/i.test(url)) return icon('globe');
	const src = toProxied(url, { zone: parseZone(state.zone), token });
	// Whom the shell names itself to takes it for the page (`proxy/request/initiator.ts`), which a site of another origin must not.
	const policy = URL.canParse(tab.url) && new URL(tab.url).origin === new URL(url).origin ? 'origin' : 'no-referrer';
	const broken = (event: Event) => (event.currentTarget as HTMLElement).classList.add('broken');
	return html`<span class="favicon">${icon('globe')}<img src=${src} alt="" referrerpolicy=${policy} @error=${broken}
		@load=${(event: Event) => (event.currentTarget as HTMLElement).classList.remove('broken')} /></span>`;
}
