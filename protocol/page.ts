// server and page: no Node, no DOM.
// What the runtime in a proxied document and the host's shell say to each other over one MessagePort per document.
//
// Greeting: the runtime does `realTop.postMessage({tandem: 1, hello: Hello}, appOrigin, [port])`, and `realParent.postMessage({tandem: 1,
// child: frame}, '*')` where its parent is another proxied document. The shell checks that `event.origin` is a label with the run token
// of the tab's owner (or 'null', a sandboxed document, with the right token in the hello) and that `event.source` is inside one of its
// tab frames; then it answers on the port with 'ready'. All else on the port is one of the unions below. Mirror bytes go as 'x'.
import type { DocumentState } from './carry.ts';
import type { Cookies } from './cookies.ts';
import type { Choice, Copied, Intent } from './intent.ts';
import type { Mask, Policy } from './privacy.ts';

/** The attribute of the injected script element that carries the Boot, as JSON; both are gone from the document once it ran. */
export const BOOT_ATTRIBUTE = 'data-tandem-boot';

/** The global that rewritten scripts call. Its methods are the table in rewrite/js. */
export const RUNTIME_GLOBAL = '$tandem$';

/**
 * What has the parser wait before an inline script that speaks of opening a window, or (`leads`) of leading the top (injector/sandbox/windows/hold-parser.ts);
 * hidden as the script above is.
 */
export const holdTag = (nonce: string, leads: boolean): string =>
	`<script nonce="${nonce}" ${BOOT_ATTRIBUTE}="">${RUNTIME_GLOBAL}.h(${leads ? 1 : ''})</script>`;

/**
 * The client hint that the shell delegates to a tab's root frame and to no other: a request for a document that bears it is the root's
 * (UA Client Hints; the delegation is Permissions Policy's). Browsers without it say nothing.
 */
export const ROOT_HINT = { header: 'Sec-CH-UA-Form-Factors', feature: 'ch-ua-form-factors' } as const;

/** The feature that the shell delegates to a tab's frame whose opener makes itself known (docs/decisions/0027), and to no other. */
export const TIE_FEATURE = 'ch-ect';

/** An element that the rewriter puts into a closed shadow root of the parser's, so that the runtime learns of that root; it goes as it comes. */
export const ROOT_MARK = 'tandem-root';

/**
 * Client hints that browsers give to whom asks for them with `Accept-CH`. The shell asks, and delegates them to a tab's root frame; the proxy hands on what
 * the site has asked for (proxy/request/client-hints.ts).
 */
export const CLIENT_HINTS = [
	'Sec-CH-UA-Arch',
	'Sec-CH-UA-Bitness',
	'Sec-CH-UA-Full-Version',
	'Sec-CH-UA-Full-Version-List',
	'Sec-CH-UA-Model',
	'Sec-CH-UA-Platform-Version',
	'Sec-CH-UA-WoW64',
	ROOT_HINT.header,
	'Sec-CH-DPR',
	'Sec-CH-Viewport-Width',
	'Sec-CH-Viewport-Height',
	'Sec-CH-Device-Memory',
	'Sec-CH-Prefers-Color-Scheme',
	'Sec-CH-Prefers-Reduced-Motion',
] as const;

/**
 * Response headers of ours: what the site said instead of what the browser was told, of what a page's own request may read, as JSON of names and values, 0
 * where it said nothing (proxy/response/said.ts). `renewed` is that of an answer which renews one that the browser has, with all that it says.
 */
export const SAID = { first: 'x-tandem-said', renewed: 'x-tandem-renewed' } as const;

/** Paths that the server keeps for itself on every label. */
export const OWN_PATH = '/.tandem/';

/** The document of a frame that the shell keeps for a window that a page may open; its name stands behind `#`. */
export const SPARE_PATH = `${OWN_PATH}spare`;
/** What a tab's frame holds until the page is opened in it. */
export const EARLY_PATH = `${OWN_PATH}early`;

