// page: no Node. What stands at an address of ours that means nothing.
import { html } from 'lit';
import { t } from '../i18n/index.ts';
import { card } from './card.ts';
import { LightElement } from './light.ts';

class NowherePage extends LightElement {
	protected override render() {
		return card({
			title: t('nowhere.title'),
			lead: t('nowhere.text'),
			body: html`<a class="button primary wide" href="/">${t('app.home')}</a>`,
		});
	}
}

customElements.define('tandem-nowhere', NowherePage);
