// page.
// Puts the hooks in place, once in a window, and starts the parts that watch and act, once in a document.
import type { Boot } from '../protocol/page.ts';
import { installAutofocus, startAutofocus } from './autofocus.ts';
import type { Start } from './boot.ts';
import { startCarry } from './carry/index.ts';
import { installChildren, watchFrames } from './children.ts';
import type { Context } from './context.ts';
import { startControl } from './control/index.ts';
import { startGate } from './gate.ts';
import { watchInput } from './input.ts';
import { startLeaving } from './leaving.ts';
import { startMirror } from './mirror/index.ts';
import { hookCanvases } from './mirror/privacy/canvas.ts';
import { hookValues } from './mirror/privacy/index.ts';
import { natives } from './natives.ts';
import { startPage } from './page.ts';
import { startPointing } from './pointing.ts';
import { newFrame, openPort, rearmPort } from './port.ts';
import { enter, realm } from './realm.ts';
import { earOf, hear } from './relatives.ts';
import { dropDoctype } from './sandbox/documents/content-type.ts';
import { setApart } from './sandbox/history/traversal.ts';
import { installSandbox } from './sandbox/index.ts';
import { watchCarriedOff } from './sandbox/scripts/carried-off.ts';
import { keepGiven, takeGiven } from './sandbox/windows/carry.ts';
import { expectWindows } from './sandbox/windows/expect.ts';
import { meetOpener } from './sandbox/windows/far-opener.ts';
import type { Spares } from './sandbox/windows/spares.ts';
import { startSandboxes } from './sandboxes.ts';
import { forgetRoots, rememberRoot, shadowHost } from './shadow-roots.ts';
import { common, openDoor } from './shared.ts';
import { mapUrl, unmapUrl } from './urls.ts';
import { findPlace, type Place } from './windows.ts';

type Handler<T> = (value: T) => void;

/** Things that happen in the sandbox and that the rest of the runtime wants to know. */
export const events = {
	shadowRoot: [] as Handler<ShadowRoot>[],
	reopen: [] as Handler<undefined>[],
	url: [] as Handler<undefined>[],
};

export function emit<T>(handlers: readonly Handler<T>[], value: T): void {
	for (const handler of handlers) handler(value);
}

/** Takes a window over whose scripts haven't run yet. */
export function startRuntime(start: Start): void {
	realm.lent = start.lent;
	enter(start.boot, start.runtimeUrl);
	common.shared.realms.add(realm.global.location);
	const place = findPlace();
	const again = (boot: Boot) => {
		enter(boot, realm.runtimeUrl);
		startDocument(place, spares);
	};
	const spares = installSandbox({
		place,
		opener: start.opener,
		again,
		send: (message) => current?.send(message),
		tab: () => tab,
		onUrl: () => emit(events.url, undefined),
		onShadowRoot: (root) => (earOf(shadowHost(root), 'root') ?? onShadowRoot)(root),
		onReopen: () => {
			arm();
			emit(events.reopen, undefined);
		},
	});
	installChildren();
	installAutofocus();
	hookValues();
	hookCanvases();
	if (start.opener !== undefined) keepGiven();
	else takeGiven();
	startDocument(place, spares);
}

function onShadowRoot(root: ShadowRoot): void {
	watchFrames(root);
	rememberRoot(root);
	emit(events.shadowRoot, root);
}

let current: Context | undefined;
let tab: string | undefined;

function startDocument(place: Place, spares: Spares): void {
	for (const handlers of [events.shadowRoot, events.reopen, events.url]) handlers.length = 0;
	forgetRoots();
	dropDoctype();
	const win = realm.global as Window & typeof globalThis;
	if (realm.boot.mute) common.shared.mute.add(win.location);
	const frame = newFrame();
	const port = openPort(frame, place);
	const context: Context = {
		win,
		doc: win.document,
		natives,
		boot: realm.boot,
		toReal: unmapUrl,
		toProxied: mapUrl,
		frame,
		isTop: place.isTop,
		send: port.send,
		onShell: port.onShell,
		childFrames: port.childFrames,
		onChild: port.onChild,
		sendPoint: port.sendPoint,
		onPoint: port.onPoint,
		onHanded: port.onHanded,
		onShadowRoot: (handler) => events.shadowRoot.push(handler),
		onReopen: (handler) => events.reopen.push(handler),
	};
	current = context;
	hear(win.document, 'root', onShadowRoot);
	arm();
	if (place.isTop) startPage(context, (handler) => events.url.push(handler));
	if (!place.shell) return; // opened by itself: nobody watches
	context.onShell((message) => {
		if (message.t === 'ready') tab = message.tab;
		else if (message.t === 'apart') setApart((by) => context.send({ t: 'travel', by }));
	});
	if (!realm.lent && !realm.boot.still) startAutofocus(context, place); // where no scripts run nothing happens by itself (HTML section 7.1.5)
	startSandboxes(context);
	meetOpener(context, place);
	startLeaving(context);
	startGate(context);
	context.onShell(spares.arrived);
	spares.begin();
	expectWindows(context, spares);
	watchInput(context);
	startMirror(context);
	startPointing(context);
	startControl(context);
	startCarry(context);
}

/** Listeners that have to be there before any of the page's, again after `document.open()` too. */
function arm(): void {
	openDoor(realm.global);
	rearmPort();
	watchFrames(realm.global.document);
	watchCarriedOff();
}
