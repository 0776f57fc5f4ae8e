// page.
// `document.cookie` (HTML section 3.1.4): the jar is the server's, and its parser decides. What most writes do is told here as well, so that a page
// waits neither for them nor for what it reads then (docs/decisions/0033): the server hears of them in their order, and lets what the page asks for
// later wait. A read asks only when something else has changed.
import { afterWrite, type Cookies, markName, versionName } from '../../../protocol/cookies.ts';
import { OWN_PATH } from '../../../protocol/page.ts';
import { call, hookAccessor } from '../../hook.ts';
import { natives } from '../../natives.ts';
import { ask, realm } from '../../realm.ts';
import { common } from '../../shared.ts';
import { unmapUrl } from '../../urls.ts';

/** Most of what is sent in one; longer texts go the slow way: a browser sends few bytes that outlive a page (Fetch section 4.6, 64 kB). */
const LONG = 8192;
/** Documents of others whose writes are named beside ours. */
const OTHERS = 3;
const NONE: Cookies = { cookie: '', version: '', keys: [], hidden: [], site: '', marks: '' };

/** What the jar held when the server was asked last, with our writes since; not so where one of them is in doubt. */
let kept = NONE;
let isCertain = true;
/** When the first cookie of these is over, by the page's clock. */
let until = Infinity;
/** This document's name for the server, how often it has sent what it wrote, and the last time that `kept` has from there. */
let own = '';
let sent = 0;
let settled = 0;
/** What was written and isn't sent yet; it has a number (`sent`). */
let waiting: { readonly doc: Document; readonly texts: string[]; length: number } | undefined;

/** The cookies of the document now. */
export function readCookies(doc: Document): string {
	if (!isFresh(natives.documentCookie(doc))) {
		common.shared.cookies.flush?.();
		keep(ask('GET', endpoint(doc, sent > settled ? sent : 0)), sent);
		tidy(doc);
	}
	return kept.cookie;
}

/** Does what `document.cookie = text` does. */
export function writeCookie(doc: Document, text: string): void {
	const native = natives.documentCookie(doc);
	own ||= natives.random().toString(36).slice(2, 8) || '0';
	// Without cookies of the browser's own nothing would wait for what is on its way.
	if (text.length > LONG || valueIn(native, versionName) === undefined) {
		common.shared.cookies.flush?.();
		keep(ask('POST', endpoint(doc, ++sent), natives.stringify([text])), sent);
		return;
	}
	const now = natives.dateNow();
	const url = new natives.URL(urlOf(doc));
	const writer = { host: url.hostname, path: url.pathname, secure: url.protocol === 'https:', now };
	const next = isFresh(native) && !realm.boot.embedded ? afterWrite(kept, text, writer) : undefined;
	isCertain = next !== undefined;
	if (next) take(next);
	if (waiting?.doc === doc && waiting.length + text.length <= LONG) {
		waiting.texts.push(text);
		waiting.length += text.length;
	} else begin(doc, native, text);
	if (common.shared.cookies.eager) flush();
}

/**
 * What is written in one breath is sent in one. What the page asks for meanwhile waits at the server; what it waits for itself, in any of these
 * documents, would do so in vain and has it sent before (`common.shared.cookies`).
 */
function begin(doc: Document, native: string, text: string): void {
	common.shared.cookies.flush?.();
	waiting = { doc, texts: [text], length: text.length };
	common.shared.cookies.flush = flush;
	mark(doc, native, `${own}.${++sent}`);
	void soon();
}

async function soon(): Promise<void> {
	await undefined;
	flush();
}

function flush(): void {
	if (!waiting) return;
	const { doc, texts } = waiting;
	waiting = common.shared.cookies.flush = undefined;
	void send(doc, sent, natives.stringify(texts));
}

