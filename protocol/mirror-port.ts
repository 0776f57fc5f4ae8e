// server and page: no Node, no DOM.
// What a guest's shell (app origin) and the mirror document in it (origin of the mirror label) say to each other over one MessagePort.
// The shell hands the port over once the mirror's iframe has loaded:
//   iframe.contentWindow.postMessage({tandem: 1, mirror: {zone, token}} satisfies MirrorStart, mirrorOrigin, [port])
// where `zone` is the origin all labels live under and `token` the guest's asset token for this tab. The mirror then says 'ready'.
import type { Intent } from './intent.ts';
import type { Box } from './mark.ts';

export interface MirrorStart {
	readonly tandem: 1;
	/** `media`: which conditions of css-media.ts hold in the host's browser, if that is known. */
	readonly mirror: { readonly zone: string; readonly token: string; readonly media?: readonly string[] | undefined };
}

/** From the shell to the mirror document. */
export type ToMirror =
	/** Mirror bytes (mirror.ts), as they came from the server, in order. */
	| { readonly t: 'x'; readonly bytes: Uint8Array }
	/** Whether this guest may act in the tab now. */
	| { readonly t: 'control'; readonly allowed: boolean }
	/** The factor the shell draws the mirror's iframe with, so that pictures and strokes can be sharp. */
	| { readonly t: 'scale'; readonly factor: number }
	/** The host enters something private in a field: a curtain with these words hangs over it. Without `at`: none. */
	| { readonly t: 'curtain'; readonly at?: { readonly frame: number; readonly node: number } | undefined; readonly text: string }
	/** Show the host's scrolling again, from where the host is now. */
	| { readonly t: 'follow' }
	/** Scroll so far for this guest alone, CSS pixels. */
	| { readonly t: 'look'; readonly x: number; readonly y: number }
	/** What stands at a point of the root's viewport? It says 'located'. */
	| { readonly t: 'locate'; readonly n: number; readonly x: number; readonly y: number }
	/** Say where these are (frame, node, frame, node …), now and whenever they have moved. */
	| { readonly t: 'watch'; readonly anchors: readonly number[] }
	/** The host's page has made nothing of Ctrl and the wheel: it is the guest's own zoom. */
	| { readonly t: 'own-zoom' }
	/** The connection was lost and is back: what was asked for has to be asked for again. */
	| { readonly t: 'resume' };

/** From the mirror document to the shell. */
export type FromMirror =
	| { readonly t: 'ready' }
	/** Mirror bytes for the server, to be sent as they are ('resync'). */
	| { readonly t: 'x'; readonly bytes: Uint8Array }
	| { readonly t: 'intent'; readonly intent: Intent }
	/** Files this guest picked for, or dropped on, a node; the shell reads them. */
	| { readonly t: 'files'; readonly frame: number; readonly node: number; readonly files: readonly File[] }
	/** This guest's pointer in the root frame's viewport, CSS pixels of the host; absent x: it left. */
	| { readonly t: 'pointer'; readonly x?: number; readonly y?: number }
	/** The host's viewport: the mirror's iframe has to have this size in CSS pixels, scaled by a transform. */
	| { readonly t: 'size'; readonly width: number; readonly height: number }
	/** The guest looks elsewhere in the page than the host (free look): what the host sees at a point is shifted by x, y here. */
	| { readonly t: 'scrolled'; readonly away: boolean; readonly x: number; readonly y: number }
	/** Without `frame`: nothing of the host's is there. `box` in the root's viewport. */
	| { readonly t: 'located'; readonly n: number; readonly frame?: number; readonly node: number; readonly box: Box }
	/** Frame, node, its box and the viewport of its frame (x, y, width, height each), in the root's viewport. */
	| { readonly t: 'boxes'; readonly boxes: readonly number[] }
	/** The check by hash: frames that agree with the host's at rest, and repairs done so far. */
	| { readonly t: 'sync'; readonly agree: boolean; readonly repairs: number };

/**
 * The Content-Security-Policy of a mirror document: our script alone; pictures, styles, fonts and media from the zone's labels. Frames in
 * it are about:blank, inherit it, and are sandboxed without scripts. `labels` stands for every label's origin (`http://*.tandem.localhost:3000`),
 * `framers` are the origins that may stand around it.
 */
export function mirrorCsp(labels: string, framers: string): string {
	return [
		"default-src 'none'",
		"script-src 'self'",
		`style-src 'unsafe-inline' blob: data: ${labels}`,
		`img-src blob: data: ${labels}`,
		`font-src blob: data: ${labels}`,
		`media-src blob: data: ${labels}`,
		"base-uri 'none'",
		"form-action 'none'",
		`frame-ancestors ${framers} 'self'`,
	].join('; ');
}
