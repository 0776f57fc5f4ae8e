// page: no Node.
// Files that a page downloads while a guest acts (`saved` in protocol/page.ts). Those that it made itself wait here until this host has said whether the
// guest gets them, and go there part by part, no faster than the guest's line takes them.
import { LIMITS } from '../../../protocol/limits.ts';
import type { FrameMessage } from '../../../protocol/page.ts';
import type { ServerMessage } from '../../../protocol/room.ts';
import { t } from '../../i18n/index.ts';
import { toast } from '../../ui/toast.ts';
import type { Connection } from '../connection.ts';
import { staysHere } from '../views/notices.ts';
import { type Door, mayBeAt } from './ports.ts';
import { answerByItself, isSecretIn } from './privacy.ts';

/** Files that wait. */
const MOST = 20;
/** Parts under way at once. */
const AHEAD = 4;
/** Longest wait for the guest to have taken a part, milliseconds. */
const PATIENCE = 60_000;
/** How much of a file is looked through for what was entered in secret fields, bytes. */
const LOOKED_AT = 16 * 1024 * 1024;

type Ask = Extract<ServerMessage, { t: 'download-ask' }>;

export class HostSaved {
	readonly #connection: Connection;
	readonly #files = new Map<number, Blob>();
	/** For each file under way what is to be done when a part was taken. */
	readonly #taken = new Map<string, () => void>();
	#count = 0;

	constructor(connection: Connection) {
		this.#connection = connection;
	}

	/** Takes what a document says that it downloads; false where it says something else. */
	said({ tab, place }: Door, message: FrameMessage): boolean {
		if (message.t !== 'saved') return false;
		const { name, url, file } = message;
		if (isSecretIn(name) || (url && isSecretIn(url))) {
			staysHere(name);
			return true;
		}
		if (file) {
			const made = ++this.#count;
			this.#files.set(made, file);
			this.#files.delete(made - MOST);
			this.#connection.send({ t: 'download-saved', tab, name: name || 'download', made });
		} else if (url && place !== undefined && mayBeAt(place, url)) this.#connection.send({ t: 'download-saved', tab, name, url });
		return true;
	}

	/** What the shell answers without asking the host: no where a secret stands in the file, its name or its address, yes where they have decided. */
	async answer(ask: Ask): Promise<boolean | undefined> {
		const gives = answerByItself(ask);
		const file = ask.made === undefined ? undefined : this.#files.get(ask.made);
		if (gives === false || !file) return gives;
		return isSecretIn(await file.slice(0, LOOKED_AT).text()) ? false : gives;
	}

	/** The guest gets it. */
	async send({ tab, id, made }: Extract<ServerMessage, { t: 'download-send' }>): Promise<void> {
		const file = this.#files.get(made);
		this.#files.delete(made);
		let under = 0;
		let next = () => {};
		this.#taken.set(id, () => {
			under--;
			next();
		});
		for (let from = 0, sent = file !== undefined, last = false; file && !last; from += LIMITS.madePart) {
			const bytes = new Uint8Array(await file.slice(from, from + LIMITS.madePart).arrayBuffer());
			last = from + LIMITS.madePart >= file.size;
			if (under >= AHEAD)
				sent = await new Promise((resolve) => {
					const timer = setTimeout(resolve, PATIENCE, false);
					next = () => {
						clearTimeout(timer);
						resolve(true);
					};
				});
			under++;
			if (sent && this.#connection.send({ t: 'download-part', tab, id, bytes, last })) continue;
			toast(t('files.lost'), 'bad');
			break;
		}
		this.#taken.delete(id);
	}

	/** The guest has taken a part. */
	taken(id: string): void {
		this.#taken.get(id)?.();
	}
}
