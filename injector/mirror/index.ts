// page (host): every proxied document, before its own scripts.
// The capture of one document: waits for the shell, sends the document as a key, then what changes.
import type { Context } from '../context.ts';
import { compatMode, rememberShadow, shadowHost } from './dom.ts';
import { startFrames } from './frames.ts';
import { idOf } from './ids.ts';
import { Tree } from './observe.ts';
import { type Seen, Serializer } from './serialize.ts';
import { Stream } from './stream.ts';
import { makeTrackers } from './trackers.ts';
import { WireUrls } from './urls.ts';

/** Milliseconds between looks at what no event tells of. */
const TICK = 50;

/** Starts the mirror's capture of `ctx.doc`. Called once, before the first script of the page. */
export function startMirror(ctx: Context): void {
	const urls = new WireUrls(ctx);
	const stream = new Stream(ctx);
	const seen: Seen = {
		element: (el, tag, id, state) => {
			for (const tracker of trackers) tracker.element?.(el, tag, id, state);
		},
		shadow: (root, id) => {
			tree.watch(root);
			for (const tracker of trackers) tracker.shadow?.(root, id);
		},
		blob: (url) => {
			for (const tracker of trackers) tracker.blob?.(url);
		},
	};
	const serializer = new Serializer(urls, seen);
	const tree = new Tree(ctx, serializer, () => stream.flush());
	const trackers = [...makeTrackers({ ctx, stream, tree, urls }, serializer), startFrames(ctx, stream)];
	tree.onAttribute = (el, tag, name) => {
		for (const tracker of trackers) tracker.attribute?.(el, tag, name);
	};
	stream.onFlush((out) => {
		tree.write(out);
		for (const tracker of trackers) tracker.flush?.();
	});

	const key = () => {
		if (stream.open) stream.flush();
		stream.key(urls.base, compatMode(ctx.doc) === 'BackCompat', (out) => {
			tree.reset();
			serializer.document(ctx.doc, out);
			for (const tracker of trackers) tracker.key?.();
		});
	};
	const arm = () => {
		tree.watch(ctx.doc);
		for (const tracker of trackers) tracker.arm?.();
	};

	ctx.onShadowRoot((root) => {
		rememberShadow(root);
		const host = shadowHost(root);
		if (idOf(host) !== undefined && stream.open) {
			tree.resend(host);
			ctx.natives.queueMicrotask(() => stream.flush());
		}
	});
	ctx.onReopen(arm);
	const tick = () => {
		for (const tracker of trackers) tracker.tick?.();
		ctx.natives.setTimeout(tick, TICK);
	};
	ctx.onShell((message) => {
		if (message.t !== 'ready' && message.t !== 'key') return;
		if (!stream.open) ctx.natives.setTimeout(tick, TICK);
		key();
	});
	arm();
}
