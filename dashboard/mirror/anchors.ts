// mirror document (guest's browser).
// Where in the mirrored page somebody points, for what the shell draws over it: the element at a point, and where elements are while they move.
import type { Box } from '../../protocol/mark.ts';
import type { FromMirror, ToMirror } from '../../protocol/mirror-port.ts';
import { inRoot } from './input/spot.ts';
import type { MirrorView } from './view.ts';

export function startAnchors(view: MirrorView, port: MessagePort): void {
	const send = (message: FromMirror) => port.postMessage(message);
	let anchors: readonly number[] = [];
	let running = false;
	let last = '';
	const look = () => {
		const boxes: number[] = [];
		for (let i = 0; i + 1 < anchors.length; i += 2) {
			const [frame, node] = [anchors[i] as number, anchors[i + 1] as number];
			const found = boxOf(view, frame, node);
			if (found) boxes.push(frame, node, ...flat(found.box), ...flat(found.clip));
		}
		const text = boxes.join();
		if (text !== last) send({ t: 'boxes', boxes });
		last = text;
	};
	const run = () => {
		running = anchors.length > 0;
		if (!running) return;
		look();
		requestAnimationFrame(run);
	};
	port.addEventListener('message', ({ data }: MessageEvent<ToMirror>) => {
		if (data.t === 'locate') send({ t: 'located', n: data.n, ...locate(view, data.x, data.y) });
		if (data.t !== 'watch') return;
		anchors = data.anchors;
		last = ' ';
		if (!running) run();
	});
}

/** The innermost element of the host's at a point of the root's viewport. The page as a whole is the document. */
function locate(view: MirrorView, x: number, y: number): { frame?: number; node: number; box: Box } {
	const nothing = { node: 0, box: { x: 0, y: 0, width: 0, height: 0 } };
	let doc = view.root === undefined ? undefined : view.documentOf(view.root);
	let [left, top] = [x, y];
	for (;;) {
		const el = doc?.elementFromPoint(left, top);
		const place = el && view.placeOf(el);
		if (!doc || !place) return nothing;
		const inner = /^i?frame$/.test(el.localName) ? (el as HTMLIFrameElement).contentDocument : null;
		if (inner && view.placeOf(inner)) {
			const { x: at, y: down } = el.getBoundingClientRect();
			[left, top] = [left - at - el.clientLeft, top - down - el.clientTop];
			doc = inner;
			continue;
		}
		const node = /^(?:html|body)$/.test(el.localName) ? 0 : place.node;
		const found = boxOf(view, place.frame, node);
		return found ? { frame: place.frame, node, box: found.box } : nothing;
	}
}

function boxOf(view: MirrorView, frame: number, id: number): { box: Box; clip: Box } | undefined {
	const node = view.nodeOf(frame, id);
	const doc = view.documentOf(frame);
	const win = doc?.defaultView;
	if (!node || !doc || !win) return undefined;
	const clip = { ...inRoot(view, doc, 0, 0), width: win.innerWidth, height: win.innerHeight };
	if (id === 0) return { box: { x: clip.x - win.scrollX, y: clip.y - win.scrollY, width: 0, height: 0 }, clip };
	if (node.nodeType !== 1 || !node.isConnected) return undefined;
	const { x, y, width, height } = (node as Element).getBoundingClientRect();
	return { box: { x: clip.x + x, y: clip.y + y, width, height }, clip };
}

const flat = ({ x, y, width, height }: Box): number[] => [x, y, width, height];
