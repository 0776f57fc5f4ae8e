// page: no Node.
// Windows of documents that stand in a sandbox, or have no origin: they can't open a frame of this shell by its name, so the shell opens the tab, if each
// sandbox around them lets it, and in a sandbox of its own where theirs goes along (docs/decisions/0027).
import { type FrameMessage, type ShellMessage, TIE_FEATURE } from '../../../protocol/page.ts';
import type { TabId } from '../../../protocol/room.ts';
import { givenTokens, letIn, stillPolicy } from '../../../protocol/still.ts';
import type { Door } from './ports.ts';
import { newTabFrame } from './tab-frame.ts';

/** The host's tabs, as windows need them. */
export interface WindowTabs {
	doorsIn(tab: TabId): readonly Door[];
	frameOf(tab: TabId): HTMLIFrameElement | undefined;
	/** A tab by the shell's own hand. */
	open(url: string, opener: Door): void;
	go(tab: TabId, url: string): void;
	close(tab: TabId): void;
	show(tab: TabId): void;
}

interface Needs extends WindowTabs {
	/** `frame` is to be a tab, on its way to the real `url`. Returns its name; undefined where there are too many. */
	adopt(frame: HTMLIFrameElement, url: string, opener: Door): TabId | undefined;
}

interface Opened {
	readonly tab: TabId;
	/** The window of the document that opened it, and the tab it stands in. */
	readonly by: Window;
	readonly from: TabId;
	readonly tied: boolean;
}

/** Milliseconds for which a document may be too busy to say in which sandboxes it stands. */
const PATIENCE = 5000;
/** What a tab may not, whatever sandbox it is in: it would be this shell that is led away. */
const NEVER = /^allow-top-navigation/;

export class BoxedWindows {
	readonly #needs: Needs;
	readonly #asked = new Map<number, (boxes: readonly string[]) => void>();
	#count = 0;
	/** By the name that their opener knows them by. */
	readonly #opened = new Map<string, Opened>();
	/** Those whose sandboxes are being asked about. */
	readonly #opening = new Map<string, Promise<void>>();

	constructor(needs: Needs) {
		this.#needs = needs;
	}

	/** Takes what is about such windows; false for everything else. */
	said(door: Door, message: FrameMessage): boolean {
		if (message.t === 'sandboxes') this.#asked.get(message.n)?.(message.tokens);
		else if (message.t === 'may-open') void this.#tellWhether(door);
		else if (message.t === 'open') this.#begin(door, message);
		else if (message.t === 'lead') void this.#lead(door, message);
		else if (message.t === 'tie') this.#tie(door, message.key);
		else if (message.t === 'window') return this.#window(door, message);
		else return false;
		return true;
	}

	/** A tab is gone. */
	closed(tab: TabId): void {
		for (const [spare, opened] of this.#opened) if (opened.tab === tab) this.#opened.delete(spare);
	}

	async #tellWhether(door: Door): Promise<void> {
		const boxes = await this.#boxesOf(door);
		door.port.postMessage({ t: 'may-open', may: mayOpen(boxes), leads: mayLead(boxes) } satisfies ShellMessage);
	}

	#begin(door: Door, message: Extract<FrameMessage, { t: 'open' }>): void {
		const { spare } = message;
		if (spare !== undefined && (this.#opening.has(spare) || this.#opened.has(spare))) return;
		const opening = this.#open(door, message);
		if (spare !== undefined)
			this.#opening.set(
				spare,
				opening.finally(() => this.#opening.delete(spare)),
			);
	}

	async #open(door: Door, { url, name, spare, tied = false }: Extract<FrameMessage, { t: 'open' }>): Promise<void> {
		const boxes = await this.#boxesOf(door);
		if (!boxes || !mayOpen(boxes)) return;
		const box = boxes.every((tokens) => tokens.has('allow-popups-to-escape-sandbox')) ? undefined : common(boxes);
		if (spare === undefined && !box) return this.#needs.open(url, door);
		const web = /^https?:/i.test(url);
		if (!web && url !== 'about:blank') return;
		const frame = newTabFrame();
		frame.name = name;
		if (box) putInto(frame, box);
		if (tied) frame.allow += `; ${TIE_FEATURE} *`;
		const tab = this.#needs.adopt(frame, url, door);
		if (tab === undefined) return;
		if (spare !== undefined) this.#opened.set(spare, { tab, by: door.source, from: door.tab, tied });
		if (web) this.#needs.go(tab, url);
	}

	async #lead(door: Door, { url, active }: Extract<FrameMessage, { t: 'lead' }>): Promise<void> {
		const may = mayLead(await this.#boxesOf(door));
		if (!/^https?:/i.test(url) || may === 'never' || (may === 'active' && !active)) return;
		const root = this.#needs.doorsIn(door.tab).find((other) => other.root);
		if (root) root.port.postMessage({ t: 'navigate', url } satisfies ShellMessage);
		else this.#needs.go(door.tab, url);
	}

