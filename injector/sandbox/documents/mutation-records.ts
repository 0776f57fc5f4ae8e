// page.
// MutationRecord.oldValue: what the attribute, or the text of code, read as before.
import { call, hookAccessor } from '../../hook.ts';
import { getter } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { isOurs } from '../../rewriting.ts';
import { shown } from '../scripts/script-text.ts';
import { attributeFrom, kindOf } from './attributes.ts';

const proto = realm.global.MutationRecord?.prototype;
const attributeName = getter<string | null>(proto, 'attributeName');
const target = getter<Element>(proto, 'target');

export function installMutationRecords(): void {
	hookAccessor(proto, 'oldValue', {
		get(native, self) {
			const value = call(native, self, []);
			const name = value ? attributeName(self) : null;
			if (value && !name) return isOurs(value) ? shown(target(self), value) : value;
			const kind = name ? kindOf(target(self), name) : undefined;
			return name && kind ? attributeFrom(target(self), name, kind, value) : value;
		},
	});
}
