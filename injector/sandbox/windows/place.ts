// page.
// Where a window stands on the screen (CSSOM View section 4): one that was opened with a place is where its opener wanted it.
import { call, hookAccessor } from '../../hook.ts';
import { realm } from '../../realm.ts';
import { common } from '../../shared.ts';

const SIDES = { screenX: 'left', screenLeft: 'left', screenY: 'top', screenTop: 'top' } as const;

export function installWindowPlace(root: object): void {
	for (const name of ['screenX', 'screenLeft', 'screenY', 'screenTop'] as const)
		hookAccessor(realm.global, name, { get: (native, self) => common.shared.placed.get(root)?.[SIDES[name]] ?? call(native, self, []) });
}
