// server and page: no Node, no DOM.

/** JSON that says the same in ASCII alone, for text whose charset is not ours to choose: headers, and markup held as bytes. */
export function asciiJson(json: string): string {
	return json.replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
