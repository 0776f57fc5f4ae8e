// page and tests: no DOM.
// What the shell knows, as one value, and the pure function that makes the next one out of a message. Pointers and mirror bytes pass it by.
import type { Policy } from '../../protocol/privacy.ts';
import type { ChatMessage, Participant, ParticipantId, ServerMessage, SessionView, Tab, TabId, Welcome } from '../../protocol/room.ts';

export type ByeCode = Extract<ServerMessage, { t: 'bye' }>['code'];
export type DownloadAsk = Extract<ServerMessage, { t: 'download-ask' }>;
export type Panel = 'chat' | 'people';

export interface Live {
	readonly phase: 'live';
	readonly you: ParticipantId;
	readonly zone: string;
	readonly runToken: string;
	readonly sharedToken: string;
	readonly assetTokens: Readonly<Record<TabId, string>>;
	readonly session: SessionView;
	readonly policy: Policy;
	/** Files that guests' clicks download here, not answered yet. */
	readonly downloads: readonly DownloadAsk[];
	/** The tab on this screen. */
	readonly view: TabId | undefined;
	/** Whether the view changes with the presenter's. */
	readonly following: boolean;
	readonly panel: Panel | undefined;
	/** Whose line is slow now. */
	readonly slow: ReadonlySet<ParticipantId>;
	/** Id of the newest chat message that was on this screen. */
	readonly read: number;
}

/** What the page is: nothing else can be shown at the same time. */
export type ShellState =
	| { readonly phase: 'connecting' }
	| { readonly phase: 'waiting' }
	| { readonly phase: 'over'; readonly code: ByeCode }
	| Live;

/** What happens on this screen alone. */
export type LocalAction =
	| { readonly t: 'look'; readonly tab: TabId; readonly following: boolean }
	| { readonly t: 'panel'; readonly panel: Panel | undefined };

export const START: ShellState = { phase: 'connecting' };

/** The state after `message`. What the state has no use for changes nothing: the same object comes back. */
export function reduce(state: ShellState, message: ServerMessage | LocalAction): ShellState {
	if (state.phase === 'over') return state;
	switch (message.t) {
		case 'welcome':
			return welcome(message, state.phase === 'live' ? state : undefined);
		case 'waiting':
			return { phase: 'waiting' };
		case 'bye':
			return { phase: 'over', code: message.code };
		default:
			return state.phase === 'live' ? live(state, message) : state;
	}
}

function live(state: Live, message: Exclude<ServerMessage | LocalAction, { t: 'welcome' | 'waiting' | 'bye' }>): Live {
	const { session } = state;
	switch (message.t) {
		case 'participant':
			return within(state, { participants: put(session.participants, message.participant) });
		case 'participant-gone':
			return within(state, { participants: session.participants.filter(({ id }) => id !== message.id) });
		case 'tab':
			return settled(within(state, { tabs: put(session.tabs, message.tab) }));
		case 'tab-gone':
			return settled(within(state, { tabs: session.tabs.filter(({ id }) => id !== message.id) }));
		case 'pass': {
			const { runToken, sharedToken, assetTokens } = message;
			return { ...state, runToken, sharedToken, assetTokens };
		}
		case 'line': {
			const slow = new Set(state.slow);
			if (message.slow) slow.add(message.id);
			else slow.delete(message.id);
			return { ...state, slow };
		}
		case 'asset-token':
			return { ...state, assetTokens: { ...state.assetTokens, [message.tab]: message.token } };
		case 'presented':
			return settled(within({ ...state, view: state.following ? message.tab : state.view }, { presented: message.tab }));
		case 'chat':
			return seen(
				within(state, { chat: [...session.chat.filter(({ id }) => id !== message.message.id), message.message] }),
				message.message,
			);
		case 'download-ask':
			return { ...state, downloads: [...state.downloads, message] };
		case 'download-over':
			return { ...state, downloads: state.downloads.filter(({ id }) => id !== message.id) };
		case 'policy':
			return { ...state, policy: message.policy };
		case 'look':
			return { ...state, view: message.tab, following: message.following };
		case 'panel':
			return { ...state, panel: message.panel, read: message.panel === 'chat' ? newest(session.chat) : state.read };
		default:
			return state;
	}
}

