// page.
// document.write, writeln, open (HTML section 8.4): text that goes through the parser in pieces, and documents that begin anew.
import { HtmlRewriter } from '../../../rewrite/html/index.ts';
import { expectIn } from '../../autofocus.ts';
import { call, hookMethod } from '../../hook.ts';
import { natives } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { mapText } from '../../rewriting.ts';
import { documentUrl, stills } from './html.ts';

/** One rewriter for all pieces that a document is written in: a tag may begin in one and end in the next. */
const writers: WeakMap<Document, HtmlRewriter> = new natives.WeakMap();

/** Documents that only scripts write into. */
const opened: WeakSet<Document> = new natives.WeakSet();

/** `openWindow` is window.open, which document.open with three arguments is. */
export function installDocumentWrite(onReopen: () => void, openWindow: (args: unknown[]) => unknown): void {
	const proto = realm.global.Document.prototype;
	for (const [name, end] of [
		['write', ''],
		['writeln', '\n'],
	] as const) {
		hookMethod(proto, name, (native, self, args) => {
			if (!isHere(self)) return call(native, self, args);
			const reopened = natives.readyState(self) !== 'loading'; // then writing opens the document anew
			if (reopened) begin(self);
			// not the native writeln: its line feed would stand behind what the rewriter gave out, and not behind what was written
			const out = call(nativeWrite, self, [
				wholeOf(args, (text) => {
					expectIn(text);
					return writer(self).write(text + end);
				}),
			]);
			if (reopened) onReopen();
			else if (writers.get(self)?.holds && !opened.has(self)) natives.queueMicrotask(() => letGo(self));
			return out;
		});
	}
	hookMethod(proto, 'open', (native, self, args) => {
		if (!isHere(self)) return call(native, self, args);
		if (args.length > 2) return openWindow(args);
		const out = call(native, self, args);
		begin(self);
		onReopen();
		return out;
	});
	hookMethod(proto, 'close', (native, self, args) => {
		const rest = writers.get(self)?.end();
		if (rest) call(nativeWrite, self, [rest]);
		writers.delete(self);
		return call(native, self, args);
	});
}

function begin(doc: Document): void {
	writers.delete(doc);
	opened.add(doc);
}

/** A script that writes into a document as it loads has run: the beginning of a tag that it wrote goes on in the document's own text. */
function letGo(doc: Document): void {
	const held = writers.get(doc);
	if (!held?.holds) return;
	writers.delete(doc);
	try {
		call(nativeWrite, doc, [held.end()]);
	} catch {
		// a policy of Trusted Types: an incomplete tag is not worth a violation
	}
}

const nativeWrite = realm.global.Document?.prototype.write;

function writer(doc: Document): HtmlRewriter {
	let found = writers.get(doc);
	if (!found) {
		found = new HtmlRewriter({ scope: realm.scope, documentUrl: documentUrl(), fragment: 'body', roots: true, stills });
		writers.set(doc, found);
	}
	return found;
}

/** The text of all arguments; a Trusted Types object stays one. */
function wholeOf(args: unknown[], map: (text: string) => string): unknown {
	const [only] = args;
	return args.length === 1 && typeof only === 'object' && only
		? mapText(only, 'TrustedHTML', map)
		: map(args.map((part) => `${part}`).join(''));
}

function isHere(doc: Document): boolean {
	return doc === realm.global.document;
}
