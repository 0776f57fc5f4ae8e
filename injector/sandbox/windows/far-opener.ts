// page.
// `opener` in a window whose opener, a document in a sandbox, could not open it itself (docs/decisions/0027): the shell did, in a frame that is marked, and
// says so to the opener, which makes itself known by a message. The parser waits for it.
import { TIE_FEATURE } from '../../../protocol/page.ts';
import type { Context } from '../../context.ts';
import { call, hookAccessor } from '../../hook.ts';
import { type Any, method, natives } from '../../natives.ts';
import { meetings } from '../../port.ts';
import { realm } from '../../realm.ts';
import type { Place } from '../../windows.ts';
import { newKey } from './boxed.ts';
import { hold } from './hold-parser.ts';

const g = realm.global as Any;
const policyOf = natives.getOwnPropertyDescriptor(g.Document?.prototype ?? {}, 'featurePolicy')?.get;
const allowsFeature = method<boolean>(g.FeaturePolicy?.prototype, 'allowsFeature');

let opener: Window | null = null;

/** Whether this is such a window. */
function isTied({ isTop, shell }: Place): boolean {
	return isTop && shell !== undefined && policyOf !== undefined && allowsFeature(call(policyOf, g.document, []), TIE_FEATURE);
}

export function installFarOpener(place: Place): void {
	if (!isTied(place)) return;
	const here = (self: unknown) => (self ?? g) === g;
	hookAccessor(g, 'opener', {
		get: (native, self) => call(native, self, []) ?? (here(self) ? opener : null),
		set(native, self, value) {
			if (here(self)) opener = null;
			call(native, self, [value]);
		},
	});
}

/** In each document of such a window: has its opener say who it is. */
export function meetOpener({ send, onShell }: Context, place: Place): void {
	if (!isTied(place)) return;
	const key = newKey();
	let done = false;
	meetings.meet = (given, window) => {
		if (given !== key || done) return;
		done = true;
		opener = window;
		natives.apply(natives.windowPostMessage as Any, window, [{ tandem: 1, met: key }, '*']);
	};
	onShell((message) => {
		if (message.t === 'untied') done = true;
	});
	send({ t: 'tie', key });
	hold(() => done);
}
