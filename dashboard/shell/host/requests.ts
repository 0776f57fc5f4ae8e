// page: no Node. What waits for an answer about a tab's next host: who asks for one of this participant's, what is offered to them, and
// what they may take over because its host is gone.
import type { Tab } from '../../../protocol/room.ts';
import { t } from '../../i18n/index.ts';
import { tabName } from '../../ui/text.ts';
import { type Live, mayTakeOver, person } from '../store.ts';
import type { Request } from '../views/requests.ts';

export function hostRequests(state: Live): readonly Request[] {
	return state.session.tabs.flatMap((tab) => (tab.owner === state.you ? asked(state, tab) : [...offered(state, tab), ...gone(state, tab)]));
}

function asked(state: Live, tab: Tab): readonly Request[] {
	if (tab.handover.moving !== undefined) return [];
	return tab.handover.asking.flatMap((id) => {
		const who = person(state, id);
		if (!who) return [];
		const give = { t: 'host-give', tab: tab.id, to: id } as const;
		const mine = tab.jar === 'private';
		return [
			{
				key: `host ${tab.id} ${id}`,
				who,
				title: t('host.wants', who.name),
				text: t(mine ? 'host.wants-private' : 'host.wants-text', tabName(tab)),
				yes: { name: 'host-accept', text: t('host.yes'), message: give },
				...(mine && { more: { name: 'host-accept-signed-in', text: t('host.yes-signed-in'), message: { ...give, signedIn: true } } }),
				no: { name: 'host-deny', text: t('host.no'), message: { t: 'host-deny', tab: tab.id, to: id } as const },
			},
		];
	});
}

function offered(state: Live, tab: Tab): readonly Request[] {
	const who = person(state, tab.owner);
	if (!who || tab.handover.offered !== state.you || tab.handover.moving !== undefined || tab.handover.gone) return [];
	return [
		{
			key: `offer ${tab.id}`,
			who,
			title: t('host.offer', who.name),
			text: `${t('host.offer-text', tabName(tab))} ${stays(tab, who.name)}`,
			yes: { name: 'host-accept', text: t('host.take'), message: { t: 'host-accept', tab: tab.id } },
			no: { name: 'host-deny', text: t('host.no'), message: { t: 'host-deny', tab: tab.id } },
		},
	];
}

function gone(state: Live, tab: Tab): readonly Request[] {
	const who = person(state, tab.owner);
	if (!who || !mayTakeOver(state, tab)) return [];
	return [
		{
			key: `gone ${tab.id}`,
			who,
			title: t('host.gone', who.name),
			text: `${t('host.gone-text', tabName(tab))} ${stays({ ...tab, handover: { ...tab.handover, signedIn: false } }, who.name)}`,
			yes: { name: 'host-accept', text: t('host.take'), message: { t: 'host-accept', tab: tab.id } },
			no: { name: 'host-deny', text: t('host.wait'), message: undefined },
		},
	];
}

/** What comes along and what does not, in words. */
function stays({ jar, handover }: Tab, owner: string): string {
	return jar === 'shared' || handover.signedIn ? t('host.stays') : t('host.stays-private', owner);
}
