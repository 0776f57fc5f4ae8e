// page and worker.
// SecurityPolicyViolationEvent (CSP Level 3 section 5.1) names real URLs. The leak guard is a second policy of ours: its violations are no
// business of the page's.
import { OWN_PATH } from '../../../protocol/page.ts';
import { givenPolicy } from '../../../rewrite/headers/csp.ts';
import { call, hookAccessor, hookGetter } from '../../hook.ts';
import { getter, natives } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { unmapUrl } from '../../urls.ts';

const proto = realm.global.SecurityPolicyViolationEvent?.prototype;
const policy = getter<string>(proto, 'originalPolicy');
const documentUri = getter<string>(proto, 'documentURI');
const blocked = getter<string>(proto, 'blockedURI');
const line = getter<number>(proto, 'lineNumber');
const directive = getter<string>(proto, 'effectiveDirective');

/** Looks of ours into blobs. A policy of the page's that lets nobody do that tells of each: those are none of the page's. */
let looks = 0;
/** By policy, violations that were kept from the page. */
const kept = new natives.Map<string, number>();

/** To be called before we look into a blob. */
export function ownLook(): void {
	looks++;
}

/** Whether that may be what a violation is about: a report of it comes whenever an observer is there. */
export function mayBeOwn(effectiveDirective: unknown, blockedUrl: unknown): boolean {
	return looks > 0 && effectiveDirective === 'connect-src' && `${blockedUrl}`.startsWith('blob');
}

/** `tell` hears of each violation of the leak guard. */
export function installViolations(tell?: (url: string, directive: string) => void): void {
	hookGetter(proto, 'originalPolicy', givenPolicy);
	for (const property of ['documentURI', 'blockedURI', 'referrer']) hookGetter(proto, property, unmapUrl);
	// a function of ours made the request: which script of the page called it, nobody says any more
	hookAccessor(proto, 'sourceFile', {
		get(native, self) {
			const value = call(native, self, []);
			const ours = value ? value.startsWith(realm.ours + OWN_PATH) : line(self) > 0;
			return unmapUrl(ours ? documentUri(self) : value);
		},
	});
	natives.addEventListener(
		realm.global,
		'securitypolicyviolation',
		(event: Event) => {
			// What a script dispatches is its own business, and may be no event of this kind.
			if (!event.isTrusted) return;
			const mapped = policy(event);
			const before = kept.get(mapped) ?? 0;
			if (before < looks && mayBeOwn(directive(event), blocked(event))) {
				kept.set(mapped, before + 1);
				return natives.stopImmediatePropagation(event);
			}
			if (!mapped.includes(`${OWN_PATH}leak`)) return;
			natives.stopImmediatePropagation(event);
			tell?.(blocked(event), directive(event));
		},
		true,
	);
}
