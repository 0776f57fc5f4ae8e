// page: no Node.
// The iframe that a tab's page runs in: made once and never moved, for a moved iframe reloads.
import { ROOT_HINT } from '../../protocol/page.ts';

/** Everything a page may ask for in a tab of its own; the browser still asks the host. */
const ALLOW = [
	'accelerometer',
	'autoplay',
	'camera',
	ROOT_HINT.feature,
	'clipboard-read',
	'clipboard-write',
	'display-capture',
	'encrypted-media',
	'fullscreen',
	'gamepad',
	'geolocation',
	'gyroscope',
	'magnetometer',
	'microphone',
	'midi',
	'payment',
	'picture-in-picture',
	'screen-wake-lock',
	'xr-spatial-tracking',
]
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
