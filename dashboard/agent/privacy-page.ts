// page: no Node. What guests may see, as an agent sets it: rules by selector, private sites, secret parts of addresses. Saved as a whole.
import './agent.css';
import './privacy.css';
import { html, nothing, type TemplateResult } from 'lit';
import { TandemError } from '../../protocol/errors.ts';
import { CLASSES, type MaskRule, OPEN_POLICY, type Policy, type PolicyClass } from '../../protocol/privacy.ts';
import { api } from '../api.ts';
import { t } from '../i18n/index.ts';
import { problemText } from '../problem.ts';
import { icon } from '../ui/icons.ts';
import { LightElement } from '../ui/light.ts';
import { toast } from '../ui/toast.ts';
import { homeBar } from './home-bar.ts';
import { linesOf, ruleAt } from './policy-text.ts';

const FRESH: MaskRule = { host: '*', selector: '', action: 'mask' };
const ACTIONS = ['mask', 'block', 'allow'] as const satisfies readonly MaskRule['action'][];

class PrivacyPage extends LightElement {
	static override properties = {
		name: { state: true },
		policy: { state: true },
		busy: { state: true },
		problem: { state: true },
		wrong: { state: true },
	};
	declare name: string | undefined;
	/** What stands in the form; undefined until it has come. */
	declare policy: Policy | undefined;
	declare busy: boolean;
	declare problem: string | undefined;
	/** The rule that the server took exception to. */
	declare wrong: number | undefined;
	/** What the server has. */
	#kept = '';

	constructor() {
		super();
		this.name = undefined;
		this.policy = undefined;
		this.busy = false;
		this.problem = undefined;
		this.wrong = undefined;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		void this.#load();
		window.addEventListener('beforeunload', this.#keep);
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		window.removeEventListener('beforeunload', this.#keep);
	}

	async #load(): Promise<void> {
		try {
			const { agent } = await api.me();
			if (!agent) return location.replace('/login');
			this.name = agent.name;
			this.#take(await api.policy());
		} catch (error) {
			this.problem = problemText(error);
		}
	}

	#take(policy: Policy): void {
		this.policy = policy;
		this.#kept = JSON.stringify(policy);
		this.problem = undefined;
		this.wrong = undefined;
	}

	/** Nothing typed is lost by a slip: the browser asks. */
	readonly #keep = (event: BeforeUnloadEvent): void => {
		if (this.policy && JSON.stringify(this.policy) !== this.#kept) event.preventDefault();
	};

	protected override render(): TemplateResult {
		return html`${homeBar(this.name)}
			<main class="home privacy">
				<section class="start">
					<a href="/" class="back">${icon('back')}${t('app.home')}</a>
					<h1>${t('rules.title')}</h1>
					<p class="lead">${t('rules.lead')}</p>
				</section>
				${this.policy ? this.#form(this.policy) : nothing}
				${this.problem ? html`<p class="problem" role="alert" data-tandem="problem">${this.problem}</p>` : nothing}
			</main>`;
	}

