// page (host).
// A drag that goes on in a document which can't be reached from where it began: another origin's frame, or the page around one. The shell hands on what
// is dragged, and what has become of it.
import type { Dragged } from '../../../protocol/page.ts';
import { natives } from '../../natives.ts';
import { isHtml } from '../dom.ts';
import type { Stage } from '../stage.ts';
import { type Drag, endDrag, leaveDrag, shut, transferOf } from './drag.ts';
import type { Place } from './place.ts';

/** How long the other document may take to say that it was dropped there, milliseconds. */
const PATIENCE = 1000;

/** Whether the pointer, which is over another document, is out of reach from here. Then that is told to the shell, once. */
export function goesAbroad(stage: Stage, drag: Drag, { target, x, y }: Place, beyond: boolean): boolean {
	const inside = isHtml(target, 'iframe') && !drag.text && !!natives.contentDocument(target);
	const { innerWidth, innerHeight } = stage.win;
	const out = !stage.ctx.isTop && (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight);
	const abroad = (beyond || out) && !inside;
	if (abroad !== !!drag.abroad) {
		drag.abroad = abroad;
		if (abroad) leaveDrag(stage, drag, x, y);
		stage.ctx.send({ t: 'dragging', ...(abroad && { data: carried(drag) }) });
	}
	return abroad;
}

/** Let go over the other document: ends once that has said what it made of it. */
export async function endAbroad(stage: Stage, drag: Drag, x: number, y: number): Promise<void> {
	const effect = await new Promise<string>((go) => {
		stage.dropped = go;
		natives.setTimeout(() => go('none'), PATIENCE);
	});
	stage.dropped = undefined;
	stage.ctx.send({ t: 'dragging' });
	endDrag(stage, drag, x, y, effect as DataTransfer['dropEffect']);
}

/** A drag from another document comes in, or with undefined leaves. */
export function visit(stage: Stage, dragged: Dragged | undefined): void {
	const { visiting } = stage;
	if (visiting) leaveDrag(stage, visiting, stage.x, stage.y);
	stage.visiting =
		dragged && shut({ source: undefined, data: transferOf(dragged.texts, dragged.allowed), over: undefined, accepted: false });
}

/** It is let go here. */
export function land(stage: Stage, drag: Drag, x: number, y: number): void {
	stage.visiting = undefined;
	const taken = endDrag(stage, drag, x, y, 'drop');
	stage.ctx.send({ t: 'dropped', effect: taken ? drag.data.dropEffect : 'none' });
}

function carried({ data, opened }: Drag): Dragged {
	const full = opened?.() ?? data;
	return { texts: full.types.filter((type) => type !== 'Files').map((type) => [type, full.getData(type)]), allowed: data.effectAllowed };
}
