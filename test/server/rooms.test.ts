// tests only (Node).
import * as assert from 'uvu/assert';
import { type ReasonCode, TandemError } from '../../protocol/errors.ts';
import { LIMITS } from '../../protocol/limits.ts';
import { MARKS, type Mark } from '../../protocol/mark.ts';
import type { ClientMessage } from '../../protocol/room.ts';
import { Marks } from '../../server/rooms/marks.ts';
import { disconnect, giveUp } from '../../server/rooms/participants.ts';
import { isAdmitted, type Member } from '../../server/rooms/room.ts';
import { participantView, sessionView } from '../../server/rooms/view.ts';
import { suite } from '../harness.ts';
import { type Kit, kit, sent } from './room-kit.ts';

const test = suite('rooms');

function refused(room: Kit, by: string, message: ClientMessage, code: ReasonCode): void {
	const before = room.room;
	try {
		room.send(by, message);
	} catch (error) {
		assert.instance(error, TandemError);
		assert.is((error as TandemError).code, code, `${by} ${message.t}`);
		assert.is(room.room, before, 'nothing changed');
		return;
	}
	assert.unreachable(`${by} could send ${message.t}`);
}

const tab = 'tab';
const input: ClientMessage = { t: 'input', tab, n: 1, intent: { frame: 1, k: 'focus', node: 2 } };

test('1. who joins gets a token to run pages, and one for the mirror of each tab of somebody else', () => {
	const { room } = kit();
	const ann = room.members.get('ann');
	const agent = room.members.get('agent');
	assert.ok(isAdmitted(ann) && isAdmitted(agent));
	assert.equal(Object.keys(isAdmitted(ann) ? ann.pass.assetTokens : {}), [tab]);
	assert.equal(Object.keys(isAdmitted(agent) ? agent.pass.assetTokens : {}), []);
});

test('2. who waits has no token, sees nothing, says nothing, and may only leave', () => {
	const room = kit({ waitingRoom: true });
	assert.is(room.room.members.get('ann')?.state, 'waiting');
	refused(room, 'ann', { t: 'chat', text: 'hi' }, 'forbidden');
	refused(room, 'ann', { t: 'end' }, 'forbidden');
	refused(room, 'ann', { t: 'admit', participant: 'ann' }, 'forbidden');
	room.send('ann', { t: 'leave' });
	assert.is(room.room.members.has('ann'), false);
	assert.equal(
		sent(room.effects).map(({ to, t }) => ({ to, t })),
		[{ to: { agents: true }, t: 'participant-gone' }],
	);
});

test('3. visitors are not told who waits, agents are', () => {
	const { room } = kit({ waitingRoom: true });
	assert.equal(
		sessionView(room, '', 'visitor').participants.map(({ id }) => id),
		['agent'],
	);
	assert.equal(
		sessionView(room, '', 'agent').participants.map(({ id }) => id),
		['agent', 'ann', 'ben'],
	);
});

test('4. an agent admits: all learn of it, and the admitted one is welcomed and shown the presented tab', () => {
	const room = kit({ waitingRoom: true }).send('agent', { t: 'admit', participant: 'ann' });
	assert.is(room.room.members.get('ann')?.state, 'here');
	assert.equal(
		room.effects.map((effect) => effect.do),
		['send', 'welcome', 'mirror'],
	);
	refused(room, 'agent', { t: 'admit', participant: 'ann' }, 'not-found');
	refused(room, 'ann', { t: 'admit', participant: 'ben' }, 'forbidden');
});

test('5. control: asked, granted to one at a time, handed on, denied, released', () => {
	const room = kit();
	const state = () => room.room.tabs.get(tab);
	room.send('ann', { t: 'control-ask', tab }).send('ben', { t: 'control-ask', tab }).send('ann', { t: 'control-ask', tab });
	assert.equal(state()?.asking, ['ann', 'ben']);
	room.send('agent', { t: 'control-grant', tab, to: 'ann' });
	assert.is(state()?.controller, 'ann');
	assert.equal(state()?.asking, ['ben']);
	room.send('agent', { t: 'control-grant', tab, to: 'ben' });
	assert.is(state()?.controller, 'ben');
	room.send('agent', { t: 'control-deny', tab, to: 'ben' });
	assert.is(state()?.controller, undefined);
	room.send('agent', { t: 'control-grant', tab, to: 'ann' }).send('ann', { t: 'control-release', tab });
	assert.is(state()?.controller, undefined);
	refused(room, 'agent', { t: 'control-grant', tab, to: 'nobody' }, 'not-found');
	refused(room, 'ann', { t: 'control-grant', tab, to: 'ann' }, 'forbidden');
	refused(room, 'ben', { t: 'control-release', tab }, 'forbidden');
	refused(room, 'agent', { t: 'control-ask', tab }, 'forbidden');
});

