// server and page: no Node, no DOM.
// A label is the one DNS label that stands for an origin of theirs inside a session: `<host>-<flag><token>`.
//   host   the real host, `-` doubled and `.` turned to `-` (or a hash of the origin where that does not fit)
//   flag   one letter a–p: a sum of HTTP, PORT, XN and TABLE below; `z` marks a mirror document, which has no origin of theirs
//   token  16 characters of base32 (80 bits), unguessable; the server knows which session, owner and grade it names
// RFC 1035 section 2.3.4 limits a label to 63 octets; a wildcard certificate covers exactly one label (RFC 6125 section 6.4.3).
import { sha256 } from './sha256.ts';

const LABEL_MAX = 63;
export const TOKEN_LENGTH = 16;
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
const HTTP = 1;
const PORT = 2;
const XN = 4;
const TABLE = 8;
/** `xn--` as it stands in a label, where no label of ours may begin with `xn--` itself (RFC 5890 section 2.3.1). */
const XN_ENCODED = 'xn----';
const TAIL = /^(?:(.*)-)?([a-pz])([a-z2-7]{16})$/;
const PLAIN_HOST = /^[a-z0-9_.-]+$/;

/** What a token allows. `run`: the tab's owner runs pages. `assets`: a guest's mirror loads pictures, styles, fonts and media. */
export type Grade = 'run' | 'assets';

/** The place all labels live under: `http://<label>.tandem.localhost:3000`. `port` is '' where it is the scheme's own. */
export interface Zone {
	readonly scheme: 'http' | 'https';
	readonly domain: string;
	readonly port: string;
}

export type Label =
	| { readonly kind: 'origin'; readonly origin: string; readonly token: string }
	| { readonly kind: 'table'; readonly hash: string; readonly token: string }
	| { readonly kind: 'mirror'; readonly token: string };

/** Origins whose label is a hash: hash to origin. The server keeps one per session; a page knows those it has met. */
export type LabelTable = Pick<ReadonlyMap<string, string>, 'get'>;

/** Reads a zone out of an origin such as `http://tandem.localhost:3000`. Throws TypeError where it is no http(s) origin. */
export function parseZone(origin: string): Zone {
	const url = new URL(origin);
	if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new TypeError(`not an http(s) origin: ${origin}`);
	return { scheme: url.protocol === 'http:' ? 'http' : 'https', domain: url.hostname, port: url.port };
}

/** The host and port a label answers under: `<label>.tandem.localhost:3000`. */
export function zoneHost(label: string, zone: Zone): string {
	return `${label}.${zone.domain}${zone.port ? `:${zone.port}` : ''}`;
}

/** The origin of ours a label answers under: `http://<label>.tandem.localhost:3000`. */
export function zoneOrigin(label: string, zone: Zone): string {
	return `${zone.scheme}://${zoneHost(label, zone)}`;
}

/** The hash under which an origin stands in a session's table: 20 characters of base32 (100 bits) of its SHA-256. */
export function hashOrigin(origin: string): string {
	return base32(sha256(origin)).slice(0, 20);
}

/**
 * The label of `origin` (an http or https origin as `new URL().origin` gives it) for `token`.
 * Total: what does not fit into 63 characters, or can't be read back, gets its hash and must be in the session's table.
 */
export function encodeLabel(origin: string, token: string): string {
	const match = /^(https?):\/\/([^/]*?)(?::(\d+))?$/.exec(origin);
	if (!match) throw new TypeError(`not an http(s) origin: ${origin}`);
	const [, scheme, host = '', port] = match;
	let flag = scheme === 'http' ? HTTP : 0;
	if (reversible(host)) {
		let name = host.replace(/-/g, '--').replace(/\./g, '-');
		let plainFlag = flag;
		if (name.startsWith(XN_ENCODED)) {
			name = name.slice(XN_ENCODED.length);
			plainFlag |= XN;
		}
		if (port) {
			name += `-${port}`;
			plainFlag |= PORT;
		}
		const label = `${name}-${BASE32[plainFlag]}${token}`;
		if (label.length <= LABEL_MAX && !/^(?:-|xn--)/.test(name)) return label;
	}
	flag |= TABLE;
	return `${hashOrigin(origin)}-${BASE32[flag]}${token}`;
}

/** What stands before the token in each label of `origin`. Throws TypeError as encodeLabel. */
export function placeOf(origin: string): string {
	return encodeLabel(origin, ANY_TOKEN).slice(0, -TOKEN_LENGTH);
}

const ANY_TOKEN = 'a'.repeat(TOKEN_LENGTH);

/** Whether an origin's label is a hash, so that the session's table has to hold it. */
export function needsTable(origin: string): boolean {
	return decodeLabel(encodeLabel(origin, ANY_TOKEN))?.kind === 'table';
}

/** The label of a guest's mirror document. */
export function mirrorLabel(token: string): string {
	return `mirror-z${token}`;
}

/** Reads a label back; undefined where it is none of ours. */
export function decodeLabel(label: string): Label | undefined {
	const match = TAIL.exec(label);
	if (!match || label.length > LABEL_MAX) return undefined;
	const [, name = '', letter = '', token = ''] = match;
	if (letter === 'z') return name === 'mirror' ? { kind: 'mirror', token } : undefined;
	const flag = BASE32.indexOf(letter);
	if (flag & TABLE) return flag > (TABLE | HTTP) || !/^[a-z2-7]{20}$/.test(name) ? undefined : { kind: 'table', hash: name, token };
	let host = name;
	let port = '';
	if (flag & PORT) {
		const cut = host.lastIndexOf('-');
		port = host.slice(cut + 1);
		host = host.slice(0, Math.max(cut, 0));
		if (!/^\d{1,5}$/.test(port)) return undefined;
		port = `:${port}`;
	}
	if (flag & XN) host = XN_ENCODED + host;
	host = host.replace(/--|-/g, (dashes) => (dashes === '--' ? '-' : '.'));
	if (!reversible(host)) return undefined;
	const origin = `${flag & HTTP ? 'http' : 'https'}://${host}${port}`;
	return encodeLabel(origin, token) === label ? { kind: 'origin', origin, token } : undefined;
}

/** A fresh token from 10 random bytes. */
export function tokenOf(bytes: Uint8Array): string {
	if (bytes.length !== 10) throw new RangeError('a token is made of 10 bytes');
	return base32(bytes);
}

/** A host whose label can be read back: plain characters, no empty part, and no part that begins or ends with a dash. */
function reversible(host: string): boolean {
	return PLAIN_HOST.test(host) && !/(?:^|\.)-|-(?:\.|$)|\.\.|^\./.test(host);
}

function base32(bytes: Uint8Array): string {
	let out = '';
	let bits = 0;
	let value = 0;
	for (const byte of bytes) {
		value = (value << 8) | byte;
		bits += 8;
		while (bits >= 5) {
			bits -= 5;
			out += BASE32[(value >>> bits) & 31];
		}
		value &= (1 << bits) - 1;
	}
	return bits ? out + BASE32[(value << (5 - bits)) & 31] : out;
}
