// page and worker.
// Function.prototype.toString: a function of ours shows the native's text, a rewritten one its author's.
import { call, hookMethod, nativeOf } from '../../hook.ts';
import { realm } from '../../realm.ts';
import { scriptSource } from '../../rewriting.ts';

export function installFunctionSource(): void {
	hookMethod(realm.global.Function.prototype, 'toString', (native, self, args) => scriptSource(call(native, nativeOf(self), args)));
}
