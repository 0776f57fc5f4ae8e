// page.
// What browsers give a top document and refuse a frame below another origin, where the answer that a page would get at the top is known.
import { call, hookConstructor, hookMethod } from '../../hook.ts';
import { heard } from '../../late.ts';
import { type Any, natives, softGetter } from '../../natives.ts';
import { realm } from '../../realm.ts';
import type { Place } from '../../windows.ts';

/** A payment method that nobody offers (Payment Method Identifiers section 2.3). */
const NO_METHOD = 'none';

/**
 * What opens a window of the browser's own, which a frame may not, whoever asks: pages know browsers without it (WICG File System Access section 3,
 * Document Picture-in-Picture section 3) and have other ways there.
 */
const REFUSED = ['showOpenFilePicker', 'showSaveFilePicker', 'showDirectoryPicker', 'documentPictureInPicture'];

export function installTopOnly({ isTop, shell }: Place): void {
	const { Keyboard, Navigator, CredentialsContainer } = realm.global;
	if (!shell) return;
	for (const name of REFUSED) natives.deleteProperty(realm.global, name);
	const nothing = (value?: unknown) => natives.Promise.resolve(value);
	if (isTop) {
		// Keyboard Lock section 5.1: it has an effect in a full screen alone, where Escape leaves the shell's.
		hookMethod(Keyboard?.prototype, 'lock', (native, self, args) =>
			self === realm.global.navigator.keyboard ? nothing() : call(native, self, args),
		);
		// Get Installed Related Apps section 3: none is known to belong to this site.
		hookMethod(Navigator?.prototype, 'getInstalledRelatedApps', (native, self, args) =>
			self === realm.global.navigator ? nothing([]) : call(native, self, args),
		);
		// Credential Management section 2.5: a person who has no password kept for this site.
		const own = (self: unknown) => self === realm.global.navigator.credentials;
		hookMethod(CredentialsContainer?.prototype, 'preventSilentAccess', (native, self, args) =>
			own(self) ? nothing() : call(native, self, args),
		);
		hookMethod(CredentialsContainer?.prototype, 'get', (native, self, args) => {
			const asked: Any = {};
			const answer = call(native, self, args.length ? [heard(args[0], asked)] : args);
			if (!own(self) || !isPassword(asked)) return answer;
			// what it refuses for being in a frame
			return natives.promiseThen(
				answer,
				() => null,
				(error: unknown) => {
					if (error instanceof natives.DOMException) return null;
					throw error;
				},
			);
		});
		hookMethod(CredentialsContainer?.prototype, 'store', (native, self, args) =>
			own(self) && PASSWORDS.has(typeOf(args[0])) ? nothing() : call(native, self, args),
		);
	}
	// Payment Request section 3.1: an app of another origin, which the leak guard lets nobody ask for
	hookConstructor(realm.global, 'PaymentRequest', (native, args, newTarget) => {
		const [methods, ...rest] = args;
		return natives.construct(native, natives.isArray(methods) ? [methods.map(withoutApp), ...rest] : args, newTarget);
	});
}

function withoutApp(method: Any): unknown {
	return `${method?.supportedMethods}`.startsWith('https:') ? { ...method, supportedMethods: NO_METHOD } : method;
}

const typeOf = softGetter<string>(realm.global.Credential?.prototype, 'type');
const PASSWORDS = new natives.Set<unknown>(['password', 'federated']);

/** Whether nothing but a password, or who else knows the person, is asked for. */
function isPassword(options: Any): boolean {
	return (
		!!(options.password || options.federated) &&
		[options.publicKey, options.identity, options.otp, options.digital].every((other) => other === undefined)
	);
}
