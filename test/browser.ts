// tests only (Node).
// Starts the browsers that the machine has. Nothing but the loopback resolves in them: a request for a real site fails and is seen.
import { existsSync } from 'node:fs';
import { type Browser, launch } from 'puppeteer-core';
import { atEnd } from './harness.ts';

const WHOLE = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** The same engine in a program without tabs, menus and profiles, which takes two thirds of the CPU: most tests ask nothing of those. The program itself, since what Debian puts into /usr/bin is its parent, and would be killed in its place. */
const BARE = ['/usr/lib/chromium/chromium-headless-shell', ...WHOLE];
const FIREFOX = ['/usr/bin/firefox-esr', '/usr/bin/firefox'];

/** What the suite's windows measure, CSS pixels. */
export const WINDOW = { width: 1280, height: 860 };

export interface ChromiumOptions {
	/** Host to loopback port, for journeys without Tandem. */
	readonly names?: Iterable<readonly [host: string, port: number]>;
	/** Everything goes to this loopback port, whatever is asked for: a line of the test's own stands there. */
	readonly through?: number;
	/** The browser that people have, interface and all: what is measured, and what a picture is taken of, is measured and taken in it. */
	readonly whole?: boolean;
	/** More of the command line. */
	readonly flags?: readonly string[];
}

const FLAGS = [
	'--no-sandbox',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	// The popups of the address bar are pages of their own, four hundred files long: loaded with every window, whether anybody types or not,
	// they cost more than most of the pages tested here.
	'--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup',
];

let plain = BARE;

/** For a file whose subject the bare program lacks or does otherwise: its `plainChromium` is the browser that people have. */
export function askForWhole(): void {
	plain = WHOLE;
}

/** Chromium without a window and without a GPU, for what runs on 127.0.0.1, *.localhost and *.test alone. */
export function plainChromium(): Promise<Browser> {
	const names = '--host-resolver-rules=MAP *.test 127.0.0.1';
	return launch({ executablePath: chromiumPath(plain), headless: true, args: [...FLAGS, '--disable-gpu', names] });
}

/** Chromium without a window, WebGL drawn in software. */
export async function chromium({ names = [], through, whole = false, flags = [] }: ChromiumOptions = {}): Promise<Browser> {
	const rules = [...names].map(([host, port]) => `MAP ${host} 127.0.0.1:${port}`);
	if (through !== undefined) rules.push(`MAP *.localhost 127.0.0.1:${through}`, 'MAP * ~NOTFOUND');
	else rules.push('MAP * ~NOTFOUND', 'EXCLUDE *.localhost', 'EXCLUDE localhost', 'EXCLUDE 127.0.0.1');
	return launch({
		browser: 'chrome',
		executablePath: chromiumPath(whole ? WHOLE : BARE),
		headless: true,
		defaultViewport: WINDOW,
		acceptInsecureCerts: false,
		args: [...FLAGS, '--disable-gpu', '--enable-unsafe-swiftshader', `--host-resolver-rules=${rules.join(', ')}`, ...flags],
	});
}

/** The whole browser, for tests of files that share one. */
export const wholeChromium = () => chromium({ whole: true });

const shared = new Map<() => Promise<Browser>, Promise<Browser>>();

/** One browser for all tests of a file, since to start one takes longer than most of them; a test closes the windows it opened, not the browser. */
export function sharedBrowser(open: () => Promise<Browser> = chromium): Promise<Browser> {
	const known = shared.get(open) ?? open();
	if (!shared.has(open)) atEnd(async () => (await known).close());
	shared.set(open, known);
	return known;
}

/** Closes every window of a shared browser, with what it kept. */
export async function closeWindows(browser: Browser): Promise<void> {
	const [first, ...contexts] = browser.browserContexts();
	for (const context of contexts) await context.close().catch(() => {});
	for (const page of (await first?.pages())?.slice(1) ?? []) await page.close().catch(() => {});
}

/** Firefox without a window, over WebDriver BiDi. */
export async function firefox(): Promise<Browser> {
	return launch({
		browser: 'firefox',
		executablePath: existing('Firefox', process.env.FIREFOX_BIN, FIREFOX),
		headless: true,
		defaultViewport: WINDOW,
	});
}

/** Whether the machine has Firefox at all. */
export function hasFirefox(): boolean {
	return FIREFOX.some((path) => existsSync(path)) || process.env.FIREFOX_BIN !== undefined;
}

function chromiumPath(paths: readonly string[]): string {
	return existing('Chromium', process.env.CHROME_BIN, paths);
}

function existing(name: string, wished: string | undefined, paths: readonly string[]): string {
	const path = wished ?? paths.find((candidate) => existsSync(candidate));
	if (!path) throw new Error(`${name} is not installed: apt-get install chromium, or say where it is`);
	return path;
}
