// tests only (Node).
// A small town of sites of our own for end-to-end tests: pages under three names that nest, link, redirect, post and open each other.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Browser } from 'puppeteer-core';
import { chromium, closeWindows, sharedBrowser } from '../browser.ts';
import { startTandem, type Tandem } from '../tandem.ts';
import { joinGuest, makeSession, openHost, type Person, type SessionMade } from './people.ts';

/** A page by its path, or what answers a request. */
export type Pages = Readonly<Record<string, string | ((req: IncomingMessage, res: ServerResponse, body: string) => unknown)>>;

/** The names of the town; every one of them serves the same pages. */
const HOSTS = ['a.example', 'b.example', 'c.example'];

export interface Town {
	readonly tandem: Tandem;
	readonly browser: Browser;
	/** Requests that arrived, `METHOD host/path`, in order. */
	readonly asked: string[];
	/** The settings Tandem was started with. */
	readonly env: Readonly<Record<string, string>>;
}

interface Test {
	defer(undo: () => unknown): void;
}

/** Serves `pages`, starts Tandem in front of them (`more` adds settings), and a browser. */
export async function openTown(
	t: Test,
	pages: Pages,
	open: () => Promise<Browser> = chromium,
	more: Readonly<Record<string, string>> = {},
): Promise<Town> {
	const asked: string[] = [];
	const server: Server = createServer(async (req, res) => {
		const path = new URL(req.url ?? '/', 'http://x').pathname;
		asked.push(`${req.method} ${req.headers.host}${req.url}`);
		const page = pages[path];
		if (typeof page === 'function') return void (await page(req, res, await text(req)));
		res.writeHead(page === undefined ? 404 : 200, { 'Content-Type': 'text/html; charset=utf-8' });
		res.end(page === undefined ? 'not found' : `<!DOCTYPE html><html><head><title>${path}</title></head><body>${page}</body></html>`);
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	t.defer(() => {
		server.closeAllConnections();
		server.close();
	});
	const { port } = server.address() as AddressInfo;
	const map = HOSTS.map((host) => `https://${host}=http://127.0.0.1:${port}`).join(',');
	const env = { TANDEM_UPSTREAM_MAP: map, TANDEM_ALLOW_PRIVATE: '127.0.0.0/8', ...more };
	const tandem = await startTandem({ env });
	t.defer(() => tandem.close());
	const browser = await sharedBrowser(open);
	t.defer(() => closeWindows(browser));
	return { tandem, browser, asked, env };
}

/** A host and a guest in a session that begins at `url`. */
export async function meet(town: Town, url: string): Promise<{ host: Person; guest: Person; session: SessionMade }> {
	const session = await makeSession(town.tandem, url);
	const host = await openHost(town.browser, session);
	const guest = await joinGuest(town.browser, session);
	return { host, guest, session };
}
