// page.
// The leak guard is a second Content-Security-Policy of ours. Its violations are our business: the page doesn't see them, the shell counts them.
import { type FrameMessage, OWN_PATH } from '../../protocol/page.ts';
import { getter, natives } from '../natives.ts';
import { realm } from '../realm.ts';

const proto = realm.global.SecurityPolicyViolationEvent?.prototype;
const policy = getter<string>(proto, 'originalPolicy');
const blocked = getter<string>(proto, 'blockedURI');
const directive = getter<string>(proto, 'effectiveDirective');

export function installLeakGuard(send: (message: FrameMessage) => void): void {
	natives.addEventListener(
		realm.global,
		'securitypolicyviolation',
		(event: Event) => {
			if (!policy(event).includes(`${OWN_PATH}leak`)) return;
			natives.stopImmediatePropagation(event);
			send({ t: 'leak', url: blocked(event), directive: directive(event) });
		},
		true,
	);
}
