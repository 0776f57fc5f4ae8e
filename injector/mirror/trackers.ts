// page (host): every proxied document, before its own scripts.
// Everything the mirror carries beside nodes, attributes and text, one file each.
import type { Capture, Tracker } from './tracker.ts';

export function makeTrackers(_capture: Capture): Tracker[] {
	return [];
}
