// tests only (Node).
// What a real application is to these tests: names it is served under, how it starts, and a journey of steps through it.
// The same journey is walked three ways: directly, through Tandem as host, and by looking at the guest's mirror after each step.
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Hand, Seen } from '../e2e/hand.ts';

export interface Step {
	readonly name: string;
	/** What a person does. Absent: they only look. */
	readonly act?: (hand: Hand) => Promise<unknown>;
	/** What must then be on the screen of the host and of every guest. */
	readonly see: Seen;
	/** What the guest must see, where that differs (a canvas, for instance, arrives as a picture). */
	readonly mirror?: Seen;
	/** The iframe (CSS selector in the page) in which `see` looks. */
	readonly within?: string;
}

/** Where the names of a site answer: `https://cdn.example` behind Tandem, `http://cdn.example:4711` directly. */
export interface Names {
	/** The origin of one of the site's hosts as a browser types it. */
	origin(host: string): string;
	/** The server that answers for a host, for applications that want to attach to one. */
	server(host: string): Server;
	/** An empty folder of this run's own, removed afterwards. */
	readonly folder: string;
}

export interface App {
	/** Answers requests, by host. A host that is absent attached itself to its server. */
	readonly handlers?: Readonly<Record<string, RequestListener>>;
	readonly upgrade?: (req: IncomingMessage, socket: Duplex, head: Buffer) => void;
	readonly close?: () => unknown;
}

export interface Site {
	readonly name: string;
	/** Names it is served under; the first is where the journey begins. */
	readonly hosts: readonly [string, ...string[]];
	readonly path: string;
	start(names: Names): App | Promise<App>;
	readonly steps: readonly Step[];
}
