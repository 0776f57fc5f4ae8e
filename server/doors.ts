// server only (Node).
// What comes in, decoded: REST bodies and socket messages. Nothing past these schemas sees an unchecked value.
import { z } from 'zod';
import { type ReasonCode, TandemError } from '../protocol/errors.ts';
import type { Intent } from '../protocol/intent.ts';
import { LIMITS } from '../protocol/limits.ts';
import type { ClientMessage } from '../protocol/room.ts';

const id = z.string().min(1).max(40);
const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const px = z.number().min(-1e7).max(1e7);
const node = count;
const name = z.string().trim().min(1).max(LIMITS.name);

/** A page's own address, as the owner's shell tells it: any scheme a document can have, never one that runs script. */
const pageUrl = z
	.string()
	.max(LIMITS.url)
	.regex(/^(?:https?:|about:|blob:|data:|$)/i);
const longUrl = z.string().max(LIMITS.url);
/** An icon's address; an overlong one (a data: URL) counts as none. */
const icon = z.string().transform((text) => (text.length <= LIMITS.url && /^(?:https?:|data:image\/)/i.test(text) ? text : ''));
const title = z.string().transform((text) => text.slice(0, LIMITS.title));

const spot = z.object({ node, fx: z.number(), fy: z.number() });
const caret = z.object({ node, offset: count });
const keys = z.object({ shift: z.boolean(), ctrl: z.boolean(), alt: z.boolean(), meta: z.boolean() }).partial();
const frame = z.object({ frame: count });
const text = z.string().max(LIMITS.inputBytes);
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.byteLength <= LIMITS.inputBytes);
const file = z.object({ name: z.string().max(255), type: z.string().max(255), bytes });

const intent = z.discriminatedUnion('k', [
	frame.extend({
		k: z.enum(['down', 'up', 'move']),
		at: spot,
		button: z.number().int().min(0).max(31),
		clicks: z.number().int().min(0).max(99),
		keys: keys.optional(),
		touch: z.boolean().optional(),
	}),
	frame.extend({ k: z.literal('hover'), at: spot }),
	frame.extend({ k: z.literal('key'), node, key: z.string().max(40), code: z.string().max(40), keys: keys.optional() }),
	frame.extend({ k: z.literal('text'), node, text }),
	frame.extend({ k: z.literal('paste'), node, text, html: text.optional() }),
	frame.extend({ k: z.literal('focus'), node }),
	frame.extend({ k: z.literal('select'), anchor: caret, head: caret }),
	frame.extend({ k: z.literal('value'), node, value: text }),
	frame.extend({ k: z.literal('scroll'), node, x: px, y: px }),
	frame.extend({ k: z.literal('wheel'), at: spot, dx: px, dy: px, keys: keys.optional() }),
	frame.extend({ k: z.literal('files'), node, files: z.array(file).max(20) }),
	frame.extend({ k: z.literal('drag'), from: spot, to: spot }),
]);

const message = z.discriminatedUnion('t', [
	z.object({ t: z.literal('chat'), text: z.string().trim().min(1).max(LIMITS.chat) }),
	z.object({ t: z.literal('tab-open'), url: longUrl }),
	z.object({ t: z.literal('tab-close'), tab: id }),
	z.object({ t: z.literal('tab-present'), tab: id }),
	z.object({ t: z.literal('tab-navigate'), tab: id, url: longUrl }),
	z.object({ t: z.literal('tab-history'), tab: id, go: z.enum(['back', 'forward', 'reload']) }),
	z.object({ t: z.literal('tab-state'), tab: id, url: pageUrl, title, icon, loading: z.boolean() }),
	z.object({ t: z.literal('view'), tab: id, following: z.boolean() }),
	z.object({ t: z.literal('control-ask'), tab: id }),
	z.object({ t: z.literal('control-grant'), tab: id, to: id }),
	z.object({ t: z.literal('control-deny'), tab: id, to: id }),
	z.object({ t: z.literal('control-release'), tab: id }),
	z.object({ t: z.literal('admit'), participant: id }),
	z.object({ t: z.literal('remove'), participant: id }),
	z.object({ t: z.literal('leave') }),
	z.object({ t: z.literal('end') }),
	z.object({ t: z.literal('pointer'), tab: id, x: px.optional(), y: px.optional() }),
	z.object({ t: z.literal('input'), tab: id, n: count, intent }),
	z.object({ t: z.literal('input-done'), tab: id, to: id, n: count, ok: z.boolean(), why: z.string().max(200).optional() }),
]);

export const SCHEMAS = {
	create: z.strictObject({ url: longUrl, waitingRoom: z.boolean().optional(), name: name.optional() }),
	url: z.strictObject({ url: longUrl }),
	enter: z.strictObject({ ticket: z.string().min(1).max(100) }),
	join: z.union([
		z.strictObject({ key: z.string().min(1).max(100), name }),
		z.strictObject({
			code: z
				.string()
				.transform((typed) => typed.replace(/[\s-]/g, ''))
				.pipe(z.string().regex(/^\d{6}$/)),
			name,
		}),
	]),
	auth: z.object({ version: z.number().int(), secret: z.string().min(1).max(100) }),
	apiKey: z.strictObject({ name }),
} as const;

/** Decodes a REST body. Throws TandemError 'bad-request' naming the field that is wrong. */
export function decode<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
	const result = schema.safeParse(value);
	if (result.success) return result.data;
	throw new TandemError('bad-request', where(result.error));
}

/** Decodes a socket message. Throws TandemError 'bad-request'. */
export function decodeMessage(value: unknown): ClientMessage {
	return decode(message, value) as ClientMessage;
}

/** What sort of message it claims to be, for a refusal. */
export function kindOf(value: unknown): ClientMessage['t'] | undefined {
	const kind = z.object({ t: z.string() }).safeParse(value).data?.t;
	return message.options.map((option) => option.shape.t.value).find((known) => known === kind);
}

function where(error: z.ZodError): string {
	const issue = error.issues[0];
	return issue ? `${issue.path.join('.') || 'body'}: ${issue.code.replaceAll('_', ' ')}` : '';
}

/** The protocol's types and these schemas must agree, both ways; a difference is a type error here. */
type Same<A, B> = A extends B ? (B extends A ? true : never) : never;
const _intentAgrees: Same<DeepReadonly<z.output<typeof intent>>['k'], Intent['k']> = true;
const _messageAgrees: Same<z.output<typeof message>['t'], ClientMessage['t']> = true;
type DeepReadonly<T> = { readonly [K in keyof T]: T[K] };

export type { ReasonCode };