test('6. input goes to the tab’s host from its controller alone, and only while the host is there', () => {
	const room = kit();
	refused(room, 'ann', input, 'not-in-control');
	refused(room, 'agent', input, 'not-in-control');
	room.send('agent', { t: 'control-grant', tab, to: 'ann' }).send('ann', input);
	assert.equal(sent(room.effects), [
		{ to: { one: 'agent' }, t: 'input', tab, from: 'ann', n: 1, intent: { frame: 1, k: 'focus', node: 2 } },
	]);
	room.room = disconnect(room.room, 'agent').room;
	refused(room, 'ann', input, 'host-away');
});

test('7. tabs are opened by an agent or by who controls one; the opener owns it, it is presented, and the others get tokens', () => {
	const room = kit();
	refused(room, 'ann', { t: 'tab-open', url: 'https://b.example/' }, 'not-in-control');
	room.send('agent', { t: 'control-grant', tab, to: 'ann' }).send('ann', { t: 'tab-open', url: 'https://b.example/' });
	const opened = [...room.room.tabs.values()].at(-1);
	assert.is(opened?.owner, 'ann');
	assert.is(room.room.presented, opened?.id);
	assert.is(room.room.members.get('ben')?.viewing, opened?.id);
	assert.equal(
		sent(room.effects)
			.filter(({ t }) => t === 'asset-token')
			.map(({ to }) => to),
		[{ one: 'agent' }, { one: 'ben' }],
	);
	const order = sent(room.effects).map(({ t }) => t);
	assert.ok(order.indexOf('asset-token') < order.indexOf('tab'), 'the token comes before the tab it is for');
});

test('7b. a window that a page has opened comes with its name: by the opener’s host alone, into the opener’s jar, controlled by who controls the opener, and never in the place of another tab', () => {
	const room = kit();
	const window = { t: 'tab-open', as: 'window-of-a-page', url: 'about:blank' } as const;
	refused(room, 'ann', window, 'not-in-control');
	refused(room, 'ann', { ...window, opener: tab }, 'not-in-control');
	room.send('agent', { t: 'control-grant', tab, to: 'ben' }).send('agent', { ...window, opener: tab });
	assert.is(room.room.tabs.get(window.as)?.owner, 'agent');
	assert.is(room.room.tabs.get(window.as)?.controller, 'ben', 'who acts in a page goes on in its windows');
	assert.is(room.room.tabs.get(window.as)?.jar, room.room.tabs.get(tab)?.jar);
	refused(room, 'agent', { ...window, opener: tab }, 'bad-request');
	refused(room, 'agent', { ...window, as: tab, opener: tab }, 'bad-request');
	room.send('agent', { t: 'control-grant', tab, to: 'ann' }).send('ann', { t: 'tab-open', url: 'https://b.example/' });
	const hers = [...room.room.tabs.values()].at(-1)?.id ?? '';
	room.send('agent', { t: 'control-release', tab });
	room.send('ann', { ...window, as: 'window-of-another', opener: hers });
	assert.is(room.room.tabs.get('window-of-another')?.owner, 'ann', 'a visitor’s own page opens windows too');
});

test('8. a session has no more tabs than it may', () => {
	const room = kit();
	for (let n = 1; n < LIMITS.tabs; n++) room.send('agent', { t: 'tab-open', url: 'https://b.example/' });
	refused(room, 'agent', { t: 'tab-open', url: 'https://b.example/' }, 'tab-limit');
});

test('9. closing a tab takes its tokens, and the next one is presented', () => {
	const room = kit().send('agent', { t: 'tab-open', url: 'https://b.example/' });
	const [first, second] = [...room.room.tabs.keys()];
	room.send('agent', { t: 'tab-close', tab: second ?? '' });
	assert.is(room.room.presented, first);
	const ann = room.room.members.get('ann');
	assert.equal(Object.keys(isAdmitted(ann) ? ann.pass.assetTokens : {}), [first]);
	assert.is(ann?.viewing, first);
	refused(room, 'ann', { t: 'tab-close', tab }, 'not-in-control');
	room.send('agent', { t: 'tab-close', tab });
	assert.is(room.room.presented, undefined);
	refused(room, 'agent', { t: 'tab-close', tab }, 'not-found');
});

