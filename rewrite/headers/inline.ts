// server and page: no Node, no DOM.
// Whether policies allow an inline script or style by its hash or nonce (CSP Level 3 section 6.7.3.3). Text that was edited no longer has the
// hash that its author listed, so what they allowed gets our nonce instead.

export type Inline = 'script' | 'style';

/** The base64 digest of a text's bytes; `algorithm` is sha256, sha384 or sha512. */
export type Digest = (algorithm: string, text: string) => string;

const HASH = /^'(sha(?:256|384|512))-([A-Za-z0-9+/_-]+={0,2})'$/i;

/** The source lists, one a policy, that speak of inline scripts or styles in a header's value. */
export function inlineLists(header: string, kind: Inline): string[][] {
	const lists: string[][] = [];
	for (const policy of header.split(',')) {
		const directives = new Map<string, string[]>();
		for (const directive of policy.split(';')) {
			const [name = '', ...values] = directive.trim().split(/\s+/);
			if (name && !directives.has(name.toLowerCase())) directives.set(name.toLowerCase(), values);
		}
		const list = [`${kind}-src-elem`, `${kind}-src`, 'default-src'].map((name) => directives.get(name)).find((values) => values);
		if (list) lists.push(list);
	}
	return lists;
}

/** Whether a source list holds a hash. */
export function hasHash(list: readonly string[]): boolean {
	return list.some((source) => HASH.test(source));
}

/** Whether all lists allow the text; `nonce` is the element's own. */
export function allows(lists: readonly (readonly string[])[], text: string, nonce: string | undefined, digest: Digest): boolean {
	const known = new Map<string, string>();
	const sum = (algorithm: string) => {
		if (!known.has(algorithm)) known.set(algorithm, digest(algorithm, text));
		return known.get(algorithm);
	};
	return lists.every((list) => {
		const strict = list.some((source) => /^'(?:nonce-|sha(?:256|384|512)-|strict-dynamic)/i.test(source));
		if (!strict) return list.some((source) => /^'unsafe-inline'$/i.test(source));
		return list.some((source) => {
			if (nonce && source === `'nonce-${nonce}'`) return true;
			const [, algorithm = '', hash = ''] = HASH.exec(source) ?? [];
			return algorithm !== '' && sum(algorithm.toLowerCase()) === hash.replace(/-/g, '+').replace(/_/g, '/');
		});
	});
}
