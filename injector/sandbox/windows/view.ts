// page and worker.
// Windows and documents by another way than their name: facades for what can't be redefined on them, and views that show the virtual values.
import { wrap } from '../../hook.ts';
import { type Any, natives } from '../../natives.ts';
import { virtualOf } from '../../shared.ts';
import { mapTarget } from '../../urls.ts';
import { isDocument, isWindow } from '../../windows.ts';
import { isLocation, virtualLocation } from '../history/location.ts';
import { navigateWindow } from './far.ts';
import { sendTo, viewed } from './post-message.ts';

/** v: `value` as the page has to see it. */
export function see(value: Any): unknown {
	if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return value;
	return virtualOf(value) ?? (typeof value === 'object' && isLocation(value) ? virtualLocation(value) : value);
}

/** The window or document that `value` stands for; undefined where it is neither. */
function windowLike(value: Any): Any {
	if (typeof value !== 'object' || value === null || !(isWindow(value) || isDocument(value))) return undefined;
	return virtualOf(value) ?? value; // a parent that is the shell stands for the root
}

/** w: a facade for a window or document; anything else as it is. */
export function hold(value: Any): unknown {
	const target = windowLike(value);
	if (!target) return value;
	return {
		get location(): unknown {
			return see(target.location);
		},
		set location(url: unknown) {
			const mapped = mapTarget(`${url}`);
			const go = () => {
				target.location = mapped;
			};
			navigateWindow(() => target, mapped, go);
		},
		postMessage: (...args: unknown[]) => sendTo(target, args),
		get eval(): unknown {
			return see((target as Any).eval);
		},
	};
}

/** A window or document whose members are as the page has to see them. */
const view: ProxyHandler<Any> = {
	get(target, key) {
		const own = target[key];
		const value = see(own);
		// another site's window has one that can't be replaced
		return key === 'postMessage' && value === own && typeof own === 'function'
			? wrap(own, (_, self, args) => sendTo(viewed.get(self) ?? target, args))
			: value;
	},
	set(target, key, value) {
		if (key !== 'location') return natives.set(target, key, value);
		(hold(target) as Any).location = value;
		return true;
	},
};

function viewOf(value: Any): Any {
	const target = windowLike(value);
	return target ? viewAs(target) : value;
}

/** A view of a window, a document, or an object with members of one. */
export function viewAs(target: Any): Any {
	const proxy = new natives.Proxy(target, view);
	viewed.set(proxy, target);
	return proxy;
}

/** d: what a pattern takes members from, or a spread. */
export const parts: (value: Any) => unknown = viewOf;

/** Keys under which a window or a document has what the page may not see as it is. */
const KEYS = new natives.Set<unknown>(['location', 'top', 'parent', 'postMessage', 'eval']);
let key: unknown;

/** p: the object of a computed member, by its key. A number is the most usual one of a variable of such a name (`parent[i]`). */
export function access(object: Any, asked: unknown): unknown {
	key = asked;
	return typeof asked === 'number' ? object : accessed(object, asked);
}

function accessed(object: Any, asked: unknown): unknown {
	let name = asked;
	// an object becomes a key as the member itself would make it one, and once (ECMA-262 section 7.1.19)
	if (((typeof asked === 'object' && asked !== null) || typeof asked === 'function') && object !== undefined && object !== null)
		name = natives.ownKeys({ [asked as unknown as string]: 0 })[0];
	const from = KEYS.has(name) ? viewOf(object) : object;
	key = name;
	return from;
}

/** q: the key of the member whose object `access` has just given. */
export function accessKey(): unknown {
	return key;
}
