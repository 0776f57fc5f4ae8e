// page: no Node. The chat beside the page. Enter sends, Shift+Enter breaks the line; what is being written stays when the panel closes.
import { html, nothing, type PropertyValues } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { LIMITS } from '../../../protocol/limits.ts';
import type { ChatMessage, Participant } from '../../../protocol/room.ts';
import { language, t } from '../../i18n/index.ts';
import { avatar } from '../../ui/avatar.ts';
import { icon } from '../../ui/icons.ts';
import { LightElement } from '../../ui/light.ts';

/** Messages of one person within this time stand under one name. */
const TOGETHER_MS = 3 * 60_000;
let draft = '';

/** Fires `say` (detail: the text). */
export class ChatPanel extends LightElement {
	static override properties = { messages: {}, people: {}, you: {}, online: { type: Boolean } };
	declare messages: readonly ChatMessage[];
	declare people: readonly Participant[];
	declare you: string;
	declare online: boolean;
	/** Whether the newest message was in sight, so that the next one should be too. */
	#atEnd = true;

	constructor() {
		super();
		this.messages = [];
		this.people = [];
		this.you = '';
		this.online = true;
	}

	protected override firstUpdated(): void {
		const input = this.querySelector('textarea');
		if (!input) return;
		input.value = draft;
		if (matchMedia('(pointer: fine)').matches) input.focus();
	}

	protected override updated(changed: PropertyValues<this>): void {
		const log = this.querySelector('.chat-log');
		if (log && changed.has('messages') && (this.#atEnd || this.messages.at(-1)?.from === this.you)) log.scrollTop = log.scrollHeight;
	}

	protected override render() {
		return html`<div class="chat">
			<div class="chat-log" data-tandem="chat-log" role="log" tabindex="0" aria-label=${t('chat.title')} @scroll=${this.#scrolled}>
				${this.messages.length === 0 ? html`<p class="chat-empty">${t('chat.empty')}</p>` : nothing}
				${repeat(
					this.messages,
					({ id }) => id,
					(message, index) => this.#message(message, this.messages[index - 1]),
				)}
			</div>
			<form class="chat-form" @submit=${this.#say}>
				<textarea class="input" rows="1" data-tandem="chat-input" aria-label=${t('chat.input')} placeholder=${t('chat.input')} maxlength=${LIMITS.chat}
					enterkeyhint="send" @keydown=${this.#key} @input=${this.#draft}></textarea>
				<button class="icon-button send" data-tandem="chat-send" aria-label=${t('chat.send')} title=${this.online ? t('chat.send') : t('chat.offline')}
					?disabled=${!this.online}>${icon('send')}</button>
			</form>
		</div>`;
	}

	#message(message: ChatMessage, before: ChatMessage | undefined) {
		const own = message.from === this.you;
		const goesOn = before?.from === message.from && message.at - before.at < TOGETHER_MS;
		const who = this.people.find(({ id }) => id === message.from) ?? { name: message.name, colour: '#808890' };
		const time = new Date(message.at).toLocaleTimeString(language(), { hour: '2-digit', minute: '2-digit' });
		return html`<div class="said ${own ? 'own' : ''} ${goesOn ? 'goes-on' : ''}" data-tandem="chat-message">
			${own || goesOn ? nothing : html`<div class="said-by">${avatar(who)}<span>${message.name}</span><time>${time}</time></div>`}
			${own && !goesOn ? html`<div class="said-by"><time>${time}</time></div>` : nothing}
			<div class="said-text">${message.text}</div>
		</div>`;
	}

	readonly #scrolled = (event: Event): void => {
		const log = event.currentTarget as HTMLElement;
		this.#atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 24;
	};

	readonly #draft = (event: Event): void => {
		draft = (event.currentTarget as HTMLTextAreaElement).value;
	};

	readonly #key = (event: KeyboardEvent): void => {
		if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
		event.preventDefault();
		(event.currentTarget as HTMLTextAreaElement).form?.requestSubmit();
	};

	readonly #say = (event: Event): void => {
		event.preventDefault();
		const input = this.querySelector('textarea');
		const text = input?.value.trim();
		if (!input || !text || !this.online) return;
		this.dispatchEvent(new CustomEvent('say', { detail: text }));
		input.value = '';
		draft = '';
	};
}

customElements.define('tandem-chat', ChatPanel);
