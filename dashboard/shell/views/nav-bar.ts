// page: no Node. Back, forward, reload and the address of the viewed tab.
import { html, type TemplateResult } from 'lit';
import { t } from '../../i18n/index.ts';
import { type IconName, icon } from '../../ui/icons.ts';
import './address-bar.ts';
import type { Session } from '../session.ts';
import { type Live, mayAct, me, viewed } from '../store.ts';

interface Adding {
	readonly adding: boolean;
	stopAdding(): void;
}

const MOVES = [
	['back', 'nav.back', 'back'],
	['forward', 'nav.forward', 'forward'],
	['reload', 'nav.reload', 'reload'],
] as const satisfies readonly (readonly ['back' | 'forward' | 'reload', Parameters<typeof t>[0], IconName])[];

export function navBar(session: Session, state: Live, { adding, stopAdding }: Adding): TemplateResult {
	const tab = viewed(state);
	const may = tab !== undefined && (me(state)?.role === 'agent' || mayAct(state, tab));
	const go = ({ detail: url }: CustomEvent<string>) => {
		if (adding) session.send({ t: 'tab-open', url });
		else if (tab) session.send({ t: 'tab-navigate', tab: tab.id, url });
		stopAdding();
	};
	return html`<div class="nav">
		${MOVES.map(
			([
				go,
				name,
				picture,
			]) => html`<button class="icon-button" data-tandem=${go} title=${t(name)} aria-label=${t(name)} ?disabled=${!may || adding}
				@click=${() => tab && session.send({ t: 'tab-history', tab: tab.id, go })}>${icon(picture)}</button>`,
		)}
		<tandem-address .url=${tab?.url ?? ''} .editable=${may} .adding=${adding} @go=${go} @cancel=${stopAdding}></tandem-address>
	</div>`;
}
