// worker: the entry of dist/worker.js, which stands in front of every dedicated, shared and service worker's own script.
// The server (or the page, for a blob: worker) leaves the boot data at `$tandemBoot`, and at `$tandemSelf` the URL the worker believes in.
import { type Any, natives } from './natives.ts';
import { enter } from './realm.ts';
import { installBlobUrls } from './sandbox/blob-urls.ts';
import { installCaches } from './sandbox/caches.ts';
import { installDynamicCode } from './sandbox/dynamic-code.ts';
import { installErrorEvents } from './sandbox/error-events.ts';
import { installFunctionSource } from './sandbox/function-source.ts';
import { installGlobal } from './sandbox/globals.ts';
import { installNetwork } from './sandbox/network.ts';
import { installPerformance } from './sandbox/performance.ts';
import { installMessageOrigin } from './sandbox/post-message.ts';
import { installStackTraces } from './sandbox/stack-traces.ts';
import { installViolations } from './sandbox/violations.ts';
import { installWorkerScope } from './sandbox/worker-scope.ts';
import { installWorkers } from './sandbox/workers.ts';

const global = globalThis as Any;
const boot = global.$tandemBoot;
const self = global.$tandemSelf;
natives.deleteProperty(global, '$tandemBoot');
natives.deleteProperty(global, '$tandemSelf');
if (boot && !global.$tandem$) {
	enter(boot, '');
	installGlobal();
	installFunctionSource();
	installWorkerScope(self);
	installNetwork();
	installMessageOrigin();
	installDynamicCode();
	installBlobUrls();
	installCaches();
	installWorkers();
	installPerformance();
	installErrorEvents();
	installViolations();
	installStackTraces();
}
