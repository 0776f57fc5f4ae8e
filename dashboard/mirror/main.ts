// mirror document (guest's browser), on the origin of a mirror label.
// Waits for the shell's port, then plays the mirror and hands the guest's gestures back.
import { parseZone } from '../../protocol/label.ts';
import type { FromMirror, MirrorStart, ToMirror } from '../../protocol/mirror-port.ts';
import { startAnchors } from './anchors.ts';
import { startCaret } from './caret.ts';
import { startCurtain } from './curtain.ts';
import { startInput } from './input/index.ts';
import { Player } from './player.ts';

const STYLE = 'margin:0;overflow:hidden;background:#fff';

addEventListener('message', function start({ data, ports, source }: MessageEvent<MirrorStart>) {
	const port = ports[0];
	if (data?.tandem !== 1 || !port || source !== parent) return;
	removeEventListener('message', start);
	play(data, port);
});

function play({ mirror }: MirrorStart, port: MessagePort): void {
	const send = (message: FromMirror) => port.postMessage(message);
	document.body.style.cssText = STYLE;
	const player = new Player(document.body, { zone: parseZone(mirror.zone), token: mirror.token }, send, mirror.media);
	port.addEventListener('message', ({ data }: MessageEvent<ToMirror>) => {
		if (data.t === 'x') player.receive(data.bytes);
		else if (data.t === 'resume') player.resume();
	});
	startInput(player, port);
	startCurtain(player, port);
	startCaret(player, port);
	startAnchors(player, port);
	port.start();
	send({ t: 'ready' });
}
