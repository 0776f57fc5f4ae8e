// page.
// attachShadow: frames inside a shadow tree fire their `load` there alone, and the mirror wants closed roots too.
import { call, hookMethod } from '../hook.ts';
import { realm } from '../realm.ts';

export function installShadowRoots(onShadowRoot: (root: ShadowRoot) => void): void {
	hookMethod(realm.global.Element.prototype, 'attachShadow', (native, self, args) => {
		const root = call(native, self, args);
		onShadowRoot(root);
		return root;
	});
}
