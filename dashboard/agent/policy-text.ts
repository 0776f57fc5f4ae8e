// page and tests: no DOM. What a person types in the form of the privacy rules, and what a refusal of them is about.

/** One entry a line (or between commas); blank ones and repetitions are left out. */
export function linesOf(typed: string): string[] {
	return [
		...new Set(
			typed
				.split(/[\n,]/)
				.map((line) => line.trim())
				.filter(Boolean),
		),
	];
}

/** Which rule a refusal's detail speaks of (`rules.2.selector: …`), from 0; undefined: none. */
export function ruleAt(detail: string): number | undefined {
	const at = /^rules\.(\d+)\b/.exec(detail)?.[1];
	return at === undefined ? undefined : Number(at);
}
