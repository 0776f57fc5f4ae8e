// server and page: no Node, no DOM.
// HTML documents and fragments, whole or as a stream.
import type { LabelTable, Zone } from '../../protocol/label.ts';
import { RUNTIME_GLOBAL } from '../../protocol/page.ts';
import { isLetIn } from '../../protocol/still.ts';
import { backward } from './mapper.ts';
import { type HtmlOptions, HtmlRewriter } from './rewriter.ts';

export { type HtmlOptions, HtmlRewriter } from './rewriter.ts';
export type { Stills } from './still.ts';

/** A whole document or fragment as a proxied page gets it. */
export function rewriteHtml(source: string, options: HtmlOptions): string {
	const rewriter = new HtmlRewriter(options);
	return rewriter.write(source) + rewriter.end();
}

/** Markup as its author wrote it, as `innerHTML` has to show it; `url`: what becomes of a URL, where more is known than its text says. */
export function unrewriteHtml(text: string, zone: Zone, table?: LabelTable, url?: (url: string) => string): string {
	if (!text.includes(zone.domain) && !text.includes(RUNTIME_GLOBAL) && !isLetIn(text)) return text;
	const rewriter = new HtmlRewriter({ fragment: 'div' }, { ...backward(zone, table), ...(url ? { url } : {}) });
	return rewriter.write(text) + rewriter.end();
}
