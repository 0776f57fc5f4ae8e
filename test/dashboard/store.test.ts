// tests only (Node).
// What the shell makes of each message: the reducer, without a browser.
import * as assert from 'uvu/assert';
import { type Live, mayAct, reduce, type ShellState, START, unread, viewed, waiting } from '../../dashboard/shell/store.ts';
import { OPEN_POLICY } from '../../protocol/privacy.ts';
import {
	type ChatMessage,
	NO_RULES,
	type Participant,
	type ServerMessage,
	type SessionView,
	STAYS,
	type Tab,
} from '../../protocol/room.ts';
import { suite } from '../harness.ts';

const test = suite('shell state');

const person = (id: string, more: Partial<Participant> = {}): Participant => ({
	id,
	name: id,
	role: 'visitor',
	colour: '#0090ff',
	state: 'here',
	viewing: undefined,
	following: true,
	...more,
});
const tab = (id: string, more: Partial<Tab> = {}): Tab => ({
	id,
	owner: 'host',
	url: `https://${id}.example/`,
	title: '',
	icon: '',
	loading: false,
	controller: undefined,
	asking: [],
	jar: 'shared',
	rules: NO_RULES,
	handover: STAYS,
	...more,
});
const chat = (id: number, from: string): ChatMessage => ({ id, from, name: from, at: id, text: `${id}` });
const view = (more: Partial<SessionView> = {}): SessionView => ({
	id: 's',
	joinUrl: 'http://app.example/j/k',
	code: '123456',
	participants: [person('host', { role: 'agent' }), person('guest')],
	tabs: [tab('one'), tab('two')],
	presented: 'one',
	chat: [],
	takeOver: 'anyone',
	...more,
});
const welcome = (session: SessionView): ServerMessage => ({
	t: 'welcome',
	you: 'guest',
	zone: 'http://tandem.localhost:3000',
	runToken: 'r',
	sharedToken: 's',
	policy: OPEN_POLICY,
	assetTokens: { one: 'a' },
	session,
});

function play(state: ShellState, ...messages: Parameters<typeof reduce>[1][]): Live {
	const end = messages.reduce(reduce, state);
	if (end.phase !== 'live') throw new Error(`the state is ${end.phase}`);
	return end;
}
const entered = (session = view()) => play(START, welcome(session));

test('a visitor who waits is let in by the welcome', () => {
	const state = reduce(START, { t: 'waiting' });
	assert.is(state.phase, 'waiting');
	assert.is(play(state, welcome(view())).view, 'one');
});

test('who follows goes along with what is presented', () => {
	assert.is(play(entered(), { t: 'presented', tab: 'two' }).view, 'two');
});

test('who looks around stays where they look, and comes back by following', () => {
	const around = play(entered(), { t: 'look', tab: 'two', following: false }, { t: 'presented', tab: 'one' });
	assert.is(around.view, 'two');
	assert.is(play(around, { t: 'look', tab: 'one', following: true }, { t: 'presented', tab: 'two' }).view, 'two');
});

test('a tab looked at alone that closes brings its viewer back to the others', () => {
	const state = play(entered(), { t: 'look', tab: 'two', following: false }, { t: 'tab-gone', id: 'two' });
	assert.is(state.view, 'one');
	assert.ok(state.following);
});

test('without tabs nothing is viewed, and the next one presented is', () => {
	const none = play(entered(), { t: 'tab-gone', id: 'one' }, { t: 'tab-gone', id: 'two' }, { t: 'presented', tab: undefined });
	assert.is(viewed(none), undefined);
	assert.is(play(none, { t: 'tab', tab: tab('three') }, { t: 'presented', tab: 'three' }).view, 'three');
});

test('a second welcome, after a lost connection, keeps what is on the screen', () => {
	const before = play(entered(), { t: 'look', tab: 'two', following: false }, { t: 'panel', panel: 'chat' });
	const after = play(before, welcome(view({ chat: [chat(1, 'host')] })));
	assert.equal([after.view, after.following, after.panel, unread(after)], ['two', false, 'chat', 0]);
});

test('messages of others are unread until the chat is open; one’s own never are', () => {
	const state = play(entered(), { t: 'chat', message: chat(1, 'host') }, { t: 'chat', message: chat(2, 'host') });
	assert.is(unread(state), 2);
	const open = play(state, { t: 'panel', panel: 'chat' }, { t: 'chat', message: chat(3, 'host') });
	assert.is(unread(open), 0);
	assert.is(unread(play(open, { t: 'panel', panel: undefined }, { t: 'chat', message: chat(4, 'guest') })), 0);
});

test('a message that comes twice stands there once', () => {
	const state = play(entered(), { t: 'chat', message: chat(1, 'host') }, { t: 'chat', message: chat(1, 'host') });
	assert.is(state.session.chat.length, 1);
});

test('control lets a guest act, and only in that tab', () => {
	const state = play(entered(), { t: 'tab', tab: tab('one', { controller: 'guest' }) });
	assert.equal(
		state.session.tabs.map((each) => mayAct(state, each)),
		[true, false],
	);
});

test('a tab that changes keeps its place in the strip', () => {
	const state = play(entered(), { t: 'tab', tab: tab('one', { title: 'New' }) });
	assert.equal(
		state.session.tabs.map(({ id }) => id),
		['one', 'two'],
	);
});

test('who waits outside is apart from who is in', () => {
	const state = play(entered(), { t: 'participant', participant: person('late', { state: 'waiting' }) });
	assert.equal(
		waiting(state).map(({ id }) => id),
		['late'],
	);
	assert.is(waiting(play(state, { t: 'participant-gone', id: 'late' })).length, 0);
});

test('after goodbye nothing brings the session back', () => {
	const over = reduce(entered(), { t: 'bye', code: 'removed' });
	assert.is(reduce(over, welcome(view())), over);
});

test.run();
