// server only (Node).
import type { Asked } from '../context.ts';

/**
 * Whether a document is asked for a tab's root, which stands in a frame of the shell, so that the browser says `iframe` where the site has to
 * read `document`. Where nobody tells: the first load comes from the shell, and later ones mostly from a person's click.
 */
export function isTabRoot({ req, initiator, place }: Asked): boolean {
	if (place) return place === 'root';
	return initiator.kind === 'person' || req.headers['sec-fetch-user'] === '?1';
}
