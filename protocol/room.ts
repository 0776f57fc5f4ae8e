// server and page: no Node, no DOM.
// What a shell and the server say to each other over the socket (socket.io): events 'm' (a message of one of the two unions below)
// and 'x' (mirror bytes, see mirror.ts). A shell connects with auth `{version, secret}`; the secret names one participant. One that says
// `modern` too gets large mirror bytes deflated ('z': a row of messages, each after its length as four bytes) and says with 'a' how many
// bytes of 'x' and 'z' it has got in all; one that says what it `had` gets what it missed.
import type { Carried, Kept } from './carry.ts';
import type { Dialog } from './dialog.ts';
import type { ReasonCode } from './errors.ts';
import type { Choice, Copied, Intent } from './intent.ts';
import type { Mark } from './mark.ts';
import type { Policy } from './privacy.ts';

export type ParticipantId = string;
export type TabId = string;

export interface Participant {
	readonly id: ParticipantId;
	readonly name: string;
	/** `agent` began the session; a `visitor` came by link or code. */
	readonly role: 'agent' | 'visitor';
	/** One of the eight pointer colours, `#rrggbb`. */
	readonly colour: string;
	readonly state: 'waiting' | 'here' | 'away';
	/** The tab they look at. */
	readonly viewing: TabId | undefined;
	/** Whether they follow the presenter. */
	readonly following: boolean;
	/** They look elsewhere in the page than its host. */
	readonly roaming?: boolean | undefined;
	/** Of who hosts a tab: which conditions of css-media.ts hold in their browser. */
	readonly media?: readonly string[];
}

/** Whose cookies a tab goes with: the session's, which move with the tab, or its host's own. */
export type JarChoice = 'shared' | 'private';

/** Who may take a tab over whose host is gone. */
export type TakeOver = 'anyone' | 'agents' | 'nobody';

/** What is under way about a tab's next host. */
export interface Handover {
	/** Who asked to be its host and waits, first asker first. */
	readonly asking: readonly ParticipantId[];
	/** Whom its host offered it to. */
	readonly offered: ParticipantId | undefined;
	/** Who gets it, while its host's browser packs. */
	readonly moving: ParticipantId | undefined;
	/** The host said that their own sign-in goes along (private jars alone need that). */
	readonly signedIn: boolean;
	/** Its host was away for longer than the grace time: it may be taken over. */
	readonly gone: boolean;
}

/** Nothing is under way. */
export const STAYS: Handover = { asking: [], offered: undefined, moving: undefined, signedIn: false, gone: false };

/** A field, by its document and its node in the mirror. */
export interface PrivateEntry {
	readonly frame: number;
	readonly node: number;
}

/** Whether a guest gets a file that their click downloads: the host is asked each time, or they always or never do. */
export type DownloadRule = 'ask' | 'always' | 'never';

/** What a tab's host has decided about guests who act in it. */
export interface TabRules {
	/** A form that a guest's act sends waits for the host's yes. */
	readonly gate: boolean;
	readonly downloads: DownloadRule;
}

/** Part of a file of the name `id`, in order. */
export interface FilePart {
	readonly id: string;
	readonly bytes: Uint8Array;
	readonly last: boolean;
}

export const NO_RULES: TabRules = { gate: false, downloads: 'ask' };

export interface Tab {
	readonly id: TabId;
	/** Whose browser runs the page: the host of this tab. */
	readonly owner: ParticipantId;
	/** The page's real URL. */
	readonly url: string;
	readonly title: string;
	/** The icon's real URL, or ''. */
	readonly icon: string;
	readonly loading: boolean;
	/** Who besides the owner may act in it now. */
	readonly controller: ParticipantId | undefined;
	/** Who asked for control and waits, first asker first. */
	readonly asking: readonly ParticipantId[];
	/** The secret field that its host is in: nobody else acts in the tab until they leave it. */
	readonly private?: PrivateEntry | undefined;
	/** What its page asks, and waits for. */
	readonly dialog?: Dialog | undefined;
	readonly jar: JarChoice;
	readonly rules: TabRules;
	readonly handover: Handover;
}

export interface ChatMessage {
	readonly id: number;
	readonly from: ParticipantId;
	/** The sender's name when it was sent. */
	readonly name: string;
	/** Milliseconds since the epoch. */
	readonly at: number;
	readonly text: string;
}

