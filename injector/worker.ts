// worker: the entry of dist/worker.js, which stands in front of every dedicated, shared and service worker's own script.
// The server (or the page, for a blob: worker) leaves the boot data at `$tandemBoot`, at `$tandemSelf` the URL the worker believes in, and
// `$tandemKeep` where the runtime is no script of its own (rewrite/js/worker-front.ts).
import { RUNTIME_GLOBAL } from '../protocol/page.ts';
import { type Any, natives } from './natives.ts';
import { enter } from './realm.ts';
import { installCaches } from './sandbox/network/caches.ts';
import { installNetwork } from './sandbox/network/network.ts';
import { installPerformance } from './sandbox/network/performance.ts';
import { installResponseHeaders } from './sandbox/network/response-headers.ts';
import { installReports } from './sandbox/policies/reports.ts';
import { removeSecureOnly } from './sandbox/policies/secure-only.ts';
import { installViolations } from './sandbox/policies/violations.ts';
import { installBlobUrls } from './sandbox/scripts/blob-urls.ts';
import { installDynamicCode } from './sandbox/scripts/dynamic-code.ts';
import { installErrorEvents } from './sandbox/scripts/error-events.ts';
import { installFunctionSource } from './sandbox/scripts/function-source.ts';
import { installGlobal } from './sandbox/scripts/globals.ts';
import { hideProperty } from './sandbox/scripts/hide-property.ts';
import { installStackTraces } from './sandbox/scripts/stack-traces.ts';
import { installWorkerScope } from './sandbox/scripts/worker-scope.ts';
import { installWorkers } from './sandbox/scripts/workers.ts';
import { installMessageOrigin } from './sandbox/windows/post-message.ts';

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
