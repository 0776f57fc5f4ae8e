// page and worker.
// The Cache API (Service Workers section 5.4): requests given by URL are mapped; those given as Request already are.
import { call, hookMethod } from '../../hook.ts';
import { natives } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { isRequest, urlFirst } from './network.ts';

export function installCaches(): void {
	for (const name of ['match', 'matchAll', 'add', 'put', 'delete', 'keys']) {
		hookMethod(realm.global.Cache?.prototype, name, (native, self, args) => call(native, self, urlFirst(args, isRequest)));
	}
	hookMethod(realm.global.Cache?.prototype, 'addAll', (native, self, [list, ...rest]) =>
		call(native, self, [natives.isArray(list) ? list.map((item) => urlFirst([item], isRequest)[0]) : list, ...rest]),
	);
	hookMethod(realm.global.CacheStorage?.prototype, 'match', (native, self, args) => call(native, self, urlFirst(args, isRequest)));
}
