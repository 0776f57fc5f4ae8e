// page (host): every proxied document, before its own scripts.
// The capture of one document: waits for the shell, sends the document as a key, then what changes.
import type { Context } from '../context.ts';
import { inTurn } from '../in-turn.ts';
import { knownRoots, rememberRoot, shadowHost } from '../shadow-roots.ts';
import { compatMode, isConnected } from './dom.ts';
import { idCount, idOf, setRoot, takeAll } from './ids.ts';
import { Tree } from './observe.ts';
import { Pace } from './pace.ts';
import { watchPrivateEntry } from './privacy/focus.ts';
import { startPrivacy } from './privacy/index.ts';
import { inWhole, whenHidden } from './privacy/taint.ts';
import { lookAtRules, maskChanges, resendHidden, showsSecret } from './privacy/tree.ts';
import { type Seen, Serializer } from './serialize.ts';
import { Stream } from './stream.ts';
import type { Tracker } from './tracker.ts';
import { makeTrackers } from './trackers.ts';
import { WireUrls } from './urls.ts';

/** Milliseconds between looks at what no event tells of; of a frame of which nothing was to be told in so many looks. */
const TICK = 50;
const CALM = { looks: 40, tick: 200 };
/**
 * `slice`: milliseconds that writing one message may take of the page's time; what is left follows in slices. `small`: nodes of which a key goes
 * in one piece and keeps the names it gave. `share`: which part of the page's time all of them together may take.
 */
const PACE = { slice: 20, small: 8000, share: 0.02 };
/** Milliseconds a page is left to itself after its load event, and for which a load is waited for, while nobody else is there to look. */
const REST = 100;
const PATIENCE = 5000;

/** What the host does that something may come of, at once. */
const ACTS = ['pointerdown', 'pointerup', 'keydown', 'keyup', 'input', 'wheel'];