test('10. looking around: alone at any tab, following the presented one', () => {
	const room = kit().send('agent', { t: 'tab-open', url: 'https://b.example/' });
	const second = room.room.presented ?? '';
	room.send('ann', { t: 'view', tab, following: false });
	assert.is(room.room.members.get('ann')?.viewing, tab);
	assert.ok(room.effects.some((effect) => effect.do === 'mirror' && effect.to === 'ann' && effect.tab === tab));
	room.send('agent', { t: 'tab-present', tab }).send('agent', { t: 'tab-present', tab: second });
	assert.is(room.room.members.get('ann')?.viewing, tab);
	room.send('ann', { t: 'view', tab, following: true });
	assert.is(room.room.members.get('ann')?.viewing, second);
	refused(room, 'ann', { t: 'tab-present', tab }, 'forbidden');
	refused(room, 'ann', { t: 'view', tab: 'none', following: false }, 'not-found');
});

test('11. only the owner says what a tab shows; others send it elsewhere by right of control or office', () => {
	const room = kit();
	const state: ClientMessage = { t: 'tab-state', tab, url: 'https://c.example/', title: 'C', icon: '', loading: false };
	refused(room, 'ann', state, 'forbidden');
	refused(room, 'ann', { t: 'tab-navigate', tab, url: 'https://c.example/' }, 'not-in-control');
	refused(room, 'ann', { t: 'tab-history', tab, go: 'back' }, 'not-in-control');
	room.send('agent', state);
	assert.is(room.room.tabs.get(tab)?.title, 'C');
	const known = room.room;
	assert.equal(room.send('agent', state).effects, [], 'nobody is told what everybody knows');
	assert.is(room.room, known, 'nor is it written');
	room.send('agent', { t: 'control-grant', tab, to: 'ann' }).send('ann', { t: 'tab-navigate', tab, url: 'https://d.example/' });
	assert.equal(sent(room.effects), [{ to: { one: 'agent' }, t: 'navigate', tab, url: 'https://d.example/' }]);
});

test('12. remove: tokens, control and tabs of that person are gone; agents can’t be removed', () => {
	const room = kit();
	room.send('agent', { t: 'control-grant', tab, to: 'ann' }).send('ann', { t: 'tab-open', url: 'https://b.example/' });
	refused(room, 'ann', { t: 'remove', participant: 'ben' }, 'forbidden');
	refused(room, 'agent', { t: 'remove', participant: 'agent' }, 'forbidden');
	room.send('agent', { t: 'remove', participant: 'ann' });
	assert.is(room.room.members.has('ann'), false);
	assert.is(room.room.tabs.get(tab)?.controller, undefined);
	assert.equal([...room.room.tabs.keys()], [tab]);
	assert.ok(room.effects.some((effect) => effect.do === 'bye' && effect.to === 'ann' && effect.code === 'removed'));
	refused(room, 'ann', { t: 'chat', text: 'still here' }, 'not-found');
});

test('13. either side ends the session, and it is over for all', () => {
	for (const by of ['agent', 'ann']) {
		const room = kit().send(by, { t: 'end' });
		assert.is(room.room.ended, true);
		assert.is(room.room.members.size, 0);
		assert.equal(
			room.effects.map((effect) => (effect.do === 'bye' ? effect.code : effect.do)),
			['session-ended', 'session-ended', 'session-ended'],
		);
	}
});

test('14. a visitor leaves: the session goes on; the last agent leaves: it ends', () => {
	const room = kit().send('ann', { t: 'leave' });
	assert.is(room.room.ended, false);
	room.send('agent', { t: 'leave' });
	assert.is(room.room.ended, true);
});

test('15. a lost connection makes one away, and past the grace time control is free', () => {
	const room = kit().send('agent', { t: 'control-grant', tab, to: 'ann' }).send('ben', { t: 'control-ask', tab });
	room.room = disconnect(room.room, 'ann').room;
	assert.is(room.room.members.get('ann')?.state, 'away');
	assert.is(room.room.tabs.get(tab)?.controller, 'ann');
	room.room = giveUp(room.room, 'ann').room;
	assert.is(room.room.tabs.get(tab)?.controller, undefined);
	assert.ok(room.room.members.has('ann'), 'still expected back');
	assert.is(giveUp(room.room, 'ben').room, room.room, 'nothing happens to who is here');
});

