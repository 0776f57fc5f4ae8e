// server and page: no Node, no DOM.
// What stands in front of a worker's first script so that our runtime is there before it.
import { OWN_PATH, RUNTIME_GLOBAL } from '../../protocol/page.ts';

const PATH = `${OWN_PATH}worker.js`;

/** Where the runtime's own text may be put: a service worker that is a module has no synchronous way to read it. */
export const INLINE_RUNTIME = '/*$tandem$runtime*/';

/** A module without imports or exports looks like a classic script, but has no importScripts: it reads the runtime by itself. */
const imports = (path: string) =>
	`try{importScripts('${path}')}catch{globalThis.$tandemKeep=1;${INLINE_RUNTIME}if(!globalThis.$tandem$){const x=new XMLHttpRequest;x.open('GET','${path}',!1);x.send();(0,eval)(x.responseText)}}`;

/** The runtime's last line: where it is a classic script, it makes a lexical binding of the property, which is a property of nothing then. */
export const WORKER_END = `const ${RUNTIME_GLOBAL}=globalThis.${RUNTIME_GLOBAL};${RUNTIME_GLOBAL}?.g?.(this);`;

/**
 * Stands on the first line, so that line numbers stay; a directive prologue must stay in front (ECMA-262 section 11.2.1). `path`: where the runtime is,
 * for a worker whose own URL is no base. `first`: what a classic script does before it.
 */
export function workerFront(source: string, module: boolean, { path = PATH, first = '' } = {}): string {
	if (module) return `import '${path}';`;
	return `${directive(source)}${first}${imports(path)}`;
}

/** The directive prologue that has to stand in front of whatever comes before a classic script. */
export function directive(source: string): string {
	// each way through the comments is the only one: a hostile source must not make the search go through all ways to part them
	const strict = /^(?:\s|\/\*(?:[^*]|\*(?!\/))*\*\/|\/\/[^\n\r]*[\n\r])*(['"])use strict\1/.test(source.slice(0, 20_000));
	return strict ? "'use strict';" : '';
}
