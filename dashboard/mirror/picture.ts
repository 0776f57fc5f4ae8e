// mirror document (guest's browser).
// Pictures of canvases. In a document without scripts a canvas is shown as its fallback content (HTML section 4.12.5), whatever is drawn
// on it, so its picture is laid on it as CSS `content`, which makes any element a replaced one. It is set by an animation: no attribute
// of the host's changes, and it works in every tree and beside any style.
import { UNSEEN } from './holders.ts';

interface Shown {
	animation: Animation | undefined;
	/** Counts pictures, so that one that is decoded late does not cover a newer one. */
	turn: number;
	/** The blob: URL on show, to be given back. */
	url: string | undefined;
	/** The poster that a video has by its site. */
	poster: string | null;
}

const shown = new WeakMap<Element, Shown>();

/** A canvas that nothing is known of yet, as large as its attributes say (300 by 150 without them). */
export function showBlank(canvas: HTMLCanvasElement): void {
	const state = stateOf(canvas);
	state.turn++;
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${canvas.width}" height="${canvas.height}"/>`;
	put(canvas, state, `data:image/svg+xml,${encodeURIComponent(svg)}`, undefined);
}

/** A canvas that can't be read on the host: a grey box with a crossed eye; or an empty one again. */
export function hideCanvas(canvas: HTMLCanvasElement, on: boolean): void {
	if (!on) showBlank(canvas);
	else {
		const state = stateOf(canvas);
		state.turn++;
		const box = `width="${canvas.width}" height="${canvas.height}"`;
		put(canvas, state, UNSEEN.replace('width%3D%22100%25%22%20height%3D%22100%25%22', encodeURIComponent(box)), undefined);
	}
}

/** What the host's canvas shows now. Bytes that are no picture are dropped. */
export async function showPicture(canvas: HTMLCanvasElement, type: string, bytes: Uint8Array): Promise<void> {
	const state = stateOf(canvas);
	const url = await load(state, type, bytes);
	if (url) put(canvas, state, url, url);
}

/** What a film that only the host has shows now: it is this copy's poster, since there is nothing to play. Without bytes that film is gone. */
export async function showFrame(video: HTMLVideoElement, type: string, bytes: Uint8Array): Promise<void> {
	const state = stateOf(video);
	const url = await load(state, type, bytes);
	if (!url && bytes.length) return;
	const poster = video.getAttribute('poster');
	if (!state.url || poster !== state.url) state.poster = poster;
	const next = url ?? state.poster;
	if (next === null) video.removeAttribute('poster');
	else video.setAttribute('poster', next);
	if (state.url) URL.revokeObjectURL(state.url);
	state.url = url;
}

/** A blob: URL of a picture that can be drawn at once; undefined where it is none, or a newer one has come. */
async function load(state: Shown, type: string, bytes: Uint8Array): Promise<string | undefined> {
	const turn = ++state.turn;
	if (!bytes.length) return undefined;
	const url = URL.createObjectURL(new Blob([bytes.slice()], { type }));
	const image = new Image();
	image.src = url;
	const decoded = await image.decode().then(
		() => true,
		() => false,
	);
	if (decoded && state.turn === turn) return url;
	URL.revokeObjectURL(url);
	return undefined;
}

function put(canvas: Element, state: Shown, source: string, owned: string | undefined): void {
	const content = `url("${source}")`;
	const next = canvas.animate([{ content }, { content }], { duration: 1, fill: 'forwards' });
	state.animation?.cancel();
	if (state.url) URL.revokeObjectURL(state.url);
	state.animation = next;
	state.url = owned;
}

function stateOf(canvas: Element): Shown {
	const known = shown.get(canvas);
	if (known) return known;
	const state: Shown = { animation: undefined, turn: 0, url: undefined, poster: null };
	shown.set(canvas, state);
	return state;
}
