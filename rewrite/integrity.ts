// server and page: no Node, no DOM.
// `integrity` (Subresource Integrity section 3.4): the bytes may be edited on their way, so the hashes are made ones of no algorithm that a
// browser knows. It then checks nothing, and the text can be given back.
const MARK = '$tandem$';

/** The value as the browser gets it. */
export function maskIntegrity(value: string): string {
	return value.replace(/(^|\s)(?=[a-z\d]+-)/gi, (_, space: string) => space + MARK);
}

/** The value as its author wrote it. */
export function unmaskIntegrity(value: string): string {
	return value.replaceAll(MARK, '');
}
