// page.
// A drawing at a tab's root, which is sent as XML (proxy/body/html.ts): what browsers do for the title of a drawing alone.
import { call, hookAccessor } from '../../hook.ts';
import { natives } from '../../natives.ts';
import { queryAll } from '../../query.ts';
import { realm } from '../../realm.ts';

const SVG = 'http://www.w3.org/2000/svg';

/** Whether this document is such a drawing. */
function isDrawing(doc: unknown): doc is Document {
	return realm.boot.contentType === 'image/svg+xml' && doc === realm.global.document;
}

/** The document's title (HTML section 3.1.5): that of its window, and what scripts read. */
export function titleOf(doc: Document): string {
	const title = isDrawing(doc) ? titleElement(doc) : undefined;
	return title ? (natives.textContent(title) ?? '').replace(/[\t\n\f\r ]+/g, ' ').replace(/^ | $/g, '') : natives.documentTitle(doc);
}

export function installDrawing(): void {
	if (!isDrawing(realm.global.document)) return;
	hookAccessor(realm.global.Document.prototype, 'title', {
		get: (native, self) => (isDrawing(self) ? titleOf(self) : call(native, self, [])),
		set(native, self, value) {
			const title = isDrawing(self) ? titleElement(self) : undefined;
			if (title) natives.setTextContent(title, `${value}`);
			else call(native, self, [value]);
		},
	});
}

/** The first SVG title that is a child of the drawing's root. */
function titleElement(doc: Document): Element | undefined {
	return [...queryAll(doc, ':root > title')].find((title) => natives.namespaceURI(title) === SVG);
}
