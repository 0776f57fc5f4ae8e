// page (host): every proxied document.
// What of this document goes along to another host, and what comes from the one before.
import type { Context } from '../context.ts';
import { startRestore } from './restore.ts';
import { startStorage } from './storage.ts';

export function startCarry(context: Context): void {
	startStorage(context);
	startRestore(context);
}
