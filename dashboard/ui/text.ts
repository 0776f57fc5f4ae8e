// page and tests: no DOM. How codes, names, addresses and colours are written for people.

/** `123456` as `123 456`, which is how it is read aloud; anything else as it is. */
export function groupCode(code: string): string {
	return /^\d{6}$/.test(code) ? `${code.slice(0, 3)} ${code.slice(3)}` : code;
}

/** The digits in what a person typed or pasted as a code, six at most. */
export function codeDigits(typed: string): string {
	return typed.replace(/\D/g, '').slice(0, 6);
}

/** One or two letters for a name: of its first and last word. */
export function initials(name: string): string {
	const words = name.trim().split(/\s+/).filter(Boolean);
	const first = words[0] ?? '?';
	const last = words.length > 1 ? (words.at(-1) ?? '') : '';
	return ([...first].slice(0, 1).join('') + [...last].slice(0, 1).join('')).toUpperCase();
}

export interface AddressParts {
	readonly host: string;
	readonly after: string;
	readonly security: 'secure' | 'insecure' | 'none';
}

/** A real URL cut for display: the host stands out, a lone `/` is dropped, https is understood. */
export function addressParts(url: string): AddressParts {
	if (!URL.canParse(url)) return { host: '', after: url, security: 'none' };
	const { protocol, host, pathname, search, hash } = new URL(url);
	if (protocol !== 'http:' && protocol !== 'https:') return { host: '', after: url, security: 'none' };
	const after = pathname === '/' && !search && !hash ? '' : decoded(pathname + search + hash);
	return { host, after, security: protocol === 'https:' ? 'secure' : 'insecure' };
}

/** Black or white, whichever can be read on `#rrggbb` (WCAG 2.2 relative luminance). */
export function inkOn(colour: string): '#000' | '#fff' {
	const channel = (at: number) => {
		const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
		return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
	};
	const luminance = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
	return luminance > 0.36 ? '#000' : '#fff';
}

/** What a tab is called: its title, else its host, else its URL. */
export function tabName(tab: { readonly title: string; readonly url: string }): string {
	return tab.title.trim() || addressParts(tab.url).host || tab.url;
}

function decoded(text: string): string {
	try {
		return decodeURI(text);
	} catch {
		return text;
	}
}