/** What the server tells an injected runtime about its document. */
export interface Boot {
	/** The zone's origin. */
	readonly zone: string;
	/** The origin of the app, where the shell lives. */
	readonly app: string;
	readonly token: string;
	/** The document's real origin (its label may be a hash). */
	readonly origin: string;
	/** What the document saw of the jar when it was sent; a worker and a rehearsal see nothing. */
	readonly cookies?: Cookies | undefined;
	/** The document stands in a page of another site: of the jar it gets what is SameSite=None. */
	readonly embedded: boolean;
	/** The real referrer, as `document.referrer` has to show it. */
	readonly referrer: string;
	/** The real URL of the document that made this one, where that was another (about:blank, srcdoc): whose cookies it has. */
	readonly creator?: string | undefined;
	/** The nonce of our script, for documents we make in the page. */
	readonly nonce: string;
	/** Hash to origin of the session's table, as far as this page needs it at start. */
	readonly table: Readonly<Record<string, string>>;
	/** How often the beginning of the document's text speaks of opening a window; absent: not at all. */
	readonly opens?: number | undefined;
	/** Nobody's page stands here: the runtime starts so that the browser has compiled it, and tells nobody. */
	readonly rehearsal?: boolean | undefined;
	/** A policy sandboxes the document, so that it shows no dialogs. */
	readonly mute?: boolean | undefined;
	/** It is a still document (still.ts). */
	readonly still?: boolean | undefined;
	/** No policy came with the document. */
	readonly unpoliced?: boolean | undefined;
	/** The tokens of the sandbox of each policy that has one, separated by spaces. */
	readonly sandboxes?: readonly string[] | undefined;
	/** The beginning of the document's text speaks of autofocus. */
	readonly autofocus?: boolean | undefined;
	/** What the document says its type is, where we built one around a text or a picture. */
	readonly contentType?: string | undefined;
}

export interface Hello {
	/** A random number in 1 … 2^31-1: this document. A new document, also in the same window, is a new frame. */
	readonly frame: number;
	readonly token: string;
	/** The document's real URL. */
	readonly url: string;
	readonly top: boolean;
	/** The document runs no script, and the one that sends this, above it, speaks for it: which of `frames` leads there, from the sender down. */
	readonly within?: readonly number[] | undefined;
}

/** What is dragged from one document into another: texts by type, and the effects that its source allows. */
export interface Dragged {
	readonly texts: readonly (readonly [type: string, text: string])[];
	readonly allowed: string;
}

