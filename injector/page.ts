// page.
// What the tab's bar shows of its root document: real URL, title, icon, whether it loads. And the shell's wishes: go there, back, reload.
import type { Context } from './context.ts';
import { privateTitle } from './mirror/privacy/text.ts';
import { type Any, method, natives } from './natives.ts';

const g = globalThis as Any;
/** As it was before any hook. */
const goBy = method<void>(g.History?.prototype, 'go');
const ICON = 'link[rel~="icon" i][href]';
/** Milliseconds in which a document that loads is told of once: whatever the shell is told wakes it, on cores that the page needs itself. */
const MEANWHILE = 50;

export function startPage(context: Context, onUrl: (handler: () => void) => void): void {
	const { win, doc } = context;
	let last = '';
	let leaving = false;
	/** What guests may see is known. */
	let ready = false;
	let timer = 0;
	let due = 0;
	const tell = () => {
		natives.clearTimeout(timer);
		timer = 0;
		const state = {
			url: context.toReal(win.location.href),
			title: ready ? privateTitle(doc) : '',
			icon: icon(context),
			loading: leaving || natives.readyState(doc) !== 'complete',
		};
		const text = natives.stringify(state);
		if (text !== last) context.send({ t: 'page', ...state });
		last = text;
	};
	const soon = () => {
		const now = natives.now();
		// Some pages end every timer there is.
		if (timer && now < due) return;
		const wait = natives.readyState(doc) === 'loading' ? MEANWHILE : 0;
		due = now + 2 * MEANWHILE;
		timer = natives.setTimeout(tell, wait);
	};
	const arm = () => {
		natives.addEventListener(win, 'load', () => natives.setTimeout(tell));
		natives.addEventListener(win, 'pageshow', (event: Any) => {
			leaving = false;
			if (event.persisted) moved('traverse');
			tell();
		});
		for (const type of ['hashchange', 'popstate']) natives.addEventListener(win, type, tell);
		natives.addEventListener(win, 'pagehide', () => {
			leaving = true;
			tell();
		});
	};
	const moved = (how: unknown) => {
		const move = how === 'push' || how === 'traverse' ? how : 'replace';
		context.send({ t: 'moved', how: move, url: context.toReal(win.location.href) });
	};
	const navigation = (win as Any).navigation;
	if (navigation) {
		moved(navigation.activation?.navigationType);
		// same-document moves; null is a new state alone
		natives.addEventListener(navigation, 'currententrychange', (event: Any) => event.navigationType && moved(event.navigationType));
	}
	arm();
	context.onReopen(arm);
	onUrl(tell);
	watchHead(doc, soon);
	soon();
	context.onShell((message) => {
		if (message.t === 'navigate') win.location.href = context.toProxied(message.url);
		else if (message.t === 'history') travel(win, message.by);
		else if (message.t === 'ready' || message.t === 'policy') {
			ready = true;
			// The rules are taken by another listener.
			natives.queueMicrotask(tell);
		}
	});
}

/** Title and icon stand in the head; the head itself may come later. */
function watchHead(doc: Document, tell: () => void): void {
	const observer = new natives.MutationObserver(() => {
		attach();
		tell();
	});
	let head: Element | null = null;
	const attach = () => {
		const now = natives.querySelector(doc, 'head');
		if (now === head) return;
		head = now;
		observer.disconnect();
		observer.observe(doc, { childList: true });
		const root = natives.documentElement(doc);
		if (root) observer.observe(root, { childList: true });
		if (now)
			observer.observe(now, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ['href', 'rel'] });
	};
	observer.observe(doc, { childList: true });
	attach();
}

function icon(context: Context): string {
	const link = natives.querySelector(context.doc, ICON);
	const href = link && natives.getAttribute(link, 'href');
	const url = href ?? '/favicon.ico';
	const base = natives.baseURI(context.doc);
	return natives.URL.canParse(url, base) ? context.toReal(new natives.URL(url, base).href) : '';
}

function travel(win: Window, by: number): void {
	if (by === 0) win.location.reload();
	else goBy(win.history, by);
}
