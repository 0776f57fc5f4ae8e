// tests only (Node, Chromium).
// Two places on screens pixel by pixel: what share of them is alike, and which elements lie where they are not.
import type { Frame, Page } from 'puppeteer-core';

/** A pixel is alike where no channel differs by more than this (of 255): less than an eye sees, more than a codec or a blend rounds. */
const TOLERANCE = 12;
/** Side of the squares that differences are gathered in, pixels. */
const CELL = 24;
/** Differences named, the largest first. */
const NAMED = 6;

export interface Place {
	readonly page: Page;
	/** The document that is drawn there, for names. */
	readonly frame: Frame;
	/** The rectangle of the page's viewport that shows it. */
	readonly box: Box;
}

export interface Box {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

export interface Difference {
	readonly box: Box;
	readonly pixels: number;
	/** The element there: in the first place, in the second. */
	readonly host: string;
	readonly guest: string;
}

export interface Comparison {
	/** Share of pixels that are alike, 0 to 1. */
	readonly alike: number;
	readonly differences: readonly Difference[];
	/** Masked places, which are to differ: they are left out on both sides. */
	readonly masked: number;
	/** Both pictures, PNG in base64. */
	readonly pictures: readonly [string, string];
}

/** Compares what two places show now. `scratch` is any page of a browser: pictures are decoded there. */
export async function compare(scratch: Page, host: Place, guest: Place): Promise<Comparison> {
	const shot = ({ page, box }: Place) => page.screenshot({ encoding: 'base64', clip: box, captureBeyondViewport: false });
	const pictures = [await shot(host), await shot(guest)] as const;
	const masked = await maskedBoxes(guest.frame);
	const found = await scratch.evaluate(differences, pictures[0], pictures[1], TOLERANCE, CELL, masked);
	const named: Difference[] = [];
	for (const { box, pixels } of found.boxes.slice(0, NAMED)) {
		const at: [number, number] = [box.x + box.width / 2, box.y + box.height / 2];
		named.push({ box, pixels, host: await nameAt(host.frame, ...at), guest: await nameAt(guest.frame, ...at) });
	}
	return { alike: found.alike, differences: named, masked: masked.length, pictures };
}

/** A place where nothing blinks: carets are made transparent in every frame, which no site's picture shall depend on. */
export async function still(frame: Frame): Promise<void> {
	await frame
		.evaluate(() => {
			const sheet = new CSSStyleSheet();
			sheet.replaceSync('*{caret-color:transparent!important}');
			document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
		})
		.catch(() => {});
	for (const inner of frame.childFrames()) await still(inner);
}

/** One line for each comparison: name, share, what differs. */
export function line(name: string, { alike, masked, differences: list }: Comparison): string {
	const shown = list.map(({ box, pixels, host, guest }) => {
		const what = host === guest ? host : `${host} / ${guest}`;
		return `      ${pixels} px at ${box.x},${box.y} ${box.width}×${box.height}: ${what}`;
	});
	return [`${(alike * 100).toFixed(3).padStart(8)} %  ${name}${masked ? ` (${masked} masked places left out)` : ''}`, ...shown].join('\n');
}

/** Where a guest's document shows grey boxes, in its viewport. */
async function maskedBoxes(frame: Frame): Promise<Box[]> {
	return frame
		.evaluate(() =>
			[...document.querySelectorAll('[data-tandem-masked]')].map((el) => {
				const { x, y, width, height } = el.getBoundingClientRect();
				return { x, y, width, height };
			}),
		)
		.catch(() => []);
}

async function nameAt(frame: Frame, x: number, y: number): Promise<string> {
	return frame
		.evaluate(
			(left: number, top: number) => {
				let el = document.elementFromPoint(left, top);
				while (el?.shadowRoot?.elementFromPoint(left, top)) {
					const inner = el.shadowRoot.elementFromPoint(left, top);
					if (!inner || inner === el) break;
					el = inner;
				}
				const one = (at: Element) => at.localName + (at.id ? `#${at.id}` : at.classList[0] ? `.${at.classList[0]}` : '');
				return el ? (el.parentElement ? `${one(el.parentElement)} > ` : '') + one(el) : 'nothing';
			},
			x,
			y,
		)
		.catch(() => 'no document');
}

/** In the browser: the share of like pixels of two PNGs, and boxes around those that differ. */
async function differences(
	one: string,
	two: string,
	tolerance: number,
	cell: number,
	masked: readonly { x: number; y: number; width: number; height: number }[],
): Promise<{ alike: number; boxes: { box: { x: number; y: number; width: number; height: number }; pixels: number }[] }> {
	const decode = async (png: string) => {
		const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
		const ink = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
		ink?.drawImage(bitmap, 0, 0);
		for (const { x, y, width, height } of masked)
			ink?.fillRect(Math.floor(x) - 1, Math.floor(y) - 1, Math.ceil(width) + 2, Math.ceil(height) + 2);
		return ink?.getImageData(0, 0, bitmap.width, bitmap.height) as ImageData;
	};
	const [a, b] = await Promise.all([decode(one), decode(two)]);
	if (a.width !== b.width || a.height !== b.height) throw new Error(`${a.width}×${a.height} and ${b.width}×${b.height}`);
	const across = Math.ceil(a.width / cell);
	const cells = new Map<number, number>();
	let unlike = 0;
	for (let y = 0, i = 0; y < a.height; y++) {
		for (let x = 0; x < a.width; x++, i += 4) {
			let most = 0;
			for (let c = 0; c < 3; c++) most = Math.max(most, Math.abs((a.data[i + c] ?? 0) - (b.data[i + c] ?? 0)));
			if (most <= tolerance) continue;
			unlike++;
			const key = Math.floor(y / cell) * across + Math.floor(x / cell);
			cells.set(key, (cells.get(key) ?? 0) + 1);
		}
	}
	const boxes: { box: { x: number; y: number; width: number; height: number }; pixels: number }[] = [];
	for (const first of [...cells.keys()]) {
		if (!cells.has(first)) continue;
		const queue = [first];
		let pixels = 0;
		let [left, top, right, bottom] = [across, Number.MAX_SAFE_INTEGER, 0, 0];
		for (let key = queue.pop(); key !== undefined; key = queue.pop()) {
			const here = cells.get(key);
			if (here === undefined) continue;
			cells.delete(key);
			pixels += here;
			const [x, y] = [key % across, Math.floor(key / across)];
			[left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
			for (const near of [key - across, key + across, x ? key - 1 : -1, x < across - 1 ? key + 1 : -1]) queue.push(near);
		}
		boxes.push({ box: { x: left * cell, y: top * cell, width: (right - left + 1) * cell, height: (bottom - top + 1) * cell }, pixels });
	}
	boxes.sort((x, y) => y.pixels - x.pixels);
	return { alike: 1 - unlike / (a.width * a.height), boxes };
}
