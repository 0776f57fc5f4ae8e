// page and worker.
// What browsers keep to secure contexts (Secure Contexts section 4; each API's `[SecureContext]`). To the browser every label is one; of a site of http
// the page finds nothing of it, as it would there. The names are Chromium's; those that a browser doesn't have need nothing.
import { type Any, natives } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { isSecure } from '../documents/document.ts';

/** Families of interfaces, and names of the global object. */
const GLOBALS = new RegExp(
	`^(?:${[
		'(?:GPU|WGSL|XR|USB|HID|MIDI|WebTransport|Serial|ServiceWorker|Presentation|Payment|Pressure|Authenticator|WakeLock|ScreenDetail|Sensor|StorageBucket).*',
		'(?:Credential|FederatedCredential|PasswordCredential|OTPCredential|IdentityCredential|DigitalCredential|PublicKeyCredential|MediaKey|Device(?:Motion|Orientation|Posture)|ImageTrack).*',
		'Cookie(?:ChangeEvent|Store.*)|Cache(?:Storage)?|Clipboard(?:ChangeEvent|Item)?|Lock(?:Manager)?|Keyboard(?:LayoutMap)?|Media(?:DeviceInfo|Devices)|StorageManager',
		'(?:Audio|Video)(?:Decoder|Encoder)|Audio(?:Worklet|PlaybackStats)|Worklet|Image(?:Capture|Decoder)|CaptureController|CryptoKey|SubtleCrypto',
		'(?:Absolute|Relative)?OrientationSensor|(?:LinearAcceleration|Gravity)Sensor|Accelerometer|Gyroscope|BatteryManager|IdleDetector|VirtualKeyboard',
		'FileSystem(?:(?:Directory|File)?Handle|WritableFileStream|SyncAccessHandle|Observer)|FontData|EyeDropper|DocumentPictureInPicture|FetchLaterResult',
		'Navigat(?:ionPreloadManager|orManagedData|orLogin)|IdentityProvider|ProtectedAudience|CreateMonitor|Language(?:Detector|Model)|Summarizer|Translator|SpeechRecognitionPhrase',
		'caches|cookieStore|documentPictureInPicture|fetchLater|getScreenDetails|queryLocalFonts|show(?:Directory|(?:Open|Save)File)Picker|ondevice(?:motion|orientation(?:absolute)?)|onpointerrawupdate',
	].join('|')})$`,
);

const NAVIGATOR =
	'clipboard credentials keyboard managed mediaDevices serviceWorker virtualKeyboard wakeLock deviceMemory userAgentData locks storage gpu login devicePosture hid presentation serial usb xr storageBuckets cpuPerformance ' +
	'protectedAudience adAuctionComponents runAdAuction canLoadAdAuctionFencedFrame clearAppBadge setAppBadge getBattery getUserMedia webkitGetUserMedia requestMIDIAccess requestMediaKeySystemAccess registerProtocolHandler ' +
	'unregisterProtocolHandler clearOriginJoinedAdInterestGroups createAuctionNonce joinAdInterestGroup leaveAdInterestGroup updateAdInterestGroups deprecatedReplaceInURN deprecatedURNToURL deprecatedRunAdAuctionEnforcesKAnonymity ' +
	'getInstalledRelatedApps getInterestGroupAdAuctionData';

/** Members of interfaces that are there elsewhere too: of their prototypes, and of objects that are no interfaces. */
const MEMBERS: Readonly<Record<string, string>> = {
	Navigator: NAVIGATOR,
	WorkerNavigator: NAVIGATOR,
	WorkerGlobalScope: 'caches',
	Crypto: 'subtle randomUUID',
	Screen: 'onchange isExtended',
	PointerEvent: 'getCoalescedEvents',
	XMLHttpRequest: 'setAttributionReporting setPrivateToken',
	WebGLRenderingContext: 'makeXRCompatible',
	WebGL2RenderingContext: 'makeXRCompatible',
	HTMLElement: 'onpointerrawupdate',
	SVGElement: 'onpointerrawupdate',
	MathMLElement: 'onpointerrawupdate',
	Document: 'onpointerrawupdate browsingTopics hasPrivateToken hasRedemptionRecord',
	HTMLScriptElement: 'attributionSrc',
	HTMLImageElement: 'browsingTopics attributionSrc',
	HTMLAreaElement: 'attributionSrc',
	HTMLAnchorElement: 'attributionSrc',
	HTMLIFrameElement: 'privateToken browsingTopics adAuctionHeaders',
	HTMLMediaElement: 'mediaKeys setMediaKeys',
	BaseAudioContext: 'audioWorklet',
	AudioContext: 'sinkId onsinkchange setSinkId',
};

/** Takes it all away where the site is one of http; to be called last, when everything of it that we use has been saved. */
export function removeSecureOnly(): void {
	if (isSecure(realm.boot.origin)) return;
	const { global } = realm;
	for (const name of natives.ownKeys(global)) if (typeof name === 'string' && GLOBALS.test(name)) natives.deleteProperty(global, name);
	for (const owner of natives.objectKeys(MEMBERS)) {
		const proto: Any = global[owner]?.prototype;
		if (proto) for (const name of (MEMBERS[owner] as string).split(' ')) natives.deleteProperty(proto, name);
	}
	if (global.CSS) natives.deleteProperty(global.CSS, 'paintWorklet');
}