/** From a document's runtime to the shell. */
export type FrameMessage =
	/** Mirror bytes (mirror.ts), ready for the wire but for texts that differ by class (privacy.ts). `only`: for these classes alone. */
	| { readonly t: 'x'; readonly bytes: Uint8Array; readonly only?: Mask }
	/**
	 * Something was entered into a secret field, or was only a step towards what stands there now. It goes no further than the shell. `to`: the page
	 * has given what was learnt to documents of that URL's origin, to those of the tab without an origin ('null'), or to all that are there ('*').
	 */
	| ({ readonly t: 'secret'; readonly to?: string } & Learnt)
	/** The shell's 'secret' of that number is known here: what is sent from now on is without it. */
	| { readonly t: 'secret-known'; readonly n: number }
	/** A secret field of this document has the focus; 0: none has any more. */
	| { readonly t: 'private'; readonly node: number }
	/** A rule's selector that this browser can't read. */
	| { readonly t: 'bad-rule'; readonly selector: string }
	/** From whom the frame that a child document stands in is hidden. */
	| { readonly t: 'outer'; readonly child: number; readonly mask: Mask }
	/** Root documents only. `url` is real. */
	| { readonly t: 'page'; readonly url: string; readonly title: string; readonly icon: string; readonly loading: boolean }
	/** Root documents only: the tab is at another place now, or at the first (Navigation API). `url` is real. */
	| { readonly t: 'moved'; readonly how: 'push' | 'replace' | 'traverse'; readonly url: string }
	/** The page goes back or forth by so many steps; said where the shell has to see to it ('apart'). */
	| { readonly t: 'travel'; readonly by: number }
	/** The host's own pointer, in this frame's viewport. */
	| { readonly t: 'pointer'; readonly x?: number; readonly y?: number }
	/** The host touched the page (pointer or key): the host wins over a guest's gesture. */
	| { readonly t: 'touched' }
	/**
	 * A new tab of the session, by the shell's own hand: of a document that can't open a window itself. `url` is real. `spare`: the name that 'window' has
	 * for it. `tied`: it has this document as its opener.
	 */
	| { readonly t: 'open'; readonly url: string; readonly name: string; readonly spare?: string; readonly tied?: boolean }
	/** Send the tab's root to a real URL, if no sandbox forbids it. `active`: a person has just touched this document. */
	| { readonly t: 'lead'; readonly url: string; readonly active: boolean }
	/** Does a sandbox keep this document from opening windows, or from leading the tab's root? The shell says 'may-open'. */
	| { readonly t: 'may-open' }
	/** The answer to 'sandboxes': tokens of the sandboxes that a document stands in. */
	| { readonly t: 'sandboxes'; readonly n: number; readonly tokens: readonly string[] }
	/** This root document was opened by one that makes itself known: the shell says 'meet' to that one, or 'untied'. */
	| { readonly t: 'tie'; readonly key: string }
	/** A URL for another program (`mailto:`). */
	| { readonly t: 'external'; readonly url: string }
	/** Keep `n` frames of this document's label ready: it may open windows. Each is told by 'spare'. */
	| { readonly t: 'spares'; readonly n: number }
	/** The frame of that name is a window that this document has opened: it becomes a tab, of that size at most. `url` is real, and where it goes. */
	| { readonly t: 'adopt'; readonly spare: string; readonly url: string; readonly width?: number; readonly height?: number }
	/** A window that a document of this label opened under that name of a spare: send it to a real URL, or close it. */
	| { readonly t: 'window'; readonly spare: string; readonly url?: string; readonly close?: boolean }
	/** Bring this tab to the front: its opener asked for its window again. */
	| { readonly t: 'show' }
	/** An element has taken the focus as the page began: it is given back to who writes in the shell. */
	| { readonly t: 'focused' }
	| { readonly t: 'close' }
	/** A guest's Tab leads out of this document: into a frame of it (`to`, its number), or to what follows it in its parent. */
	| { readonly t: 'tab'; readonly to?: number; readonly back: boolean }
	/** A script has taken the focus from a frame of this document (`child`, its number): a guest's keys may be meant for what has it now. */
	| { readonly t: 'took'; readonly child: number }
	/** What a guest drags, and began to drag in this document, is over another that can't be reached from here; without `data`: not any more. */
	| { readonly t: 'dragging'; readonly data?: Dragged }
	/** What was dragged here from another document has been let go: with this effect. */
	| { readonly t: 'dropped'; readonly effect: string }
	/** While a guest acts, the page put this on the clipboard: it is for theirs. */
	| ({ readonly t: 'copied' } & Copied)
	/** While a guest acts, the page downloads this: a file that it made, or what its own site has at this real URL. */
	| { readonly t: 'saved'; readonly name: string; readonly file?: Blob; readonly url?: string }
	/** While a guest acts, the page opened a picker of files: it is theirs. */
	| ({ readonly t: 'choose' } & Choice)
	| { readonly t: 'input-done'; readonly id: number; readonly ok: boolean; readonly why?: string }
	/** Keys that came here are for another document, which has the focus: that of a frame in this one, or without `child` the one around it. */
	| { readonly t: 'input-elsewhere'; readonly id: number; readonly child?: number }
	/** The page asked for something that is bound to its real name or to this machine, and was refused it. */
	| { readonly t: 'out-of-reach'; readonly what: 'passkey' | 'protected-video' | 'challenge' }
	/** What this document's origin keeps in storage; only where the shell asked. */
	| { readonly t: 'storage'; readonly local: Readonly<Record<string, string>>; readonly session: Readonly<Record<string, string>> }
	/** This document asks something (dialog.ts), in words that nobody but the host may see. */
	| { readonly t: 'dialog'; readonly id: string; readonly text: string; readonly value: string }
	/** The answer to the shell's 'leaving': whether the page wants to be asked about first. */
	| { readonly t: 'leaving'; readonly n: number; readonly stay: boolean }
	/** A guest's gesture leads away from this document, and the page wants that to be asked about: 'leave' with this number lets it happen. */
	| { readonly t: 'stay'; readonly n: number }
	/** A guest's act sends a form, and waits: 'send' with this number lets it go. `site`: the host it goes to. */
	| { readonly t: 'send'; readonly n: number; readonly site: string }
	/** The host's own browser asks whether to leave (true), and it was stayed (false). */
	| { readonly t: 'stay-native'; readonly asks: boolean }
	/** The answer to 'locate'. With `child`: it is in that document, whose viewport `box` is; else `box` is that of `node`. */
	| { readonly t: 'located'; readonly n: number; readonly node: number; readonly child: number; readonly box: readonly number[] }
	/** Where the nodes that 'watch' named are now (node, x, y, width, height …), and likewise the viewports of child documents. */
	| { readonly t: 'boxes'; readonly nodes: readonly number[]; readonly frames: readonly number[] }
	/** The leak guard stopped a request of this page. */
	| { readonly t: 'leak'; readonly url: string; readonly directive: string };