export interface SessionView {
	readonly id: string;
	readonly joinUrl: string;
	/** Six digits, ungrouped. */
	readonly code: string;
	readonly participants: readonly Participant[];
	readonly tabs: readonly Tab[];
	/** The tab that everybody who follows sees. */
	readonly presented: TabId | undefined;
	readonly chat: readonly ChatMessage[];
	readonly takeOver: TakeOver;
}

/** What one participant gets beside the view: who they are and the tokens for their own labels. */
export interface Welcome {
	readonly t: 'welcome';
	readonly you: ParticipantId;
	/** The origin all labels live under, e.g. `http://tandem.localhost:3000`. */
	readonly zone: string;
	/** The token for running pages in tabs they own, with their own jar. */
	readonly runToken: string;
	/** The same for tabs with the session's jar. */
	readonly sharedToken: string;
	/** For each tab owned by somebody else, the token for its mirror: assets of grade `assets`, through the owner's jar. Grows with 'asset-token'. */
	readonly assetTokens: Readonly<Record<TabId, string>>;
	readonly session: SessionView;
	/** What guests may see of the tabs that this participant hosts. */
	readonly policy: Policy;
}

/** From a shell to the server. */
export type ClientMessage =
	| { readonly t: 'chat'; readonly text: string }
	/**
	 * `opener`: a tab of theirs that opened it, whose jar it shares. `as`: what it is called, where a page of theirs has opened it already as a window;
	 * then its URL may be about:blank too.
	 */
	| { readonly t: 'tab-open'; readonly url: string; readonly opener?: TabId; readonly as?: TabId }
	| { readonly t: 'tab-close'; readonly tab: TabId }
	/** Show this tab to all who follow. */
	| { readonly t: 'tab-present'; readonly tab: TabId }
	| { readonly t: 'tab-navigate'; readonly tab: TabId; readonly url: string }
	| { readonly t: 'tab-history'; readonly tab: TabId; readonly go: 'back' | 'forward' | 'reload' }
	/** The owner's shell says what its page is now. */
	| {
			readonly t: 'tab-state';
			readonly tab: TabId;
			readonly url: string;
			readonly title: string;
			readonly icon: string;
			readonly loading: boolean;
	  }
	/** Look at a tab by oneself (following false) or with the others. */
	| { readonly t: 'view'; readonly tab: TabId; readonly following: boolean }
	/** They look elsewhere in the page they view than its host, or with them again. */
	| { readonly t: 'roam'; readonly on: boolean }
	/** Which conditions of css-media.ts hold in the sender's browser, for mirrors of their tabs. */
	| { readonly t: 'media'; readonly holds: readonly string[] }
	/** Brings everybody to the tab, and to where its host is in it. */
	| { readonly t: 'gather'; readonly tab: TabId }
	| { readonly t: 'control-ask'; readonly tab: TabId }
	| { readonly t: 'control-grant'; readonly tab: TabId; readonly to: ParticipantId }
	| { readonly t: 'control-deny'; readonly tab: TabId; readonly to: ParticipantId }
	/** The owner takes control back, or the controller gives it up. */
	| { readonly t: 'control-release'; readonly tab: TabId }
	/** A guest asks to be the tab's host. */
	| { readonly t: 'host-ask'; readonly tab: TabId }
	/** The host offers the tab to somebody, or gives it to one who asked. `signedIn`: their private jar's cookies go along. */
	| { readonly t: 'host-give'; readonly tab: TabId; readonly to: ParticipantId; readonly signedIn?: boolean }
	/** Who was offered the tab takes it; where its host is gone, anybody whom the session lets. */
	| { readonly t: 'host-accept'; readonly tab: TabId }
	/** The host says no to one who asked (`to`) or takes an offer back; who was offered it declines; who asked asks no more. */
	| { readonly t: 'host-deny'; readonly tab: TabId; readonly to?: ParticipantId }
	/** The old host's browser has said all that it has to say: the tab can move. */
	| { readonly t: 'host-packed'; readonly tab: TabId }
	/** What one origin of the host's page keeps in storage, for the next host. */
	| { readonly t: 'storage'; readonly tab: TabId; readonly kept: Kept }
	/** The owner is in a secret field of the tab, or (without `at`) has left it. */
	| { readonly t: 'private'; readonly tab: TabId; readonly at?: PrivateEntry | undefined }
	/** The owner decides about guests who act in the tab. */
	| ({ readonly t: 'tab-rules'; readonly tab: TabId } & Partial<TabRules>)
	/** A form that a guest's act sends from the owner's page, to this host, waits for the owner's answer. */
	| { readonly t: 'send-ask'; readonly tab: TabId; readonly id: string; readonly site: string }
	/** The owner's shell asks whether the tab's page may be left; or (`native`) its browser does. */
	| { readonly t: 'leave-ask'; readonly tab: TabId; readonly id: string; readonly native: boolean }
	/** The owner's shell shows the dialog. */
	| { readonly t: 'dialog-shown'; readonly tab: TabId; readonly id: string }
	/** `silence`: and the page is to ask nothing any more. */
	| {
			readonly t: 'dialog-answer';
			readonly tab: TabId;
			readonly id: string;
			readonly ok: boolean;
			readonly text: string;
			readonly silence: boolean;
	  }
	/** The document that asked is gone. */
	| { readonly t: 'dialog-drop'; readonly tab: TabId; readonly id: string }
	| { readonly t: 'admit'; readonly participant: ParticipantId }
	| { readonly t: 'remove'; readonly participant: ParticipantId }
	| { readonly t: 'leave' }
	| { readonly t: 'end' }
	/** A pointer's place in the root frame's viewport, CSS pixels of the host; absent x: it left. Droppable. */
	| { readonly t: 'pointer'; readonly tab: TabId; readonly x?: number; readonly y?: number; readonly laser?: boolean }
	/** Somebody draws. */
	| { readonly t: 'mark'; readonly tab: TabId; readonly mark: Mark }
	/** One mark of their own, all of their own, or (owner and agents) everybody's. */
	| { readonly t: 'mark-clear'; readonly tab: TabId; readonly what: 'own' | 'all' | number }
	/** A guest's gesture, for the tab's host. `n` counts per guest and comes back in 'input-done'. */
	| { readonly t: 'input'; readonly tab: TabId; readonly n: number; readonly intent: Intent }
	/** The host's shell has carried out, or refused, a gesture. */
	| {
			readonly t: 'input-done';
			readonly tab: TabId;
			readonly to: ParticipantId;
			readonly n: number;
			readonly ok: boolean;
			readonly why?: string;
	  }
	/** The owner's page downloads a file: at this real URL, or one that it made itself, of that number in the owner's shell. */
	| { readonly t: 'download-saved'; readonly tab: TabId; readonly name: string; readonly url?: string; readonly made?: number }
	/** The owner's answer to 'download-ask'. */
	| { readonly t: 'download-give'; readonly tab: TabId; readonly id: string; readonly yes: boolean }
	/** The next bytes of such a file, and whether they are its last ones. */
	| ({ readonly t: 'download-part'; readonly tab: TabId } & FilePart)
	/** The guest has got a part. */
	| { readonly t: 'download-taken'; readonly tab: TabId; readonly id: string }
	/** The owner's page put this on the clipboard while the guest acted. */
	| ({ readonly t: 'copied'; readonly tab: TabId; readonly to: ParticipantId } & Copied)
	/** The owner's page opened a picker of files while the guest acted, in the document `frame`. */
	| ({ readonly t: 'choose'; readonly tab: TabId; readonly to: ParticipantId; readonly frame: number } & Choice);

