// page: no Node. What stands in the window before and after the session itself: connecting, waiting to be admitted, no way in, over.
import { html, nothing, type TemplateResult } from 'lit';
import { t } from '../../i18n/index.ts';
import { card } from '../../ui/card.ts';
import { type IconName, icon } from '../../ui/icons.ts';
import type { ByeCode } from '../store.ts';

export function connecting(): TemplateResult {
	return card({ title: t('connect.title'), figure: html`<div class="spinner" role="status"></div>` });
}

export function waitingRoom(leave: () => void): TemplateResult {
	return card({
		title: t('wait.title'),
		lead: t('wait.text'),
		figure: html`<div class="spinner" role="status" data-tandem="waiting"></div>`,
		body: html`<button class="button wide" data-tandem="leave" @click=${leave}>${t('wait.leave')}</button>`,
	});
}

/** This browser has no secret for the session, or the server knows it no more. */
export function noKey(problem: string): TemplateResult {
	return card({
		title: t('key.title'),
		lead: problem || t('key.text'),
		figure: icon('alert'),
		body: html`<a class="button primary wide" href="/join">${t('key.join')}</a>`,
	});
}

const FIGURES: Readonly<Record<ByeCode, IconName>> = { 'session-ended': 'end', removed: 'alert', left: 'leave', replaced: 'copy' };

export function over(code: ByeCode, again: () => void): TemplateResult {
	return card({
		title: t(`over.${code}.title`),
		lead: t(`over.${code}.text`),
		figure: html`<span data-tandem="over" data-code=${code}>${icon(FIGURES[code])}</span>`,
		body:
			code === 'replaced'
				? html`<button class="button primary wide" data-tandem="use-here" @click=${again}>${t('over.here')}</button>`
				: code === 'left'
					? html`<a class="button wide" href="/join">${t('over.again')}</a>`
					: nothing,
		foot: code === 'session-ended' ? html`<a href="/">${t('app.home')}</a>` : nothing,
	});
}
