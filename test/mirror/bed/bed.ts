// tests only (Node).
// A host's page with the capture, a relay and mirrors in one browser page, each on a label of its own, without proxy and server.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Frame, Page } from 'puppeteer-core';
import { type WebSocket, WebSocketServer } from 'ws';
import { decodeLabel, encodeLabel, parseZone, zoneOrigin } from '../../../protocol/label.ts';
import { mirrorCsp } from '../../../protocol/mirror-port.ts';
import { Relay } from '../../../server/rooms/relay.ts';
import { plainChromium, sharedBrowser } from '../../browser.ts';
import type { TestContext } from '../../harness.ts';

/** First byte of a message that the relay doesn't look at. */
export const BARE = 99;
const RUN = 'aaaaaaaaaaaaaaaa';
const ASSETS = 'bbbbbbbbbbbbbbbb';

export interface Bed {
	readonly page: Page;
	/** The host's document. */
	readonly host: Frame;
	/** The mirror document called `name`. */
	mirror(name?: string): Frame;
	/** Opens one more mirror, as a late guest. */
	join(name: string): Promise<Frame>;
	/** Waits until host and mirror have the same outline; throws with the first difference where they don't in time. */
	same(name?: string): Promise<void>;
	/** All bytes the host's page sent so far, as one binary string. */
	wire(): Promise<string>;
	/** What the site and labels were asked for, as `<real origin><path> <token>`. */
	readonly asked: string[];
	at(origin: string, path?: string): string;
}

export interface Content {
	readonly type?: string;
	readonly body: string | Buffer;
}

/** `site`: real URL → HTML (or another content, in which `<?host?>` stands for the capture's script). The first is opened in the host's tab. */
export async function openBed(
	t: TestContext,
	site: Readonly<Record<string, string | Content>>,
	{ socket = false, pace = undefined as { slice: number; small: number; share: number } | undefined } = {},
): Promise<Bed> {
	const [hostJs, appJs, mirrorJs] = await Promise.all([bundle('./host.entry.ts'), bundle('./app.entry.ts'), bundle('./guest.entry.ts')]);
	const asked: string[] = [];
	const server = createServer((req, res) => {
		const { zone } = place();
		const [label = ''] = (req.headers.host ?? '').split('.');
		const send = (type: string, body: string | Buffer, head: Record<string, string> = {}) => {
			res.writeHead(200, { 'content-type': type, 'access-control-allow-origin': '*', ...head });
			res.end(body);
		};
		if (label === 'app') {
			if (req.url === '/app.js') return send('text/javascript', appJs);
			return send(
				'text/html',
				`<!doctype html><body><script src="/app.js" data-zone="${zone}" data-token="${ASSETS}"${socket ? ' data-socket' : ''}></script>`,
			);
		}
		const known = decodeLabel(label);
		if (known?.kind === 'mirror') {
			if (req.url === '/mirror.js') return send('text/javascript', mirrorJs);
			const csp = { 'content-security-policy': mirrorCsp(zone.replace('//', '//*.'), zone.replace('//', '//app.')) };
			return send('text/html', '<!doctype html><body><script src="/mirror.js"></script>', csp);
		}
		if (req.url === '/host.js') return send('text/javascript', hostJs);
		const url = known?.kind === 'origin' ? known.origin + req.url : '';
		if (known) asked.push(`${url} ${known.token === RUN ? 'run' : 'assets'}`);
		const found = site[url];
		if (found === undefined) return void res.writeHead(404).end();
		const tag = `<script src="/host.js" data-zone="${zone}" data-app="" data-token="${RUN}"${pace ? ` data-pace='${JSON.stringify(pace)}'` : ''}></script>`;
		if (typeof found !== 'string') {
			const { type = 'text/plain', body } = found;
			return send(type, typeof body === 'string' ? body.replace('<?host?>', tag) : body);
		}
		// The script comes first, after a doctype if there is one, as the proxy puts it.
		const cut = /^\s*<!doctype[^>]*>/i.exec(found)?.[0].length ?? 0;
		return send('text/html;charset=utf-8', labels(found.slice(0, cut) + tag + found.slice(cut), zone));
	});
	if (socket) serveSocket(server, t);
	const place = () => ({ zone: `http://tandem.localhost:${(server.address() as AddressInfo).port}` });
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	t.defer(() => server.close());
	const browser = await sharedBrowser(plainChromium);
	const context = await browser.createBrowserContext();
	t.defer(async () => {
		await context.close();
		server.closeAllConnections();
	});
	const { zone } = place();
	const page = await context.newPage();
	await page.setViewport({ width: 820, height: 1300 });
	page.on('pageerror', (error) => console.error(String((error as Error).stack ?? error)));
	await page.goto(`${zone.replace('//', '//app.')}/`);
	await page.evaluate('app.openMirror("guest")');
	const [first = ''] = Object.keys(site);
	const at = (origin: string, path = '/') => zoneOrigin(encodeLabel(origin, RUN), parseZone(zone)) + path;
	const firstUrl = new URL(first);
	await page.evaluate(`app.openHost(${JSON.stringify(at(firstUrl.origin, firstUrl.pathname + firstUrl.search))})`);
	const byName = async (name: string): Promise<Frame> => {
		for (;;) {
			for (const frame of page.frames()) if (frame.parentFrame() === page.mainFrame() && (await nameOf(frame)) === name) return frame;
			await pause(20);
		}
	};
	const frames = new Map([['guest', await byName('guest')]]);
	const host = await byName('host');
	await host.waitForFunction('document.readyState === "complete" && typeof outline === "function"', { timeout: 30_000 });
	const mirror = (name = 'guest') => frames.get(name) as Frame;
	return {
		page,
		host,
		asked,
		at,
		mirror,
		async join(name) {
			await page.evaluate(`app.openMirror(${JSON.stringify(name)})`);
			frames.set(name, await byName(name));
			return mirror(name);
		},
		async same(name = 'guest') {
			let pair: [string, string] = ['', ''];
			for (let tries = 0; tries < 100; tries++) {
				pair = [(await host.evaluate('outline(document, window.closedRoots)')) as string, await guestOutline(mirror(name))];
				if (pair[0] === pair[1]) return;
				await pause(30);
			}
			throw new Error(`host and mirror differ:\n${firstDifference(...pair)}`);
		},
		wire: async () =>
			Buffer.from(
				(await page.evaluate('app.wire.map((b) => [...b].map((c) => String.fromCharCode(c)).join("")).join("")')) as string,
				'latin1',
			).toString('latin1'),
	};
}

