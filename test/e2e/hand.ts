// tests only (Node).
// A person's hand and eye on one document: a page, a proxied frame in the host's shell, or a mirror in the guest's.
// All three take the same gestures, by real mouse and keyboard events of the browser, so one journey fits all three.
import { setTimeout as sleep } from 'node:timers/promises';
import { inflateSync } from 'node:zlib';
import type { ElementHandle, Frame, Page } from 'puppeteer-core';
import { WINDOW } from '../browser.ts';

/**
 * What must be on the screen: elements by CSS (` >>> ` steps into open shadow roots), visible, with `text` in them, of the given
 * `value`; `count` of them, or none (`count: 0`). A function, or an expression's text, decides by itself. It runs in the page, and is asked from here
 * again and again: in a mirror, which runs no scripts, no timer or frame calls back, so that Puppeteer's `waitForFunction` looks once there.
 */
export type Seen = Look | readonly Look[] | ((document: Document) => unknown) | string;

export interface Look {
	readonly css: string;
	readonly text?: string;
	readonly value?: string;
	readonly count?: number;
	/** The colour on the screen in the middle of the first of them, each part within 60. */
	readonly colour?: readonly [red: number, green: number, blue: number];
	/** Also what has no box on the screen. */
	readonly hidden?: boolean;
}

const WAIT = 15_000;

export class Hand {
	readonly page: Page;
	readonly #frame: () => Promise<Frame | undefined>;
	readonly #name: string;
	readonly #mirror: boolean;

	/** `frame` finds the document anew for every gesture, since a page may have navigated in between. `mirror`: it is one of a mirror's. */
	constructor(page: Page, name: string, frame: () => Promise<Frame | undefined>, mirror = false) {
		this.page = page;
		this.#name = name;
		this.#frame = frame;
		this.#mirror = mirror;
	}

	/** The frame now, waiting until there is one. */
	async frame(): Promise<Frame> {
		return this.#until('its document', async () => this.#frame());
	}

