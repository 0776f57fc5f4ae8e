// server only (Node).
// Where a jar keeps its cookies. tough-cookie's own store throws for names such as `test` and `local`, which an intranet may well have.
import { type Cookie, MemoryCookieStore } from 'tough-cookie';

type Found = (error: Error | null, cookies: Cookie[]) => void;

export class OneLabelStore extends MemoryCookieStore {
	override findCookies(...args: unknown[]): never {
		const [domain, path] = args as [string | null, string | null];
		const callback = args.at(-1) as Found;
		const find = super.findCookies as (...all: unknown[]) => never;
		if (domain === null || domain.includes('.')) return find.call(this, domain, path, true, callback);
		// a name without a dot has no parent; the jar looks at paths itself
		return this.getAllCookies((error, all = []) => callback(error, all?.filter((cookie) => cookie.domain === domain) ?? [])) as never;
	}
}