test('16. chat is numbered, kept, and bounded', () => {
	const room = kit();
	for (let n = 0; n < LIMITS.chatKept + 5; n++) room.send('ann', { t: 'chat', text: `${n}` });
	assert.is(room.room.chat.length, LIMITS.chatKept);
	assert.is(room.room.chat.at(-1)?.id, LIMITS.chatKept + 5);
	assert.equal({ ...room.room.chat.at(-1), id: 0 }, { id: 0, from: 'ann', name: 'ann', at: 1000, text: `${LIMITS.chatKept + 4}` });
});

test('17. a pointer goes, droppable, to who looks at the tab', () => {
	const room = kit().send('ann', { t: 'pointer', tab, x: 3, y: 4 });
	const [effect] = room.effects;
	assert.equal(effect, {
		do: 'send',
		to: { viewers: tab, but: 'ann' },
		message: { t: 'pointer', tab, from: 'ann', x: 3, y: 4 },
		droppable: true,
	});
});

test('18. colours differ as long as there are enough of them', () => {
	const { room } = kit();
	assert.is(new Set([...room.members.values()].map(({ colour }) => colour)).size, 3);
});

test('19. everybody draws and wipes away what is theirs; only the owner and agents wipe everything away', () => {
	const room = kit();
	const mark: Mark = { id: 1, kind: 'ink', frame: 1, node: 2, points: [1, 2], stays: true };
	assert.equal(sent(room.send('ann', { t: 'mark', tab, mark }).effects), [
		{ to: { all: true, but: 'ann' }, t: 'mark', tab, from: 'ann', mark },
	]);
	assert.equal(sent(room.send('ann', { t: 'mark-clear', tab, what: 1 }).effects), [
		{ to: { all: true }, t: 'mark-clear', tab, from: 'ann', id: 1 },
	]);
	assert.equal(sent(room.send('ann', { t: 'mark-clear', tab, what: 'own' }).effects), [
		{ to: { all: true }, t: 'mark-clear', tab, from: 'ann' },
	]);
	refused(room, 'ann', { t: 'mark-clear', tab, what: 'all' }, 'forbidden');
	assert.equal(sent(room.send('agent', { t: 'mark-clear', tab, what: 'all' }).effects), [{ to: { all: true }, t: 'mark-clear', tab }]);
	refused(kit({ waitingRoom: true }), 'ann', { t: 'mark', tab, mark }, 'forbidden');
});

test('20. lasting marks are kept for who comes late: joined, wiped away, and not without end', () => {
	const marks = new Marks();
	const say = (from: string, id: number, points: readonly number[], stays = true) =>
		marks.heed('s', { t: 'mark', tab, from, mark: { id, kind: 'ink', frame: 1, node: 2, points, stays } });
	say('ann', 1, [1, 2]);
	say('ann', 1, [3, 4]);
	say('ben', 1, [5, 6]);
	say('ben', 2, [7, 8], false);
	assert.equal(
		marks.of('s', tab).map(({ from, mark }) => [from, mark.points]),
		[
			['ann', [1, 2, 3, 4]],
			['ben', [5, 6]],
		],
	);
	assert.equal(marks.of('other', tab), []);
	marks.heed('s', { t: 'mark-clear', tab, from: 'ann' });
	assert.is(marks.of('s', tab).length, 1);
	for (let id = 0; id < MARKS.kept + 10; id++) say('ann', id, [0, 0]);
	assert.is(marks.of('s', tab).length, MARKS.kept);
	marks.heed('s', { t: 'tab-gone', id: tab });
	assert.equal(marks.of('s', tab), []);
});

test('21. who looks elsewhere is shown; the owner and agents bring everybody to a tab', () => {
	const room = kit().send('ann', { t: 'roam', on: true });
	assert.is(participantView(room.room.members.get('ann') as Member).roaming, true);
	assert.equal(room.send('ann', { t: 'roam', on: true }).effects, []);
	room.send('ann', { t: 'roam', on: false });
	assert.is('roaming' in participantView(room.room.members.get('ann') as Member), false);
	refused(room, 'ann', { t: 'gather', tab }, 'forbidden');
	room.send('agent', { t: 'tab-open', url: 'https://b.example/' });
	room.send('ben', { t: 'view', tab, following: false });
	const second = [...room.room.tabs.keys()][1] as string;
	room.send('agent', { t: 'gather', tab: second });
	for (const { viewing, following } of room.room.members.values())
		assert.equal({ viewing, following }, { viewing: second, following: true });
	assert.equal(sent(room.effects).at(-1), { to: { all: true, but: 'agent' }, t: 'gather', tab: second });
});

test.run();
