// page: no Node. Messages about files that guests' clicks download: at the host, who is asked, and at the guest, who gets them.
import type { ServerMessage, TabId } from '../../protocol/room.ts';
import type { Scope } from '../../protocol/url.ts';
import type { Connection } from './connection.ts';
import { takeFile, takePart } from './guest/given.ts';
import type { HostSaved } from './host/saved.ts';
import type { DownloadAsk } from './store.ts';

/** What it takes. */
export interface FileNeeds {
	readonly connection: Connection;
	/** Undefined as long as this participant hosts nothing. */
	saved(): HostSaved | undefined;
	/** Where this guest's browser asks for what a tab shows; undefined where it may not. */
	scopeOf(tab: TabId): Scope | undefined;
	/** The host decides. */
	ask(ask: DownloadAsk): void;
	/** It stays here, unasked. */
	keep(ask: DownloadAsk): void;
}

/** Takes a message about a file; false where it is about something else. */
export function aboutFiles(message: ServerMessage, needs: FileNeeds): boolean {
	switch (message.t) {
		case 'download-ask':
			void decide(message, needs);
			return true;
		case 'download-send':
			void needs.saved()?.send(message);
			return true;
		case 'download-taken':
			needs.saved()?.taken(message.id);
			return true;
		case 'download-part':
			takePart(message, needs.connection);
			return true;
		case 'download': {
			const scope = needs.scopeOf(message.tab);
			if (scope) takeFile(message, scope);
			return true;
		}
		default:
			return false;
	}
}

async function decide(ask: DownloadAsk, { connection, saved, ask: decides, keep }: FileNeeds): Promise<void> {
	const yes = await saved()?.answer(ask);
	if (yes === undefined) return decides(ask);
	connection.send({ t: 'download-give', tab: ask.tab, id: ask.id, yes });
	if (!yes) keep(ask);
}
