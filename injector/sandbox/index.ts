// page.
// Every browser API that is virtualised in a document, one file each. Reading the list is reading what differs from a bare browser.
import type { Boot, FrameMessage } from '../../protocol/page.ts';
import { DOCUMENT } from '../../rewrite/data.ts';
import { realm } from '../realm.ts';
import { bindGlobal } from '../run-script.ts';
import { onTarget } from '../urls.ts';
import type { Place } from '../windows.ts';
import { installContentType } from './documents/content-type.ts';
import { installCustomElements } from './documents/custom-elements.ts';
import { installDocument } from './documents/document.ts';
import { installDocumentWrite } from './documents/document-write.ts';
import { installDrawing } from './documents/drawing.ts';
import { installElementAttributes } from './documents/element-attributes.ts';
import { embeddedUrl } from './documents/embedded.ts';
import { rewriteDocument, rewriteEmbedded } from './documents/html.ts';
import { installInnerHtml } from './documents/inner-html.ts';
import { installInsertion } from './documents/insertion.ts';
import { installMutationRecords } from './documents/mutation-records.ts';
import { installReflected } from './documents/reflected.ts';
import { installSelectors } from './documents/selectors.ts';
import { installCloning } from './documents/serialize.ts';
import { installShadowRoots } from './documents/shadow-roots.ts';
import { installStillFrames } from './documents/still-frames.ts';
import { installStyles } from './documents/styles.ts';
import { installHistory } from './history/history.ts';
import { installLocation } from './history/location.ts';
import { installNavigation } from './history/navigation.ts';
import { installTraversal } from './history/traversal.ts';
import { installCaches } from './network/caches.ts';
import { installCookieStore } from './network/cookie-store.ts';
import { installDocumentCookie } from './network/document-cookie.ts';
import { installFormsSent } from './network/forms-sent.ts';
import { installMediaMetadata } from './network/media-metadata.ts';
import { installNetwork, installWorklets } from './network/network.ts';
import { installPerformance } from './network/performance.ts';
import { installResponseHeaders } from './network/response-headers.ts';
import { installFeaturePolicy } from './policies/feature-policy.ts';
import { installOutOfReach } from './policies/out-of-reach.ts';
import { installReports } from './policies/reports.ts';
import { removeSecureOnly } from './policies/secure-only.ts';
import { installViolations } from './policies/violations.ts';
import { installBlobUrls } from './scripts/blob-urls.ts';
import { installDynamicCode } from './scripts/dynamic-code.ts';
import { installErrorEvents } from './scripts/error-events.ts';
import { installFunctionSource } from './scripts/function-source.ts';
import { installGlobal } from './scripts/globals.ts';
import { installReflection } from './scripts/reflection.ts';
import { installScriptText } from './scripts/script-text.ts';
import { installServiceWorker } from './scripts/service-worker.ts';
import { installStackTraces } from './scripts/stack-traces.ts';
import { installWorkers } from './scripts/workers.ts';
import { installActivation } from './windows/activation.ts';
import { makeBoxedWindows } from './windows/boxed.ts';
import { installDialogs } from './windows/dialogs.ts';
import { installFarWindows } from './windows/far.ts';
import { installFarOpener } from './windows/far-opener.ts';
import { holdParser } from './windows/hold-parser.ts';
import { installIntersectionObserver } from './windows/intersection-observer.ts';
import { installWindowOpen, makeOpener } from './windows/open.ts';
import { installWindowPlace } from './windows/place.ts';
import { installPostMessage } from './windows/post-message.ts';
import { makeSpares, type Spares } from './windows/spares.ts';
import { installTargets } from './windows/targets.ts';
import { installTopOnly } from './windows/top-only.ts';

export interface Sandbox {
	readonly place: Place;
	/** In a window that a page has just opened: that page's real URL. */
	readonly opener: string | undefined;
	readonly again: (boot: Boot) => void;
	readonly send: (message: FrameMessage) => void;
	/** The tab this document stands in, once the shell has said so. */
	readonly tab: () => string | undefined;
	readonly onUrl: () => void;
	readonly onShadowRoot: (root: ShadowRoot) => void;
	readonly onReopen: () => void;
}

/** Installs all of them; called once in a window. */
export function installSandbox(sandbox: Sandbox): Spares {
	const arms: (() => void)[] = [];
	const spares = makeSpares(sandbox, makeBoxedWindows(sandbox));
	const opener = makeOpener(sandbox, spares);
	// Before targets: what a form is comes before where it goes.
	installFormsSent((arm) => arms.push(arm));
	const targets = installTargets(sandbox, opener, (arm) => arms.push(arm));
	onTarget((url) => embeddedUrl(url, DOCUMENT, rewriteEmbedded));
	installLocation();
	installGlobal({ again: sandbox.again, h: (leads?: boolean) => holdParser(spares, leads), j: rewriteDocument });
	bindGlobal();
	installFunctionSource();
	installReflection();
	installDocument(sandbox.place, sandbox.opener);
	installContentType();
	installDrawing();
	installDocumentCookie();
	installCookieStore();
	installHistory(sandbox.place.root, sandbox.onUrl);
	installTraversal(sandbox.place);
	installWindowPlace(sandbox.place.root);
	const launch = (url: string) => sandbox.send({ t: 'external', url });
	// a sandboxed document may not, unless it is told that it may: the browser knows
	installNavigation(targets.leadsAway, sandbox.place.shell && realm.global.origin !== 'null' ? launch : undefined);
	installNetwork();
	installResponseHeaders();
	installPostMessage();
	installDynamicCode();
	installReflected();
	installElementAttributes();
	installMutationRecords();
	installStillFrames();
	installInnerHtml();
	installCloning();
	installScriptText();
	const openWindow = installWindowOpen(sandbox, targets, opener);
	installFarWindows(sandbox.send, sandbox.place, opener.lead, () => spares.instead()?.stays() ?? false);
	installFarOpener(sandbox.place);
	installInsertion();
	installStyles();
	installSelectors();
	installDocumentWrite(() => {
		for (const arm of arms) arm();
		sandbox.onReopen();
	}, openWindow);
	installCustomElements();
	installShadowRoots(sandbox.onShadowRoot);
	installBlobUrls();
	installWorkers();
	installWorklets();
	installServiceWorker();
	installCaches();
	installPerformance();
	installActivation(sandbox.place);
	installMediaMetadata();
	installFeaturePolicy();
	installTopOnly(sandbox.place);
	installIntersectionObserver(sandbox.place);
	installErrorEvents((arm) => arms.push(arm));
	installStackTraces();
	installDialogs(sandbox);
	installOutOfReach(sandbox.send);
	installViolations((url, directive) => sandbox.send({ t: 'leak', url, directive }));
	installReports();
	removeSecureOnly();
	return spares;
}
