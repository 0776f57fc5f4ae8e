// page (host): every proxied document, before its own scripts.
// Work that is put off to a task of its own.
import type { Context } from '../context.ts';

/** A function that has `go` called in a task of its own, after what waits already; asked again before, it does nothing. Works in hidden tabs too. */
export function inTurn({ natives }: Context, go: () => void): () => void {
	const { port1, port2 } = new natives.MessageChannel();
	let asked = false;
	natives.addEventListener(port1, 'message', () => {
		asked = false;
		go();
	});
	natives.portStart(port1);
	return () => {
		if (!asked) natives.portPostMessage(port2, 0);
		asked = true;
	};
}