	/** A window wants to know its opener: whatever document stands there now makes itself known. */
	#tie(door: Door, key: string): void {
		const [spare, opened] = [...this.#opened].find(([, { tab, tied }]) => tied && tab === door.tab) ?? [];
		const opener = opened && this.#needs.doorsIn(opened.from).find(({ source }) => source === opened.by);
		const at = indexOf(door.source);
		if (!door.root || !opener || spare === undefined || at === undefined) door.port.postMessage({ t: 'untied' } satisfies ShellMessage);
		else opener.port.postMessage({ t: 'meet', spare, at, key } satisfies ShellMessage);
	}

	/** Only who opened it may send it elsewhere and close it. */
	#window(door: Door, message: Extract<FrameMessage, { t: 'window' }>): boolean {
		const { spare, url, close } = message;
		const opening = this.#opening.get(spare);
		if (opening) {
			void opening.then(() => this.#window(door, message));
			return true;
		}
		const opened = this.#opened.get(spare);
		if (opened?.by !== door.source) return false;
		if (close) this.#needs.close(opened.tab);
		else if (url !== undefined) {
			this.#needs.go(opened.tab, url);
			this.#needs.show(opened.tab);
		}
		return true;
	}

	/**
	 * The tokens of each sandbox that a document stands in; undefined where that can't be known. Of its own policies it says so itself, of its frame the
	 * document does that the frame stands in, and so on up to the tab's own frame.
	 */
	async #boxesOf(door: Door): Promise<ReadonlySet<string>[] | undefined> {
		const boxes = [...((await this.#ask(door, 0)) ?? [])];
		let at = door;
		while (!at.root) {
			const { source } = at;
			const parent = this.#needs.doorsIn(at.tab).find((other) => other.source === source.parent);
			const said = parent && (await this.#ask(parent, at.frame));
			if (!said) return undefined;
			boxes.push(...said);
			at = parent;
		}
		const own = this.#needs.frameOf(at.tab)?.getAttribute('sandbox');
		if (own != null) boxes.push(givenTokens(own));
		return boxes.map((tokens) => new Set(tokens.toLowerCase().split(/[\t\n\f\r ]+/)));
	}

	#ask(door: Door, child: number): Promise<readonly string[] | undefined> {
		const n = ++this.#count;
		return new Promise((resolve) => {
			const end = (boxes?: readonly string[]) => {
				this.#asked.delete(n);
				clearTimeout(timer);
				resolve(boxes);
			};
			const timer = setTimeout(end, PATIENCE);
			this.#asked.set(n, end);
			door.port.postMessage({ t: 'sandboxes', n, child } satisfies ShellMessage);
		});
	}
}

function mayOpen(boxes: readonly ReadonlySet<string>[] | undefined): boolean {
	return boxes?.every((tokens) => tokens.has('allow-popups')) ?? false;
}

/** Whether a document in these sandboxes may lead the top (HTML section 7.4.2.4, allowed by sandboxing to navigate). */
function mayLead(boxes: readonly ReadonlySet<string>[] | undefined): 'always' | 'active' | 'never' {
	if (boxes?.every((tokens) => tokens.has('allow-top-navigation'))) return 'always';
	const active = (tokens: ReadonlySet<string>) =>
		tokens.has('allow-top-navigation') || tokens.has('allow-top-navigation-by-user-activation');
	return boxes?.every(active) ? 'active' : 'never';
}

/**
 * A window that no script may run in is a still document (protocol/still.ts), where the browser knows the attribute for it. It is left without an origin in
 * any case: the policy alone would stand between a stranger's script and that origin.
 */
function putInto(frame: HTMLIFrameElement, box: readonly string[]): void {
	const tokens = box.join(' ');
	const still = 'csp' in HTMLIFrameElement.prototype && !box.includes('allow-scripts');
	if (still) frame.setAttribute('csp', stillPolicy(newNonce()));
	frame.setAttribute('sandbox', still ? letIn(box.filter((token) => token !== 'allow-same-origin').join(' ')) : tokens);
}

function newNonce(): string {
	return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(12))))
		.replace(/\+/g, '-')
		.replace(/\//g, '_');
}

/** What every one of them allows. */
function common([first = new Set(), ...others]: readonly ReadonlySet<string>[]): string[] {
	return [...first].filter((token) => token && !NEVER.test(token) && others.every((tokens) => tokens.has(token)));
}

/** The place of a frame's window among those of this one. */
function indexOf(source: Window): number | undefined {
	for (let i = 0; i < window.length; i++) if (window[i] === source) return i;
	return undefined;
}
