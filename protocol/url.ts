// server and page: no Node, no DOM.
// Real URLs to proxied ones and back. Only the origin changes; path, query and fragment keep their bytes.
import { decodeLabel, encodeLabel, type LabelTable, type Zone, zoneHost } from './label.ts';

/** Whose labels to make: a zone and the token of one owner and grade. */
export interface Scope {
	readonly zone: Zone;
	readonly token: string;
	/** Called with each origin whose label is a hash, so that the session's table comes to hold it. */
	readonly register?: ((origin: string) => void) | undefined;
}

/** More slashes than two are as good as two (URL standard section 4.4, "special authority ignore slashes state"). */
const SPLIT = /^(https?|wss?):[/\\]{2,}([^/\\?#]*)(.*)$/is;

/**
 * The proxied form of an absolute http(s) or ws(s) URL; every other string (relative, data:, blob:, unparsable) comes back as it is.
 * One that is of this scope already is not proxied twice; any other name of ours is taken for a real one, behind which the proxy answers nothing.
 * `https://u:p@a.example/x?y#z` becomes `http://u:p@a-example-<flag><token>.tandem.localhost:3000/x?y#z`.
 */
export function toProxied(url: string, scope: Scope): string {
	const match = SPLIT.exec(trimUrl(url));
	if (!match) return url;
	const [, scheme = '', authority = '', rest = ''] = match;
	const origin = originOf(scheme, authority);
	if (!origin || isOf(origin, scope)) return url;
	const label = encodeLabel(origin, scope.token);
	if (scope.register && decodeLabel(label)?.kind === 'table') scope.register(origin);
	return `${ourScheme(scheme, scope.zone)}://${userinfo(authority)}${zoneHost(label, scope.zone)}${rest}`;
}

/** The real form of a proxied URL; whatever is not under `zone` or not in `table` comes back as it is. */
export function toReal(url: string, zone: Zone, table?: LabelTable): string {
	const match = SPLIT.exec(url);
	if (!match) return url;
	const [, scheme = '', authority = '', rest = ''] = match;
	const origin = realOrigin(authority.slice(userinfo(authority).length), zone, table);
	if (!origin) return url;
	const real = /^wss?$/i.test(scheme) ? origin.replace(/^http/, 'ws') : origin;
	return `${real.replace('://', `://${userinfo(authority)}`)}${rest}`;
}

/** The real origin behind a host of ours (`<label>.tandem.localhost:3000`); undefined for any other host. */
export function realOrigin(host: string, zone: Zone, table?: LabelTable): string | undefined {
	const suffix = zoneHost('', zone);
	if (!host.endsWith(suffix)) return undefined;
	const label = decodeLabel(host.slice(0, -suffix.length));
	if (label?.kind === 'origin') return label.origin;
	return label?.kind === 'table' ? table?.get(label.hash) : undefined;
}

/** Whether an origin is one of ours (the app, a label, or the zone itself). */
export function inZone(origin: string, zone: Zone): boolean {
	const host = origin.slice(origin.indexOf('://') + 3);
	const own = zoneHost('', zone).slice(1);
	return host === own || host.endsWith(`.${own}`);
}

/** Whether an origin is a label of this scope. */
function isOf(origin: string, { zone, token }: Scope): boolean {
	const host = origin.slice(origin.indexOf('://') + 3);
	const suffix = zoneHost('', zone);
	return host.endsWith(suffix) && decodeLabel(host.slice(0, -suffix.length))?.token === token;
}

/** A URL without what parsers take off its ends: C0 controls and spaces alone. In text of bytes the last one of an `à` is a space to `trim`. */
export function trimUrl(url: string): string {
	let [begin, end] = [0, url.length];
	while (begin < end && url.charCodeAt(begin) <= 32) begin++;
	while (end > begin && url.charCodeAt(end - 1) <= 32) end--;
	return url.slice(begin, end);
}

function userinfo(authority: string): string {
	return authority.slice(0, authority.lastIndexOf('@') + 1);
}

function originOf(scheme: string, authority: string): string | undefined {
	const http = scheme.toLowerCase().replace('ws', 'http');
	const host = authority.slice(userinfo(authority).length);
	// a slash behind it: a space at the end of a URL is cut off, one at the end of a host makes it none
	return URL.canParse(`${http}://${host}/`) ? new URL(`${http}://${host}/`).origin : undefined;
}

function ourScheme(scheme: string, zone: Zone): string {
	return /^ws/i.test(scheme) ? zone.scheme.replace('http', 'ws') : zone.scheme;
}
