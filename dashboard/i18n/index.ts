// page: no Node. Every sentence a person reads comes through here, in the language of their browser or the one they picked.
import { configureLocalization, msg } from '@lit/localize';
import { REASONS, type ReasonCode } from '../../protocol/errors.ts';
import { en } from './en.ts';

export type Text = keyof typeof en;
export type Language = 'en' | 'de';

export const LANGUAGES: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' };
const KEPT = 'tandem-language';

const { getLocale, setLocale } = configureLocalization({
	sourceLocale: 'en',
	targetLocales: ['de'],
	loadLocale: () => import('./de.ts'),
});

/** The sentence `id` in the active language; `{0}`, `{1}` … stand for `values`. */
export function t(id: Text, ...values: readonly (string | number)[]): string {
	return fill(msg(en[id], { id }), values);
}

/** What happened and what to do about it, as one text. `detail` names the thing it happened to. */
export function reasonText(code: ReasonCode, detail = ''): string {
	const { title, advice } = reason(code);
	return `${title}${detail ? ` (${detail})` : ''} ${advice}`;
}

/** A refusal's title and advice in the active language. */
export function reason(code: ReasonCode): { title: string; advice: string } {
	const known = REASONS[code] ?? REASONS.internal;
	return { title: msg(known.title, { id: `${code}.title` }), advice: msg(known.advice, { id: `${code}.advice` }) };
}

/** Switches to the language kept from last time, else to the browser's. */
export async function startLanguage(): Promise<void> {
	const kept = localStorage.getItem(KEPT);
	await use(kept === 'de' || kept === 'en' ? kept : navigator.language.startsWith('de') ? 'de' : 'en');
}

/** Switches the language, and keeps it for next time. */
export async function pickLanguage(language: Language): Promise<void> {
	localStorage.setItem(KEPT, language);
	await use(language);
}

export function language(): Language {
	return getLocale() === 'de' ? 'de' : 'en';
}

async function use(language: Language): Promise<void> {
	await setLocale(language);
	document.documentElement.lang = language;
}

function fill(text: string, values: readonly (string | number)[]): string {
	return text.replace(/\{(\d)\}/g, (hole, index: string) => String(values[Number(index)] ?? hole));
}
