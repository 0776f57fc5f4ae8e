// tests only (Node).
/** One seed for everybody: a run of the tests finds what every other run of them finds. */
const SEED = 1;

/**
 * How fast-check runs a property: `usual` times from a fixed seed; with TANDEM_FUZZ_RUNS=N that many times from a seed of its own,
 * which is how new counterexamples are looked for by hand.
 */
export function runs(usual: number): { numRuns: number; seed?: number } {
	const many = process.env.TANDEM_FUZZ_RUNS;
	return many ? { numRuns: Number(many) } : { numRuns: usual, seed: SEED };
}
