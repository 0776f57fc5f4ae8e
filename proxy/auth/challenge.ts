// server only (Node).
// WWW-Authenticate (RFC 9110 section 11.6.1): a list of challenges, each a scheme and parameters.

export interface Challenge {
	/** In lower case. */
	readonly scheme: string;
	/** Names in lower case, values without their quotes. */
	readonly params: Readonly<Record<string, string>>;
}

const SCHEME = /\s*,?\s*([!#$%&'*+.^_`|~\w-]+)(?=\s|,|$)(?!\s*=)/y;
const TOKEN68 = /\s+[\w~+/.-]+=*\s*(?=,|$)/y;
const PARAM = /\s*,?\s*([!#$%&'*+.^_`|~\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",]*))/y;

/** All challenges of one header, as far as they can be read. */
export function parseChallenges(header: string): Challenge[] {
	const out: Challenge[] = [];
	let at = 0;
	const match = (pattern: RegExp) => {
		pattern.lastIndex = at;
		const found = pattern.exec(header);
		if (found) at = pattern.lastIndex;
		return found;
	};
	for (let head = match(SCHEME); head; head = match(SCHEME)) {
		const params: Record<string, string> = {};
		if (!match(TOKEN68))
			for (let param = match(PARAM); param; param = match(PARAM))
				params[(param[1] as string).toLowerCase()] ??= param[2]?.replace(/\\(.)/g, '$1') ?? param[3] ?? '';
		out.push({ scheme: (head[1] as string).toLowerCase(), params });
	}
	return out;
}