/** Starts the mirror's capture of `ctx.doc`. Called once, before the first script of the page. */
export function startMirror(ctx: Context, pace = PACE): void {
	setRoot(ctx.doc);
	const urls = new WireUrls(ctx);
	const turns = new Pace(ctx.natives.now, pace.share);
	const stream = new Stream(ctx, turns);
	const seen: Seen = {
		element: (el, tag, id, state) => {
			for (let i = 0; i < ofElements.length; i++) (ofElements[i] as Tracker).element?.(el, tag, id, state);
		},
		shadow: (root, id) => {
			rememberRoot(root); // an open one of the parser's
			privacy.scan(root);
			privacy.watch(root);
			watchEntry(root);
			tree.watch(root);
			for (const tracker of trackers) tracker.shadow?.(root, id);
		},
	};
	urls.onAsset = (url) => {
		for (const tracker of trackers) tracker.asset?.(url);
	};
	/** Those attached since the last message. */
	const fresh: ShadowRoot[] = [];
	const roots = () => knownRoots().filter(isConnected);
	const trees = () => [ctx.doc, ...roots()];
	const privacy = startPrivacy(ctx, {
		again: () => stream.open && key(),
		check: () => {
			unchecked = true;
		},
		changed: (el) => {
			tree.resend(el);
			// At once: it hides what guests see.
			turns.acted();
			if (stream.open) stream.wake();
		},
	});
	/** A secret was learnt that may stand in what was sent before. */
	let unchecked = false;
	const serializer = new Serializer(urls, seen, ctx.natives.now);
	const { tails } = serializer;
	/** Whether the next flush is a slice of what is missing; and whether one is on its way. */
	let due = false;
	const nextSlice = inTurn(() => {
		due = true;
		stream.flush();
	});
	const tree = new Tree(ctx, serializer, () => stream.turn());
	const trackers = [...makeTrackers({ ctx, stream, tree, urls, privacy, roots }, serializer, pace.slice)];
	const ofElements = trackers.filter((tracker) => tracker.element);
	tree.onAdded = privacy.scan;
	tree.changesMask = (el, names) => {
		if (!maskChanges(el, names)) return false;
		privacy.scan(el);
		unchecked = true;
		return true;
	};
	whenHidden((node) => resendHidden(node, stream));
	tree.onAttribute = (el, tag, name) => {
		for (const tracker of trackers) tracker.attribute?.(el, tag, name);
	};
	stream.onFlush((out) => {
		for (const root of fresh.splice(0)) privacy.scan(root);
		privacy.look();
		lookAtRules(trees, (el) => tree.resend(el));
		serializer.begin(pace.slice);
		tree.write(out);
		if (due) serializer.rest(out);
		if (due && !tails.left) for (const tracker of trackers) tracker.whole?.();
		due = false;
		for (const tracker of trackers) tracker.flush?.();
		if (tails.left) nextSlice();
	});

	const key = () => {
		if (stream.open) stream.flush();
		stream.key(urls.base, compatMode(ctx.doc) === 'BackCompat', (out) => {
			// Names are kept where all is named in one go; otherwise having none means that it is still to come.
			const large = tails.left || idCount() === 0 || idCount() > pace.small;
			if (large) takeAll();
			tree.reset();
			for (const root of trees()) privacy.scan(root);
			lookAtRules(trees, () => {});
			serializer.begin(large ? pace.slice : Number.POSITIVE_INFINITY);
			inWhole(trees(), () => serializer.document(ctx.doc, out));
			for (const tracker of trackers) tracker.key?.();
			if (tails.left) nextSlice();
		});
	};
	const acted = ({ isTrusted }: Event) => isTrusted && turns.acted();
	const settle = () => stream.settle();
	const arm = () => {
		if (stream.open) tree.watch(ctx.doc);
		for (const type of ACTS) ctx.natives.addEventListener(ctx.win, type, acted, { capture: true, passive: true });
		ctx.natives.addEventListener(ctx.win, 'pagehide', settle, { capture: true });
		ctx.natives.addEventListener(ctx.doc, 'visibilitychange', settle, { capture: true });
		for (const tracker of trackers) tracker.arm?.();
	};

	ctx.onShadowRoot((root) => {
		if (stream.open) fresh.push(root);
		const host = shadowHost(root);
		if (idOf(host) !== undefined && stream.open) {
			tree.attach(root);
			stream.wake();
		}
	});
	ctx.onReopen(arm);
	const watchEntry = watchPrivateEntry(ctx);
	let calm = 0;
	let sent = 0;
	const tick = () => {
		calm = ctx.isTop || stream.sent !== sent ? 0 : calm + 1;
		sent = stream.sent;
		if (unchecked && stream.open) {
			unchecked = false;
			if (showsSecret(ctx.doc, roots())) key();
		}
		for (const tracker of trackers) tracker.tick?.();
		ctx.natives.setTimeout(tick, calm > CALM.looks ? CALM.tick : TICK);
	};
	const begin = () => {
		tree.watch(ctx.doc);
		if (!stream.open) ctx.natives.setTimeout(tick, TICK);
		key();
	};
	ctx.onShell((message) => {
		if (message.t === 'ready' && message.alone) whenLoaded(ctx, () => stream.open || begin());
		else if (message.t === 'key' && stream.open) key();
		else if (message.t === 'ready' || message.t === 'key') begin();
		// What a guest does is heard here before it is carried out.
		else if (message.t === 'input' && message.intent.k !== 'hover') turns.acted();
	});
	arm();
}

/** Calls `go` once the page has loaded and had a moment for itself; where loading takes long, after a while. */
function whenLoaded({ win, doc, natives }: Context, go: () => void): void {
	let called = false;
	const once = () => {
		if (!called) go();
		called = true;
	};
	const soon = () => natives.setTimeout(once, REST);
	if (natives.readyState(doc) === 'complete') soon();
	else {
		natives.addEventListener(win, 'load', soon);
		natives.setTimeout(once, PATIENCE);
	}
}
