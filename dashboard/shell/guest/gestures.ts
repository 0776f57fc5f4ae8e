// page: no Node.
// A guest's gestures on their way to a tab's host: numbered, files in parts, and a word to the guest about what came of them.
import { type Copied, type Intent, REFUSALS, type Refusal } from '../../../protocol/intent.ts';
import { LIMITS } from '../../../protocol/limits.ts';
import type { ClientMessage, ServerMessage, TabId } from '../../../protocol/room.ts';
import { type Text, t } from '../../i18n/index.ts';
import { toast } from '../../ui/toast.ts';

/** Gestures about which nobody wonders: the next one follows at once. */
const PASSING: ReadonlySet<Intent['k']> = new Set<Intent['k']>(['hover', 'move', 'cancel', 'scroll', 'wheel', 'file-part']);
/** Refusals that show by themselves. */
const UNSAID: ReadonlySet<string> = new Set<Refusal>(['not-editable', 'scroll-edge']);
/** Parts of files under way at once. */
const AHEAD = 8;
/** Longest wait for the host to have taken a part, milliseconds. */
const PATIENCE = 30_000;
/** Files larger than this together are said to be under way, bytes. */
const LONG = 4 * 1024 * 1024;

/** What files are for: a node, or a picker that the page has opened. */
export type FilePlace = Pick<Extract<Intent, { k: 'files' }>, 'frame' | 'node' | 'pick'>;

export class Gestures {
	readonly #send: (message: ClientMessage) => boolean;
	/** Those not answered yet that a refusal is said of. */
	readonly #said = new Set<number>();
	readonly #waiting = new Map<number, (ok: boolean) => void>();
	#count = 0;

	constructor(send: (message: ClientMessage) => boolean) {
		this.#send = send;
	}

	/** Sends one gesture; `untaken` hears that the host's page has not carried it out. Its number; undefined where the connection is down. */
	send(tab: TabId, intent: Intent, untaken?: () => void): number | undefined {
		const n = ++this.#count;
		if (untaken) void this.#answer(n).then((ok) => ok || untaken());
		if (!PASSING.has(intent.k)) this.#said.add(n);
		return this.#send({ t: 'input', tab, n, intent }) ? n : undefined;
	}

	/** The host's page has carried it out, or has not. */
	done({ n, ok, why }: Extract<ServerMessage, { t: 'input-done' }>): void {
		this.#waiting.get(n)?.(ok);
		if (this.#said.delete(n) && !ok && why !== undefined && Object.hasOwn(REFUSALS, why) && !UNSAID.has(why))
			toast(t(`gesture.${why}` as Text), 'info');
	}

	/** Hands files over to a node of the host's page, as long as `may` says so. */
	async handOver(tab: TabId, at: FilePlace, files: readonly File[], may: () => boolean): Promise<void> {
		const bytes = files.reduce((sum, { size }) => sum + size, 0);
		if (bytes > LIMITS.fileBytes || files.length > LIMITS.files) {
			toast(t('files.too-much', `${LIMITS.files}`, `${LIMITS.fileBytes >> 20}`), 'bad');
			return;
		}
		if (bytes > LONG) toast(t('files.sending', `${Math.ceil(bytes / 1024 / 1024)}`), 'info');
		const upload = Math.ceil(Math.random() * Number.MAX_SAFE_INTEGER);
		const { frame, node, pick } = at;
		const whole = await this.#parts(tab, frame, upload, files, may);
		const named = files.map(({ name, type }) => ({ name, type }));
		const sent =
			whole &&
			may() &&
			this.send(tab, { frame, k: 'files', node, ...(pick !== undefined && { pick }), upload, files: named }) !== undefined;
		if (!sent) toast(t('files.lost'), 'bad');
		else if (bytes > LONG) toast(t('files.sent'), 'good');
	}

	/** All parts of all files, a few ahead of the host's answers. False: not all of them arrived. */
	async #parts(tab: TabId, frame: number, upload: number, files: readonly File[], may: () => boolean): Promise<boolean> {
		const under = new Set<Promise<void>>();
		let lost = false;
		for (const [file, whole] of files.entries()) {
			for (let from = 0; from < whole.size; from += LIMITS.filePart) {
				const bytes = new Uint8Array(await whole.slice(from, from + LIMITS.filePart).arrayBuffer());
				const n = may() ? this.send(tab, { frame, k: 'file-part', upload, file, bytes }) : undefined;
				if (n === undefined) return false;
				const taken: Promise<void> = this.#answer(n).then((ok) => {
					if (!ok) lost = true;
					under.delete(taken);
				});
				under.add(taken);
				if (under.size >= AHEAD) await Promise.race(under);
				if (lost) return false;
			}
		}
		await Promise.all(under);
		return !lost;
	}

	#answer(n: number): Promise<boolean> {
		return new Promise((answered) => {
			const end = (ok: boolean) => {
				clearTimeout(timer);
				this.#waiting.delete(n);
				answered(ok);
			};
			const timer = setTimeout(end, PATIENCE, false);
			this.#waiting.set(n, end);
		});
	}
}

/** Puts on this guest's clipboard what the host's page copied for them. Browsers let it within seconds of the guest's own click or key. */
export async function takeCopied({ text, html }: Copied): Promise<void> {
	const kinds = { ...(text && { 'text/plain': text }), ...(html && { 'text/html': html }) };
	const blobs = Object.entries(kinds).map(([type, content]) => [type, new Blob([content], { type })] as const);
	try {
		await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
		toast(t('copied.taken'), 'good');
	} catch {
		toast(t('copied.refused'), 'bad');
	}
}
