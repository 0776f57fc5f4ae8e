// server only (Node).
// HTTP Strict Transport Security (RFC 6797), kept for one person beside their cookies.
import { isIP } from 'node:net';
import { makeRoom } from './make-room.ts';

interface Known {
	/** Milliseconds since the epoch. */
	readonly until: number;
	readonly subdomains: boolean;
}

/** Hosts kept; past it the oldest go. */
const KEPT = 2000;

export class Hsts {
	#hosts = new Map<string, Known>();

	/** Takes note of a Strict-Transport-Security header that came over https from `host` (section 8.1). True: something changed. */
	learn(host: string, header: string, now = Date.now()): boolean {
		if (isIP(host.replace(/^\[|\]$/g, ''))) return false;
		const directives = new Map<string, string>();
		for (const part of header.split(';')) {
			const [, name = '', value = ''] = /^\s*([^\s=]+)\s*(?:=\s*"?([^"]*?)"?\s*)?$/.exec(part) ?? [];
			if (!name) continue;
			if (directives.has(name.toLowerCase())) return false; // section 6.1: no directive twice
			directives.set(name.toLowerCase(), value);
		}
		const age = directives.get('max-age');
		if (age === undefined || !/^\d+$/.test(age)) return false;
		if (Number(age) === 0) return this.#hosts.delete(host);
		makeRoom(this.#hosts, KEPT);
		this.#hosts.set(host, { until: now + Number(age) * 1000, subdomains: directives.has('includesubdomains') });
		return true;
	}

	/** Whether `host` is to be asked over https alone (section 8.3). */
	covers(host: string, now = Date.now()): boolean {
		for (let name = host, own = true; name; name = name.slice(name.indexOf('.') + 1), own = false) {
			const known = this.#hosts.get(name);
			if (known && known.until > now && (own || known.subdomains)) return true;
			if (!name.includes('.')) return false;
		}
		return false;
	}

	toJSON(): unknown {
		return [...this.#hosts].map(([host, { until, subdomains }]) => [host, until, subdomains]);
	}

	/** Takes what `toJSON` gave; anything else is nothing. */
	restore(list: unknown): void {
		this.#hosts = new Map();
		if (!Array.isArray(list)) return;
		for (const entry of list as unknown[]) {
			if (!Array.isArray(entry)) continue;
			const [host, until, subdomains] = entry as unknown[];
			if (typeof host === 'string' && typeof until === 'number') this.#hosts.set(host, { until, subdomains: subdomains === true });
		}
	}
}
