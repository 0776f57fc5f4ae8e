// page: no Node. The ways in for somebody else: link, code to read aloud, QR code. The QR code is drawn here; the link leaves for nowhere.
import { html, nothing, svg } from 'lit';
import { t } from '../../i18n/index.ts';
import { Dismiss } from '../../ui/dismiss.ts';
import { icon } from '../../ui/icons.ts';
import { LightElement } from '../../ui/light.ts';
import { groupCode } from '../../ui/text.ts';

export class ShareButton extends LightElement {
	static override properties = { link: {}, code: {}, open: { state: true }, copied: { state: true }, qr: { state: true } };
	declare link: string;
	declare code: string;
	declare open: boolean;
	declare copied: boolean;
	/** The QR code of the link as the outline of its dark squares, and its size in squares. */
	declare qr: { outline: string; size: number } | undefined;

	constructor() {
		super();
		this.link = '';
		this.code = '';
		this.open = false;
		this.copied = false;
		this.qr = undefined;
		new Dismiss(this);
	}

	protected override render() {
		return html`<div class="anchor">
			<button class="button share-button" data-tandem="share" aria-expanded=${this.open} @click=${this.#toggle}>
				${icon('invite')}<span>${t('share.open')}</span>
			</button>
			${this.open ? this.#popover() : nothing}
		</div>`;
	}

	#popover() {
		return html`<div class="popover share" role="dialog" aria-label=${t('share.title')}>
			<h2>${t('share.title')}</h2>
			<label class="field"><span>${t('share.link')}</span>
				<span class="share-link">
					<input class="input" data-tandem="share-link" readonly .value=${this.link} @focus=${(event: Event) => (event.currentTarget as HTMLInputElement).select()} />
					<button class="button" data-tandem="share-copy" @click=${this.#copy}>${icon(this.copied ? 'check' : 'copy')}${t(this.copied ? 'share.copied' : 'share.copy')}</button>
				</span>
			</label>
			<div class="share-code-row">
				<div>
					<span class="soft">${t('share.code')}<b class="share-where">${location.host}/join</b></span>
					<output class="share-code" data-tandem="share-code" aria-label=${t('share.read', [...this.code].join(' '))}>${groupCode(this.code)}</output>
				</div>
				${this.qr ? this.#picture(this.qr) : html`<span class="share-qr"></span>`}
			</div>
		</div>`;
	}

	#picture({ outline, size }: { outline: string; size: number }) {
		return html`<svg class="share-qr" data-tandem="share-qr" role="img" aria-label=${t('share.qr')} viewBox="-4 -4 ${size + 8} ${size + 8}">
			${svg`<path d=${outline} />`}
		</svg>`;
	}

	readonly #toggle = (): void => {
		this.open = !this.open;
		this.copied = false;
		if (this.open) void this.#drawQr();
	};

	readonly #copy = async (): Promise<void> => {
		try {
			await navigator.clipboard.writeText(this.link);
		} catch {
			// Not allowed here: the link is selected, so that the person can copy it.
			this.querySelector<HTMLInputElement>('[data-tandem="share-link"]')?.select();
			return;
		}
		this.copied = true;
	};

	async #drawQr(): Promise<void> {
		const { qrSquares } = await import('./qr.ts');
		this.qr = qrSquares(this.link);
	}
}

customElements.define('tandem-share', ShareButton);
