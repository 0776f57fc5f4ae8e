// page.
// Runs text as a classic script of a document, at once and without a trace.
import { RUNTIME_GLOBAL } from '../protocol/page.ts';
import { natives, setter } from './natives.ts';
import { realm } from './realm.ts';
import { trustedScript } from './rewriting.ts';

const setText = setter(realm.global.HTMLScriptElement?.prototype, 'text');

/** By an inline script with our nonce; nothing happens where the document runs none. */
export function runScript(document: Document, source: string): void {
	if (realm.lent) return;
	const script = natives.createElement(document, 'script');
	natives.setAttribute(script, 'nonce', realm.boot.nonce);
	try {
		setText(script, trustedScript(source));
	} catch {
		return; // where no scripts run no policy's functions are called either (Web IDL section 3.12)
	}
	natives.appendChild(document.head ?? document.documentElement ?? document, script);
	natives.removeElement(script);
}

/**
 * Makes of the property `$tandem$` a lexical binding of the realm (ECMA-262 section 9.1.1.4): all its scripts see it by name, and it is a property of
 * nothing. Where the document runs no script of its own, the property stays.
 */
export function bindGlobal(): void {
	runScript(realm.global.document, `const ${RUNTIME_GLOBAL}=globalThis.${RUNTIME_GLOBAL};delete globalThis.${RUNTIME_GLOBAL}`);
}
