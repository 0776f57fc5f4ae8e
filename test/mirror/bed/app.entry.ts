// page (shell), tests only.
// A shell and a server in one: the host's bytes go through a relay to as many mirrors as the test opens.
import { mirrorLabel, parseZone, zoneOrigin } from '../../../protocol/label.ts';
import { headOf } from '../../../protocol/mirror-decode.ts';
import type { FromMirror } from '../../../protocol/mirror-port.ts';
import { Relay } from '../../../server/rooms/relay.ts';

const { zone = '', token = '', socket } = (document.currentScript as HTMLScriptElement).dataset;
const relay = new Relay();
const wire: Uint8Array[] = [];
const hosts = new Map<number, MessagePort>();
const guests = new Set<MessagePort>();
const said: FromMirror[] = [];

addEventListener('message', ({ data, ports }) => {
	const port = ports[0];
	if (data?.tandem !== 1 || !data.hello || !port) return;
	hosts.set(data.hello.frame, port);
	port.onmessage = ({ data: message }) => message.t === 'x' && fromHost(message.bytes);
	port.postMessage({ t: 'ready', tab: 'tab' });
});

/** Two lines through the test's server, as a host's and a guest's would be; undefined where all stays in this page. */
const line = socket === undefined ? undefined : { host: open('host'), guest: open('guest') };

function open(side: string): WebSocket {
	const made = new WebSocket(`ws://${location.host}/${side}`);
	made.binaryType = 'arraybuffer';
	made.onmessage = ({ data }) => {
		for (const guest of guests) guest.postMessage({ t: 'x', bytes: new Uint8Array(data) });
	};
	return made;
}

function fromHost(bytes: Uint8Array<ArrayBuffer>): void {
	wire.push(bytes);
	if (line) {
		line.host.send(bytes);
		return;
	}
	const { toGuests, toHost } = relay.fromHost(bytes);
	for (const message of toGuests) for (const guest of guests) guest.postMessage({ t: 'x', bytes: message });
	toHost.forEach(ask);
}

function ask(bytes: Uint8Array): void {
	hosts.get(headOf(bytes).frame)?.postMessage({ t: 'key' });
}

function openMirror(name: string): Promise<void> {
	const { promise, resolve } = Promise.withResolvers<void>();
	const iframe = document.createElement('iframe');
	iframe.name = name;
	iframe.style.cssText = 'width:800px;height:600px;border:0';
	const origin = zoneOrigin(mirrorLabel(token), parseZone(zone));
	iframe.src = `${origin}/`;
	iframe.onload = () => {
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = ({ data }: MessageEvent<FromMirror>) => {
			said.push(data);
			if (data.t === 'ready') {
				for (const bytes of relay.join()) port1.postMessage({ t: 'x', bytes });
				guests.add(port1);
				resolve();
			}
			if (data.t === 'x') {
				const { toGuest, toHost } = relay.fromGuest(data.bytes);
				for (const bytes of toGuest) port1.postMessage({ t: 'x', bytes });
				toHost.forEach(ask);
			}
		};
		iframe.contentWindow?.postMessage({ tandem: 1, mirror: { zone, token } }, origin, [port2]);
	};
	document.body.append(iframe);
	return promise;
}

function openHost(url: string): void {
	const iframe = document.createElement('iframe');
	iframe.name = 'host';
	iframe.style.cssText = 'width:800px;height:600px;border:0';
	iframe.src = url;
	document.body.append(iframe);
}

Object.assign(window, { app: { relay, wire, said, openMirror, openHost, hosts } });
