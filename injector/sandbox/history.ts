// page.
// history.pushState and replaceState (HTML section 7.4.4): an absolute URL is mapped; another origin's throws, as it does without us.
import { call, hookMethod } from '../hook.ts';
import { realm } from '../realm.ts';
import { mapUrl, realError } from '../urls.ts';

export function installHistory(onChange: () => void): void {
	for (const name of ['pushState', 'replaceState']) {
		hookMethod(realm.global.History.prototype, name, (native, self, args) => {
			if (args.length > 2 && args[2] !== null && args[2] !== undefined) args[2] = mapUrl(`${args[2]}`);
			try {
				call(native, self, args);
			} catch (error) {
				throw realError(error);
			}
			onChange();
		});
	}
}
