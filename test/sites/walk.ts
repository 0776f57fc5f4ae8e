// tests only (Node).
// Walks a site's journey: somebody acts, and everybody must see what came of it.
import type { Hand } from '../e2e/hand.ts';
import type { Site } from './site.ts';

/**
 * Carries out every step of `site` by `actor`'s hand, then looks at the page (`host`) and at each of the `mirrors`.
 * Throws with the step's name where somebody does not see what they should.
 */
export async function walk(
	site: Site,
	{ host, mirrors = [], actor = host }: { host: Hand; mirrors?: Hand[]; actor?: Hand },
): Promise<void> {
	for (const [n, step] of site.steps.entries()) {
		const named = async (who: string, work: Promise<unknown> | undefined) => {
			try {
				await work;
			} catch (error) {
				throw new Error(`${site.name}, step ${n + 1} “${step.name}”, ${who}: ${(error as Error).message}`, { cause: error });
			}
		};
		const look = (hand: Hand) => (step.within ? hand.within(step.within) : hand);
		await named('act', step.act?.(actor));
		await named('page', look(host).see(step.see));
		for (const mirror of mirrors) await named('mirror', look(mirror).see(step.mirror ?? step.see));
	}
}
