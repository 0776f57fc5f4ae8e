// page: no Node. The tools for pointing: laser, highlight, pen; whether what is drawn stays; and the sponge. On a narrow screen they wait
// behind one button.
import { html, nothing, type TemplateResult } from 'lit';
import { styleMap } from 'lit/directives/style-map.js';
import { type Text, t } from '../../i18n/index.ts';
import { type IconName, icon } from '../../ui/icons.ts';
import { inkOn } from '../../ui/text.ts';
import type { Session } from '../session.ts';
import { type Live, me, owns, viewed } from '../store.ts';
import type { Tool } from './pad.ts';

const PICTURES: Readonly<Record<Tool, readonly [IconName, Text]>> = {
	laser: ['laser', 'point.laser'],
	highlight: ['highlight', 'point.highlight'],
	draw: ['pen', 'point.draw'],
};

export function pointTools(session: Session, state: Live): TemplateResult | typeof nothing {
	const tab = viewed(state);
	if (!tab) return nothing;
	const { points } = session;
	const { tool } = points;
	const { colour = null } = me(state) ?? {};
	const drawing = tool === 'draw' || tool === 'highlight';
	const all = owns(state, tab) || me(state)?.role === 'agent';
	return html`<div class="tools ${points.open ? 'open' : ''}" role="toolbar" aria-label=${t('point.tools')}
		style=${styleMap({ '--colour': colour, '--ink-on': colour && inkOn(colour) })}>
		${Object.entries(PICTURES).map(
			([
				name,
				[picture, text],
			]) => html`<button class="icon-button" data-tandem=${name} title=${t(text)} aria-label=${t(text)} aria-pressed=${tool === name}
				@click=${() => points.use(tool === name ? undefined : (name as Tool))}>${icon(picture)}</button>`,
		)}
		${
			drawing || points.drawn
				? html`<span class="rule"></span>
					<button class="icon-button keep" data-tandem="draw-keep" title=${t('point.keep')} aria-label=${t('point.keep')} aria-pressed=${points.keep}
						@click=${() => points.setKeep(!points.keep)}>${icon('pin')}</button>
					<button class="icon-button" data-tandem="draw-clear" title=${t(all ? 'point.clear-all' : 'point.clear')} aria-label=${t(all ? 'point.clear-all' : 'point.clear')}
						?disabled=${!points.drawn} @click=${() => session.send({ t: 'mark-clear', tab: tab.id, what: all ? 'all' : 'own' })}>${icon('sponge')}</button>`
				: nothing
		}
	</div>`;
}

/** Opens and closes the tools where there is no room for them. */
export function pointToggle(session: Session): TemplateResult {
	return html`<button class="button small point-toggle" data-tandem="point" aria-label=${t('point.tools')} aria-expanded=${session.points.open}
		@click=${() => session.points.setOpen(!session.points.open)}>${icon('pen')}</button>`;
}
