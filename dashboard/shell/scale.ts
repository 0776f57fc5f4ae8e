// page and tests: no DOM. Where the host's viewport goes on a guest's stage.

export interface Size {
	readonly width: number;
	readonly height: number;
}

/** `fit`: all of the host's viewport at once. `full`: one pixel for one pixel; what does not fit is scrolled to. */
export type Zoom = 'fit' | 'full';

/** Differences this small are not worth blurred text. */
const SAME = 0.02;

/** The factor and the top left corner (CSS pixels of the stage) for a host's viewport of `size` on a `stage`. Centred; never negative. */
export function placement(size: Size, stage: Size, zoom: Zoom): { x: number; y: number; factor: number } {
	const fitting = Math.min(stage.width / Math.max(size.width, 1), stage.height / Math.max(size.height, 1));
	const factor = zoom === 'full' || (fitting >= 1 && fitting - 1 < SAME) ? 1 : fitting;
	return {
		x: Math.max(0, Math.round((stage.width - size.width * factor) / 2)),
		y: Math.max(0, Math.round((stage.height - size.height * factor) / 2)),
		factor,
	};
}
