// page: no Node. What the viewed tab's page asks, over the page: for those who may answer with its buttons, for the others with who does.
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { DIALOG_TEXT, type Dialog, type DialogKind } from '../../../protocol/dialog.ts';
import type { Tab } from '../../../protocol/room.ts';
import { type Text, t } from '../../i18n/index.ts';
import { LightElement } from '../../ui/light.ts';
import type { Words } from '../host/dialogs.ts';
import type { Session } from '../session.ts';
import { type Live, mayAct, owns, person, viewed } from '../store.ts';

interface Given {
	readonly ok: boolean;
	readonly text: string;
	readonly silence: boolean;
}

export function dialogCard(session: Session, state: Live): TemplateResult | typeof nothing {
	const tab = viewed(state);
	const dialog = tab?.dialog;
	const mine = owns(state, tab);
	// The host has their own browser's dialog before them.
	if (!tab || !dialog || (dialog.native && mine)) return nothing;
	const answers = mayAct(state, tab) && !dialog.native && (mine || (!HOSTS.has(dialog.kind) && !tab.private));
	const words = mine ? (session.words(dialog.id) ?? dialog) : dialog;
	const answer = ({ detail }: CustomEvent<Given>) => session.send({ t: 'dialog-answer', tab: tab.id, id: dialog.id, ...detail });
	return html`<tandem-dialog .dialog=${dialog} .words=${words}
		.mine=${mine} .answers=${answers} .sender=${person(state, dialog.by)?.name ?? '…'} .who=${answers ? '' : who(state, tab, dialog)}
		@answer=${answer}></tandem-dialog>`;
}

/** What the host alone answers. */
const HOSTS: ReadonlySet<DialogKind> = new Set(['print', 'send']);

/** Who is asked, in words. */
function who(state: Live, tab: Tab, { kind, native }: Dialog): string {
	const host = person(state, tab.owner)?.name ?? '…';
	if (native) return t('dialog.native', host);
	const other = HOSTS.has(kind) || tab.private ? undefined : person(state, tab.controller);
	return other ? t('dialog.wait-two', host, other.name) : t('dialog.wait', host);
}

/** Yes and no, where they are not a browser's own. */
const WORDS: Readonly<Partial<Record<DialogKind, readonly [yes: Text, no: Text]>>> = {
	leave: ['dialog.leave-yes', 'dialog.leave-no'],
	print: ['dialog.print-yes', 'dialog.print-no'],
	send: ['dialog.send-yes', 'dialog.send-no'],
};

/** Fires `answer` (detail: Given). */
class DialogCard extends LightElement {
	static override properties = { dialog: {}, words: {}, mine: { type: Boolean }, answers: { type: Boolean }, sender: {}, who: {} };
	declare dialog: Dialog;
	/** What is said, as this participant may see it. */
	declare words: Words;
	declare mine: boolean;
	declare answers: boolean;
	/** Whose form waits. */
	declare sender: string;
	/** Who answers, where it is not this participant. */
	declare who: string;
	/** What had the focus when the dialog came. */
	#before: Element | null = null;

	protected override updated(changed: PropertyValues<this>): void {
		const before = changed.get('dialog') as Dialog | undefined;
		if (!(changed.has('dialog') && before?.id !== this.dialog.id) && !(changed.has('answers') && this.answers)) return;
		const input = this.querySelector<HTMLInputElement>('[data-tandem="dialog-text"]');
		if (input && before?.id !== this.dialog.id) input.value = this.words.value;
		if (!this.answers) return;
		if (!this.contains(document.activeElement)) this.#before = document.activeElement;
		(input ?? this.querySelector<HTMLElement>('[data-tandem="dialog-ok"]'))?.focus();
		input?.select();
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		// Back into the page, as after a browser's own dialog.
		if (this.#before instanceof HTMLElement && document.activeElement === document.body) this.#before.focus({ preventScroll: true });
	}

	protected override render() {
		const { kind, site, many } = this.dialog;
		const [title, text] = this.#says();
		const plain = kind === 'alert';
		return html`<div class="dialog-veil" @keydown=${this.#key}>
			<form class="dialog" role="alertdialog" aria-labelledby="dialog-title" aria-describedby="dialog-says" data-tandem="dialog" data-kind=${kind}
				data-site=${site} @submit=${this.#ok}>
				<h2 id="dialog-title">${title}</h2>
				<div class="dialog-says" id="dialog-says" data-tandem="dialog-says" tabindex="-1">${text}</div>
				${
					kind === 'prompt'
						? html`<input class="input" data-tandem="dialog-text" aria-label=${t('dialog.answer')} maxlength=${DIALOG_TEXT} ?readonly=${!this.answers}
							autocomplete="off" />`
						: nothing
				}
				${
					many && this.answers
						? html`<label class="dialog-silence"><input type="checkbox" data-tandem="dialog-silence" />${t('dialog.silence')}</label>`
						: nothing
				}
				${
					this.answers
						? html`<div class="dialog-answers">
							${plain ? nothing : html`<button type="button" class="button" data-tandem="dialog-cancel" @click=${() => this.#answer(false)}>${this.#no()}</button>`}
							<button class="button primary" data-tandem="dialog-ok">${this.#yes()}</button>
						</div>`
						: html`<p class="soft" data-tandem="dialog-who">${this.who}</p>`
				}
			</form>
		</div>`;
	}

	#says(): readonly [title: string, text: string] {
		const { kind } = this.dialog;
		const site = this.dialog.site || t('dialog.embedded');
		if (kind === 'leave') return [t('dialog.leave'), t('dialog.leave-text', site)];
		if (kind === 'send') return [t('dialog.send', this.sender, site), t(this.mine ? 'dialog.send-text' : 'dialog.send-guest')];
		if (kind === 'print') return [t('dialog.print'), t(this.mine ? 'dialog.print-text' : 'dialog.print-guest', site)];
		return [t('dialog.says', site), this.words.text];
	}

	#yes(): string {
		return t(WORDS[this.dialog.kind]?.[0] ?? 'dialog.ok');
	}

	#no(): string {
		return t(WORDS[this.dialog.kind]?.[1] ?? 'dialog.cancel');
	}

	#answer(ok: boolean): void {
		if (!this.answers) return;
		const text = this.querySelector<HTMLInputElement>('[data-tandem="dialog-text"]')?.value ?? '';
		const silence = this.querySelector<HTMLInputElement>('[data-tandem="dialog-silence"]')?.checked ?? false;
		this.dispatchEvent(new CustomEvent<Given>('answer', { detail: { ok, text, silence } }));
	}

	readonly #ok = (event: Event): void => {
		event.preventDefault();
		this.#answer(true);
	};

	readonly #key = (event: KeyboardEvent): void => {
		if (event.key !== 'Escape' || event.isComposing) return;
		event.preventDefault();
		this.#answer(false);
	};
}

customElements.define('tandem-dialog', DialogCard);
