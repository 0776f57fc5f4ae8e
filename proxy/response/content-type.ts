// server only (Node).
// Several Content-Type headers, or several values in one: browsers take the last that is a type (Fetch section 3.2.3, "extract a MIME type").
import { type HeaderList, mediaType, without } from '../headers.ts';

const TYPE = /^[!#$%&'*+.^`|~\w-]+\/[!#$%&'*+.^`|~\w-]+$/;
const CHARSET = /;\s*charset\s*=/i;

/** The list with one Content-Type, where it has more. */
export function oneContentType(list: HeaderList): HeaderList {
	const values = list.filter(([name]) => name.toLowerCase() === 'content-type').map(([, value]) => value);
	if (values.length < 2 && !values[0]?.includes(',')) return list;
	const [first = ''] = values;
	return [...without(list, 'content-type'), ['Content-Type', extract(values) ?? first]];
}

/** The last type; a type said again without a charset keeps the one it had. */
function extract(values: readonly string[]): string | undefined {
	let found: string | undefined;
	for (const value of parts(values.join(', '))) {
		const type = mediaType(value);
		if (!TYPE.test(type) || type === '*/*') continue;
		const again = found !== undefined && type === mediaType(found) && !CHARSET.test(value);
		found = again ? found : value.trim();
	}
	return found;
}

/** Commas part values, but for those in quotes, also where nothing ends these (Fetch section 2.2.2, "get, decode, and split"). */
function parts(value: string): string[] {
	return value.match(/(?:"(?:[^"\\]|\\.)*(?:"|$)|[^,"])+/g) ?? [];
}
