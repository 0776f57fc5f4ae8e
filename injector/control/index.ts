// page (host): every proxied document.
// Acts for a guest in this document: takes the shell's 'input', answers 'input-done', and lets the host win.
import type { Context } from '../context.ts';
import { inTurn } from '../in-turn.ts';
import { keepLost } from '../mirror/lost.ts';
import { startArbiter } from './arbiter.ts';
import { watchCopies } from './copied.ts';
import { watchFocus } from './focus.ts';
import { elsewhere } from './guest-focus.ts';
import { endComposing } from './keys/compose.ts';
import { releaseKeys } from './keys/key.ts';
import { enterByTab } from './keys/tab-order.ts';
import { watchOpened } from './opened.ts';
import { perform } from './perform.ts';
import { watchPicks } from './picks.ts';
import { watchCapture } from './pointer/capture.ts';
import { visit } from './pointer/drag-abroad.ts';
import { cancel } from './pointer/pointer.ts';
import { makeQueue } from './queue.ts';
import { watchRing } from './ring.ts';
import { watchSaved } from './saved.ts';
import type { Stage } from './stage.ts';
import { deepActive } from './tree.ts';

/** Starts control in the document of `ctx`, before any script of the page runs. */
export function startControl(ctx: Context): void {
	const stage: Stage = {
		ctx,
		win: ctx.win,
		doc: ctx.doc,
		tick: ticker(),
		copied: undefined,
		free: () => arbiter.free(),
		stops: 0,
		guestActed: Number.NEGATIVE_INFINITY,
		held: undefined,
		visiting: undefined,
		dropped: undefined,
		broken: false,
		over: undefined,
		x: 0,
		y: 0,
		captured: undefined,
		capturedTold: undefined,
		focused: null,
		dirty: undefined,
		changed: undefined,
		guestFocus: deepActive(ctx.doc),
		turnedAway: undefined,
		by: undefined,
		hostActed: Number.NEGATIVE_INFINITY,
		composed: undefined,
		fingers: new Map(),
		keys: new Map(),
		touches: new Map(),
		uploads: new Map(),
		picks: new Map(),
		start: undefined,
		press: undefined,
		out: false,
	};
	watchCapture(stage);
	watchRing(stage);
	watchFocus(stage);
	watchOpened(stage);
	watchCopies(stage);
	watchPicks(stage);
	watchSaved(stage);
	const arbiter = startArbiter(stage);
	ctx.onReopen(() => {
		watchRing(stage);
		watchFocus(stage);
		watchPicks(stage);
		arbiter.listen();
	});
	const queue = makeQueue({
		perform: (intent) => elsewhere(stage, intent) ?? perform(stage, intent),
		free: arbiter.free,
		done: (id, outcome) => {
			if (!id) return;
			if (typeof outcome === 'object') ctx.send({ t: 'input-elsewhere', id, ...outcome });
			else ctx.send(outcome ? { t: 'input-done', id, ok: false, why: outcome } : { t: 'input-done', id, ok: true });
		},
	});
	ctx.onShell((message) => {
		if (message.t === 'input') {
			keepLost();
			queue.push(message.id, message.intent);
		}
		if (message.t === 'tab') enterByTab(stage, message.back, message.from);
		if (message.t === 'dragging') visit(stage, message.data);
		if (message.t === 'dropped') stage.dropped?.(message.effect);
		if (message.t !== 'input-stop') return;
		stage.stops++;
		queue.stop();
		stage.uploads.clear();
		stage.picks.clear();
		if (stage.held) stage.broken = true;
		visit(stage, undefined);
		cancel(stage);
		endComposing(stage);
		releaseKeys(stage);
	});
}

/** Resolves in a task of its own. */
function ticker(): () => Promise<void> {
	const waiting: (() => void)[] = [];
	const next = inTurn(() => {
		for (const go of waiting.splice(0)) go();
	});
	return () =>
		new Promise<void>((go) => {
			waiting.push(go);
			next();
		});
}
