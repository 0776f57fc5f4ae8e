// server and page: no Node, no DOM.
// The version of the protocol and every number both sides must agree on.

/** Raised when an old shell can no longer talk to a new server; such a shell is told to reload. */
export const PROTOCOL_VERSION = 4;

export const LIMITS = {
	/** Characters of a participant's name, after trimming. */
	name: 60,
	/** Characters of a chat message. */
	chat: 4000,
	/** Characters of a URL; past this a navigation is refused. */
	url: 8192,
	/** Characters of a tab's title. */
	title: 300,
	/** Tabs of one session. */
	tabs: 20,
	/** Bytes of one mirror frame (keyframe or delta) from host to server. */
	mirrorBytes: 32 * 1024 * 1024,
	/** Bytes of one input intent (a pasted text, a part of a file). */
	inputBytes: 8 * 1024 * 1024,
	/** Characters that a page puts on a guest's clipboard, of each kind. */
	copied: 1024 * 1024,
	/** Bytes of all files that a guest hands over at once, and of one that a page makes for a guest. */
	fileBytes: 512 * 1024 * 1024,
	/** Files handed over at once. */
	files: 100,
	/** Bytes of a file that go in one message. */
	filePart: 256 * 1024,
	/** The same on the way to a guest, whose line carries the mirror too. */
	madePart: 64 * 1024,
	/** Chat messages kept for a late guest. */
	chatKept: 500,
	/** Bytes waiting for one guest above which pointer, scroll and hover are dropped. */
	guestEphemeral: 256 * 1024,
	/** Bytes waiting for one guest above which its queue is dropped and a fresh keyframe follows. */
	guestQueue: 1024 * 1024,
} as const;
