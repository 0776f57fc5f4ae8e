// worker: the entry of dist/worker.js, which stands in front of every dedicated, shared and service worker's own script.
// The server (or the page, for a blob: worker) leaves the boot data at `$tandemBoot`, at `$tandemSelf` the URL the worker believes in, and
// `$tandemKeep` where the runtime is no script of its own (rewrite/js/worker-front.ts).
import { RUNTIME_GLOBAL } from '../protocol/page.ts';
import { type Any, natives } from './natives.ts';
import { enter } from './realm.ts';
import { installBlobUrls } from './sandbox/blob-urls.ts';
import { installCaches } from './sandbox/caches.ts';
import { installDynamicCode } from './sandbox/dynamic-code.ts';
import { installErrorEvents } from './sandbox/error-events.ts';
import { installFunctionSource } from './sandbox/function-source.ts';
import { installGlobal } from './sandbox/globals.ts';
import { hideProperty } from './sandbox/hide-property.ts';
import { installNetwork } from './sandbox/network.ts';
import { installPerformance } from './sandbox/performance.ts';
import { installMessageOrigin } from './sandbox/post-message.ts';
import { installReports } from './sandbox/reports.ts';
import { installResponseHeaders } from './sandbox/response-headers.ts';
import { removeSecureOnly } from './sandbox/secure-only.ts';
import { installStackTraces } from './sandbox/stack-traces.ts';
import { installViolations } from './sandbox/violations.ts';
import { installWorkerScope } from './sandbox/worker-scope.ts';
import { installWorkers } from './sandbox/workers.ts';

const global = globalThis as Any;
const left = (name: string): Any => {
	const value = global[name];
	natives.deleteProperty(global, name);
	return value;
};
const boot = left('$tandemBoot');
const self = left('$tandemSelf');
const keep = left('$tandemKeep');
/** What modules see has to be a property: then it isn't shown. */
const settle = (top: unknown) => (top && !keep ? natives.deleteProperty(global, RUNTIME_GLOBAL) : hideProperty(global, RUNTIME_GLOBAL));
if (boot && !global[RUNTIME_GLOBAL]) {
	enter(boot, '');
	installGlobal({ g: settle });
	installFunctionSource();
	installWorkerScope(self);
	installNetwork();
	installResponseHeaders();
	installMessageOrigin();
	installDynamicCode();
	installBlobUrls();
	installCaches();
	installWorkers();
	installPerformance();
	installErrorEvents();
	installViolations();
	installStackTraces();
	installReports();
	removeSecureOnly();
}
