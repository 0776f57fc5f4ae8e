// page: no Node. The frame of every page that is one card in the middle: sign in, join, wait, over.
import { html, nothing, type TemplateResult } from 'lit';
import { LANGUAGES, type Language, language, pickLanguage, t } from '../i18n/index.ts';
import { mark } from './icons.ts';

interface Card {
	readonly title: string;
	readonly lead?: string | TemplateResult;
	readonly body?: unknown;
	/** Something above the title: an icon, a spinner. */
	readonly figure?: unknown;
	readonly foot?: unknown;
}

/** A page with one card: brand, title, one sentence, its controls; the language stands below. */
export function card({ title, lead, body, figure, foot }: Card): TemplateResult {
	return html`<main class="card-page">
		<div class="brand">${mark()}<span>Tandem</span></div>
		<section class="card">
			${figure ? html`<div class="figure">${figure}</div>` : nothing}
			<h1>${title}</h1>
			${lead ? html`<p class="lead">${lead}</p>` : nothing} ${body ?? nothing}
		</section>
		<footer class="card-foot">${foot ?? nothing} ${languagePicker()}</footer>
	</main>`;
}

/** A native select of the languages: works by touch and keyboard everywhere. */
export function languagePicker(): TemplateResult {
	const pick = (event: Event) => void pickLanguage((event.currentTarget as HTMLSelectElement).value as Language);
	return html`<select class="language" data-tandem="language" aria-label=${t('app.language')} @change=${pick}>
		${Object.entries(LANGUAGES).map(([code, name]) => html`<option value=${code} ?selected=${code === language()}>${name}</option>`)}
	</select>`;
}
