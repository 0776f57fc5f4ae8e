// server only (Node).
// The look of our own small pages (errors, downloads): one centred card, light or dark with the system, readable at 360 px.
import { escapeHtml } from './escape.ts';

export interface PageText {
	readonly title: string;
	readonly advice: string;
	/** What it is about: an address, a file's name and size. */
	readonly detail: string;
	/** Put first into head. */
	readonly head?: string;
	/** HTML of a link or form below the text. */
	readonly action?: string;
}

const STYLE = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:24px;box-sizing:border-box}
main{max-width:34rem;overflow-wrap:anywhere}
h1{font-size:1.375rem;line-height:1.3;margin:0 0 .5rem}
p{margin:0 0 1rem}
.detail{opacity:.75;font-size:.9375rem}
a{display:inline-block;padding:.625rem 1.25rem;border-radius:.5rem;background:#1d4ed8;color:#fff;text-decoration:none}
a:focus-visible{outline:3px solid #93c5fd;outline-offset:2px}`;

export function page({ title, advice, detail, head = '', action = '' }: PageText): string {
	return `<!doctype html><html lang="en"><head>${head}<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body><main role="main"><h1>${escapeHtml(title)}</h1>${detail ? `<p class="detail">${escapeHtml(detail)}</p>` : ''}<p>${escapeHtml(advice)}</p>${action}</main></body></html>`;
}

/** The policy of such a page: our style, and where there is one the runtime with this nonce. */
export function pagePolicy(nonce = ''): string {
	const script = nonce ? `; script-src 'nonce-${nonce}'; connect-src 'self'` : '';
	return `default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'${script}`;
}
