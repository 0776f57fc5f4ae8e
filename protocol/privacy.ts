// server and page: no Node, no DOM.
// Who may see what: the rules of the workspace, the classes of guests, and texts that differ by class on their way through the host's shell.

/** What a guest is to a tab's masks. A guest gets the bytes of its own class and no others. */
export const CLASSES = ['agent', 'visitor'] as const;
export type PolicyClass = (typeof CLASSES)[number];

/** One bit for each class; which classes may not see something. */
export type Mask = number;
export const NOBODY: Mask = (1 << CLASSES.length) - 1;

/** The bits of some classes; without a list, of all. */
export function maskFor(classes?: readonly PolicyClass[]): Mask {
	if (!classes || classes.length === 0) return NOBODY;
	let mask = 0;
	for (let i = 0; i < CLASSES.length; i++) for (let j = 0; j < classes.length; j++) if (classes[j] === CLASSES[i]) mask |= 1 << i;
	return mask;
}

export interface MaskRule {
	/** A host name, `*.example.com` for all under it and itself, `*` for every site. */
	readonly host: string;
	/** CSS, as querySelectorAll takes it. */
	readonly selector: string;
	/** `mask`: shape without content; `block`: an empty box; `allow`: shown although something around it is masked. */
	readonly action: 'mask' | 'allow' | 'block';
	/** Whom it is about; absent: every guest. */
	readonly classes?: readonly PolicyClass[];
}

export interface Policy {
	readonly rules: readonly MaskRule[];
	/** Only what a rule allows is shown, on these hosts (patterns as in a rule). */
	readonly privateHosts: readonly string[];
	/** Names of URL parameters whose values nobody but the host sees; `*` at an end stands for anything. */
	readonly query: readonly string[];
}

/** Parameters that carry a credential on most sites (RFC 6749, RFC 6750, OpenID Connect Core, and what frameworks call theirs). */
export const QUERY_NAMES: readonly string[] = [
	'access_token',
	'api_key',
	'apikey',
	'auth',
	'client_secret',
	'code',
	'id_token',
	'jwt',
	'key',
	'otp',
	'pass',
	'passwd',
	'password',
	'pwd',
	'refresh_token',
	'samlresponse',
	'secret',
	'session',
	'session_id',
	'sessionid',
	'sid',
	'sig',
	'signature',
	'ssn',
	'token',
	'*-signature',
	'*_token',
	'*_secret',
];

export const OPEN_POLICY: Policy = { rules: [], privateHosts: [], query: QUERY_NAMES };

/** Whether a host name falls under a pattern of a rule. */
export function hostMatches(pattern: string, host: string): boolean {
	const wanted = pattern.trim().toLowerCase();
	const name = host.toLowerCase();
	if (wanted === '*') return true;
	if (!wanted.startsWith('*.')) return wanted === name;
	return name === wanted.slice(2) || name.endsWith(wanted.slice(1));
}

/** The classes that a policy tells apart: one stream for all where it tells none apart. */
export function tellsApart(policy: Policy): boolean {
	return policy.rules.some(({ classes }) => classes !== undefined && maskFor(classes) !== NOBODY);
}

// A text that some classes may see and others not travels inside the host's browser as OPEN mask MIDDLE shown MIDDLE hidden CLOSE.
// The marks are noncharacters (Unicode section 23.7), which no text is made of. `hidden` may be GONE: the attribute is not there.
const OPEN = '\ufdd0';
const MIDDLE = '\ufdd1';
const CLOSE = '\ufdd2';
export const GONE = '\ufdd3';
const VEILED = /\ufdd0(\d+)\ufdd1([^\ufdd1]*)\ufdd1([^\ufdd2]*)\ufdd2/g;

/** UTF-8 of the mark that begins such a text. */
export const VEIL_BYTES: readonly number[] = [0xef, 0xb7, 0x90];

/** `shown` for the classes not in `mask`, `hidden` (undefined: nothing at all) for those in it. */
export function veil(shown: string, hidden: string | undefined, mask: Mask): string | undefined {
	if (mask === 0) return shown;
	if (mask === NOBODY) return hidden;
	return OPEN + mask + MIDDLE + shown + MIDDLE + (hidden ?? GONE) + CLOSE;
}

/** A text as one class sees it; undefined where it sees none. */
export function unveil(text: string, bit: Mask): string | undefined {
	const seen = text.replace(VEILED, (_all, mask: string, shown: string, hidden: string) => (Number(mask) & bit ? hidden : shown));
	return seen === GONE ? undefined : seen;
}

/** What stands for a hidden value. */
export const HIDDEN = '••••••••';

/** A URL as others may see it: values of named parameters, in the query and in the fragment, are hidden, and so is a password before the host. */
export function hideQuery(url: string, names: readonly string[]): string {
	const bare = url.replace(/^([a-z][\w+.-]*:\/\/)[^/?#@]*@/i, '$1');
	const at = bare.search(/[?#]/);
	if (at < 0) return bare;
	return (
		bare.slice(0, at) +
		bare.slice(at).replace(/([?&#;/!]|^)([^=&#?;/]+)=([^&#;]*)/g, (all, before: string, name: string, value: string) => {
			return value && named(name, names) ? `${before}${name}=${HIDDEN}` : all;
		})
	);
}

function named(raw: string, names: readonly string[]): boolean {
	let name = raw.toLowerCase();
	try {
		name = decodeURIComponent(name);
	} catch {
		// As it stands.
	}
	return names.some((wanted) => {
		const low = wanted.toLowerCase();
		if (low.startsWith('*')) return name.endsWith(low.slice(1));
		return low.endsWith('*') ? name.startsWith(low.slice(0, -1)) : name === low;
	});
}
