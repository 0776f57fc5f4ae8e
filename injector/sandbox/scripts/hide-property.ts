// worker: of modules, which see a name of ours by no other way than a property of the global object.
// Reflection doesn't show it; `in` does.
import { call, hookMethod } from '../../hook.ts';
import { type Any, natives } from '../../natives.ts';
import { realm } from '../../realm.ts';

/** Hides the property `name` of `owner` from what lists or describes properties. */
export function hideProperty(owner: Any, name: string): void {
	const { Object: objects, Reflect: reflect } = realm.global;
	const isIt = (object: unknown, key: unknown) => object === owner && key === name;
	const list = (native: Any, self: Any, args: Any[]) => {
		const found = call(native, self, args);
		return args[0] === owner ? found.filter((key: unknown) => key !== name) : found;
	};
	hookMethod(objects, 'getOwnPropertyNames', list);
	hookMethod(reflect, 'ownKeys', list);
	hookMethod(objects, 'getOwnPropertyDescriptors', (native, self, args) => {
		const found = call(native, self, args);
		if (args[0] === owner) natives.deleteProperty(found, name);
		return found;
	});
	for (const [holder, method, none] of [
		[objects, 'getOwnPropertyDescriptor', undefined],
		[reflect, 'getOwnPropertyDescriptor', undefined],
		[objects, 'hasOwn', false],
		[reflect, 'has', false],
	] as const)
		hookMethod(holder, method, (native, self, args) => (isIt(args[0], args[1]) ? none : call(native, self, args)));
	hookMethod(objects.prototype, 'hasOwnProperty', (native, self, args) => (isIt(self, args[0]) ? false : call(native, self, args)));
}
