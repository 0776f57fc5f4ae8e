// page (host): every proxied document, before its own scripts.
// Everything the mirror carries beside nodes, attributes and text, one file each.
import { trackAnimations } from './animations.ts';
import { trackBlobs } from './blobs.ts';
import { trackCanvas } from './canvas.ts';
import { trackCaret } from './caret.ts';
import { trackDigest } from './check.ts';
import { trackForms } from './forms.ts';
import { startFrames } from './frames.ts';
import { trackGlance } from './glance.ts';
import { trackHighlights } from './highlights.ts';
import { trackLooks } from './looks.ts';
import type { Serializer } from './serialize.ts';
import { trackSheets } from './sheets.ts';
import { trackShown } from './shown.ts';
import { trackSlots } from './slots.ts';
import { trackSmil } from './smil.ts';
import type { Capture, Tracker } from './tracker.ts';
import { trackVideos } from './videos.ts';

const TRACKERS = [
	trackSheets,
	trackShown,
	trackForms,
	trackLooks,
	trackCanvas,
	trackVideos,
	trackBlobs,
	trackGlance,
	trackCaret,
	trackSlots,
	trackAnimations,
	trackHighlights,
	trackSmil,
];

export function makeTrackers(capture: Capture, serializer: Serializer, slice: number): Tracker[] {
	const others = [...TRACKERS.map((track) => track(capture)), startFrames(capture.ctx, capture.stream)];
	return [...others, trackDigest(capture, serializer, others, slice)];
}
