// page: no Node. Which messages of the server become a short notice, and what it says.
import type { FrameMessage } from '../../../protocol/page.ts';
import type { ServerMessage } from '../../../protocol/room.ts';
import { en } from '../../i18n/en.ts';
import { reasonText, type Text, t } from '../../i18n/index.ts';
import { toast } from '../../ui/toast.ts';
import { type Live, person, type ShellState } from '../store.ts';

/** A file that a guest's click downloads isn't theirs: something secret stands in it. */
export function staysHere(name: string): void {
	toast(t('download.private', name), 'info');
}

/** Says what `message` changes for this participant, seen from the state before it. */
export function notices(before: ShellState, message: ServerMessage): void {
	if (message.t === 'refused') toast(reasonText(message.code, message.detail), 'bad');
	if (message.t === 'download-ask') staysHere(message.name);
	if (before.phase !== 'live') return;
	if (message.t === 'dialog-answered' && message.by !== before.you && message.tab === before.view) {
		const who = person(before, message.by);
		if (who) toast(t(message.ok ? 'dialog.said-yes' : 'dialog.said-no', who.name), 'info');
	}
	if (message.t === 'participant') {
		const known = person(before, message.participant.id);
		const came = message.participant.state !== 'waiting' && (!known || known.state === 'waiting');
		if (came && message.participant.id !== before.you) toast(t('room.joined', message.participant.name), 'info');
	}
	if (message.t === 'participant-gone') {
		const gone = person(before, message.id);
		if (gone && gone.state !== 'waiting') toast(t('room.left', gone.name), 'info');
	}
	if (message.t === 'tab') {
		control(before, message.tab);
		hosting(before, message.tab);
	}
}

function hosting(before: Live, tab: Extract<ServerMessage, { t: 'tab' }>['tab']): void {
	const old = before.session.tabs.find(({ id }) => id === tab.id);
	if (!old) return;
	if (old.owner !== tab.owner) {
		toast(tab.owner === before.you ? t('host.moved-you') : t('host.moved', person(before, tab.owner)?.name ?? '…'), 'info');
	} else if (old.handover.asking.includes(before.you) && !tab.handover.asking.includes(before.you)) toast(t('host.denied'), 'info');
}

function control(before: Live, tab: Extract<ServerMessage, { t: 'tab' }>['tab']): void {
	const old = before.session.tabs.find(({ id }) => id === tab.id);
	if (!old || tab.owner === before.you) return;
	const had = old.controller === before.you;
	const has = tab.controller === before.you;
	if (has && !had) toast(t('control.granted'), 'good');
	else if (had && !has) toast(t('control.ended'), 'info');
	else if (!has && old.asking.includes(before.you) && !tab.asking.includes(before.you)) toast(t('control.denied'), 'info');
}

/** Says why a page's own message, "not available" or worse, is nobody's fault here. */
export function outOfReach(what: Extract<FrameMessage, { t: 'out-of-reach' }>['what']): void {
	const id = `reach.${what}` as Text;
	if (id in en) toast(t(id), 'bad');
}

/** A rule of the workspace that this browser can't read: what it would hide is hidden altogether, until somebody corrects it. */
export function badRule(selector: string): void {
	toast(t('privacy.bad-rule', selector), 'bad');
}
