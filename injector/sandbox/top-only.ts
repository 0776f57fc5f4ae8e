// page.
// What browsers give a top document and refuse a frame below another origin, where the answer that a page would get at the top is known.
import { call, hookConstructor, hookMethod } from '../hook.ts';
import { type Any, natives } from '../natives.ts';
import { realm } from '../realm.ts';
import type { Place } from '../windows.ts';

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
		hookMethod(CredentialsContainer?.prototype, 'get', (native, self, args) =>
			own(self) && isPassword(args[0]) ? nothing(null) : call(native, self, args),
		);
		hookMethod(CredentialsContainer?.prototype, 'store', (native, self, args) =>
			own(self) && PASSWORDS.has(args[0]?.type) ? nothing() : call(native, self, args),
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

const PASSWORDS = new natives.Set<unknown>(['password', 'federated']);

/** Whether nothing but a password, or who else knows the person, is asked for. */
function isPassword(options: Any): boolean {
	return (
		!!(options?.password || options?.federated) &&
		!('publicKey' in options || 'identity' in options || 'otp' in options || 'digital' in options)
	);
}
