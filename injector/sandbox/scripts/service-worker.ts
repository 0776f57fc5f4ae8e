// page.
// Service workers run natively on the label's origin; only the URLs they are named by are real in the page.
import { call, hookMethod } from '../../hook.ts';
import { bag, late } from '../../late.ts';
import { realm } from '../../realm.ts';
import { mapText } from '../../rewriting.ts';
import { mapAt, mapUrl, realError } from '../../urls.ts';

export function installServiceWorker(): void {
	const proto = realm.global.ServiceWorkerContainer?.prototype;
	hookMethod(proto, 'register', (native, self, args) => {
		const [script, options] = args;
		const scoped = bag(options, { scope: (url) => late(url, mapUrl) });
		return call(native, self, args.length ? [mapText(script, 'TrustedScriptURL', mapUrl), scoped] : args).catch((error: unknown) => {
			throw realError(error);
		});
	});
	hookMethod(realm.global.ServiceWorkerRegistration?.prototype, 'update', (native, self, args) =>
		call(native, self, args).catch((error: unknown) => {
			throw realError(error);
		}),
	);
	hookMethod(proto, 'getRegistration', (native, self, args) =>
		call(native, self, mapAt(args, 0)).catch((error: unknown) => {
			throw realError(error);
		}),
	);
}