	/** The hand inside an iframe of this document. */
	within(css: string): Hand {
		const frame = async () => {
			const outer = await this.#frame();
			const handle = await outer?.evaluateHandle(calling({ css, hidden: true }, '[0]'));
			return (await (handle?.asElement() as ElementHandle | null)?.contentFrame()) ?? undefined;
		};
		return new Hand(this.page, `${this.#name} › ${css}`, frame, this.#mirror);
	}

	/** Waits until `seen` holds; throws with what was looked for, and where. */
	async see(seen: Seen, limit = WAIT): Promise<void> {
		await this.#until(
			describe(seen),
			async () => {
				const frame = await this.#frame();
				if (!frame) return undefined;
				if (typeof seen === 'function' || typeof seen === 'string') return (await frame.evaluate(claim(seen))) || undefined;
				for (const look of 'css' in seen ? [seen] : seen) {
					const found = await frame.evaluate(calling(look, '.length'));
					if (look.count === undefined ? found === 0 : found !== look.count) return undefined;
					if (look.colour && !near(look.colour, await this.#colour(look.css))) return undefined;
				}
				return true;
			},
			limit,
		);
	}

	/** Clicks the element that `css` (and `text`) names; `times` 2 is a double click. */
	async click(css: string, { text, nth = 0, times = 1 }: { text?: string; nth?: number; times?: number } = {}): Promise<void> {
		const { x, y } = await this.at(css, { ...(text !== undefined && { text }), nth });
		await this.page.mouse.move(x, y);
		for (let i = 1; i <= times; i++) {
			await this.page.mouse.down({ clickCount: i });
			await this.page.mouse.up({ clickCount: i });
		}
	}

	/**
	 * Clicks into a field and types, once its document has the focus. Between frames of two processes Chromium moves it a moment after the click: keys that come
	 * sooner go where it was; and where the other process hasn't done with its own, it goes back there by itself. A person sees no caret then, and clicks again.
	 */
	async type(css: string, text: string): Promise<void> {
		for (let tries = 0; tries < 5; tries++) {
			await this.click(css);
			const end = Date.now() + 300;
			let focused = await this.#focused();
			for (; !focused && Date.now() < end; focused = await this.#focused()) await sleep(20);
			if (focused) break;
		}
		await this.keys(text);
	}

	/** Whether the keyboard is at this very document (of a mirror's, or around it, where what a guest types is caught), and all processes know it. */
	async #focused(): Promise<boolean> {
		if (/^firefox/i.test(await this.page.browser().version())) return true; // has one window in front alone, and moves the focus at once
		const at = await this.#frame();
		const frames = this.page.frames();
		// A document that waits for an answer (`prompt`) says nothing.
		const has = (frame: Frame) => Promise.race([frame.evaluate(focused).catch(() => false), sleep(200, false)]);
		const focus = await Promise.all(frames.map(has));
		const holders = frames.filter((_, i) => focus[i]);
		return holders.length === 1 && (this.#mirror ? holders[0]?.parentFrame() !== null : holders[0] === at);
	}

	/** Types at the caret, key by key. */
	async keys(text: string): Promise<void> {
		await this.page.keyboard.type(text, { delay: 5 });
	}

	/** Presses keys, e.g. `Enter` or `Control+A`. */
	async press(combination: string): Promise<void> {
		const keys = combination.split('+') as Parameters<Page['keyboard']['press']>[0][];
		const last = keys.pop();
		for (const key of keys) await this.page.keyboard.down(key);
		if (last) await this.page.keyboard.press(last);
		for (const key of keys.reverse()) await this.page.keyboard.up(key);
	}

	/** Presses on an element, moves by `dx`, `dy` pixels, and lets go. */
	async drag(css: string, dx: number, dy: number): Promise<void> {
		const { x, y } = await this.at(css);
		await this.page.mouse.move(x, y);
		await this.page.mouse.down();
		await this.page.mouse.move(x + dx / 2, y + dy / 2, { steps: 4 });
		await drawn(this.page.mainFrame());
		await this.page.mouse.move(x + dx, y + dy, { steps: 4 });
		await drawn(this.page.mainFrame());
		await this.page.mouse.up();
	}

	/** Turns the wheel over an element. */
	async wheel(css: string, deltaY: number): Promise<void> {
		const { x, y } = await this.at(css);
		await this.page.mouse.move(x, y);
		await this.page.mouse.wheel({ deltaY });
	}

	/** Picks an option of a `<select>` as a keyboard user does: the list of a headless browser can't be clicked. */
	async choose(css: string, value: string): Promise<void> {
		const handle = await this.#element(css, {});
		await handle.select(value);
	}

	/** The middle of an element in the page's own coordinates, once it is inside the window: a mirror may just be taking its size. */
	async at(css: string, which: { text?: string; nth?: number } = {}): Promise<{ x: number; y: number }> {
		const { width, height } = this.page.viewport() ?? WINDOW;
		return this.#until(`${css} inside the window`, async () => {
			const { x, y } = await this.#place(css, which);
			return x >= 0 && y >= 0 && x < width && y < height ? { x, y } : undefined;
		});
	}

	/** The same, wherever it is, through every frame and scaling around it. */
	async #place(css: string, { text, nth = 0 }: { text?: string; nth?: number }): Promise<{ x: number; y: number }> {
		const handle = await this.#element(css, { ...(text !== undefined && { text }), nth });
		await drawn(handle.frame);
		let { x, y } = await settled(handle);
		let frame: Frame | null = handle.frame;
		await handle.dispose();
		while (frame?.parentFrame()) {
			const outer: ElementHandle | null = await frame.frameElement();
			if (!outer) break;
			const box = await outer.evaluate((element) => {
				const { left, top, width, height } = element.getBoundingClientRect();
				const iframe = element as HTMLElement;
				return {
					left,
					top,
					sx: width / iframe.offsetWidth,
					sy: height / iframe.offsetHeight,
					cx: iframe.clientLeft,
					cy: iframe.clientTop,
				};
			});
			x = box.left + (x + box.cx) * box.sx;
			y = box.top + (y + box.cy) * box.sy;
			frame = frame.parentFrame();
			await outer.dispose();
		}
		return { x, y };
	}

	/** What the window really shows there: a mirror's canvas can hold a picture and still not show it. */
	async #colour(css: string): Promise<readonly number[]> {
		const { x, y } = await this.at(css);
		const png = await this.page.screenshot({ clip: { x: Math.floor(x), y: Math.floor(y), width: 1, height: 1 } });
		// A picture of a part moves the window's content for as long as it is taken: a gesture that came too soon would meet something else.
		await drawn(this.page.mainFrame());
		return pixel(png);
	}

	async #element(css: string, { text, nth = 0 }: { text?: string; nth?: number }): Promise<ElementHandle> {
		return this.#until(`${css}${text ? ` “${text}”` : ''}`, async () => {
			const frame = await this.#frame();
			const handle = await frame?.evaluateHandle(calling({ css, ...(text !== undefined && { text }) }, `[${nth}]`));
			return (handle?.asElement() as ElementHandle | null) ?? undefined;
		});
	}

	async #until<T>(what: string, probe: () => Promise<T | undefined>, limit = WAIT): Promise<T> {
		const end = Date.now() + limit;
		let last: unknown;
		while (Date.now() < end) {
			try {
				const value = await probe();
				if (value !== undefined) return value;
			} catch (error) {
				last = error; // the document went away while it was asked: ask the next one
			}
			await sleep(50);
		}
		throw new Error(`${this.#name}: waited ${limit} ms in vain for ${what}`, { cause: last });
	}
}

