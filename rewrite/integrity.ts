// server and page: no Node, no DOM.
// `integrity` (Subresource Integrity section 3.4): the bytes may be edited on their way, so it is the server that looks at them, as the site sent
// them. Author's hashes are made ones of no algorithm that a browser knows, so that the text can be given back; behind them stands a key of ours,
// and the hashes once more, as if they were keys too. Chromium asks for a signature by one of those (WICG Signature-based Integrity), so the server
// is told what its browser wants, and signs what fits (decision 0031). Browsers that know no such signatures check nothing.
const MARK = '$tandem$';

/**
 * Not a secret: between our server and its browser the signature only says yes. What signs it is made of SEED (RFC 8032), 32 bytes that are ASCII.
 * Nobody else's signature gets there (proxy/body/integrity.ts, injector/sandbox/scripts/respond-with.ts).
 */
export const SEED = 'Tandem has compared these bytes.';
/** What stands before it where it is a private key by itself (RFC 8410 section 7). */
export const PKCS8 = '\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20';
export const KEY = 'mo+hay59VDRIDJxKOWvxCNw8nS2WB4So5ASx6CRwC2o=';
const TYPE = 'ed25519-';

/** A hash that Chromium makes out; what it doesn't is as if it weren't there. The base64 is of either alphabet. */
const HASH = /(?<![^\t-\r ])sha-?(256|384|512)-([\w+/=-]+)(?![^\t-\r ?])/g;
const OURS = new RegExp(` ${TYPE}${KEY.replace(/\+/g, '\\+')}(?: ${TYPE}[\\w+/=]+)*`, 'g');

/** By what an algorithm is called in a container: its name, and the characters of a hash of it, without padding. */
const ALGORITHMS = { '2': ['sha256', 43], '3': ['sha384', 64], '5': ['sha512', 86] } as const;
type Algorithm = keyof typeof ALGORITHMS;

/** A container passes for a key of 32 bytes: the number of the container, so many characters, and what is left to fill. */
const ROOM = 41;
const NUMBERS = 'ABCDEFGHIJKLMNOPQRSTUVWX';

/** What an element asks for: any of `digests` (base64 without padding). Of a length that is none of the algorithm's nothing fits. */
export interface Wanted {
	readonly algorithm: 'sha256' | 'sha384' | 'sha512';
	readonly digests: readonly string[];
}

/** The value as the browser gets it. `plain`: the value itself where `value` is its spelling inside JSON. */
export function maskIntegrity(value: string, plain = value): string {
	return (
		hideHashes(value) +
		keysOf(plain)
			.map((key) => ` ${key}`)
			.join('')
	);
}

/** The value as the browser gets it where bytes were edited that nobody can sign (`data:`, `blob:`). */
export function hideHashes(value: string): string {
	return value.replace(/(^|\s)(?=[a-z\d]+-)/gi, (_, space: string) => space + MARK);
}

/** Whether what stands behind a URL comes past the server. */
export function isEmbedded(url: string): boolean {
	return /^[\0-\x20]*(?:data|blob):/i.test(url);
}

/** The value as its author wrote it. */
export function unmaskIntegrity(value: string): string {
	return value.replaceAll(MARK, '').replace(OURS, '');
}

/** What asks for a signature, with the hashes of a value in it; of several algorithms the strongest counts (section 3.3.4). */
export function keysOf(value: string): string[] {
	const found = [...value.matchAll(HASH)].map(([, size = '', digest = '']) => size[0] + normal(digest));
	const strongest = found.sort().at(-1)?.[0] as Algorithm | undefined;
	if (!strongest) return [];
	const fitting = found.filter((one) => one[0] === strongest && one.length === ALGORITHMS[strongest][1] + 1 && !one.includes('='));
	const text = strongest + [...new Set(fitting)].map((one) => one.slice(1)).join('');
	// more than anybody writes: a header of requests holds no more of them
	if (text.length > NUMBERS.length * ROOM) return [];
	const parts = text.match(/.{1,41}/g) ?? [];
	return [KEY, ...parts.map((part, i) => `${NUMBERS[i]}${part.padEnd(ROOM, 'A')}A=`)].map((key) => TYPE + key);
}

function normal(digest: string): string {
	return digest.replace(/-/g, '+').replace(/_/g, '/').replace(/=+$/, '');
}

/** Keys in a value or in Accept-Signature, but an author's own. */
const KEYS = /(?:(?<!\$)ed25519-|keyid=")([\w+/]{43}=)/g;

/** What a value that `maskIntegrity` made asks for, or the header that its browser made of that; undefined where that is nothing. */
export function wantedIn(text: string): Wanted | undefined {
	if (!text.includes(KEY)) return undefined;
	const keys = [...text.matchAll(KEYS)].map(([, key = '']) => key).filter((key) => key !== KEY);
	const parts = keys.sort((a, b) => NUMBERS.indexOf(a[0] ?? '') - NUMBERS.indexOf(b[0] ?? ''));
	const [first = '', ...rest] = parts.map((key) => key.slice(1, -2)).join('');
	if (!Object.hasOwn(ALGORITHMS, first)) return undefined;
	const [algorithm, length] = ALGORITHMS[first as Algorithm];
	return { algorithm, digests: rest.join('').match(new RegExp(`.{${length}}`, 'g')) ?? [] };
}

/** What is said of bytes by their SHA-256 digest, and the text that is signed for it (RFC 9421 section 2.5). */
export interface Unsigned {
	readonly digest: string;
	readonly input: string;
	readonly base: string;
}

export function unsigned(sha256: string): Unsigned {
	const digest = `sha-256=:${sha256}:`;
	const input = `("unencoded-digest";sf);keyid="${KEY}";tag="ed25519-integrity"`;
	return { digest, input, base: `"unencoded-digest";sf: ${digest}\n"@signature-params": ${input}` };
}

/** The headers that say so. */
export function signedBy({ digest, input }: Unsigned, signature: string): [name: string, value: string][] {
	return [
		['Unencoded-Digest', digest],
		['Signature-Input', `tandem=${input}`],
		['Signature', `tandem=:${signature}:`],
	];
}
