// server only, pure.
// Tabs: opened and owned by one participant, presented to those who follow, closed.
import { TandemError } from '../../protocol/errors.ts';
import { LIMITS } from '../../protocol/limits.ts';
import {
	type ClientMessage,
	type JarChoice,
	type ParticipantId,
	type PrivateEntry,
	STAYS,
	type Tab,
	type TabId,
	type TabRules,
} from '../../protocol/room.ts';
import { closed } from './dialogs.ts';
import {
	type Effect,
	inTurn,
	isAdmitted,
	type Member,
	putMember,
	putTab,
	type Room,
	type Step,
	send,
	type World,
	without,
} from './room.ts';
import { checkHostHere, tabOf } from './rules.ts';
import { showMember, showTab } from './view.ts';

/** Opens a tab at an absolute http(s) URL (or, as a window of a page, about:blank), owned by `owner`, and presents it. Everybody else admitted gets a token for its mirror. */
export function open(
	room: Room,
	id: TabId,
	owner: ParticipantId,
	url: string,
	world: World,
	{ jar = jarOf(room, owner), rules = room.rules, controller }: Inherited = {},
): Step {
	if (room.tabs.has(id)) throw new TandemError('bad-request');
	if (room.tabs.size >= LIMITS.tabs) throw new TandemError('tab-limit', `${LIMITS.tabs}`);
	const tab: Tab = { id, owner, url, title: '', icon: '', loading: true, controller, asking: [], jar, rules, handover: STAYS };
	return inTurn(
		putTab(room, tab),
		(current) => giveTokens(current, tab, world),
		(current) => ({ room: current, effects: [showTab(tab)] }),
		(current) => present(current, id),
	);
}

/** The jar of a tab that `owner` opens by themselves. */
function jarOf(room: Room, owner: ParticipantId): JarChoice {
	return room.jar ?? (room.members.get(owner)?.role === 'agent' ? 'shared' : 'private');
}

/** What a tab that a page opens has of its opener. */
type Inherited = Partial<Pick<Tab, 'jar' | 'rules' | 'controller'>>;

/** Jar, rules and control of a tab that a page opens: its opener's, if that is `owner`'s. Whoever acts in a page goes on in the windows that it opens. */
export function likeOpener(room: Room, opener: TabId | undefined, owner: ParticipantId): Inherited {
	const from = opener === undefined ? undefined : room.tabs.get(opener);
	return from?.owner === owner ? { jar: from.jar, rules: from.rules, controller: from.controller } : {};
}

/** Its owner decides about guests who act in it. */
export function decide(room: Room, id: TabId, { gate, downloads }: Partial<TabRules>): Step {
	const tab = tabOf(room, id);
	const rules = { gate: gate ?? tab.rules.gate, downloads: downloads ?? tab.rules.downloads };
	const next = { ...tab, rules };
	return { room: putTab(room, next), effects: [showTab(next)] };
}

/** Closes a tab; where it was presented, the next one (or else the one before) is. */
export function close(room: Room, id: TabId): Step {
	tabOf(room, id);
	const order = [...room.tabs.keys()];
	const at = order.indexOf(id);
	const next = room.presented === id ? (order[at + 1] ?? order[at - 1]) : room.presented;
	return inTurn(
		{ ...room, tabs: without(room.tabs, id) },
		(current) => ({ room: current, effects: [send({ all: true }, { t: 'tab-gone', id })] }),
		(current) => (next === current.presented ? { room: current, effects: [] } : present(current, next)),
		(current) => lookElsewhere(current, id),
	);
}

/** Closes all tabs of somebody who is gone. */
export function closeTabsOf(room: Room, owner: ParticipantId): Step {
	const theirs = [...room.tabs.values()].filter((tab) => tab.owner === owner);
	return inTurn(room, ...theirs.map((tab) => (current: Room) => close(current, tab.id)));
}

/** Shows a tab to all who follow. */
export function present(room: Room, id: TabId | undefined): Step {
	const told: Effect = send({ all: true }, { t: 'presented', tab: id });
	const following = [...room.members.values()].filter((member) => member.following).map((member) => member.id);
	return inTurn({ ...room, presented: id }, (current) => ({ room: current, effects: [told] }), ...following.map(lookAt(id)));
}

