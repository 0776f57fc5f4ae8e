// page.
// Which form is being sent: what a navigate event says of its form (HTML section 7.2.6.10.3) is less than it takes to send it once more.
import { giveForm } from '../../handing.ts';
import { call, hookMethod } from '../../hook.ts';
import { type Any, getter, natives } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { unmapUrl } from '../../urls.ts';

const g = realm.global as Any;
const submitter = getter<HTMLElement | null>(g.SubmitEvent?.prototype, 'submitter');
const sourceOf = getter<Element | null>(g.NavigateEvent?.prototype, 'sourceElement');
const enctypeOf = getter<string>(g.HTMLFormElement?.prototype, 'enctype');
const actionOf = getter<string>(g.HTMLFormElement?.prototype, 'action');
const inputAction = getter<string>(g.HTMLInputElement?.prototype, 'formAction');
const buttonAction = getter<string>(g.HTMLButtonElement?.prototype, 'formAction');
const charsetsOf = getter<string>(g.HTMLFormElement?.prototype, 'acceptCharset');

/** How a form sends its entries. */
export interface Manner {
	readonly enctype: string;
	readonly charset: string;
}

interface Sent extends Manner {
	/** Where it goes, as the browser has it, without query and fragment. */
	readonly action: string;
	/** Its submit event, which the page may still stop. */
	readonly event?: Event;
}

let sent: Sent | undefined;

/** Installs it. `onSubmit` is called before the page's own listeners, and for form.submit() with no event. */
export function installFormsSent(onReopen: (arm: () => void) => void): void {
	const onSubmit = (event: Event) => {
		// One that a script dispatches sends nothing, and may be none of a form.
		if (event.isTrusted) note(natives.eventTarget(event), submitter(event), event);
	};
	const arm = () => {
		natives.removeEventListener(realm.global, 'submit', onSubmit, true);
		natives.addEventListener(realm.global, 'submit', onSubmit, true);
	};
	arm();
	onReopen(arm);
	hookMethod(g.HTMLFormElement?.prototype, 'submit', (native, self, args) => {
		note(self, null);
		return call(native, self, args);
	});
}

/** How the form of a navigate event sends; undefined: it is not one of a form. */
export function formOf(event: Event, data: FormData | null, url: string): Manner | undefined {
	const source = 'sourceElement' in event ? sourceOf(event) : null;
	const mine = sent?.event && natives.defaultPrevented(sent.event) ? undefined : sent;
	if (!data && (source ? !FORMS.has(natives.localName(source)) : mine?.action !== bare(url))) return undefined;
	sent = undefined;
	return mine ?? { enctype: PLAIN, charset: realm.global.document.characterSet };
}

/** A form of ours sends what a form of the page's was to send. */
export function noteOwn(form: HTMLFormElement, manner: Manner): void {
	sent = { ...manner, action: bare(actionOf(form)) };
}

const FORMS = new natives.Set(['form', 'button', 'input']);
const PLAIN = 'application/x-www-form-urlencoded';

function note(form: HTMLFormElement, by: HTMLElement | null, event?: Event): void {
	try {
		const own = (name: string) => (by ? natives.getAttribute(by, name) : null);
		const enctype = own('formenctype')?.toLowerCase();
		const action = own('formaction') === null ? actionOf(form) : natives.localName(by) === 'input' ? inputAction(by) : buttonAction(by);
		giveForm(form, unmapUrl(action));
		sent = {
			...(event && { event }),
			action: bare(action),
			enctype: enctype === undefined ? enctypeOf(form) : ENCTYPES.has(enctype) ? enctype : PLAIN,
			charset: charsetsOf(form) || realm.global.document.characterSet,
		};
	} catch {
		sent = undefined; // submit() of something that is no form
	}
}

function bare(url: string): string {
	return url.replace(/[?#].*$/s, '');
}

const ENCTYPES = new natives.Set([PLAIN, 'multipart/form-data', 'text/plain']);
