// page.
// Every browser API that is virtualised in a document, one file each. Reading the list is reading what differs from a bare browser.
import type { Boot, FrameMessage } from '../../protocol/page.ts';
import { DOCUMENT } from '../../rewrite/data.ts';
import { realm } from '../realm.ts';
import { bindGlobal } from '../run-script.ts';
import { onTarget } from '../urls.ts';
import type { Place } from '../windows.ts';
import { installActivation } from './activation.ts';
import { installBlobUrls } from './blob-urls.ts';
import { makeBoxedWindows } from './boxed-windows.ts';
import { installCaches } from './caches.ts';
import { installContentType } from './content-type.ts';
import { installCookieStore } from './cookie-store.ts';
import { installCustomElements } from './custom-elements.ts';
import { installDialogs } from './dialogs.ts';
import { installDocument } from './document.ts';
import { installDocumentCookie } from './document-cookie.ts';
import { installDocumentWrite } from './document-write.ts';
import { installDrawing } from './drawing.ts';
import { installDynamicCode } from './dynamic-code.ts';
import { installElementAttributes } from './element-attributes.ts';
import { embeddedUrl } from './embedded.ts';
import { installErrorEvents } from './error-events.ts';
import { installFarOpener } from './far-opener.ts';
import { installFeaturePolicy } from './feature-policy.ts';
import { installFormsSent } from './forms-sent.ts';
import { installFunctionSource } from './function-source.ts';
import { installGlobal } from './globals.ts';
import { installHistory } from './history.ts';
import { holdParser } from './hold-parser.ts';
import { rewriteDocument, rewriteEmbedded } from './html.ts';
import { installInnerHtml } from './inner-html.ts';
import { installInsertion } from './insertion.ts';
import { installIntersectionObserver } from './intersection-observer.ts';
import { installLocation } from './location.ts';
import { installMediaMetadata } from './media-metadata.ts';
import { installMutationRecords } from './mutation-records.ts';
import { installNavigation } from './navigation.ts';
import { installNetwork, installWorklets } from './network.ts';
import { installOutOfReach } from './out-of-reach.ts';
import { installPerformance } from './performance.ts';
import { installPostMessage } from './post-message.ts';
import { installReflected } from './reflected.ts';
import { installReflection } from './reflection.ts';
import { installReports } from './reports.ts';
import { installResponseHeaders } from './response-headers.ts';
import { installScriptText } from './script-text.ts';
import { removeSecureOnly } from './secure-only.ts';
import { installSelectors } from './selectors.ts';
import { installCloning } from './serialize.ts';
import { installServiceWorker } from './service-worker.ts';
import { installShadowRoots } from './shadow-roots.ts';
import { makeSpares, type Spares } from './spares.ts';
import { installStackTraces } from './stack-traces.ts';
import { installStillFrames } from './still-frames.ts';
import { installStyles } from './styles.ts';
import { installTargets } from './targets.ts';
import { installTopOnly } from './top-only.ts';
import { installTraversal } from './traversal.ts';
import { installViolations } from './violations.ts';
import { installWindowOpen, makeOpener } from './window-open.ts';
import { installWindowPlace } from './window-place.ts';
import { installFarWindows } from './windows-far.ts';
import { installWorkers } from './workers.ts';

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
	installGlobal({ again: sandbox.again, h: () => holdParser(spares), j: rewriteDocument });
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
	installFarWindows(sandbox.send, sandbox.place, opener.lead);
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