/**
 * Until a document has drawn what it was told: mouse moves are handed out once a frame, and a document that never drew gets no clicks.
 * A mirror runs no scripts, so that its frames can't be counted.
 */
async function drawn(frame: Frame): Promise<void> {
	const frames = frame.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
	await Promise.race([frames.catch(() => undefined), sleep(150)]);
}

/** In the page: whether keys go to this very document, not to one inside it. */
const focused = () => document.hasFocus() && !('contentWindow' in (document.activeElement ?? {}));

/** In the page: the middle of an element, scrolled into view, once it stands still and nothing else lies over it (2 s at most). */
async function settled(handle: ElementHandle): Promise<{ x: number; y: number }> {
	let last = { x: Number.NaN, y: Number.NaN, hit: false };
	for (let i = 0; i < 40; i++) {
		const now = await handle.evaluate((element) => {
			const visible = (r: DOMRect) => r.top >= 0 && r.left >= 0 && r.bottom <= innerHeight && r.right <= innerWidth;
			if (!visible(element.getBoundingClientRect())) element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
			const { left, top, width, height } = element.getBoundingClientRect();
			const [x, y] = [left + width / 2, top + height / 2];
			const over = (element.getRootNode() as Document | ShadowRoot).elementFromPoint(x, y);
			const busy = (e: Element | null): boolean =>
				e !== null &&
				(e.getAnimations().some((a) => a.playState === 'running' && a.effect?.getComputedTiming().endTime !== Infinity) ||
					busy(e.parentElement));
			return { x, y, hit: !busy(element) && over !== null && (element.contains(over) || over.contains(element)) };
		});
		if (now.x === last.x && now.y === last.y && now.hit && last.hit) return now;
		last = now;
		await sleep(50);
	}
	return last;
}

/** The colour of a PNG of one pixel (PNG specification, sections 5.3 and 9): in its only row, after the filter's byte, which has nothing to refer to. */
function pixel(png: Uint8Array): readonly number[] {
	const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
	const data: Uint8Array[] = [];
	for (let at = 8; at < png.length; at += 12 + view.getUint32(at)) {
		const type = String.fromCharCode(...png.subarray(at + 4, at + 8));
		if (type === 'IDAT') data.push(png.subarray(at + 8, at + 8 + view.getUint32(at)));
	}
	return [...inflateSync(Buffer.concat(data)).subarray(1, 4)];
}

const near = (wanted: readonly number[], found: readonly number[]) => wanted.every((part, i) => Math.abs(part - (found[i] ?? -1000)) <= 60);

/** In the page: the elements that `look` names. Self-contained, since only its text travels. */
function matches(look: Look): Element[] {
	const steps = look.css.split(' >>> ');
	const last = steps.pop() ?? '';
	let roots: ParentNode[] = [document];
	for (const step of steps)
		roots = roots.flatMap((root) => [...root.querySelectorAll(step)].flatMap((e) => (e.shadowRoot ? [e.shadowRoot] : [])));
	const squeeze = (text: string | null) => (text ?? '').replace(/\s+/g, ' ');
	const found = roots
		.flatMap((root) => [...root.querySelectorAll(last)])
		.filter((e) => look.hidden || e.checkVisibility())
		.filter((e) => look.text === undefined || squeeze(e.textContent).includes(look.text))
		.filter((e) => look.value === undefined || (e as HTMLInputElement).value === look.value);
	// The innermost of those that contain the text: `div` with a text shouldn't be the whole page.
	return look.text === undefined ? found : found.filter((e) => !found.some((other) => other !== e && e.contains(other)));
}

const calling = (look: Look, then: string) => `(${matches})(${JSON.stringify(look)})${then}`;

const claim = (seen: string | ((document: Document) => unknown)) => (typeof seen === 'string' ? seen : `(${seen})(document)`);

function describe(seen: Seen): string {
	return typeof seen === 'object' ? JSON.stringify(seen) : `${seen}`.replace(/\s+/g, ' ').slice(0, 300);
}
