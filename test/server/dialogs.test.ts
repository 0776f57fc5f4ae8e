// tests only (Node).
// A page's dialogs: who may answer them, what ends them, and the page that waits.
import * as assert from 'uvu/assert';
import type { Dialog, DialogAsk, DialogReply } from '../../protocol/dialog.ts';
import { TandemError } from '../../protocol/errors.ts';
import { OPEN_POLICY } from '../../protocol/privacy.ts';
import type { ClientMessage } from '../../protocol/room.ts';
import { Dialogs } from '../../server/dialogs.ts';
import { open } from '../../server/rooms/dialogs.ts';
import type { Hub } from '../../server/rooms/hub.ts';
import type { Effect, Room, Step } from '../../server/rooms/room.ts';
import { suite } from '../harness.ts';
import { type Kit, kit, sent } from './room-kit.ts';

const test = suite('dialogs');

const tab = 'tab';
const QUESTION: Dialog = { id: 'd1', kind: 'confirm', site: 'a.example', text: 'Sure?', value: '', many: false, native: false };
const yes: ClientMessage = { t: 'dialog-answer', tab, id: 'd1', ok: true, text: '', silence: true };

function asking(dialog: Partial<Dialog> = {}): Kit {
	const room = kit();
	room.room = open(room.room, tab, { ...QUESTION, ...dialog }).room;
	return room;
}

function refused(room: Kit, by: string, message: ClientMessage, code: string): void {
	assert.throws(
		() => room.send(by, message),
		(error: unknown) => error instanceof TandemError && error.code === code,
	);
}

test('1. the tab’s host answers, and a guest who controls it; nobody else', () => {
	const room = asking();
	refused(room, 'ann', yes, 'not-in-control');
	room.send('agent', yes);
	assert.is(room.room.tabs.get(tab)?.dialog, undefined);
	const [answer] = room.effects.filter((effect) => effect.do === 'dialog-answer');
	assert.equal(answer?.do === 'dialog-answer' && answer.answer, { t: 'answer', ok: true, text: '', silence: false }, 'few have no silence');
	assert.equal(
		sent(room.effects).map(({ t, to }) => ({ t, to })),
		[
			{ t: 'dialog-answered', to: { all: true } },
			{ t: 'tab', to: { all: true } },
		],
	);
	const guided = asking().send('agent', { t: 'control-grant', tab, to: 'ann' });
	refused(guided, 'ben', yes, 'not-in-control');
	assert.is(guided.send('ann', yes).room.tabs.get(tab)?.dialog, undefined);
});

test('2. printing is the host’s alone, and what their own browser asks is nobody’s here', () => {
	const print = asking({ kind: 'print' }).send('agent', { t: 'control-grant', tab, to: 'ann' });
	refused(print, 'ann', yes, 'forbidden');
	print.send('agent', yes);
	refused(asking({ native: true }), 'agent', yes, 'forbidden');
});

test('3. whoever is second changes nothing', () => {
	const room = asking().send('agent', yes).send('agent', yes);
	assert.equal(room.effects, []);
});

test('4. while the host is in a secret field, a guest in control does not answer', () => {
	const room = asking()
		.send('agent', { t: 'control-grant', tab, to: 'ann' })
		.send('agent', { t: 'private', tab, at: { frame: 1, node: 2 } });
	refused(room, 'ann', yes, 'private-entry');
});

test('5. going elsewhere, and another host, end it', () => {
	for (const message of [
		{ t: 'tab-navigate', tab, url: 'https://b.example/' },
		{ t: 'tab-history', tab, go: 'reload' },
	] as const) {
		assert.is(asking().send('agent', message).room.tabs.get(tab)?.dialog, undefined, message.t);
	}
	const moved = asking().send('ann', { t: 'host-ask', tab }).send('agent', { t: 'host-give', tab, to: 'ann' });
	assert.is(moved.send('agent', { t: 'host-packed', tab }).room.tabs.get(tab)?.dialog, undefined);
});

