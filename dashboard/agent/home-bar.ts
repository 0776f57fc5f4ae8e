// page: no Node. The bar above the agent's pages: brand, language, who is signed in.
import { html, nothing, type TemplateResult } from 'lit';
import { api } from '../api.ts';
import { t } from '../i18n/index.ts';
import { languagePicker } from '../ui/card.ts';
import { mark } from '../ui/icons.ts';

/** `name`: who is signed in; undefined: not known yet. */
export function homeBar(name: string | undefined): TemplateResult {
	return html`<header class="home-bar">
		<div class="brand">${mark()}<span>Tandem</span></div>
		<div class="home-account">
			${languagePicker()}
			${
				name === undefined
					? nothing
					: html`<span class="account-name">${name}</span>
			<button class="button quiet" data-tandem="logout" @click=${signOut}>${t('login.out')}</button>`
			}
		</div>
	</header>`;
}

async function signOut(): Promise<void> {
	await api.signOut().catch(() => undefined);
	location.assign('/login');
}
