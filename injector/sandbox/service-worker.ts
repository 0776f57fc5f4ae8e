// page.
// Service workers run natively on the label's origin; only the URLs they are named by are real in the page.
import { call, hookMethod } from '../hook.ts';
import { realm } from '../realm.ts';
import { mapText } from '../rewriting.ts';
import { mapUrl, realError } from '../urls.ts';

export function installServiceWorker(): void {
	const proto = realm.global.ServiceWorkerContainer?.prototype;
	hookMethod(proto, 'register', (native, self, [script, options, ...rest]) => {
		const scoped = options?.scope === undefined ? options : { ...options, scope: mapUrl(`${options.scope}`) };
		return call(native, self, script === undefined ? [] : [mapText(script, 'TrustedScriptURL', mapUrl), scoped, ...rest]).catch(
			(error: unknown) => {
				throw realError(error);
			},
		);
	});
	hookMethod(realm.global.ServiceWorkerRegistration?.prototype, 'update', (native, self, args) =>
		call(native, self, args).catch((error: unknown) => {
			throw realError(error);
		}),
	);
	hookMethod(proto, 'getRegistration', (native, self, args) =>
		call(native, self, args.length && args[0] !== undefined ? [mapUrl(`${args[0]}`)] : []).catch((error: unknown) => {
			throw realError(error);
		}),
	);
}
