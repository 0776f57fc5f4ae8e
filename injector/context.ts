// page.
// What the parts of the runtime that watch (mirror/) and act (control/) are given by main.ts.
import type { Boot, FrameMessage, ShellMessage } from '../protocol/page.ts';
import type { Natives } from './natives.ts';
import type { Port } from './port.ts';

export interface Context {
	readonly win: Window & typeof globalThis;
	readonly doc: Document;
	readonly natives: Natives;
	/** Shared with the creator's where the document was made in the page (about:blank, srcdoc). */
	readonly boot: Boot;
	/** The real form of a URL of ours (absolute, also blob:); any other string as it is. */
	toReal(url: string): string;
	/** Our form of a real absolute URL (also blob:); any other string as it is. */
	toProxied(url: string): string;
	/** This document's number, as in Hello: 1 to 2^31-1. */
	readonly frame: number;
	/** Whether this is the tab's root document. */
	readonly isTop: boolean;
	/** To the shell; kept until the shell is there. */
	send(message: FrameMessage, transfer?: Transferable[]): void;
	/** Calls `handler` with each message of the shell; 'ready' too, also when it came before. */
	onShell(handler: (message: ShellMessage) => void): void;
	/** The frame number that a child window's present document greeted with, by its WindowProxy (`iframe.contentWindow`). */
	readonly childFrames: { get(child: Window): number | undefined };
	/** Calls `handler` for each greeting of a child document, the earlier ones first. */
	onChild(handler: (child: Window, frame: number) => void): void;
	/** The pointer's way to the root, through each parent document: see Port. */
	readonly sendPoint: Port['sendPoint'];
	readonly onPoint: Port['onPoint'];
	/** Calls `handler` with what another window says is secret in the message that it sends next. */
	readonly onHanded: Port['onHanded'];
	/** Calls `handler` with each shadow root that is attached, closed ones too, and `document.open()`ed again documents. */
	onShadowRoot(handler: (root: ShadowRoot) => void): void;
	/** Calls `handler` after `document.open()` took all listeners off the window and the document. */
	onReopen(handler: () => void): void;
}
