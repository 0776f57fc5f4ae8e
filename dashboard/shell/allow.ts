// page: no Node. Everything a page may ask for in a tab of its own (Permissions Policy); the browser still asks the host.
import { ROOT_HINT } from '../../protocol/page.ts';

export const ALLOW = [
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
