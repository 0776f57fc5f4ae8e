// tests only (Node, Chromium or Firefox).
// The two people of a session: a host in one browser context, a guest in another, and the hands they work with.
import type { Browser, BrowserContext, Frame, Page } from 'puppeteer-core';
import { WINDOW } from '../browser.ts';
import type { Tandem } from '../tandem.ts';
import { Hand } from './hand.ts';

export interface SessionMade {
	readonly id: string;
	readonly hostUrl: string;
	readonly joinUrl: string;
	readonly code: string;
	readonly tabs: readonly { readonly id: string }[];
}

/** One participant's window. */
export interface Person {
	readonly page: Page;
	/** Their hand on the shell: toolbar, chat, participants. */
	readonly shell: Hand;
	/** Their hand on what they see of the presented tab: the live page for its host, the mirror for a guest. */
	readonly sight: Hand;
	/** The same by what they are now: a tab's host may change. */
	readonly host: Hand;
	readonly guest: Hand;
	/** Problems that the browser reported: errors thrown in the shell and requests that left for a real site. */
	readonly problems: string[];
	close(): Promise<void>;
}

/** The CSS of a control a person uses. */
export const control = (name: string) => `[data-tandem="${name}"]`;

/** Makes a session through the REST API. */
export async function makeSession(tandem: Tandem, url: string, more: object = {}): Promise<SessionMade> {
	const { status, body } = await tandem.rest<SessionMade>('POST', '/api/sessions', { url, ...more });
	if (status !== 201) throw new Error(`POST /api/sessions: ${status} ${JSON.stringify(body)}`);
	return body;
}

/** Opens the shell as host of the session's first tab. */
export async function openHost(browser: Browser, session: SessionMade): Promise<Person> {
	const person = await sit(browser, 'host');
	await person.page.goto(session.hostUrl, { waitUntil: 'domcontentloaded' });
	return person;
}

/** Joins by link, under a name, and sees the mirror. */
export async function joinGuest(browser: Browser, session: SessionMade, name = 'Grace'): Promise<Person> {
	const person = await sit(browser, 'guest', name);
	await join(person, session, name);
	return person;
}

/** Somebody with a window open joins by link. */
export async function join(person: Person, session: SessionMade, name = 'Grace'): Promise<void> {
	await person.page.goto(session.joinUrl, { waitUntil: 'domcontentloaded' });
	await person.shell.type(control('join-name'), name);
	await person.shell.click(control('join'));
}

/** The guest asks for control and the host grants it. */
export async function handControl(host: Person, guest: Person): Promise<void> {
	await guest.shell.click(control('control-ask'));
	await host.shell.click(control('control-grant'));
	await guest.shell.see({ css: control('control-release') });
}

type Find = (css: string) => Promise<Frame | undefined>;
type Sight = (find: Find) => Promise<Frame | undefined>;

const HOST: Sight = (find) => find('iframe[data-tandem-tab]');
const GUEST: Sight = async (find) => (await find('iframe[data-tandem-mirror]'))?.childFrames()[0];

/** A window of its own, with nothing in it yet. `role`: whether they will see the live page or its mirror. */
export async function sit(browser: Browser, role: 'host' | 'guest', name: string = role): Promise<Person> {
	const sight = role === 'host' ? HOST : GUEST;
	const context: BrowserContext = await browser.createBrowserContext();
	const page = await context.newPage();
	await page.setViewport(WINDOW);
	const problems: string[] = [];
	page.on('pageerror', (error) => problems.push(`${name}: ${(error as Error).message ?? error}`));
	page.on('request', (request) => {
		if (isReal(request.url())) problems.push(`${name} asked a real site: ${request.url()}`);
	});
	// The tab that is looked at is the one with a box on the screen.
	const find: Find = async (css) => {
		for (const handle of await page.$$(css)) if (await handle.isVisible()) return (await handle.contentFrame()) ?? undefined;
		return undefined;
	};
	return {
		page,
		problems,
		shell: new Hand(page, `${name}'s shell`, async () => page.mainFrame()),
		sight: new Hand(page, name, () => sight(find), role === 'guest'),
		host: new Hand(page, `${name} as host`, () => HOST(find)),
		guest: new Hand(page, `${name} as guest`, () => GUEST(find), true),
		close: () => context.close(),
	};
}

/** Whether a URL leads out of the installation. */
export function isReal(url: string): boolean {
	return /^(https?|wss?):/.test(url) && !/^(localhost|127\.0\.0\.1|.*\.localhost)$/.test(new URL(url).hostname);
}