/** Waits until `body`, a JavaScript expression of `doc` and `win`, the mirror's document and its window, is something; answers that. */
export function guest(bed: Bed, body: string, name?: string) {
	return bed
		.mirror(name)
		.waitForFunction(
			`(() => { const doc = document.querySelector('iframe')?.contentDocument, win = doc?.defaultView; return ${body}; })()`,
			{ timeout: 6000 },
		);
}

/** The host's bytes through a relay in this process to the guest, each on a WebSocket. */
function serveSocket(server: Server, t: TestContext): void {
	const relay = new Relay();
	const sockets = new WebSocketServer({ server });
	let guest: WebSocket | undefined;
	t.defer(() => sockets.close());
	sockets.on('connection', (made, req) => {
		if (req.url === '/guest') guest = made;
		// Bytes that are no mirror message are the bench's own: they show what the line alone takes.
		else
			made.on('message', (data: Buffer) => {
				const { toGuests } = relay.fromHost(data);
				for (const bytes of data[0] === BARE ? [data] : toGuests) guest?.send(bytes);
			});
	});
}

async function guestOutline(mirror: Frame): Promise<string> {
	return (await mirror.evaluate('window.outlineGuest?.() ?? ""')) as string;
}

async function nameOf(frame: Frame): Promise<string> {
	const element = await frame.frameElement();
	return (await element?.evaluate((el) => el.getAttribute('name'))) ?? '';
}

/** Absolute URLs in the test's HTML become labels, as the proxy would make them. */
function labels(html: string, zone: string): string {
	return html.replace(/https?:\/\/[a-z.-]+\.example(?=[/"'\s)]|$)/g, (origin) => zoneOrigin(encodeLabel(origin, RUN), parseZone(zone)));
}

function firstDifference(host: string, guest: string): string {
	const [a, b] = [host.split('\n'), guest.split('\n')];
	const at = a.findIndex((line, i) => line !== b[i]);
	const from = Math.max(0, (at < 0 ? a.length : at) - 4);
	return `host:\n${a.slice(from, from + 10).join('\n')}\nguest:\n${b.slice(from, from + 10).join('\n')}`;
}

const bundles = new Map<string, Promise<string>>();

function bundle(entry: string): Promise<string> {
	const known = bundles.get(entry) ?? bundled(entry);
	bundles.set(entry, known);
	return known;
}

async function bundled(entry: string): Promise<string> {
	const path = fileURLToPath(new URL(entry, import.meta.url));
	const { outputFiles } = await build({
		entryPoints: [path],
		bundle: true,
		write: false,
		format: 'iife',
		target: 'es2024',
		logLevel: 'error',
	});
	return outputFiles[0]?.text ?? '';
}

function pause(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}
