// server and page: no Node, no DOM.
// A page's dialogs. The page's script waits in a synchronous `POST /.tandem/dialog` (DialogAsk in, DialogReply out) until somebody in the
// session has answered; what is asked stands in the room's state of the tab (Tab.dialog), so that everybody sees it, late guests too.
//
// 1. A tab shows one dialog at a time; a page asks one at a time, for its script stands still meanwhile.
// 2. The server answers 'again' from time to time, so that nothing on the way takes the line for dead; the page then asks again, same id.
// 3. The host's shell says 'dialog-shown'. Where it can't (a browser that runs page and shell on one thread), the page is told 'native': the
//    host's own browser asks, and the others see what.
// 4. 'send' (a form that a guest sends waits for the host's yes) is opened by the shell too, and answered by the host alone.
// 5. 'leave' ("Leave site?") and 'print' of a host's own click wait for nobody's thread: the shell opens them, or they are native too.

export type DialogKind = 'alert' | 'confirm' | 'prompt' | 'print' | 'leave' | 'send';

export interface Dialog {
	/** Chosen by the page or the shell; unguessable for others. */
	readonly id: string;
	readonly kind: DialogKind;
	/** Host name (and port) of the site that asks; '' for a sandboxed document, which can't be told whose it is. */
	readonly site: string;
	/** Of 'send': the guest whose form waits; `site` is where it goes. */
	readonly by?: string | undefined;
	/** What others may see of the text; the host's shell knows it whole. */
	readonly text: string;
	/** What a prompt suggests. */
	readonly value: string;
	/** The page has asked several times since anybody last touched it: it may be told to stop. */
	readonly many: boolean;
	/** The host's own browser asks: nobody answers here. */
	readonly native: boolean;
}

/** What a page's runtime asks. */
export interface DialogAsk {
	readonly id: string;
	readonly kind: Exclude<DialogKind, 'leave' | 'send'>;
	/** Undefined: the shell has not answered the document's greeting yet. */
	readonly tab?: string | undefined;
	readonly text: string;
	readonly value: string;
	readonly many: boolean;
	/** The host's own browser is about to ask (true), or has asked (false). */
	readonly native?: boolean | undefined;
}

export type DialogReply =
	/** Nobody has answered yet: ask again. */
	| { readonly t: 'again' }
	/** The host's shell can't show it: the browser's own dialog has to do. */
	| { readonly t: 'native' }
	/** `silence`: this document is to ask nothing any more. */
	| { readonly t: 'answer'; readonly ok: boolean; readonly text: string; readonly silence: boolean };

/** Characters of a dialog's text and of an answer. */
export const DIALOG_TEXT = 4000;
/** Dialogs in a row, with nobody touching the page, from which on it can be told to stop. */
export const DIALOG_MANY = 3;
