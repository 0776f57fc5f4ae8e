// page and worker.
// This realm: its global object, its boot data, and its place among the tab's windows. Filled by main.ts or worker.ts, read by all.
import { encodeLabel, parseZone, type Zone, zoneOrigin } from '../protocol/label.ts';
import { type Boot, OWN_PATH } from '../protocol/page.ts';
import type { Scope } from '../protocol/url.ts';
import type { Lent } from './lent.ts';
import { type Any, natives } from './natives.ts';
import { common } from './shared.ts';

export interface Realm {
	readonly global: Any;
	boot: Boot;
	zone: Zone;
	scope: Scope;
	/** The origin of ours that stands for the document's: also in `about:blank`, whose own URL has none. */
	ours: string;
	/** What every host of ours ends with: `.tandem.localhost:3000`. Text without it holds no URL of ours. */
	mark: string;
	/** Set where the document runs no scripts, and this is the runtime of one above it. */
	lent?: Lent | undefined;
	/** The runtime's own script. */
	runtimeUrl: string;
}

export const realm: Realm = { global: globalThis } as Any;

/** Fills the realm in. Throws TypeError on a boot that is none. */
export function enter(boot: Boot, runtimeUrl: string): void {
	const zone = parseZone(boot.zone);
	realm.boot = boot;
	realm.runtimeUrl = runtimeUrl;
	realm.zone = zone;
	realm.ours = zoneOrigin(encodeLabel(boot.origin, boot.token), zone);
	realm.mark = `.${zone.domain}${zone.port ? `:${zone.port}` : ''}`;
	realm.scope = { zone, token: boot.token, register };
	for (const hash of natives.objectKeys(boot.table)) common.shared.table.set(hash, boot.table[hash] as string);
}

/** Asks an endpoint of our own, synchronously; undefined where it doesn't answer with success. */
export function ask(method: 'GET' | 'POST', path: string, body?: string): string | undefined {
	try {
		const xhr = new natives.XMLHttpRequest();
		natives.xhrOpen(xhr, method, realm.ours + OWN_PATH + path, false);
		natives.xhrSend(xhr, body ?? null);
		const status = natives.xhrStatus(xhr);
		return status >= 200 && status < 300 ? natives.xhrText(xhr) : undefined;
	} catch {
		return undefined;
	}
}

/** An origin whose label is a hash has to stand in the session's table before anybody asks for that label. */
function register(origin: string): void {
	for (const known of common.shared.table.values()) if (known === origin) return;
	const hash = encodeLabel(origin, realm.boot.token).slice(0, 20);
	common.shared.table.set(hash, origin);
	ask('POST', 'origin', origin);
}
