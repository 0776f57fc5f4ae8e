// server only (Node).
// A header list keeps order, case and repeats, as HTTP does; names are compared without case (RFC 9110 section 5.1).

export type HeaderList = [name: string, value: string][];

/** Node's flat `rawHeaders` as a list. */
export function fromRaw(raw: readonly string[]): HeaderList {
	const list: HeaderList = [];
	for (let i = 0; i + 1 < raw.length; i += 2) list.push([raw[i] as string, raw[i + 1] as string]);
	return list;
}

/** The list as Node's flat array, for `writeHead` and `request`. */
export function toRaw(list: HeaderList): string[] {
	const raw: string[] = [];
	for (const [name, value] of list) raw.push(name, value);
	return raw;
}

/** The first value of `name` (in lower case), or undefined. */
export function getHeader(list: HeaderList, name: string): string | undefined {
	return list.find(([key]) => key.toLowerCase() === name)?.[1];
}

/** All values of `name` (in lower case), in order. */
export function getHeaders(list: HeaderList, name: string): string[] {
	return list.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value);
}

/** The list without `names` (in lower case). */
export function without(list: HeaderList, ...names: string[]): HeaderList {
	return list.filter(([key]) => !names.includes(key.toLowerCase()));
}

/** Adds `token` to a comma separated header such as Vary, once. */
export function addToken(list: HeaderList, name: string, token: string): void {
	const entry = list.find(([key]) => key.toLowerCase() === name.toLowerCase());
	if (!entry) list.push([name, token]);
	else if (entry[1].trim() !== '*' && !new RegExp(`(?:^|,)\\s*${token}\\s*(?:,|$)`, 'i').test(entry[1])) entry[1] += `, ${token}`;
}

/** `keep-alive` and `close` name headers that both tables drop in any case. */
const NO_OTHERS: ReadonlySet<string> = new Set();

/** Header names listed in Connection are hop-by-hop too (RFC 9110 section 7.6.1). */
export function connectionNames(value: string | undefined): ReadonlySet<string> {
	if (value === undefined || value === 'keep-alive' || value === 'close') return NO_OTHERS;
	return new Set(
		(value ?? '')
			.toLowerCase()
			.split(',')
			.map((name) => name.trim()),
	);
}

/** The media type of a Content-Type, lower case, without parameters and what a browser takes for a comment; '' where there is none. */
export function mediaType(contentType: string | undefined): string {
	return /^\s*([^\s;(]*)/.exec(contentType ?? '')?.[1]?.toLowerCase() ?? '';
}
