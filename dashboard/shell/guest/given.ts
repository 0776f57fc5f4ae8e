// page: no Node.
// Files that a host gave this guest: this browser saves them.
import type { ServerMessage } from '../../../protocol/room.ts';
import { type Scope, toProxied } from '../../../protocol/url.ts';
import { t } from '../../i18n/index.ts';
import { toast } from '../../ui/toast.ts';
import type { Connection } from '../connection.ts';

/** Milliseconds in which a browser has begun to save. */
const PATIENCE = 30_000;
/** Files under way at once; what is older will not come any more. */
const MOST = 20;

/** Parts of files, by the file. */
const parts = new Map<string, Blob[]>();

/** Saves the file at an address. In a frame, so that a refusal takes nothing off the screen. */
export function takeFile({ url, name }: { readonly url: string; readonly name: string }, scope: Scope): void {
	const frame = document.createElement('iframe');
	frame.hidden = true;
	frame.src = toProxied(url, scope);
	document.body.append(frame);
	setTimeout(() => frame.remove(), PATIENCE);
	toast(t('download.given', name), 'good');
}

/** Takes the next part of a file that the host's page made; saves it with the last. */
export function takePart(
	{ tab, id, name, bytes, last }: Extract<ServerMessage, { t: 'download-part' }>,
	{ send }: Pick<Connection, 'send'>,
): void {
	const had = parts.get(id) ?? [];
	had.push(new Blob([bytes as Uint8Array<ArrayBuffer>]));
	parts.set(id, had);
	for (const old of [...parts.keys()].slice(0, -MOST)) parts.delete(old);
	send({ t: 'download-taken', tab, id });
	if (!last) return;
	parts.delete(id);
	// Of no type that a browser would show: whatever it is, it is not a page of this origin.
	const url = URL.createObjectURL(new Blob(had, { type: 'application/octet-stream' }));
	Object.assign(document.createElement('a'), { href: url, download: name }).click();
	setTimeout(() => URL.revokeObjectURL(url), PATIENCE);
	toast(t('download.given', name), 'good');
}
