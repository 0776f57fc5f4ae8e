// page.
// A text or picture opened as a document: the proxy builds the document that the browser would have built, and here it says what it is of. So does
// a drawing at a tab's root (proxy/body/html.ts).
import { call, hookAccessor } from '../../hook.ts';
import { getter, natives } from '../../natives.ts';
import { realm } from '../../realm.ts';

const ownType = getter<string>(realm.global.Document?.prototype, 'contentType');
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

/** Documents that the browser builds around a text or picture have no doctype, and are in standards mode all the same. */
export function dropDoctype(): void {
	const { document } = realm.global;
	if (realm.boot.contentType === undefined || ownType(document) !== 'text/html') return;
	const node = doctype(document);
	if (node) natives.removeChild(document, node);
}