/** A first welcome, or the one after a lost connection: then what is on this screen stays. */
function welcome(message: Welcome, before: Live | undefined): Live {
	const { you, zone, runToken, sharedToken, assetTokens, session } = message;
	const me = session.participants.find(({ id }) => id === you);
	const following = before?.following ?? me?.following ?? true;
	return settled({
		phase: 'live',
		you,
		zone,
		runToken,
		sharedToken,
		assetTokens,
		session,
		policy: message.policy,
		downloads: before?.downloads ?? [],
		view: following ? session.presented : (before?.view ?? me?.viewing),
		following,
		slow: new Set(),
		panel: before?.panel,
		read: before?.panel === 'chat' ? newest(session.chat) : (before?.read ?? 0),
	});
}

/** The view is always a tab that exists, while there is one: who looked at a tab that is gone follows again. */
function settled(state: Live): Live {
	const { tabs, presented } = state.session;
	if (tabs.some(({ id }) => id === state.view)) return state;
	const view = tabs.find(({ id }) => id === presented)?.id ?? tabs[0]?.id;
	return { ...state, view, following: true };
}

/** A message counts as read when it is one's own, or the chat is open. */
function seen(state: Live, message: ChatMessage): Live {
	return state.panel === 'chat' || message.from === state.you ? { ...state, read: message.id } : state;
}

function within(state: Live, change: Partial<SessionView>): Live {
	return { ...state, session: { ...state.session, ...change } };
}

/** Replaces the item of the same id in its place, or adds it at the end. */
function put<T extends { readonly id: string }>(items: readonly T[], item: T): readonly T[] {
	return items.some(({ id }) => id === item.id) ? items.map((old) => (old.id === item.id ? item : old)) : [...items, item];
}

function newest(chat: readonly ChatMessage[]): number {
	return chat.at(-1)?.id ?? 0;
}

// What views ask of the state.

export function me(state: Live): Participant | undefined {
	return person(state, state.you);
}

export function person(state: Live, id: ParticipantId | undefined): Participant | undefined {
	return state.session.participants.find((participant) => participant.id === id);
}

/** The tab on this screen. */
export function viewed(state: Live): Tab | undefined {
	return state.session.tabs.find(({ id }) => id === state.view);
}

/** Whether this participant's browser runs the tab. */
export function owns(state: Live, tab: Tab | undefined): boolean {
	return tab !== undefined && tab.owner === state.you;
}

/** The token by which this participant runs a tab of theirs. */
export function runTokenOf({ runToken, sharedToken }: Pick<Live, 'runToken' | 'sharedToken'>, { jar }: Pick<Tab, 'jar'>): string {
	return jar === 'shared' ? sharedToken : runToken;
}

/** Whether this participant may take the tab over: its host is gone, and the session lets them. */
export function mayTakeOver(state: Live, tab: Tab): boolean {
	const { takeOver } = state.session;
	return tab.handover.gone && tab.owner !== state.you && (takeOver === 'anyone' || (takeOver === 'agents' && me(state)?.role === 'agent'));
}

/** Whether this participant may act in the tab now: its owner always may. */
export function mayAct(state: Live, tab: Tab | undefined): boolean {
	return tab !== undefined && (tab.owner === state.you || tab.controller === state.you);
}

export function unread(state: Live): number {
	return state.session.chat.filter(({ id, from }) => id > state.read && from !== state.you).length;
}

export function waiting(state: Live): readonly Participant[] {
	return state.session.participants.filter((participant) => participant.state === 'waiting');
}

export function present(state: Live): readonly Participant[] {
	return state.session.participants.filter((participant) => participant.state !== 'waiting');
}

/** Who shows the presented tab: its owner. */
export function presenter(state: Live): Participant | undefined {
	const tab = state.session.tabs.find(({ id }) => id === state.session.presented);
	return person(state, tab?.owner);
}
