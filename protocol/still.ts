// server and page: no Node, no DOM.
// Still documents: those of frames sandboxed without scripts and without an origin. Our runtime is let into them, and a policy that the frame holds
// them to lets nothing else run, wherever it goes (CSP Embedded Enforcement; docs/decisions/0029).

/** What we add to the tokens of a sandbox: as browsers ignore its case, nobody else spells it so. */
const LET_IN = 'aLLOW-scriptS';

/** The `csp` attribute of such a frame: the browser shows no document in it that doesn't take this policy, and names it in `Sec-Required-CSP`. */
export const stillPolicy = (nonce: string): string => `script-src 'nonce-${nonce}'`;

/** The nonce in a policy of ours; undefined for any other. */
export function stillNonce(policy: unknown): string | undefined {
	return /^script-src 'nonce-([\w-]{16})'$/.exec(`${policy}`)?.[1];
}

/** Whether documents in a sandbox of these tokens are still ones. */
export function isStill(tokens: string): boolean {
	return !/(?:^|\s)allow-(?:scripts|same-origin)(?:\s|$)/i.test(tokens);
}

/** The tokens with what lets the runtime in. */
export function letIn(tokens: string): string {
	return tokens ? `${tokens} ${LET_IN}` : LET_IN;
}

/** Whether it is let in. */
export function isLetIn(tokens: string | null): boolean {
	return tokens?.includes(LET_IN) ?? false;
}

/** The tokens as the site wrote them. */
export function givenTokens(tokens: string): string {
	return tokens.endsWith(LET_IN) ? tokens.slice(0, -LET_IN.length).replace(/ $/, '') : tokens;
}
