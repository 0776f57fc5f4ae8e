// server only (Node).
// The settings, read from TANDEM_* environment variables by a strict schema: a bad value stops the start and says which one it is.
import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { parseUpstreamMap } from '../proxy/address/upstream-map.ts';

export interface Config {
	readonly port: number;
	readonly host: string;
	/** The origin all labels live under; undefined: `http://tandem.localhost:<the port it listens on>`. */
	readonly origin: string | undefined;
	readonly data: string;
	readonly apiKey: string | undefined;
	readonly allowPrivate: readonly string[];
	readonly upstreamMap: string;
	readonly embedOrigins: readonly string[];
	readonly logLevel: string;
}

/** Characters below which an API key is warned about. */
const SAFE_KEY = 16;

const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

const list = (text: string) =>
	text
		.split(',')
		.map((item) => item.trim())
		.filter((item) => item !== '');

const isOrigin = (text: string) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).origin === text;

/** A name under which labels can stand: an origin whose host is a name, not an address. */
const isZone = (text: string) => isOrigin(text) && !/^\[|^[\d.]+$/.test(new URL(text).hostname);

/** Whether the proxy can read it: the syntax is proxy/address/upstream-map.ts's alone. */
const isUpstreamMap = (text: string) => {
	try {
		parseUpstreamMap(text);
		return true;
	} catch {
		return false;
	}
};

/** Every setting: how it is read, what it is when absent, and what a good value looks like. */
const SETTINGS = {
	TANDEM_PORT: {
		expects: 'a port from 0 to 65535, such as 3000 (0: any free one)',
		read: z.string().regex(/^\d+$/).transform(Number).pipe(z.number().max(65_535)),
		absent: '3000',
	},
	TANDEM_HOST: { expects: 'an address to listen on, such as 127.0.0.1', read: z.string().regex(/^[\w.:-]+$/), absent: '127.0.0.1' },
	TANDEM_ORIGIN: {
		expects: 'an origin with a host name and no path, such as http://tandem.localhost:3000',
		read: z.string().refine((text) => text === '' || isZone(text)),
		absent: '',
	},
	TANDEM_DATA: { expects: 'the path of a folder, such as ./data', read: z.string().min(1), absent: './data' },
	TANDEM_API_KEY: {
		expects: 'made of A–Z a–z 0–9 . _ ~ + / = - (as long and random as a password)',
		read: z.string().regex(/^$|^[\w.~+/=-]+$/),
		absent: '',
	},
	TANDEM_ALLOW_PRIVATE: {
		expects: 'address ranges in CIDR form, separated by commas, such as 127.0.0.0/8,::1/128',
		read: z
			.string()
			.transform(list)
			.refine((items) => items.every((item) => ipaddr.isValidCIDR(item))),
		absent: '',
	},
	TANDEM_UPSTREAM_MAP: {
		expects: 'pairs of origins, separated by commas, such as https://shop.example=http://127.0.0.1:9001',
		read: z.string().refine(isUpstreamMap),
		absent: '',
	},
	TANDEM_EMBED_ORIGINS: {
		expects: 'origins without a path, separated by commas, such as https://desk.example',
		read: z
			.string()
			.transform(list)
			.refine((items) => items.every(isOrigin)),
		absent: '',
	},
	TANDEM_LOG_LEVEL: { expects: `one of ${LOG_LEVELS.join(', ')}`, read: z.enum(LOG_LEVELS), absent: 'info' },
} as const;

/** What stops the start: one line for each bad setting. No value is repeated, since it may be a secret. */
export class ConfigError extends Error {
	readonly problems: readonly string[];
	constructor(problems: readonly string[]) {
		super(`Tandem can't start:\n${problems.map((line) => `  ${line}`).join('\n')}`);
		this.name = 'ConfigError';
		this.problems = problems;
	}
}

/**
 * Reads the settings out of an environment; an empty value counts as absent.
 * Throws ConfigError naming every bad setting. `warnings` has a line for each TANDEM_* name that is no setting.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): { config: Config; warnings: string[] } {
	const problems: string[] = [];
	const read = <K extends keyof typeof SETTINGS>(name: K): z.infer<(typeof SETTINGS)[K]['read']> => {
		const setting = SETTINGS[name];
		const result = setting.read.safeParse(env[name] || setting.absent);
		if (!result.success) problems.push(`${name} must be ${setting.expects}.`);
		return result.data as z.infer<(typeof SETTINGS)[K]['read']>;
	};
	const config: Config = {
		port: read('TANDEM_PORT'),
		host: read('TANDEM_HOST'),
		origin: read('TANDEM_ORIGIN') || undefined,
		data: read('TANDEM_DATA'),
		apiKey: read('TANDEM_API_KEY') || undefined,
		allowPrivate: read('TANDEM_ALLOW_PRIVATE'),
		upstreamMap: read('TANDEM_UPSTREAM_MAP'),
		embedOrigins: read('TANDEM_EMBED_ORIGINS'),
		logLevel: read('TANDEM_LOG_LEVEL'),
	};
	if (problems.length > 0) throw new ConfigError(problems);
	const warnings = Object.keys(env)
		.filter((name) => name.startsWith('TANDEM_') && !Object.hasOwn(SETTINGS, name))
		.map((name) => `${name} is no setting of Tandem and is ignored.`);
	if (config.apiKey && config.apiKey.length < SAFE_KEY)
		warnings.push(`TANDEM_API_KEY has fewer than ${SAFE_KEY} characters: fine for a try, easy to guess elsewhere.`);
	return { config, warnings };
}
