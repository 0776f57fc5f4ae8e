// tests only (Node, Chromium).
// Films that a script puts together (Media Source Extensions): guests see the picture that the host sees, also where nothing plays.
import { suite } from '../harness.ts';
import { guest, openBed } from './bed/bed.ts';

const test = suite('mirror: films', { limit: 40_000 });

/** Records a film, green and then blue, and puts it into #v from the ninth second on: its size is known then, and it has no picture. `begin` puts it at the beginning. */
const FILM = `(async () => {
	const canvas = document.createElement('canvas'), ink = canvas.getContext('2d'); canvas.width = 160; canvas.height = 80;
	let colour = 'rgb(0,128,0)';
	const draw = () => { ink.fillStyle = colour; ink.fillRect(0, 0, 160, 80); }; draw();
	const drawing = setInterval(draw, 20), parts = [];
	const recorder = new MediaRecorder(canvas.captureStream(50), { mimeType: 'video/webm;codecs=vp8' });
	recorder.ondataavailable = ({ data }) => parts.push(data);
	const stopped = new Promise((go) => { recorder.onstop = go; });
	recorder.start(); await new Promise((go) => setTimeout(go, 1000)); colour = 'rgb(0,0,255)'; await new Promise((go) => setTimeout(go, 1000));
	recorder.stop(); await stopped; clearInterval(drawing);
	const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
	const source = new MediaSource(), v = document.getElementById('v');
	v.src = URL.createObjectURL(source); await new Promise((go) => { source.onsourceopen = go; });
	const buffer = source.addSourceBuffer('video/webm;codecs=vp8');
	const add = async (part) => { buffer.appendBuffer(part); await new Promise((go) => { buffer.onupdateend = go; }); };
	const known = new Promise((go) => { v.onloadedmetadata = go; });
	buffer.timestampOffset = 9; await add(bytes); await known;
	globalThis.begin = () => { buffer.timestampOffset = 0; return add(bytes); };
})()`;

const shows = (red: number, green: number, blue: number) => `doc && (async () => {
	const image = Object.assign(new Image(), { src: doc.getElementById('v').poster });
	if (!image.src || await image.decode().then(() => false, () => true)) return false;
	const ink = new OffscreenCanvas(1, 1).getContext('2d'); ink.drawImage(image, 0, 0, 1, 1);
	return [...ink.getImageData(0, 0, 1, 1).data].every((part, i) => Math.abs(part - [${red}, ${green}, ${blue}, 255][i]) < 40);
})()`;

test('a film that stands still is seen as soon as it has a picture, and where it was sent to', async (t) => {
	const bed = await openBed(t, {
		'https://one.example/': '<!doctype html><video id=v width=160 height=80 muted poster=/before.png></video><p id=p></p>',
	});
	await bed.host.evaluate(FILM);
	// The host looks at its films while nothing of this one is there.
	for (const text of ['one', 'two', 'three']) {
		await bed.host.evaluate(`document.getElementById('p').textContent = '${text}'; new Promise((go) => setTimeout(go, 300))`);
		await guest(bed, `doc?.getElementById('p')?.textContent === '${text}'`);
	}
	await bed.host.evaluate('begin()');
	await guest(bed, shows(0, 128, 0));
	await bed.host.evaluate(`document.getElementById('v').currentTime = 1.6`);
	await guest(bed, shows(0, 0, 255));
	// Another film, of the site's own: nothing of this one is left.
	await bed.host.evaluate(`document.getElementById('v').src = '/other.webm'`);
	await guest(bed, `doc?.getElementById('v')?.poster.endsWith('/before.png')`);
});

/** A browser that is behind with its pictures: those of a film are drawn as they were until `present()`, whatever the film says of itself. */
const BEHIND = `<!doctype html><script>{
	const film = HTMLVideoElement.prototype, ink = CanvasRenderingContext2D.prototype, draw = ink.drawImage, waiting = [], old = new Image();
	old.src = 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"><path fill="%23008000" d="M0 0h2v2H0z"/></svg>';
	film.requestVideoFrameCallback = (then) => waiting.push(then);
	ink.drawImage = function (image, ...at) { draw.call(this, globalThis.behind && image.localName === 'video' ? old : image, ...at); };
	globalThis.present = () => { globalThis.behind = false; for (const then of waiting.splice(0)) then(); };
}</script><?host?><video id=v width=160 height=80 muted></video>`;

test('a film that is sent elsewhere is seen there also where its picture comes after its word', async (t) => {
	const bed = await openBed(t, { 'https://one.example/': { type: 'text/html', body: BEHIND } });
	await bed.host.evaluate(`${FILM}.then(() => begin())`);
	await guest(bed, shows(0, 128, 0));
	await bed.host.evaluate(`behind = true; document.getElementById('v').currentTime = 1.6; new Promise((go) => setTimeout(go, 900))`);
	await bed.host.evaluate('present()');
	await guest(bed, shows(0, 0, 255));
});

test('where a film is taken away, guests see the empty player that the host sees', async (t) => {
	const bed = await openBed(t, { 'https://one.example/': '<!doctype html><video id=v width=160 height=80 muted></video>' });
	await bed.host.evaluate(`${FILM}.then(() => begin())`);
	await guest(bed, shows(0, 128, 0));
	await bed.host.evaluate(`document.getElementById('v').removeAttribute('src'); document.getElementById('v').load()`);
	await guest(bed, `doc?.getElementById('v')?.hasAttribute('poster') === false`);
});

test.run();
