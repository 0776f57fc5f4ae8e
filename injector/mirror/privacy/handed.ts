// page (host): every proxied document, before its own scripts.
// A secret is told to documents of the origin it was entered at, and to those of another only where the page itself has given it to them: in a
// message, a URL, a form. What they show of it is hidden then as it is here, and a document that was given nothing has nothing to learn.
import type { Context } from '../../context.ts';
import { type Giver, OPAQUE, onGiven } from '../../handing.ts';
import { call, hookMethod } from '../../hook.ts';
import { type Any, method, natives } from '../../natives.ts';
import { queryAll } from '../../query.ts';
import { realm } from '../../realm.ts';
import { fieldText } from '../dom.ts';
import { knowsAny, liveIn, secrets, valuesIn } from './taint.ts';
import { kindByWords } from './words.ts';

const g = globalThis as Any;
const isView: (value: unknown) => boolean = g.ArrayBuffer.isView;
const eachOf = method<void>(g.Map.prototype, 'forEach');
const eachIn = method<void>(g.Set.prototype, 'forEach');
/** Objects looked into for one message, and members of each. */
const MOST = 2000;

let current: Context | undefined;

/** What somebody has answered to a question of the page's (`prompt`): it is followed where the question asks for a secret. */
export function hearAnswer(question: string, answer: string): void {
	if (kindByWords(question) && secrets.learn(answer)) current?.send({ t: 'secret', learn: answer });
}

/** Once in a window: what goes through a port may come out in any document of the tab. */
export function hookPorts(): void {
	hookMethod(g.MessagePort?.prototype, 'postMessage', (native, self, args) => {
		if (knowsAny()) for (const text of textsOf(args[0])) tell(text, '*');
		return call(native, self, args);
	});
}

/** Begins to listen for what the page gives away. */
export function watchGiven(ctx: Context): void {
	current = ctx;
	onGiven(giver);
}

const giver: Giver = {
	give: (text, to) => tell(text, to),
	form(form, to) {
		if (knowsAny()) for (const field of queryAll(form, 'input,textarea')) tell(fieldText(field), to);
	},
	before(message) {
		if (!knowsAny()) return undefined;
		const found: string[] = [];
		let typing = '';
		for (const text of textsOf(message)) {
			for (const value of valuesIn(text)) found.push(value);
			typing = liveIn(text) || typing;
		}
		return found.length || typing ? { tandem: 1, handed: { secrets: found, typing } } : undefined;
	},
};

/** `to`: a URL, or what Giver and the shell call others. */
function tell(text: string, to: string): void {
	const values = valuesIn(text);
	const place = values.length && to !== '*' && to !== OPAQUE ? originOf(to) : to;
	for (const value of values) current?.send({ t: 'secret', learn: value, to: place });
}

/** Of the document that answers there; a WebSocket is a site's as its pages are. */
function originOf(url: string): string {
	const { origin } = realm.boot;
	try {
		return new natives.URL(url, origin).origin.replace(/^ws/, 'http');
	} catch {
		return origin;
	}
}

/** The strings in what is about to be cloned. Accessors are not run: they would run twice then. */
function textsOf(message: unknown): string[] {
	const texts: string[] = [];
	const seen = new natives.Set<unknown>();
	const look = (value: unknown): void => {
		if (typeof value === 'string') texts.push(value);
		if (typeof value !== 'object' || value === null || seen.size >= MOST || seen.has(value) || isView(value)) return;
		seen.add(value);
		if (value instanceof natives.Map) eachOf(value, (inner: unknown, key: unknown) => [key, inner].forEach(look));
		else if (value instanceof natives.Set) eachIn(value, look);
		const keys = natives.ownKeys(value);
		for (let i = 0; i < keys.length && i < MOST; i++) {
			const key = keys[i] as PropertyKey;
			look(key);
			look(natives.getOwnPropertyDescriptor(value, key)?.value);
		}
	};
	try {
		look(message);
	} catch {
		// what can't be looked into (a proxy, a window of another origin) can't be cloned either
	}
	return texts;
}
