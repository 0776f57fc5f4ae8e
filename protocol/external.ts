// server and page: no Node, no DOM.
// URLs that another program is to open: `mailto:`, `tel:`, `zoommtg:`.

/** Schemes that a browser reads by itself, or lets no page go to. */
const OWN =
	/^(?:https?|wss?|ftp|file|data|blob|about|javascript|filesystem|view-source|chrome|chrome-.*|devtools|edge|brave|opera|resource|moz-.*|safari-.*|jar|cid|urn)$/;

/** Whether an absolute URL is for another program (HTML section 7.4.2.5, "hand-off to external software"). */
export function isExternal(url: string): boolean {
	const scheme = /^[\0-\x20]*([a-z][a-z\d+.-]*):/i.exec(url)?.[1]?.toLowerCase();
	return scheme !== undefined && !OWN.test(scheme);
}