export function installDocumentCookie(): void {
	take(realm.boot.cookies ?? NONE);
	tidy(realm.global.document);
	hookAccessor(realm.global.Document?.prototype, 'cookie', {
		get(native, self) {
			const own = call(native, self, []); // throws as it should for a sandboxed document
			return natives.defaultView(self) ? readCookies(self) : own;
		},
		set(native, self, value) {
			if (natives.defaultView(self)) writeCookie(self, `${value}`);
			else call(native, self, [value]);
		},
	});
}

/** Documents that are gone may have left the names of their last writes, which what we asked for has waited for. */
function tidy(doc: Document): void {
	if (!kept.marks) return;
	try {
		mark(doc, natives.documentCookie(doc));
	} catch {
		// a sandboxed document has no cookies
	}
}

/** Also when the document is gone, and once more, waiting, where that failed. */
async function send(doc: Document, n: number, text: string): Promise<void> {
	let answer: string | undefined;
	try {
		const init = { method: 'POST', body: text, keepalive: true };
		const response = await natives.fetch(realm.ours + OWN_PATH + endpoint(doc, n), init);
		if (natives.responseOk(response)) answer = await natives.responseText(response);
	} catch {}
	answer ??= ask('POST', endpoint(doc, n), text);
	if (n !== sent) return;
	if (n > settled) keep(answer, n);
	mark(doc, natives.documentCookie(doc));
}

/** What the server answered after our first `n` writes. */
function keep(answer: string | undefined, n: number): void {
	if (answer === undefined) return;
	try {
		const cookies = natives.parse(answer);
		until = Infinity;
		settled = n;
		take(cookies);
		isCertain = true;
	} catch {
		isCertain = false; // not from our server: somebody stands between
	}
}

function take(cookies: Cookies): void {
	kept = cookies;
	const end = natives.dateNow() + (cookies.lasts ?? Infinity);
	if (end < until) until = end;
}

/** Whether nothing has changed but by our own writes, as far as the browser's own cookies (`native`) tell. */
function isFresh(native: string): boolean {
	const version = valueIn(native, versionName) ?? kept.version;
	return isCertain && version === kept.version && natives.dateNow() < until && others(native).length === 0;
}

/** Writes of other documents that are on their way, and that `kept` doesn't have. */
function others(native: string): string[] {
	const marks = valueIn(native, markName);
	if (!marks) return [];
	const known = kept.marks.split('-');
	return marks.split('-').filter((mark) => !mark.startsWith(`${own}.`) && !known.includes(mark));
}

/** Names our last write that may be on its way, or that there is none, for all that this browser asks for from now on. */
function mark(doc: Document, native: string, ours?: string): void {
	const marks = [...others(native).slice(-OTHERS), ...(ours ? [ours] : [])].join('-');
	if ((valueIn(native, markName) ?? '') === marks) return;
	const { domain } = realm.zone;
	natives.setDocumentCookie(
		doc,
		`${markName(realm.boot.token)}=${marks}; Domain=${domain}; Path=/; SameSite=Lax${marks ? '' : '; Max-Age=0'}`,
	);
}

function urlOf(doc: Document): string {
	const url = unmapUrl(natives.documentURL(doc));
	return /^https?:/.test(url) ? url : (realm.boot.creator ?? realm.boot.origin);
}

/** `write`: the number of what is sent, or of what has to have come before this is answered. */
function endpoint(doc: Document, write: number): string {
	const path = encodeURIComponent(new natives.URL(urlOf(doc)).pathname);
	return `cookie?path=${path}${realm.boot.embedded ? '&embedded' : ''}${write ? `&write=${own}.${write}` : ''}`;
}

function valueIn(cookies: string, nameOf: (token: string) => string): string | undefined {
	const name = `${nameOf(realm.boot.token)}=`;
	const at = cookies.indexOf(name);
	if (at < 0) return undefined;
	const end = cookies.indexOf(';', at);
	return cookies.slice(at + name.length, end < 0 ? undefined : end);
}
