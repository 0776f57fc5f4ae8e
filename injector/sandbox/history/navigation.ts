// page.
// The Navigation API (HTML section 7.2.6): its own navigate(), and its event as a net for what slipped through with a real URL.
import { isExternal } from '../../../protocol/external.ts';
import { inZone } from '../../../protocol/url.ts';
import { hold, stops } from '../../gate.ts';
import { call, hookMethod } from '../../hook.ts';
import { holdsBack } from '../../leaving.ts';
import { getter, natives } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { common } from '../../shared.ts';
import { mapAt, mapTarget, mapUrl, unmapUrl } from '../../urls.ts';
import { formOf, type Manner } from '../network/forms-sent.ts';
import { withoutLogin } from '../network/login.ts';
import { post } from '../network/post.ts';
import type { Targets } from '../windows/targets.ts';

const event = realm.global.NavigateEvent?.prototype;
export const destination = getter(event, 'destination');
export const destinationUrl = getter<string>(realm.global.NavigationDestination?.prototype, 'url');
const sameDocument = getter<boolean>(realm.global.NavigationDestination?.prototype, 'sameDocument');
export const downloadRequest = getter<string | null>(event, 'downloadRequest');
const cancelable = getter<boolean>(realm.global.Event?.prototype, 'cancelable');
const formData = getter<FormData | null>(event, 'formData');
const navigationType = getter<string>(event, 'navigationType');

export function installNavigation(leadsAway: Targets['leadsAway'], launch: ((url: string) => void) | undefined): void {
	const { navigation, Navigation } = realm.global;
	if (!navigation) return;
	hookMethod(Navigation.prototype, 'navigate', (native, self, args) => call(native, self, mapAt(args, 0)));
	natives.addEventListener(navigation, 'navigate', (event: Event) => {
		// What a script dispatches leads nowhere, and may be no event of this kind.
		if (!event.isTrusted) return;
		const url = destinationUrl(destination(event));
		if (launch && isExternal(url) && cancelable(event)) {
			stop(event);
			return launch(url);
		}
		const data = formData(event);
		const form = sameDocument(destination(event)) ? undefined : formOf(event, data, url);
		const away = leadsAway(event, url, data, form);
		if (form && cancelable(event) && stops()) {
			stop(event);
			return hold(unmapUrl(url), !away, away ?? (() => reissue(url, data, navigationType(event) === 'replace', form)));
		}
		if (away) {
			stop(event);
			return away();
		}
		if (leads(event) && holdsBack(() => goAgain(event, url, form))) return stop(event);
		if (LOGIN.test(url) && cancelable(event)) return signIn(event, url, form);
		const embedded = leads(event) ? blobDocument(url) : undefined;
		if (embedded !== undefined) {
			stop(event);
			return reissue(embedded, null, navigationType(event) === 'replace');
		}
		if (!/^https?:/.test(url) || !cancelable(event) || inZone(new natives.URL(url).origin, realm.zone)) return;
		stop(event);
		reissue(url, data, navigationType(event) === 'replace', form);
	});
}

/** What is loaded instead of a document behind a blob: URL; undefined for any other, and for one that we made. */
function blobDocument(url: string): string | undefined {
	if (!url.startsWith('blob:') || common.shared.blobs.has(url.replace(/#.*$/s, ''))) return undefined;
	const target = mapTarget(url);
	return target === url ? undefined : target;
}

function stop(event: Event): void {
	natives.preventDefault(event);
	natives.stopImmediatePropagation(event);
}

/** Whether it leads to another document and can be stopped. */
function leads(event: Event): boolean {
	return cancelable(event) && !sameDocument(destination(event)) && !downloadRequest(event);
}

function goAgain(event: Event, url: string, form: Manner | undefined): void {
	const type = navigationType(event);
	if (type === 'reload') realm.global.location.reload();
	else if (type === 'traverse') realm.global.navigation.traverseTo(destination(event).key);
	else reissue(url, formData(event), type === 'replace', form);
}

/** A URL with a name and a password, which a frame may not be sent to (Fetch section 4.1): the server keeps them for the site's challenge. */
const LOGIN = /^https?:\/\/[^/?#@]*@/;

function signIn(event: Event, url: string, form: Manner | undefined): void {
	stop(event);
	reissue(withoutLogin(new natives.URL(mapUrl(url))), formData(event), navigationType(event) === 'replace', form);
}

/** The same navigation, mapped. Not inside the event, where another one would abort it. */
function reissue(url: string, data: FormData | null, replace: boolean, form?: Manner): void {
	natives.setTimeout(() => {
		const { location } = realm.global as Window;
		if (data) post(mapUrl(url), data, '', form);
		else if (replace) location.replace(mapUrl(url));
		else location.href = mapUrl(url);
	});
}