/** Brings everybody to a tab: all follow, it is presented, and their shells go to where its host is in it. */
export function gather(room: Room, by: ParticipantId, id: TabId): Step {
	const straying = [...room.members.values()].filter((member) => isAdmitted(member) && !member.following);
	const follow = (member: Member) => (current: Room) => {
		const next = { ...member, following: true };
		return { room: putMember(current, next), effects: [showMember(next)] };
	};
	return inTurn(
		room,
		...straying.map(follow),
		(current) => present(current, id),
		(current) => ({ room: current, effects: [send({ all: true, but: by }, { t: 'gather', tab: id })] }),
	);
}

/** Sends the owner's browser to another address. The socket's way: refused while the owner is away. */
export function navigate(room: Room, id: TabId, url: string): Step {
	const tab = tabOf(room, id);
	checkHostHere(room, tab);
	const { room: next, effects } = dismiss(room, tab);
	return { room: next, effects: [...effects, send({ one: tab.owner }, { t: 'navigate', tab: id, url })] };
}

/** The REST way: an owner who is away finds the new address when they come. */
export function navigateLater(room: Room, id: TabId, url: string): Step {
	const tab = tabOf(room, id);
	if (room.members.get(tab.owner)?.state === 'here') return navigate(room, id, url);
	const next: Tab = { ...closed(tab), url, loading: true };
	return { room: putTab(room, next), effects: [showTab(next)] };
}

/** Back, forward or reload in the owner's browser. */
export function history(room: Room, id: TabId, go: 'back' | 'forward' | 'reload'): Step {
	const tab = tabOf(room, id);
	checkHostHere(room, tab);
	const { room: next, effects } = dismiss(room, tab);
	return { room: next, effects: [...effects, send({ one: tab.owner }, { t: 'history', tab: id, go })] };
}

/** Whoever goes elsewhere has answered what the page asked: its script, which waits, must be able to go. */
function dismiss(room: Room, tab: Tab): Step {
	return tab.dialog ? { room: putTab(room, closed(tab)), effects: [showTab(closed(tab))] } : { room, effects: [] };
}

/** The owner's shell says what its page is now; it may be what everybody knows. */
export function state(room: Room, { tab: id, url, title, icon, loading }: Extract<ClientMessage, { t: 'tab-state' }>): Step {
	const before = tabOf(room, id);
	if (before.url === url && before.title === title && before.icon === icon && before.loading === loading) return { room, effects: [] };
	const tab: Tab = { ...before, url, title, icon, loading };
	return { room: putTab(room, tab), effects: [showTab(tab)] };
}

/** The owner is in a secret field, or has left it. Control that a guest has rests meanwhile. */
export function privateEntry(room: Room, id: TabId, at: PrivateEntry | undefined): Step {
	const { private: _, ...rest } = tabOf(room, id);
	const tab: Tab = at ? { ...rest, private: at } : rest;
	return { room: putTab(room, tab), effects: [showTab(tab)] };
}

function giveTokens(room: Room, tab: Tab, world: World): Step {
	const effects: Effect[] = [];
	let current = room;
	for (const member of room.members.values()) {
		if (!isAdmitted(member) || member.id === tab.owner) continue;
		const token = world.labelToken();
		current = putMember(current, { ...member, pass: { ...member.pass, assetTokens: { ...member.pass.assetTokens, [tab.id]: token } } });
		effects.push(send({ one: member.id }, { t: 'asset-token', tab: tab.id, token }));
	}
	return { room: current, effects };
}

/** A closed tab's tokens go, and who still looked at it looks at what is presented. */
function lookElsewhere(room: Room, gone: TabId): Step {
	let current = room;
	for (const member of room.members.values()) {
		if (!isAdmitted(member) || !(gone in member.pass.assetTokens)) continue;
		const { [gone]: _, ...assetTokens } = member.pass.assetTokens;
		current = putMember(current, { ...member, pass: { ...member.pass, assetTokens } });
	}
	const stranded = [...current.members.values()].filter(({ viewing }) => viewing === gone).map(({ id }) => id);
	return inTurn(current, ...stranded.map(lookAt(current.presented)));
}

function lookAt(tab: TabId | undefined) {
	return (id: ParticipantId) =>
		(room: Room): Step => {
			const member = room.members.get(id);
			if (!member || member.viewing === tab) return { room, effects: [] };
			const next = { ...member, viewing: tab };
			const effects: Effect[] = [showMember(next)];
			if (tab && isAdmitted(member) && room.tabs.get(tab)?.owner !== id) effects.push({ do: 'mirror', to: id, tab });
			return { room: putMember(room, next), effects };
		};
}
