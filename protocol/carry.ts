// server and page: no Node, no DOM.
// What of a tab goes along when somebody else becomes its host, beside URL and cookies: storage, form values, scroll positions.
// Storage is named by *place*: the part of a label before its token, which stands for an origin of theirs in everybody's labels.
// Form values and scroll come from the relay's shadow tree, so what is masked was never there.

/** What one origin of the page keeps in the host's browser (HTML section 12.2). */
export interface Kept {
	readonly place: string;
	readonly local: Readonly<Record<string, string>>;
	readonly session: Readonly<Record<string, string>>;
}

/** CSS selectors of an element, the surest first; ` >>> ` steps into an open shadow root. */
export type Way = readonly string[];

export interface FieldState {
	readonly at: Way;
	readonly value?: string;
	readonly checked?: boolean;
	/** Indices of a select's chosen options. */
	readonly selected?: readonly number[];
}

export interface ScrollState {
	/** Empty: the document itself. */
	readonly at: Way;
	readonly x: number;
	readonly y: number;
}

/** One document as it was. */
export interface DocumentState {
	/** Its real URL, without the fragment. */
	readonly url: string;
	readonly fields: readonly FieldState[];
	readonly scrolls: readonly ScrollState[];
}

export interface Carried {
	readonly storage: readonly Kept[];
	/** The root's first. */
	readonly documents: readonly DocumentState[];
}

/** The path, on a label, of the document of ours that puts storage in place before the page's scripts run. */
export const CARRY_PATH = '/.tandem/carry';

/** From the shell to that document; it answers `{tandem: 1, carried: true}`. `clear`: what is there goes first. */
export interface CarryIn {
	readonly tandem: 1;
	readonly carry: Kept;
	readonly clear: boolean;
}