/** From the server to a shell. */
export type ServerMessage =
	| Welcome
	/** The workspace's rules have changed. */
	| { readonly t: 'policy'; readonly policy: Policy }
	/** The visitor waits to be admitted; 'welcome' follows, or 'bye'. */
	| { readonly t: 'waiting' }
	| { readonly t: 'participant'; readonly participant: Participant }
	| { readonly t: 'participant-gone'; readonly id: ParticipantId }
	| { readonly t: 'tab'; readonly tab: Tab }
	| { readonly t: 'tab-gone'; readonly id: TabId }
	| { readonly t: 'asset-token'; readonly tab: TabId; readonly token: string }
	/** Tokens of theirs have changed: a tab has another host. */
	| {
			readonly t: 'pass';
			readonly runToken: string;
			readonly sharedToken: string;
			readonly assetTokens: Readonly<Record<TabId, string>>;
	  }
	/** To a tab's host: it moves to somebody else; say what storage holds, then 'host-packed'. */
	| { readonly t: 'host-pack'; readonly tab: TabId }
	/** To a tab's new host, just before the tab is theirs. */
	| { readonly t: 'carry'; readonly tab: TabId; readonly carried: Carried }
	| { readonly t: 'presented'; readonly tab: TabId | undefined }
	/** Look at the tab with the others, and where its host is in it. */
	| { readonly t: 'gather'; readonly tab: TabId }
	| { readonly t: 'chat'; readonly message: ChatMessage }
	| {
			readonly t: 'pointer';
			readonly tab: TabId;
			readonly from: ParticipantId;
			readonly x?: number;
			readonly y?: number;
			readonly laser?: boolean;
	  }
	| { readonly t: 'mark'; readonly tab: TabId; readonly from: ParticipantId; readonly mark: Mark }
	/** After a welcome: what stays, in the order it was drawn; nothing else is there any more. */
	| { readonly t: 'marks'; readonly tab: TabId; readonly marks: readonly { readonly from: ParticipantId; readonly mark: Mark }[] }
	/** Without `from`: everybody's; without `id`: all of theirs. */
	| { readonly t: 'mark-clear'; readonly tab: TabId; readonly from?: ParticipantId; readonly id?: number }
	/** To a tab's host: go there. */
	| { readonly t: 'navigate'; readonly tab: TabId; readonly url: string }
	| { readonly t: 'history'; readonly tab: TabId; readonly go: 'back' | 'forward' | 'reload' }
	/** To a host: a document of this origin, which has none to their browser, may stand in a tab of theirs. */
	| { readonly t: 'sandboxed'; readonly origin: string }
	/** To a tab's host: carry this out. */
	| { readonly t: 'input'; readonly tab: TabId; readonly from: ParticipantId; readonly n: number; readonly intent: Intent }
	| { readonly t: 'input-done'; readonly tab: TabId; readonly n: number; readonly ok: boolean; readonly why?: string }
	| ({ readonly t: 'copied'; readonly tab: TabId } & Copied)
	| ({ readonly t: 'choose'; readonly tab: TabId; readonly frame: number } & Choice)
	/**
	 * To a tab's host: a guest's click downloads this file. May the guest have it too? `decided`: the host has said yes for the tab, so that their shell
	 * answers; what was entered in a secret field may stand in name and address, which the shell alone can tell. One that their page `made` has no address.
	 */
	| {
			readonly t: 'download-ask';
			readonly tab: TabId;
			readonly id: string;
			readonly from: ParticipantId;
			readonly name: string;
			readonly url: string;
			readonly decided: boolean;
			readonly made?: number;
	  }
	/** That is answered. */
	| { readonly t: 'download-over'; readonly id: string }
	/** To a guest: this file is theirs, at this real URL, once. */
	| { readonly t: 'download'; readonly tab: TabId; readonly url: string; readonly name: string }
	/** To the host: send the guest the file that their page `made`; each part is taken before long. */
	| { readonly t: 'download-send'; readonly tab: TabId; readonly id: string; readonly made: number }
	| { readonly t: 'download-taken'; readonly id: string }
	/** To a guest: the next bytes of a file that is theirs. */
	| ({ readonly t: 'download-part'; readonly tab: TabId; readonly name: string } & FilePart)
	/** A dialog was answered, by whom: for all who saw it, and for the owner's shell, which may have waited for it. */
	| { readonly t: 'dialog-answered'; readonly tab: TabId; readonly id: string; readonly by: ParticipantId; readonly ok: boolean }
	/** Somebody's line has become slow, or quick again: what they see may lag. */
	| { readonly t: 'line'; readonly id: ParticipantId; readonly slow: boolean }
	/** Something this shell asked for was refused. */
	| { readonly t: 'refused'; readonly what: ClientMessage['t']; readonly code: ReasonCode; readonly detail: string; readonly as?: TabId }
	/** It is over for this participant: nothing answers any more. */
	| { readonly t: 'bye'; readonly code: 'session-ended' | 'removed' | 'left' | 'replaced' };
