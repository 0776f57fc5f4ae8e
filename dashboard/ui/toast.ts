// page: no Node. Short notices at the edge of the screen. They go by themselves; an error stays longer and can be closed.
import { html, nothing } from 'lit';
import { t } from '../i18n/index.ts';
import { icon } from './icons.ts';
import { LightElement } from './light.ts';

export type ToastKind = 'info' | 'good' | 'bad';

/** A button in a notice. */
export interface ToastAction {
	readonly name: string;
	readonly text: string;
	act(): void;
}

interface Toast {
	readonly id: number;
	readonly kind: ToastKind;
	readonly text: string;
	readonly action: ToastAction | undefined;
}

const LIFE: Readonly<Record<ToastKind, number>> = { info: 5000, good: 4000, bad: 10_000 };
/** Of one with a button. */
const LIFE_TO_ACT = 30_000;
const MOST = 4;

export class ToastStack extends LightElement {
	static override properties = { toasts: { state: true } };
	declare toasts: readonly Toast[];
	#last = 0;

	constructor() {
		super();
		this.toasts = [];
	}

	/** Shows `text`; the same text shown again starts its time anew instead of standing there twice. */
	show(text: string, kind: ToastKind = 'info', action?: ToastAction): void {
		const id = ++this.#last;
		this.toasts = [...this.toasts.filter((toast) => toast.text !== text), { id, kind, text, action }].slice(-MOST);
		setTimeout(() => this.#drop(id), action ? LIFE_TO_ACT : LIFE[kind]);
	}

	protected override render() {
		return html`<div class="toasts" role="status" aria-live="polite">
			${this.toasts.map(
				({ id, kind, text, action }) => html`<div class="toast toast-${kind}">
					${icon(kind === 'bad' ? 'alert' : kind === 'good' ? 'check' : 'info')}<span>${text}</span>
					${action ? html`<button class="button" data-tandem=${action.name} @click=${() => this.#act(id, action)}>${action.text}</button>` : nothing}
					<button class="icon-button small" aria-label=${t('app.close')} @click=${() => this.#drop(id)}>${icon('close')}</button>
				</div>`,
			)}
		</div>`;
	}

	#act(id: number, action: ToastAction): void {
		action.act();
		this.#drop(id);
	}

	#drop(id: number): void {
		this.toasts = this.toasts.filter((toast) => toast.id !== id);
	}
}

customElements.define('tandem-toasts', ToastStack);

/** Shows a notice on the page's stack of toasts, which is made when first needed. */
export function toast(text: string, kind: ToastKind = 'info', action?: ToastAction): void {
	let stack = document.querySelector<ToastStack>('tandem-toasts');
	if (!stack) {
		stack = new ToastStack();
		document.body.append(stack);
	}
	stack.show(text, kind, action);
}
