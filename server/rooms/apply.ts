// server only, pure.
// One message of a participant, applied to a room: a table from message to what it does. Who may send it is in rules.ts.
import type { ClientMessage, ParticipantId } from '../../protocol/room.ts';
import * as chat from './chat.ts';
import * as control from './control.ts';
import * as dialogs from './dialogs.ts';
import * as handover from './handover.ts';
import * as participants from './participants.ts';
import { type Room, type Step, send, type World } from './room.ts';
import { checkHostHere, checkMay, tabOf } from './rules.ts';
import * as tabs from './tabs.ts';

type Message<K extends ClientMessage['t']> = Extract<ClientMessage, { t: K }>;
type Deed<K extends ClientMessage['t']> = (room: Room, by: ParticipantId, message: Message<K>, world: World) => Step;

const DEEDS: { readonly [K in ClientMessage['t']]: Deed<K> } = {
	chat: (room, by, { text }, { now }) => chat.say(room, by, text, now),
	'tab-open': (room, by, { url, opener, as }, world) =>
		tabs.open(room, as ?? world.shortId(), by, url, world, tabs.likeOpener(room, opener, by)),
	'tab-close': (room, _, { tab }) => tabs.close(room, tab),
	'tab-present': (room, _, { tab }) => tabs.present(room, tab),
	'tab-navigate': (room, _, { tab, url }) => tabs.navigate(room, tab, url),
	'tab-history': (room, _, { tab, go }) => tabs.history(room, tab, go),
	'tab-state': (room, _, message) => tabs.state(room, message),
	view: (room, by, { tab, following }) => participants.view(room, by, tab, following),
	media: (room, by, { holds }) => participants.media(room, by, holds),
	roam: (room, by, { on }) => participants.roam(room, by, on),
	gather: (room, by, { tab }) => tabs.gather(room, by, tab),
	private: (room, _, { tab, at }) => tabs.privateEntry(room, tab, at),
	'control-ask': (room, by, { tab }) => control.ask(room, tab, by),
	'control-grant': (room, _, { tab, to }) => control.grant(room, tab, to),
	'control-deny': (room, _, { tab, to }) => control.deny(room, tab, to),
	'control-release': (room, _, { tab }) => control.release(room, tab),
	'host-ask': (room, by, { tab }) => handover.ask(room, tab, by),
	'host-give': (room, _, { tab, to, signedIn = false }) => handover.give(room, tab, to, signedIn),
	'host-accept': (room, by, { tab }, world) => handover.accept(room, tab, by, world),
	'host-deny': (room, by, { tab, to }) => handover.deny(room, tab, by, to),
	'host-packed': (room, _, { tab }, world) => handover.packed(room, tab, world),
	// Kept beside the room, by whom the socket belongs to.
	storage: (room) => ({ room, effects: [] }),
	'tab-rules': (room, _, { tab, ...rules }) => tabs.decide(room, tab, rules),
	'send-ask': (room, _, { tab, id, site }) => dialogs.askToSend(room, tab, id, site),
	'leave-ask': (room, _, { tab, id, native }) => dialogs.askToLeave(room, tab, id, native),
	'dialog-shown': (room, _, { tab, id }) => ({ room, effects: [{ do: 'dialog-shown', tab, id }] }),
	'dialog-answer': (room, by, message) => dialogs.answer(room, by, message),
	'dialog-drop': (room, _, { tab, id }) => dialogs.drop(room, tab, id),
	admit: (room, _, { participant }, world) => participants.admit(room, participant, world),
	remove: (room, by, { participant }) => participants.remove(room, by, participant),
	leave: (room, by) => participants.part(room, by, 'left'),
	end: (room) => participants.end(room),
	pointer: (room, by, { tab, x, y, laser }) => {
		const message = { t: 'pointer', tab, from: by, ...place(x, y), ...(laser && { laser }) } as const;
		return { room, effects: [{ do: 'send', to: { viewers: tab, but: by }, message, droppable: true }] };
	},
	// Kept beside the room: server/rooms/marks.ts.
	mark: (room, by, { tab, mark }) => ({ room, effects: [send({ all: true, but: by }, { t: 'mark', tab, from: by, mark })] }),
	'mark-clear': (room, by, { tab, what }) => {
		const whose = what === 'all' ? {} : what === 'own' ? { from: by } : { from: by, id: what };
		return { room, effects: [send({ all: true }, { t: 'mark-clear', tab, ...whose })] };
	},
	input: (room, by, { tab, n, intent }) => {
		const { owner } = tabOf(room, tab);
		checkHostHere(room, tabOf(room, tab));
		return { room, effects: [send({ one: owner }, { t: 'input', tab, from: by, n, intent })] };
	},
	// Heeded beside the room (downloads.ts).
	'download-saved': (room) => ({ room, effects: [] }),
	'download-give': (room) => ({ room, effects: [] }),
	'download-part': (room) => ({ room, effects: [] }),
	'download-taken': (room) => ({ room, effects: [] }),
	// Whoever no longer has control gets nothing.
	copied: (room, _, { tab, to, text, html }) => ({
		room,
		effects:
			tabOf(room, tab).controller === to ? [send({ one: to }, { t: 'copied', tab, text, ...(html === undefined ? {} : { html }) })] : [],
	}),
	choose: (room, _, { t, tab, to, frame, pick, accept, multiple, folder }) => ({
		room,
		effects: tabOf(room, tab).controller === to ? [send({ one: to }, { t, tab, frame, pick, accept, multiple, folder })] : [],
	}),
	'input-done': (room, _, { tab, to, n, ok, why }) => ({
		room,
		effects: [send({ one: to }, { t: 'input-done', tab, n, ok, ...(why === undefined ? {} : { why }) })],
	}),
};

/** The room after `by` sent `message`. Throws TandemError where that is refused; the room is then as it was. */
export function apply(room: Room, by: ParticipantId, message: ClientMessage, world: World): Step {
	if (message.t === 'leave' && room.members.get(by)?.state === 'waiting') return participants.part(room, by, 'left');
	checkMay(room, by, message);
	const deed = DEEDS[message.t] as Deed<typeof message.t>;
	return deed(room, by, message as never, world);
}

function place(x: number | undefined, y: number | undefined): { x: number; y: number } | Record<string, never> {
	return x === undefined || y === undefined ? {} : { x, y };
}
