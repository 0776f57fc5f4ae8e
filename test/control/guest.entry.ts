// tests only (page).
// dashboard/mirror/input over a mirror that nobody plays: an iframe that holds the test's document, ids given as they are asked for.
import { startInput } from '../../dashboard/mirror/input/index.ts';
import { setState } from '../../dashboard/mirror/state.ts';
import type { Writing, WritingView } from '../../dashboard/mirror/view.ts';
import type { Intent } from '../../protocol/intent.ts';
import type { FromMirror } from '../../protocol/mirror-port.ts';

const nodes = new Map<Node, number>();
const docs: Document[] = [];
const changes: (() => void)[] = [];
const intents: Intent[] = [];
const pointers: FromMirror[] = [];
const written: Writing[] = [];

/** Names nodes by their id attribute's position, so that a test can read them. */
function idOf(node: Node): number {
	if (docs.includes(node as Document)) return 0;
	if (!nodes.has(node)) nodes.set(node, nodes.size + 1);
	return nodes.get(node) as number;
}

const view: WritingView = {
	root: 1,
	documentOf: (frame) => docs[frame - 1],
	nodeOf: (frame, id) => (id === 0 ? docs[frame - 1] : [...nodes].find(([, known]) => known === id)?.[0]),
	placeOf(node) {
		const frame = docs.indexOf((node.ownerDocument ?? node) as Document) + 1;
		return frame ? { frame, node: idOf(node) } : undefined;
	},
	onDocument: (seen) => docs.forEach((doc, index) => void seen(index + 1, doc)),
	follow: { on: true, set: () => undefined, drift: () => ({ x: 0, y: 0 }) },
	scope: { zone: { scheme: 'http', domain: 'tandem.localhost', port: '' }, token: '' },
	quietly: (change) => change(),
	onChange: (told) => void changes.push(told),
	writing: () => written,
};

function draw(html: string, holder: Element): Document {
	const iframe = document.createElement('iframe');
	iframe.setAttribute('sandbox', 'allow-same-origin');
	iframe.style.cssText = 'border:0;width:800px;height:600px;display:block';
	holder.append(iframe);
	const doc = iframe.contentDocument as Document;
	doc.open();
	doc.write(`<!DOCTYPE html><body style="margin:0">${html}`);
	doc.close();
	docs.push(doc);
	return doc;
}

const { port1, port2 } = new MessageChannel();

Object.assign(globalThis, {
	begin(html: string, inner?: string) {
		document.body.style.margin = '0';
		const root = draw(html, document.body);
		const slot = root.querySelector('#frame');
		if (inner && slot) {
			draw(inner, slot);
			(slot.firstElementChild as HTMLElement).style.cssText = 'border:5px solid;width:300px;height:200px';
		}
		port2.addEventListener('message', ({ data }: MessageEvent<FromMirror>) => {
			if (data.t === 'intent') intents.push(data.intent);
			if (data.t === 'pointer') pointers.push(data);
		});
		port2.start();
		startInput(view, port1);
		port1.start();
	},
	allow: (allowed: boolean) => port2.postMessage({ t: 'control', allowed }),
	ownZoom: () => port2.postMessage({ t: 'own-zoom' }),
	/** Intents so far, each node by its element's id attribute. */
	told: () =>
		JSON.parse(JSON.stringify(intents, (key, value) => (key === 'node' && value ? name(value) : key === 'frame' ? value : value))),
	pointed: () => pointers.at(-1),
	doc: (n: number) => docs[n],
	/** The host says what a field holds. */
	says: (css: string, value: string) =>
		setState(docs[0]?.querySelector(css) as Element, 'value', value, undefined as never, undefined as never),
	/** A frame is no longer drawn. */
	leave: (n: number) => delete docs[n],
	/** The host's focus is in a field of the root, with this selected. */
	select(css: string, start: number, end: number) {
		const el = docs[0]?.querySelector(css) as Element;
		const glance = {
			focus: idOf(el),
			look: 0,
			selection: undefined,
			carets: new Map([[idOf(el), { start, end }]]),
			composed: undefined,
		} as const;
		written.splice(0, 1, { frame: 1, doc: el.ownerDocument, nodes: new Map([[idOf(el), el]]), glance });
	},
	/** What the mirror shows has changed. */
	changed: () => changes.forEach((told) => void told()),
});

function name(id: number): string {
	const node = [...nodes].find(([, known]) => known === id)?.[0] as Element | undefined;
	return node?.id || node?.nodeName || String(id);
}
