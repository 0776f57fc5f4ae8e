// page.
// A text or picture opened as a document: the proxy builds the document that the browser would have built, and here it says what it is of.
import { call, hookAccessor } from '../hook.ts';
import { getter, natives } from '../natives.ts';
import { realm } from '../realm.ts';

const doctype = getter<Node | null>(realm.global.Document?.prototype, 'doctype');

/** `document.contentType` of such a document. */
export function installContentType(): void {
	hookAccessor(realm.global.Document.prototype, 'contentType', {
		get(native, self) {
			const own = call(native, self, []);
			return self === realm.global.document ? (realm.boot.contentType ?? own) : own;
		},
	});
}

/** The browser's own documents have no doctype, and are in standards mode all the same. */
export function dropDoctype(): void {
	if (realm.boot.contentType === undefined) return;
	const { document } = realm.global;
	const node = doctype(document);
	if (node) natives.removeChild(document, node);
}
