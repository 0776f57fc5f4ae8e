// server only (Node).
// A guest's gesture, decoded. The server only passes it on; the host's page decides what it means.
import { z } from 'zod';
import type { Intent } from '../../protocol/intent.ts';
import { LIMITS } from '../../protocol/limits.ts';

const whole = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const node = whole;
const px = z.number().min(-1e7).max(1e7);
const button = z.number().int().min(0).max(31);
const word = z.string().max(60);
const text = z.string().max(LIMITS.inputBytes);
const spot = z.object({ node, fx: z.number(), fy: z.number() });
const caret = z.object({ node, offset: whole });
const flag = z.boolean().optional();
const keys = z.object({ shift: flag, ctrl: flag, alt: flag, meta: flag, accel: flag }).optional();
const press = z.object({ key: word, code: word, keys });
const bytes = bytesUpTo(LIMITS.filePart);
const file = z.object({ name: z.string().max(255), type: z.string().max(255) });

/** Bytes, `most` at most. */
export function bytesUpTo(most: number): z.ZodType<Uint8Array> {
	return z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.byteLength <= most);
}

/** Every kind has the document it was made for. */
const made = z.object({ frame: whole });

export const intent = z.discriminatedUnion('k', [
	made.extend({
		k: z.enum(['down', 'up', 'move']),
		at: spot,
		button,
		clicks: z.number().int().min(0).max(99),
		keys,
		touch: flag,
		finger: z.number().int().min(0).max(9).optional(),
		beyond: z.boolean().optional(),
		drags: flag,
		by: z.object({ x: px, y: px }).optional(),
		lasted: z.number().min(0).max(1e7).optional(),
		seen: z.object({ x: px, y: px }).optional(),
	}),
	made.extend({ k: z.literal('hover'), at: spot, keys, rests: flag }),
	made.extend({ k: z.literal('cancel') }),
	made.extend({
		k: z.literal('key'),
		node,
		key: word,
		code: word,
		keys,
		phase: z.enum(['down', 'up']).optional(),
		repeat: flag,
		taken: flag,
		copied: z.number().int().min(-0x80000000).max(0x7fffffff).optional(),
	}),
	made.extend({ k: z.literal('text'), node, text, keyless: flag }),
	made.extend({ k: z.literal('compose'), node, text, caret: whole.optional(), begins: flag, ends: flag }),
	made.extend({ k: z.literal('paste'), node, text, html: text.optional(), press: press.optional() }),
	made.extend({ k: z.literal('focus'), node }),
	made.extend({ k: z.literal('select'), anchor: caret, head: caret }),
	made.extend({ k: z.literal('value'), node, value: text, live: flag }),
	made.extend({ k: z.literal('scroll'), node, x: px, y: px }),
	made.extend({ k: z.literal('wheel'), at: spot, dx: px, dy: px, keys }),
	made.extend({ k: z.literal('files'), node, pick: whole.optional(), upload: whole, files: z.array(file).max(LIMITS.files) }),
	made.extend({ k: z.literal('file-part'), upload: whole, file: whole.max(LIMITS.files), bytes }),
	made.extend({ k: z.literal('drag'), from: spot, to: spot }),
	made.extend({ k: z.literal('media'), node, set: z.enum(['playing', 'time', 'volume', 'muted', 'rate']), value: z.number() }),
]) satisfies z.ZodType<Intent>;
