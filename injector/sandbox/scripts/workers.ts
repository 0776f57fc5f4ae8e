// page and worker.
// Worker and SharedWorker: a URL of the site is mapped (the server puts the worker runtime in front), a blob: or data: one is read, rewritten
// and given the runtime here.
import { OWN_PATH } from '../../../protocol/page.ts';
import { directive, workerFront } from '../../../rewrite/js/worker-front.ts';
import { hookConstructor } from '../../hook.ts';
import { type Any, natives } from '../../natives.ts';
import { ask, realm } from '../../realm.ts';
import { mapText } from '../../rewriting.ts';
import { mapUrl } from '../../urls.ts';
import { make } from '../network/network.ts';
import { codeUrl } from './blob-code.ts';
import { isUnpoliced } from './blob-texts.ts';

export function installWorkers(): void {
	for (const name of ['Worker', 'SharedWorker']) {
		hookConstructor(realm.global, name, (native, args, newTarget) => {
			if (!args.length) return make(native, args, newTarget);
			const url = mapText(args[0], 'TrustedScriptURL', (given) => workerUrl(mapUrl(given), args[1]));
			return make(native, [url, ...args.slice(1)], newTarget);
		});
	}
}

/** The URL a worker really starts from. */
function workerUrl(url: string, options: Any): string {
	if (!/^(?:blob|data):/i.test(url)) return url;
	const module = options?.type === 'module';
	const path = `${realm.ours}${OWN_PATH}worker.js`;
	const first = `globalThis.$tandemSelf=${natives.stringify(url)};`;
	// A module's imports run before its body, so the runtime has to be one of them; it reads its own URL from `location` then.
	const imports = module || (/^blob:/i.test(url) && isUnpoliced());
	return codeUrl(url, module, (source) =>
		imports ? workerFront(source, module, { path, first }) : `${directive(source)}${first}${runtimeText()};\n`,
	);
}

let runtime: string | undefined;

function runtimeText(): string {
	runtime ??= ask('GET', 'worker.js') ?? '';
	return runtime;
}
