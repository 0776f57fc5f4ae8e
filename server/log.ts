// server only (Node).
// The log: JSON lines on stdout, without secrets.
import { type Logger, pino } from 'pino';

export type Log = Logger;

/** Names under which a secret could stand in a logged object, at the top and one level down. */
const SECRET_NAMES = ['secret', 'ticket', 'key', 'token', 'password', 'cookie', 'authorization', 'joinUrl', 'hostUrl'];

/** A logger that censors every field with a secret's name. */
export function createLog(level: string): Log {
	const redact = { paths: SECRET_NAMES.flatMap((name) => [name, `*.${name}`]), censor: '[hidden]' };
	return pino({ level, base: undefined, redact }, process.stdout);
}