/** About secret fields: a value to hide, one that was only a step towards what stands there now, what is being typed ('' when nothing is). */
export interface Learnt {
	readonly learn?: string;
	readonly forget?: string;
	readonly typing?: string;
}

/** What a document needs to know to hide what is private. */
export interface Guarded {
	readonly policy?: Policy;
	/** From whom the frame it stands in is hidden. */
	readonly outer?: Mask;
	/** What was entered at this document's origin so far, or given to it. */
	readonly secrets?: readonly string[];
}

/** From the shell to a document's runtime. */
export type ShellMessage =
	/** `alone`: nobody else is in the session, so the first keyframe may wait until the page has loaded. */
	| ({ readonly t: 'ready'; readonly tab: string; readonly alone?: boolean } & Guarded)
	/** The workspace's rules, or what the document's own frame is hidden from, have changed. */
	| ({ readonly t: 'policy' } & Guarded)
	/** Another document learnt a secret that this one may know too, or forgot one. */
	| ({ readonly t: 'secret'; readonly n: number } & Learnt)
	/** Send a fresh keyframe (a guest or the relay lost track). */
	| { readonly t: 'key' }
	/** Say what storage holds, now and (`on`) whenever it has changed. */
	| { readonly t: 'storage'; readonly on: boolean }
	/** The tab came from another host: be as the document was there. */
	| { readonly t: 'restore'; readonly state: DocumentState }
	/** Carry out a guest's gesture; `id` comes back in 'input-done'. */
	| { readonly t: 'input'; readonly id: number; readonly intent: Intent }
	/** A guest's Tab leads into this document, at its first or (`back`) last stop, or on from the frame of the document `from`. */
	| { readonly t: 'tab'; readonly from?: number; readonly back: boolean }
	/** What a guest drags comes from another document and is over this one now; without `data`: not any more. */
	| { readonly t: 'dragging'; readonly data?: Dragged }
	/** Another document has got what was dragged from here, with this effect. */
	| { readonly t: 'dropped'; readonly effect: string }
	/** Control has ended, or went to somebody else: what waits is refused, what is half done is cancelled. */
	| { readonly t: 'input-stop' }
	/** What stands at a point of the document's viewport? It says 'located'. */
	| { readonly t: 'locate'; readonly n: number; readonly x: number; readonly y: number }
	/** Say where these nodes are, and (`frames`) child documents, now and whenever they have moved. None: no more. */
	| { readonly t: 'watch'; readonly nodes: readonly number[]; readonly frames: boolean }
	/** Would the page mind being left? It says 'leaving'. */
	| { readonly t: 'leaving'; readonly n: number }
	/** It is left now, and not asked again; `n`: what a guest had begun happens. */
	| { readonly t: 'leave'; readonly n?: number }
	/** Whether forms that a guest sends wait for the host's yes. */
	| { readonly t: 'gate'; readonly on: boolean }
	/** In another document of the tab somebody acts: a guest, or the host. */
	| { readonly t: 'acts'; readonly guest: boolean }
	/** The form of that number may go. */
	| { readonly t: 'send'; readonly n: number }
	/** A frame of that name waits for this document to open a window in it. */
	| { readonly t: 'spare'; readonly name: string }
	/** Root documents only: whether somebody writes in the shell itself, who keeps the keyboard. */
	| { readonly t: 'typing'; readonly on: boolean }
	/** Whether this document may open windows. */
	/** `leads`: whether it may lead the tab's root, `active` where a person has just acted in it (HTML section 7.4.2.4). */
	| { readonly t: 'may-open'; readonly may: boolean; readonly leads: 'always' | 'active' | 'never' }
	/** In which sandboxes does this document stand by its own policies, and (`child`, its number; 0: none) a document in it by its frame? It says 'sandboxes'. */
	| { readonly t: 'sandboxes'; readonly n: number; readonly child: number }
	/** The window opened as `spare` is the shell's frame `at`, and knows its opener by this key. */
	| { readonly t: 'meet'; readonly spare: string; readonly at: number; readonly key: string }
	/** There is nobody who opened this window. */
	| { readonly t: 'untied' }
	| { readonly t: 'navigate'; readonly url: string }
	/** Go back or forth by so many steps of the window's history; 0: load anew. */
	| { readonly t: 'history'; readonly by: number }
	/** From now on the shell is told ('travel') when the page goes back or forth: the window's history has other tabs' steps in it. */
	| { readonly t: 'apart' };
