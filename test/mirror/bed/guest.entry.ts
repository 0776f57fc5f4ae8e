// mirror document, tests only.
// The real mirror document, with a way to read it.
import '../../../dashboard/mirror/main.ts';
import { outline } from './outline.ts';

Object.assign(window, {
	outlineGuest: () => {
		const doc = document.querySelector('iframe')?.contentDocument;
		return doc ? outline(doc) : '';
	},
});
