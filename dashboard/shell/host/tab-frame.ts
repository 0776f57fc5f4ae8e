// page: no Node.
// The iframe that a tab's page runs in: made once and never moved, for a moved iframe reloads.
import { CLIENT_HINTS } from '../../../protocol/page.ts';
import type { Tab } from '../../../protocol/room.ts';

interface Policed {
	readonly featurePolicy?: { features(): readonly string[] };
}

const known = (document as Policed).featurePolicy?.features();

/** Whether this browser has the feature; of others some warn for each frame. */
function isKnown(feature: string): boolean {
	return known?.includes(feature) ?? true;
}

/** Everything a page may ask for in a tab of its own; the browser still asks the host. */
const ALLOW = [
	'accelerometer',
	'autoplay',
	'bluetooth',
	'camera',
	'captured-surface-control',
	...CLIENT_HINTS.map((header) => header.slice('Sec-'.length).toLowerCase()),
	'clipboard-read',
	'clipboard-write',
	'compute-pressure',
	'cross-origin-isolated',
	'deferred-fetch',
	'display-capture',
	'encrypted-media',
	'fullscreen',
	'gamepad',
	'geolocation',
	'gyroscope',
	'hid',
	'idle-detection',
	'keyboard-map',
	'language-detector',
	'language-model',
	'local-fonts',
	'magnetometer',
	'microphone',
	'midi',
	'on-device-speech-recognition',
	'payment',
	'picture-in-picture',
	'screen-wake-lock',
	'serial',
	'speaker-selection',
	'summarizer',
	'translator',
	'usb',
	'web-share',
	'window-management',
	'xr-spatial-tracking',
]
	.filter(isKnown)
	.map((feature) => `${feature} *`)
	.join('; ');

/** A frame for a tab, not on the stage yet, and unseen until it is `shown`. */
export function newTabFrame(): HTMLIFrameElement {
	const frame = document.createElement('iframe');
	frame.className = 'page';
	frame.allow = ALLOW;
	// So that the proxy knows a person asked for this page: the Referer is the app's, and the site gets none.
	frame.referrerPolicy = 'origin';
	frame.inert = true;
	return frame;
}

/** Names a frame after what is in its tab; one that is called so already is left alone. */
export function titleFrame(frame: HTMLIFrameElement, { title, url }: Tab): void {
	const name = title || url;
	if (frame.title !== name) frame.title = name;
}

/** Opens a URL of ours in the place of what a frame shows: nothing of that stays in the history. To the site it is a person's wish. */
export function openInstead(frame: HTMLIFrameElement, url: string): void {
	tellWhoAsks();
	frame.contentWindow?.location.replace(url);
}

/**
 * A navigation by script bears this document's own Referer, by which the proxy knows that a person asked: its origin and no more. All that this
 * document asks for elsewhere is such frames, and icons that say `no-referrer` themselves.
 */
function tellWhoAsks(): void {
	const meta = document.querySelector<HTMLMetaElement>('meta[name="referrer"]');
	if (meta) meta.content = 'origin';
}
