// page (host): every proxied document, before its own scripts.
// What stands behind the blob: URLs that pictures, fonts and the like have, and files that SVG takes parts of: no other browser could load them, or use them
// from another origin.
import { secrets } from './privacy/taint.ts';
import type { Capture, Tracker } from './tracker.ts';

/** Bytes of one blob that are still sent. */
const MOST = 8 * 1024 * 1024;

export function trackBlobs({ ctx, stream }: Capture): Tracker {
	const sent = new Set<string>();
	const send = async (url: string) => {
		const answer = await ctx.natives.fetch(ctx.toProxied(url));
		const blob = await answer.blob();
		if (blob.size > MOST || !/^(?:image|font|audio|video)\/|^text\/css/.test(blob.type)) return;
		// A picture of text that has a secret in it is not sent at all.
		if (/svg|text/.test(blob.type) && secrets.find(await blob.text())) return;
		stream.send({ t: 'asset', frame: ctx.frame, url, type: blob.type, bytes: new Uint8Array(await blob.arrayBuffer()) });
	};
	return {
		asset(url) {
			if (sent.has(url)) return;
			sent.add(url);
			// Revoked already, or not to be read under the page's policy: the guest sees no picture there.
			void send(url).catch(() => sent.delete(url));
		},
	};
}
