// server only (Node).
// Exchanges of pages that are under way, by their label's token: what was revoked is cut off in the middle (a download, an event stream, a WebSocket).
import { decodeLabel } from '../protocol/label.ts';

/** A response or an upgraded socket. */
interface Line {
	once(event: 'close', listener: () => void): unknown;
	destroy(): unknown;
}

export class Lines {
	readonly #byToken = new Map<string, Set<Line>>();

	/** Notes an exchange with a label's host, until it closes. */
	add(host: string | undefined, line: Line): void {
		const token = decodeLabel((host ?? '').split('.')[0] ?? '')?.token;
		if (token === undefined) return;
		const lines = this.#byToken.get(token) ?? new Set();
		this.#byToken.set(token, lines.add(line));
		line.once('close', () => {
			lines.delete(line);
			if (lines.size === 0) this.#byToken.delete(token);
		});
	}

	/** Cuts off every exchange whose token is not `alive` any more. */
	cut(alive: (token: string) => boolean): void {
		for (const [token, lines] of [...this.#byToken]) {
			if (!alive(token)) for (const line of [...lines]) line.destroy();
		}
	}
}
