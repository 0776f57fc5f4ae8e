// server only, pure.
// Hand-over: a tab's next host. Asked, offered, accepted; packed by the old host's browser; moved. Or taken over from a host who is gone.
import { TandemError } from '../../protocol/errors.ts';
import { type Handover, type ParticipantId, STAYS, type Tab, type TabId } from '../../protocol/room.ts';
import { closed } from './dialogs.ts';
import { type Admitted, type Effect, inTurn, isAdmitted, putMember, putTab, type Room, type Step, send, type World } from './room.ts';
import { admitted, tabOf } from './rules.ts';
import { showTab } from './view.ts';

/** A guest asks the host; asking twice changes nothing. */
export function ask(room: Room, id: TabId, by: ParticipantId): Step {
	const tab = tabOf(room, id);
	if (tab.handover.asking.includes(by)) return { room, effects: [] };
	return change(room, tab, { asking: [...tab.handover.asking, by] });
}

/** The host gives the tab to one who asked, or offers it to anybody who is here. */
export function give(room: Room, id: TabId, to: ParticipantId, signedIn: boolean): Step {
	const tab = tabOf(room, id);
	const member = admitted(room, to);
	if (to === tab.owner) throw new TandemError('forbidden');
	if (member.state !== 'here') throw new TandemError('not-found', member.name);
	if (!tab.handover.asking.includes(to)) return change(room, tab, { offered: to, signedIn });
	return pack(room, { ...tab, handover: { ...tab.handover, signedIn } }, to);
}

/** Who was offered the tab takes it; from a host who is gone, anybody whom the session lets. Throws 'forbidden'. */
export function accept(room: Room, id: TabId, by: ParticipantId, world: World): Step {
	const tab = tabOf(room, id);
	if (tab.owner === by) throw new TandemError('forbidden');
	if (mayTakeOver(room, tab, by)) return move(room, { ...tab, handover: { ...tab.handover, signedIn: false } }, by, world);
	if (tab.handover.offered !== by) throw new TandemError('forbidden');
	return pack(room, tab, by);
}

/** No: of the host to `to` (or, without it, of an offer of theirs), or of a guest about themselves. */
export function deny(room: Room, id: TabId, by: ParticipantId, to: ParticipantId | undefined): Step {
	const tab = tabOf(room, id);
	const whom = tab.owner === by ? (to ?? tab.handover.offered) : by;
	return whom === undefined ? { room, effects: [] } : change(room, tab, withdrawn(tab.handover, whom));
}

/** The old host's browser has packed, or took too long: the tab moves, if it still is to. */
export function packed(room: Room, id: TabId, world: World): Step {
	const tab = room.tabs.get(id);
	const to = tab?.handover.moving;
	if (!tab || to === undefined || !isAdmitted(room.members.get(to))) return { room, effects: [] };
	return move(room, tab, to, world);
}

/** A host was away for the whole grace time: their tabs may be taken over. */
export function hostGone(room: Room, owner: ParticipantId): Step {
	if (room.members.get(owner)?.state !== 'away') return { room, effects: [] };
	return eachOf(room, owner, { gone: true });
}

/** A host is back before anybody took over. */
export function hostBack(room: Room, owner: ParticipantId): Step {
	return eachOf(room, owner, { gone: false });
}

/** Somebody left: they ask for nothing any more. */
export function withdraw(room: Room, id: ParticipantId): Step {
	const named = ({ asking, offered, moving }: Handover) => asking.includes(id) || offered === id || moving === id;
	const tabs = [...room.tabs.values()].filter(({ handover }) => named(handover));
	return inTurn(room, ...tabs.map((tab) => (current: Room) => change(current, tab, withdrawn(tab.handover, id))));
}

/** Whether `by` may take a tab over that nobody runs now. */
export function mayTakeOver(room: Room, tab: Tab, by: ParticipantId): boolean {
	if (!tab.handover.gone || room.takeOver === 'nobody') return false;
	return room.takeOver === 'anyone' || room.members.get(by)?.role === 'agent';
}

/** The token `member` runs a tab of this jar with. */
export function runTokenOf({ pass }: Admitted, jar: Tab['jar']): string {
	return jar === 'shared' ? pass.sharedToken : pass.runToken;
}

function pack(room: Room, tab: Tab, to: ParticipantId): Step {
	const next: Tab = { ...tab, handover: { ...tab.handover, moving: to } };
	const effects = [showTab(next), send({ one: tab.owner }, { t: 'host-pack', tab: tab.id }), { do: 'await-pack', tab: tab.id } as const];
	return { room: putTab(room, next), effects };
}

/**
 * The tab is `to`'s. The old host's token for its jar dies, unless they run another tab with that jar: a label names a person and a jar,
 * as a site's tabs share storage. They get a token for its mirror instead; the new host needs theirs no more.
 */
function move(room: Room, tab: Tab, to: ParticipantId, world: World): Step {
	const from = room.members.get(tab.owner);
	const heir = admitted(room, to);
	const next: Tab = { ...closed(tab), owner: to, controller: undefined, asking: [], loading: true, handover: STAYS };
	const { [tab.id]: _, ...assetTokens } = heir.pass.assetTokens;
	const effects: Effect[] = [];
	let current = putTab(room, next);
	const hand = (member: Admitted) => {
		current = putMember(current, member);
		effects.push(send({ one: member.id }, { t: 'pass', ...member.pass }));
	};
	hand({ ...heir, pass: { ...heir.pass, assetTokens } });
	if (isAdmitted(from)) {
		const others = [...current.tabs.values()].some(({ owner, jar }) => owner === from.id && jar === tab.jar);
		const fresh = others ? {} : { [tab.jar === 'shared' ? 'sharedToken' : 'runToken']: world.labelToken() };
		hand({ ...from, pass: { ...from.pass, ...fresh, assetTokens: { ...from.pass.assetTokens, [tab.id]: world.labelToken() } } });
	}
	effects.push({ do: 'carry', from: tab.owner, to, tab: tab.id, signedIn: tab.handover.signedIn }, showTab(next));
	if (isAdmitted(from) && from.viewing === tab.id) effects.push({ do: 'mirror', to: from.id, tab: tab.id });
	return { room: current, effects };
}

function eachOf(room: Room, owner: ParticipantId, next: Partial<Handover>): Step {
	const tabs = [...room.tabs.values()].filter((tab) => tab.owner === owner && tab.handover.gone !== next.gone);
	return inTurn(room, ...tabs.map((tab) => (current: Room) => change(current, tab, next)));
}

function withdrawn(handover: Handover, id: ParticipantId): Partial<Handover> {
	const { asking, offered, moving } = handover;
	return {
		asking: asking.filter((other) => other !== id),
		offered: offered === id ? undefined : offered,
		moving: moving === id ? undefined : moving,
	};
}

function change(room: Room, tab: Tab, next: Partial<Handover>): Step {
	const changed: Tab = { ...tab, handover: { ...tab.handover, ...next } };
	return { room: putTab(room, changed), effects: [showTab(changed)] };
}
