// mirror document (guest's browser).
// The curtain over a field in which the host is entering something private, wherever the page scrolls it to.
import type { ToMirror } from '../../protocol/mirror-port.ts';
import { inRoot } from './input/spot.ts';
import type { MirrorView } from './view.ts';

const LOOK =
	'position:fixed;z-index:2147483647;display:none;align-items:center;justify-content:center;box-sizing:border-box;min-height:28px;padding:2px 10px;' +
	'border-radius:7px;background:#1f2937;color:#fff;font:600 13px system-ui,sans-serif;white-space:nowrap;overflow:hidden;text-overflow:ellipsis;pointer-events:none';
/** Never narrower than its words need, CSS pixels of the host. */
const LEAST = 260;

export function startCurtain(view: MirrorView, port: MessagePort): void {
	const curtain = document.createElement('div');
	curtain.dataset.tandem = 'curtain';
	curtain.style.cssText = LOOK;
	curtain.setAttribute('role', 'status');
	let at: { readonly frame: number; readonly node: number } | undefined;
	let timer: ReturnType<typeof setTimeout> | undefined;
	const draw = () => {
		if (!at) return;
		const node = view.nodeOf(at.frame, at.node);
		const box = node?.nodeType === 1 ? (node as Element).getBoundingClientRect() : undefined;
		if (!curtain.isConnected) document.documentElement.append(curtain);
		curtain.style.display = 'flex';
		const { x, y } = box && node?.ownerDocument ? inRoot(view, node.ownerDocument, box.left, box.top) : { x: 12, y: 12 };
		Object.assign(curtain.style, {
			left: `${x}px`,
			top: `${y}px`,
			width: `${Math.max(box?.width ?? 0, LEAST)}px`,
			height: `${box?.height ?? 32}px`,
		});
		// Not by animation frames alone: a tab in the background has none.
		timer = setTimeout(draw, 100);
	};
	port.addEventListener('message', ({ data }: MessageEvent<ToMirror>) => {
		if (data.t !== 'curtain') return;
		clearTimeout(timer);
		at = data.at;
		curtain.textContent = data.text;
		curtain.style.display = 'none';
		draw();
	});
}
