// mirror document (guest's browser).
// What the parts of input share: the view they read from, the way out, and whether this guest may act.
import type { Intent } from '../../../protocol/intent.ts';
import type { WritingView } from '../view.ts';
import type { Look } from './look.ts';
import type { Pressed } from './spot.ts';
import type { Fingers } from './touch.ts';

export interface Desk {
	readonly view: WritingView;
	push(intent: Intent): void;
	/** Hands files to a node of the host's page. */
	handOver(place: { frame: number; node: number }, files: readonly File[]): void;
	/** Where this guest's pointer is, for the others; undefined: it left. Sent whether or not the guest may act. */
	point(at: { x: number; y: number } | undefined): void;
	readonly look: Look;
	allowed: boolean;
	/** The frame that the guest's keys go to: where they pressed last, or the root where that is gone or they haven't. */
	frame: number | undefined;
	/** 'touch', 'pen' or 'mouse', of the last press. */
	pointer: string;
	/** The button held down, if any, and where and when it went down. */
	held: (Pressed & { readonly button: number; readonly clicks: number; readonly since: number }) | undefined;
	/** When it moved last: its event's own time. */
	moved: number;
	readonly fingers: Fingers;
	/** Until when (milliseconds, `performance.now`) scrolling in the mirror is the guest's own. */
	scrollsUntil: number;
	/** Until when (as above) Ctrl and the wheel are the guest's own zoom. */
	zoomsUntil: number;
	/** Until when (as above) what a player does is the guest's doing. */
	mediaUntil: number;
	/** Gives the keys to this guest's text area. `typing`: text is expected, so a phone shows its keyboard. */
	takeKeys(typing: boolean, x: number, y: number): void;
}
