// page.
// What no rewriting proxy can give a page, because it is bound to the site's real name or to the person's own machine. Nothing is emulated: the native
// answers as it does, and the shell is told, so that the person reads why the site's own message says what it says.
import type { FrameMessage } from '../../../protocol/page.ts';
import { call, hookMethod } from '../../hook.ts';
import { heard } from '../../late.ts';
import { type Any, natives } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { isChallenge } from './challenges.ts';

/** Key systems whose keys anybody may have (Encrypted Media Extensions section 9.1): their refusal says nothing about us. */
const OPEN_KEYS = 'org.w3.clearkey';

type What = Extract<FrameMessage, { t: 'out-of-reach' }>['what'];

/** Watches passkeys (WebAuthn section 5.1) and protected video (EME section 3.1), and says so where this document is a challenge. */
export function installOutOfReach(send: (message: FrameMessage) => void): void {
	const tell = (what: What) => send({ t: 'out-of-reach', what });
	const { CredentialsContainer, Navigator, location } = realm.global;
	for (const name of ['get', 'create']) {
		hookMethod(CredentialsContainer?.prototype, name, (native, self, args) => {
			const said: Any = {};
			const answer = call(native, self, args.length ? [heard(args[0], said)] : args);
			// Asked while the person types a name (conditional mediation), nobody waits for it.
			return said.publicKey && said.mediation !== 'conditional' ? refused(answer, () => tell('passkey')) : answer;
		});
	}
	hookMethod(Navigator?.prototype, 'requestMediaKeySystemAccess', (native, self, args) => {
		const answer = call(native, self, args);
		return args[0] === OPEN_KEYS ? answer : refused(answer, () => tell('protected-video'));
	});
	if (isChallenge(realm.boot.origin, location.pathname)) tell('challenge');
}

/** `answer`, and `then` called where it is a refusal. The caller gets a promise of its own: one we listened to would never count as unhandled. */
function refused(answer: Any, then: () => void): Promise<unknown> {
	return new natives.Promise((resolve: (value: unknown) => void, reject: (why: unknown) => void) => {
		void (async () => {
			try {
				resolve(await answer);
			} catch (error) {
				then();
				reject(error);
			}
		})();
	});
}
