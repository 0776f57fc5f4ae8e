// server only, pure.
// Who may do what. Each rule answers, or throws the TandemError that the person reads.
import { type ReasonCode, TandemError } from '../../protocol/errors.ts';
import type { ClientMessage, ParticipantId, Tab, TabId } from '../../protocol/room.ts';
import { type Admitted, isAdmitted, type Room } from './room.ts';

/** Relations of a participant to the tab a message names. */
interface Relation {
	readonly agent: boolean;
	readonly owner: boolean;
	readonly controller: boolean;
	/** Owner of the tab that the message names as the opener of a window which is there already. */
	readonly opener: boolean;
}

type Kind = ClientMessage['t'];

/** May an admitted participant send this? `relation` is to the message's tab; for messages without one, owner is false and controller says "of any tab". */
const MAY: Record<Kind, (relation: Relation) => boolean> = {
	chat: () => true,
	// A page opens windows by itself, whoever its host is.
	'tab-open': ({ agent, controller, opener }) => agent || controller || opener,
	'tab-close': ({ agent, owner, controller }) => agent || owner || controller,
	'tab-present': ({ agent, owner }) => agent || owner,
	'tab-navigate': ({ agent, owner, controller }) => agent || owner || controller,
	'tab-history': ({ agent, owner, controller }) => agent || owner || controller,
	'tab-state': ({ owner }) => owner,
	view: () => true,
	roam: () => true,
	media: () => true,
	gather: ({ agent, owner }) => agent || owner,
	'control-ask': ({ owner }) => !owner,
	'control-grant': ({ owner }) => owner,
	'control-deny': ({ owner }) => owner,
	'control-release': ({ owner, controller }) => owner || controller,
	'host-ask': ({ owner }) => !owner,
	'host-give': ({ owner }) => owner,
	'host-accept': ({ owner }) => !owner,
	'host-deny': () => true,
	'host-packed': ({ owner }) => owner,
	storage: ({ owner }) => owner,
	private: ({ owner }) => owner,
	'tab-rules': ({ owner }) => owner,
	'send-ask': ({ owner }) => owner,
	'leave-ask': ({ owner }) => owner,
	'dialog-shown': ({ owner }) => owner,
	'dialog-answer': ({ owner, controller }) => owner || controller,
	'dialog-drop': ({ owner }) => owner,
	admit: ({ agent }) => agent,
	remove: ({ agent }) => agent,
	leave: () => true,
	end: () => true,
	pointer: () => true,
	mark: () => true,
	'mark-clear': () => true,
	input: ({ controller }) => controller,
	'input-done': ({ owner }) => owner,
	copied: ({ owner }) => owner,
	choose: ({ owner }) => owner,
	'download-saved': ({ owner }) => owner,
	'download-give': ({ owner }) => owner,
	'download-part': ({ owner }) => owner,
	// of a file that was given while they had control
	'download-taken': () => true,
};

/** What a refusal is called where 'forbidden' would say too little. */
const REFUSED: Partial<Record<Kind, ReasonCode>> = {
	input: 'not-in-control',
	'dialog-answer': 'not-in-control',
	'tab-open': 'not-in-control',
	'tab-navigate': 'not-in-control',
	'tab-history': 'not-in-control',
	'tab-close': 'not-in-control',
};

/** Throws TandemError unless `by` is admitted and may send `message`. */
export function checkMay(room: Room, by: ParticipantId, message: ClientMessage): void {
	const member = admitted(room, by);
	const tab = 'tab' in message ? tabOf(room, message.tab) : undefined;
	const relation: Relation = {
		agent: member.role === 'agent',
		owner: tab?.owner === by,
		opener: message.t === 'tab-open' && message.as !== undefined && room.tabs.get(message.opener ?? '')?.owner === by,
		controller: tab ? tab.controller === by : [...room.tabs.values()].some(({ controller }) => controller === by),
	};
	if (message.t === 'input' && tab?.private) throw new TandemError('private-entry');
	if (message.t === 'mark-clear' && message.what === 'all' && !relation.owner && !relation.agent) throw new TandemError('forbidden');
	if (!MAY[message.t](relation)) throw new TandemError(REFUSED[message.t] ?? 'forbidden');
}

/** The tab of that id; throws 'not-found'. */
export function tabOf(room: Room, id: TabId): Tab {
	const tab = room.tabs.get(id);
	if (!tab) throw new TandemError('not-found', 'tab');
	return tab;
}

/** The admitted member of that id; throws 'forbidden' for one who still waits, 'not-found' for nobody. */
export function admitted(room: Room, id: ParticipantId): Admitted {
	const member = room.members.get(id);
	if (!member) throw new TandemError('not-found', 'participant');
	if (!isAdmitted(member)) throw new TandemError('forbidden', 'still waiting to be admitted');
	return member;
}

/** Throws 'host-away' unless the browser that runs the tab is connected. */
export function checkHostHere(room: Room, tab: Tab): void {
	if (room.members.get(tab.owner)?.state !== 'here') throw new TandemError('host-away');
}