test('6. only the owner’s shell opens and drops; a dialog that is over is not dropped twice', () => {
	const room = kit();
	const leave: ClientMessage = { t: 'leave-ask', tab, id: 'l1', native: false };
	refused(room, 'ann', leave, 'forbidden');
	assert.is(room.send('agent', leave).room.tabs.get(tab)?.dialog?.kind, 'leave');
	refused(room, 'ann', { t: 'dialog-drop', tab, id: 'l1' }, 'forbidden');
	room.send('agent', { t: 'dialog-drop', tab, id: 'other' });
	assert.is(room.room.tabs.get(tab)?.dialog?.id, 'l1');
	assert.is(room.send('agent', { t: 'dialog-drop', tab, id: 'l1' }).room.tabs.get(tab)?.dialog, undefined);
});

/** A hub of one room, as far as Dialogs knows it. */
function waitingRoom() {
	const room = kit();
	const listeners: ((room: Room, effects: readonly Effect[]) => void)[] = [];
	const after = (step: Step) => {
		room.room = step.room;
		for (const listener of listeners) listener(step.room, step.effects);
		return step.room;
	};
	const hub = {
		has: (id: string) => id === 'room',
		room: () => room.room,
		step: (_id: string, work: (current: Room) => Step) => after(work(room.room)),
		onEffects: (listener: (typeof listeners)[number]) => listeners.push(listener),
	} as unknown as Hub;
	const dialogs = new Dialogs(hub, () => OPEN_POLICY);
	let cut = () => {};
	const ask = (more: Partial<DialogAsk> = {}, holder = 'agent', origin = 'https://a.example'): Promise<DialogReply> =>
		dialogs.ask(
			{ session: 'room', holder, jar: 'shared', origin },
			{ id: 'd1', kind: 'confirm', tab, text: 'Sure?', value: '', many: false, ...more },
			(then) => {
				cut = then;
			},
		);
	const say = (by: string, message: ClientMessage) => {
		room.send(by, message);
		after({ room: room.room, effects: room.effects });
	};
	return { room, ask, say, cut: () => cut() };
}

test('7. a page waits until somebody answers', async () => {
	const { room, ask, say } = waitingRoom();
	const reply = ask();
	assert.is(room.room.tabs.get(tab)?.dialog?.site, 'a.example');
	say('agent', { t: 'dialog-shown', tab, id: 'd1' });
	say('agent', { t: 'dialog-answer', tab, id: 'd1', ok: true, text: 'x', silence: false });
	assert.equal(await reply, { t: 'answer', ok: true, text: 'x', silence: false });
});

test('7. a sandboxed document asks in nobody’s name', () => {
	const { room, ask } = waitingRoom();
	void ask({ tab }, 'agent', 'null');
	assert.is(room.room.tabs.get(tab)?.dialog?.site, '');
});

test('8. an answer that comes while the line is cut is kept until the page asks again', async () => {
	const { ask, say, cut } = waitingRoom();
	void ask();
	cut();
	say('agent', { t: 'dialog-answer', tab, id: 'd1', ok: true, text: '', silence: false });
	assert.equal(await ask(), { t: 'answer', ok: true, text: '', silence: false });
});

test('9. a page whose tab goes elsewhere is answered no', async () => {
	const { ask, say } = waitingRoom();
	const reply = ask();
	say('agent', { t: 'tab-history', tab, go: 'reload' });
	assert.equal(await reply, { t: 'answer', ok: false, text: '', silence: false });
});

test('10. somebody else’s page opens nothing; the host’s own browser asks, and the others see what', async () => {
	const { room, ask } = waitingRoom();
	assert.equal(await ask({}, 'ann'), { t: 'native' });
	assert.is(room.room.tabs.get(tab)?.dialog, undefined);
	assert.equal(await ask({ native: true }), { t: 'native' });
	assert.is(room.room.tabs.get(tab)?.dialog?.native, true);
	await ask({ native: false });
	assert.is(room.room.tabs.get(tab)?.dialog, undefined);
});

test('11. a page that asks without end is answered no', async () => {
	const { room, ask } = waitingRoom();
	for (let i = 0; i < 40; i++) void ask({ id: `many${i}` });
	assert.equal(await ask({ id: 'more' }), { t: 'answer', ok: false, text: '', silence: false });
	assert.is(room.room.tabs.get(tab)?.dialog?.id, 'many39');
});

test.run();
