// server only, pure.
// Control: who besides the owner may act in a tab. One at a time; the owner always may, and always decides.
import type { ParticipantId, Tab, TabId } from '../../protocol/room.ts';
import { inTurn, putTab, type Room, type Step } from './room.ts';
import { admitted, tabOf } from './rules.ts';
import { showTab } from './view.ts';

/** A guest asks; asking twice, or while in control, changes nothing. */
export function ask(room: Room, tab: TabId, by: ParticipantId): Step {
	const current = tabOf(room, tab);
	if (current.controller === by || current.asking.includes(by)) return { room, effects: [] };
	return change(room, { ...current, asking: [...current.asking, by] });
}

/** The owner gives control to an admitted participant, asked for or not; whoever had it loses it. To the owner: nobody has it then. */
export function grant(room: Room, tab: TabId, to: ParticipantId): Step {
	const current = tabOf(room, tab);
	admitted(room, to);
	const controller = to === current.owner ? undefined : to;
	return change(room, { ...current, controller, asking: current.asking.filter((id) => id !== to) });
}

/** The owner says no; where `to` has control already, they lose it. */
export function deny(room: Room, tab: TabId, to: ParticipantId): Step {
	return change(room, withdrawn(tabOf(room, tab), to));
}

/** The owner takes control back, or the controller gives it up. */
export function release(room: Room, tab: TabId): Step {
	return change(room, { ...tabOf(room, tab), controller: undefined });
}

/** Somebody is gone: they control and ask for nothing any more. */
export function releaseAll(room: Room, id: ParticipantId): Step {
	const held = [...room.tabs.values()].filter(({ controller, asking }) => controller === id || asking.includes(id));
	return inTurn(room, ...held.map((tab) => (current: Room) => change(current, withdrawn(tab, id))));
}

function withdrawn(tab: Tab, id: ParticipantId): Tab {
	return { ...tab, controller: tab.controller === id ? undefined : tab.controller, asking: tab.asking.filter((other) => other !== id) };
}

function change(room: Room, tab: Tab): Step {
	return { room: putTab(room, tab), effects: [showTab(tab)] };
}
