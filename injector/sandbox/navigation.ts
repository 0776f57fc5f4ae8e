// page.
// The Navigation API (HTML section 7.2.6): its own navigate(), and its event as a net for what slipped through with a real URL.
import { isExternal } from '../../protocol/external.ts';
import { inZone } from '../../protocol/url.ts';
import { call, hookMethod } from '../hook.ts';
import { holdsBack } from '../leaving.ts';
import { type Any, getter, method, natives } from '../natives.ts';
import { ask, realm } from '../realm.ts';
import { mapUrl, unmapUrl } from '../urls.ts';

const encode = realm.global.encodeURIComponent as (text: string) => string;
const event = realm.global.NavigateEvent?.prototype;
const destination = getter(event, 'destination');
const destinationUrl = getter<string>(realm.global.NavigationDestination?.prototype, 'url');
const sameDocument = getter<boolean>(realm.global.NavigationDestination?.prototype, 'sameDocument');
const downloadRequest = getter<string | null>(event, 'downloadRequest');
const cancelable = getter<boolean>(realm.global.Event?.prototype, 'cancelable');
const formData = getter<FormData | null>(event, 'formData');
const navigationType = getter<string>(event, 'navigationType');
const submit = method<void>(realm.global.HTMLFormElement?.prototype, 'submit');

export function installNavigation(
	onNavigate: (event: Event, url: string, data: FormData | null) => boolean,
	launch: ((url: string) => void) | undefined,
): void {
	const { navigation, Navigation } = realm.global;
	if (!navigation) return;
	hookMethod(Navigation.prototype, 'navigate', (native, self, args) =>
		call(native, self, args.length ? [mapUrl(`${args[0]}`), args[1]] : args),
	);
	natives.addEventListener(navigation, 'navigate', (event: Event) => {
		const url = destinationUrl(destination(event));
		if (launch && isExternal(url) && cancelable(event)) {
			natives.preventDefault(event);
			natives.stopImmediatePropagation(event);
			return launch(url);
		}
		if (onNavigate(event, url, formData(event))) return;
		if (leads(event) && holdsBack(() => goAgain(event, url))) {
			natives.preventDefault(event);
			natives.stopImmediatePropagation(event);
			return;
		}
		if (LOGIN.test(url) && cancelable(event)) return signIn(event, url);
		if (!/^https?:/.test(url) || !cancelable(event) || inZone(new natives.URL(url).origin, realm.zone)) return;
		natives.preventDefault(event);
		natives.stopImmediatePropagation(event);
		reissue(url, formData(event), navigationType(event) === 'replace');
	});
}

/** Whether it leads to another document and can be stopped. */
function leads(event: Event): boolean {
	return cancelable(event) && !sameDocument(destination(event)) && !downloadRequest(event);
}

function goAgain(event: Event, url: string): void {
	const type = navigationType(event);
	if (type === 'reload') realm.global.location.reload();
	else if (type === 'traverse') realm.global.navigation.traverseTo(destination(event).key);
	else reissue(url, formData(event), type === 'replace');
}

/** A URL with a name and a password, which a frame may not be sent to (Fetch section 4.1): the server keeps them for the site's challenge. */
const LOGIN = /^https?:\/\/[^/?#@]*@/;

function signIn(event: Event, url: string): void {
	const target = new natives.URL(mapUrl(url));
	const origin = unmapUrl(target.origin);
	const { username, password } = target;
	target.username = target.password = '';
	natives.preventDefault(event);
	natives.stopImmediatePropagation(event);
	ask('POST', 'login', `for=${encode(origin)}&user=${username}&password=${password}`.replace(/\+/g, '%2B'));
	reissue(target.href, formData(event), navigationType(event) === 'replace');
}

/** The same navigation, mapped. Not inside the event, where another one would abort it. */
function reissue(url: string, data: FormData | null, replace: boolean): void {
	natives.setTimeout(() => {
		const { location } = realm.global as Window;
		if (data) post(mapUrl(url), data);
		else if (replace) location.replace(mapUrl(url));
		else location.href = mapUrl(url);
	});
}

/** Submits `data` again as a form of our own. */
export function post(url: string, data: FormData, target = ''): void {
	const { document, DataTransfer, File } = realm.global;
	const form = natives.createElement(document, 'form') as HTMLFormElement;
	const set = (element: Element, pairs: Record<string, string>) => {
		for (const name of natives.objectKeys(pairs)) natives.setAttribute(element, name, pairs[name]);
	};
	set(form, { method: 'post', action: url, target, hidden: '', 'accept-charset': document.characterSet });
	for (const [name, value] of data as Any) {
		const input = natives.createElement(document, value instanceof File ? 'input' : 'textarea') as Any;
		set(input, { name });
		if (value instanceof File) {
			set(form, { enctype: 'multipart/form-data' });
			set(input, { type: 'file' });
			const transfer = new DataTransfer();
			if (value.size || value.name) transfer.items.add(value);
			input.files = transfer.files;
		} else input.value = value;
		natives.appendChild(form, input);
	}
	natives.appendChild(natives.documentElement(document), form);
	submit(form);
	natives.removeElement(form);
}
