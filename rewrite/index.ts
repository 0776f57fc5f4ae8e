// server and page: no Node, no DOM.
// Rewriting: text in, edits or text out; no I/O. Each function has its opposite, so that a page can show what its author wrote.
export { rewriteCss, rewriteStyle, unrewriteCss } from './css/index.ts';
export { applyEdits, type Edit } from './edits.ts';
export * from './headers/index.ts';
export { decodeAttribute, encodeAttribute } from './html/entities.ts';
export { type HtmlOptions, HtmlRewriter, rewriteHtml, unrewriteHtml } from './html/index.ts';
export { rewriteImportMap, rewriteSpeculationRules, unrewriteImportMap, unrewriteSpeculationRules } from './html/json.ts';
export { countOpens } from './html/opens.ts';
export { rewriteRefresh, unrewriteRefresh } from './html/refresh.ts';
export { type AttributeKind, globalRules, htmlRules, ruleFor, type ScriptKind, scriptKind } from './html/rules.ts';
export { rewriteSrcset, unrewriteSrcset } from './html/srcset.ts';
export { fillUrls, type JsOptions, jsEdits, rewriteJs, unrewriteJs } from './js/index.ts';
export { mapUrl, type Scheme, schemeOf, unmapUrl } from './url.ts';
