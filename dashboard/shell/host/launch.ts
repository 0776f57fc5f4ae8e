// page: no Node.
// Links for other programs. In a frame our own policy would put an error page in the place of the site's; the shell's window hands them on.
import { isExternal } from '../../../protocol/external.ts';

/** Hands a `mailto:` URL or its like to the browser, which asks for the person's own gesture and consent as always. */
export function launch(url: string): void {
	if (!isExternal(url)) return;
	const link = document.createElement('a');
	link.href = url;
	link.rel = 'noreferrer';
	link.click();
}
