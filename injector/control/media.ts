// page (host).
// A guest at a player's controls. Playing aloud needs a gesture of the host's own where the browser asks for one.
import type { MediaIntent } from '../../protocol/intent.ts';
import { isHtml } from './dom.ts';
import { elementOf } from './pointer/place.ts';
import type { Outcome, Stage } from './stage.ts';

const SETTERS: Readonly<Record<MediaIntent['set'], (media: HTMLMediaElement, value: number) => unknown>> = {
	playing: (media, value) => (value ? media.play() : media.pause()),
	time: (media, value) => {
		media.currentTime = value;
	},
	volume: (media, value) => {
		media.volume = Math.max(0, Math.min(1, value));
	},
	muted: (media, value) => {
		media.muted = value !== 0;
	},
	rate: (media, value) => {
		media.playbackRate = value;
	},
};

/** 'needs-host': the browser refused to play without the host's own click. */
export async function media(stage: Stage, { node, set, value }: MediaIntent): Promise<Outcome> {
	const el = elementOf(stage, node);
	if (!el) return 'stale-node';
	if (!isHtml(el, 'video') && !isHtml(el, 'audio')) return 'bad-value';
	try {
		await SETTERS[set](el, value);
	} catch {
		return set === 'playing' ? 'needs-host' : 'bad-value';
	}
	return undefined;
}
