// server only (Node).
// Style sheets: absolute URLs to labels of the reader's own grade; for a mirror also what holds for its host alone.
import { mapCssGiven } from '../../protocol/css-given.ts';
import { ownLayerFirst } from '../../protocol/css-layers.ts';
import { mapCssMedia } from '../../protocol/css-media.ts';
import { mapCssSelection } from '../../protocol/css-selection.ts';
import { mapCssStates } from '../../protocol/css-states.ts';
import { rewriteCss, rewriteCssUrls } from '../../rewrite/css/index.ts';
import { schemeOf } from '../../rewrite/url.ts';
import type { Answer } from '../context.ts';
import { decodeAll, gather, sendGathered } from './gather.ts';
import { sendText } from './send-text.ts';

export async function deliverStyle(a: Answer): Promise<void> {
	const chunks = await gather(a);
	if (!chunks) return;
	const source = (a.fitting ?? (await decodeAll(a, chunks)))?.toString('latin1');
	const scheme = schemeOf(a.url.href);
	const mirrored = a.info.grade === 'assets';
	const mapped =
		source === undefined ? undefined : mirrored ? rewriteCssUrls(source, a.scope, scheme) : rewriteCss(source, a.scope, scheme);
	const text = mapped !== undefined && mirrored ? forMirror(mapped, a.info.media) : mapped;
	if (text === undefined) a.env.counts.rawFallbacks++;
	if (text === undefined || text === source) sendGathered(a, chunks);
	else sendText(a, [Buffer.from(text, 'latin1')]);
}

function forMirror(css: string, media: readonly string[] | undefined): string {
	const states = mapCssSelection(mapCssStates(mapCssGiven(css)));
	return ownLayerFirst(media ? mapCssMedia(states, new Set(media)) : states);
}
