// server only, pure.
// A page's dialogs in the room: opened, answered by the tab's host or by who controls it, withdrawn. One in a tab at a time.
import type { Dialog, DialogKind } from '../../protocol/dialog.ts';
import { TandemError } from '../../protocol/errors.ts';
import type { ClientMessage, ParticipantId, Tab, TabId } from '../../protocol/room.ts';
import { putTab, type Room, type Step, send } from './room.ts';
import { tabOf } from './rules.ts';
import { showTab } from './view.ts';

/** What the tab's host alone answers. */
const HOSTS: ReadonlySet<DialogKind> = new Set(['print', 'send']);

/** The tab's page asks; what it asked before counts as withdrawn. */
export function open(room: Room, id: TabId, dialog: Dialog): Step {
	return change(room, { ...tabOf(room, id), dialog });
}

/** The owner's shell, or (`native`) their browser, asks whether the page may be left. */
export function askToLeave(room: Room, id: TabId, dialog: string, native: boolean): Step {
	const { url } = tabOf(room, id);
	const site = URL.canParse(url) ? new URL(url).host : '';
	return open(room, id, { id: dialog, kind: 'leave', site, text: '', value: '', many: false, native });
}

/** A form that the tab's guest in control sends waits for its host's yes. */
export function askToSend(room: Room, id: TabId, dialog: string, site: string): Step {
	const { controller: by } = tabOf(room, id);
	return open(room, id, { id: dialog, kind: 'send', site, by, text: '', value: '', many: false, native: false });
}

/**
 * Somebody who may act in the tab answers. An answer to a dialog that is over (somebody else was quicker) changes nothing. Throws 'forbidden'
 * where the host alone may: printing and sending is theirs, and what their own browser asks; and 'private-entry' while they are in a secret field.
 */
export function answer(room: Room, by: ParticipantId, message: Extract<ClientMessage, { t: 'dialog-answer' }>): Step {
	const { tab: id, ok, text, silence } = message;
	const tab = tabOf(room, id);
	const { dialog } = tab;
	if (dialog?.id !== message.id) return { room, effects: [] };
	if (dialog.native || (HOSTS.has(dialog.kind) && by !== tab.owner)) throw new TandemError('forbidden');
	if (tab.private && by !== tab.owner) throw new TandemError('private-entry');
	const { room: next, effects } = change(room, closed(tab));
	return {
		room: next,
		effects: [
			{ do: 'dialog-answer', tab: id, id: dialog.id, answer: { t: 'answer', ok, text, silence: silence && dialog.many } },
			send({ all: true }, { t: 'dialog-answered', tab: id, id: dialog.id, by, ok }),
			...effects,
		],
	};
}

/** The dialog of that id, if it still stands, is over without an answer. */
export function drop(room: Room, id: TabId, dialog: string): Step {
	const tab = room.tabs.get(id);
	return tab?.dialog?.id === dialog ? change(room, closed(tab)) : { room, effects: [] };
}

/** The tab without what its page asked: the page is left, or is somebody else's now. */
export function closed({ dialog: _, ...tab }: Tab): Tab {
	return tab;
}

function change(room: Room, tab: Tab): Step {
	return { room: putTab(room, tab), effects: [showTab(tab)] };
}
