// server only (Node).
// Bodies of the REST API, and what a socket says of itself when it connects.
import { z } from 'zod';
import { LIMITS } from '../../protocol/limits.ts';
import { CLASSES, QUERY_NAMES } from '../../protocol/privacy.ts';

const name = z.string().trim().min(1).max(LIMITS.name);
const pattern = z.string().trim().min(1).max(255);
const credential = z.string().min(1).max(100);
/** As typed; what it means is for readAddress, whose refusal of an overlong one says so. */
const url = z.string();

/** Six digits, however they are grouped for reading aloud. */
const code = z
	.string()
	.transform((typed) => typed.replace(/[\s-]/g, ''))
	.pipe(z.string().regex(/^\d{6}$/));

const jar = z.enum(['shared', 'private']);

export const SCHEMAS = {
	create: z.strictObject({
		url,
		waitingRoom: z.boolean().optional(),
		private: z.boolean().optional(),
		name: name.optional(),
		jar: jar.optional(),
		takeOver: z.enum(['anyone', 'agents', 'nobody']).optional(),
		gate: z.boolean().optional(),
		downloads: z.enum(['ask', 'always', 'never']).optional(),
	}),
	url: z.strictObject({ url }),
	tab: z.strictObject({ url, jar: jar.optional() }),
	enter: z.strictObject({ ticket: credential }),
	join: z.union([z.strictObject({ key: credential, name }), z.strictObject({ code, name })]),
	key: z.strictObject({ name }),
	policy: z.strictObject({
		rules: z
			.array(
				z.strictObject({
					host: pattern,
					selector: z.string().trim().min(1).max(1000),
					action: z.enum(['mask', 'allow', 'block']),
					classes: z.array(z.enum(CLASSES)).optional(),
				}),
			)
			.max(500),
		privateHosts: z.array(pattern).max(500).default([]),
		query: z
			.array(z.string().trim().min(1).max(100))
			.max(500)
			.default([...QUERY_NAMES]),
	}),
	connect: z.object({
		version: z.number().int(),
		secret: credential,
		/** The shell inflates ('z') and acknowledges ('a') mirror bytes. */
		modern: z.boolean().optional(),
		/** It has just been loaded. */
		fresh: z.boolean().optional(),
		/** Up to which delta it has each frame of a tab. */
		had: z
			.array(z.tuple([z.string().max(40), z.array(z.tuple([z.number().int(), z.number().int()])).max(1000)]))
			.max(LIMITS.tabs)
			.optional(),
	}),
} as const;