	#form({ rules, privateHosts, query }: Policy): TemplateResult {
		return html`<form class="privacy-form" novalidate @submit=${this.#save}>
			<fieldset>
				<legend>${t('rules.rules')}</legend>
				<p class="hint">${t('rules.hint')}</p>
				${rules.length === 0 ? html`<p class="none">${t('rules.none')}</p>` : nothing}
				<ol class="rule-list">${rules.map((rule, i) => this.#row(rule, i))}</ol>
				<button type="button" class="button" data-tandem="rule-add" @click=${this.#add}>${icon('plus')}${t('rules.add')}</button>
			</fieldset>
			<fieldset>
				<legend>${t('rules.private')}</legend>
				<p class="hint">${t('rules.private-hint')}</p>
				<textarea class="input" rows="3" spellcheck="false" autocapitalize="off" data-tandem="private-hosts" aria-label=${t('rules.private')}
					placeholder="*.bank.example" .value=${privateHosts.join('\n')}
					@change=${(event: Event) => this.#set({ privateHosts: linesOf((event.target as HTMLTextAreaElement).value) })}></textarea>
			</fieldset>
			<fieldset>
				<legend>${t('rules.query')}</legend>
				<p class="hint">${t('rules.query-hint')}</p>
				<textarea class="input" rows="4" spellcheck="false" autocapitalize="off" data-tandem="query-names" aria-label=${t('rules.query')}
					.value=${query.join('\n')} @change=${(event: Event) => this.#set({ query: linesOf((event.target as HTMLTextAreaElement).value) })}></textarea>
				<button type="button" class="button quiet" data-tandem="query-usual" @click=${() => this.#set({ query: OPEN_POLICY.query })}>${t('rules.query-usual')}</button>
			</fieldset>
			<div class="privacy-save">
				<button class="button primary" data-tandem="rules-save" ?disabled=${this.busy}>${this.busy ? t('app.working') : t('rules.save')}</button>
			</div>
		</form>`;
	}

	#row(rule: MaskRule, at: number): TemplateResult {
		const put = (change: Partial<MaskRule>) => this.#put(at, { ...rule, ...change });
		const value = (event: Event) => (event.target as HTMLInputElement).value;
		const whom = rule.classes?.length === 1 ? rule.classes[0] : '';
		return html`<li class="rule" data-tandem="rule" ?data-wrong=${this.wrong === at}>
			<label class="field"><span>${t('rules.host')}</span><input class="input" data-tandem="rule-host" autocapitalize="off" spellcheck="false"
				.value=${rule.host} @input=${(event: Event) => put({ host: value(event) })} /></label>
			<label class="field selector"><span>${t('rules.selector')}</span><input class="input" data-tandem="rule-selector" autocapitalize="off" spellcheck="false"
				placeholder=".balance" aria-invalid=${this.wrong === at} .value=${rule.selector} @input=${(event: Event) => put({ selector: value(event) })} /></label>
			<label class="field"><span>${t('rules.action')}</span><select class="input" data-tandem="rule-action"
				@change=${(event: Event) => put({ action: value(event) as MaskRule['action'] })}>
				${ACTIONS.map((action) => html`<option value=${action} ?selected=${action === rule.action}>${t(`rules.${action}`)}</option>`)}
			</select></label>
			<label class="field"><span>${t('rules.whom')}</span><select class="input" data-tandem="rule-whom"
				@change=${(event: Event) => this.#put(at, about(rule, value(event)))}>
				<option value="" ?selected=${whom === ''}>${t('rules.everyone')}</option>
				${CLASSES.map((name) => html`<option value=${name} ?selected=${name === whom}>${t(`rules.${name}`)}</option>`)}
			</select></label>
			<button type="button" class="icon-button" data-tandem="rule-remove" aria-label=${t('rules.remove')} title=${t('rules.remove')}
				@click=${() => this.#set({ rules: this.#rules.filter((_, i) => i !== at) })}>${icon('close')}</button>
		</li>`;
	}

	get #rules(): readonly MaskRule[] {
		return this.policy?.rules ?? [];
	}

	#set(change: Partial<Policy>): void {
		this.policy = { ...(this.policy ?? OPEN_POLICY), ...change };
		this.problem = undefined;
		this.wrong = undefined;
	}

	#put(at: number, rule: MaskRule): void {
		this.#set({ rules: this.#rules.map((old, i) => (i === at ? rule : old)) });
	}

	readonly #add = async (): Promise<void> => {
		this.#set({ rules: [...this.#rules, FRESH] });
		await this.updateComplete;
		this.querySelector<HTMLInputElement>('.rule:last-child [data-tandem="rule-selector"]')?.focus();
	};

	readonly #save = async (event: Event): Promise<void> => {
		event.preventDefault();
		if (!this.policy) return;
		this.busy = true;
		try {
			this.#take(await api.putPolicy(this.policy));
			toast(t('rules.saved'), 'good');
		} catch (error) {
			this.problem = problemText(error);
			this.wrong = error instanceof TandemError ? ruleAt(error.detail) : undefined;
			this.querySelector('[data-wrong]')?.scrollIntoView({ block: 'center' });
		} finally {
			this.busy = false;
		}
	};
}

/** The rule for one class alone, or for every guest. */
function about({ host, selector, action }: MaskRule, whom: string): MaskRule {
	return { host, selector, action, ...(whom && { classes: [whom as PolicyClass] }) };
}

customElements.define('tandem-privacy', PrivacyPage);
