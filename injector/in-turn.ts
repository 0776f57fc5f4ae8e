// page (host): every proxied document.
// Work that is put off to a task of its own.
import { natives } from './natives.ts';

/** A function that has `go` called in a task of its own, after what waits already; asked again before, it does nothing. Not slowed down in hidden tabs, as timers are. */
export function inTurn(go: () => void): () => void {
	let asked = false;
	let port: MessagePort | undefined;
	const begin = () => {
		const { port1, port2 } = new natives.MessageChannel();
		natives.addEventListener(port1, 'message', () => {
			asked = false;
			go();
		});
		natives.portStart(port1);
		return port2;
	};
	return () => {
		if (asked) return;
		asked = true;
		port ??= begin();
		natives.portPostMessage(port, 0);
	};
}
