// server only (Node).
// A shell's message, decoded.
import { z } from 'zod';
import { MEDIA } from '../../protocol/css-media.ts';
import { DIALOG_TEXT } from '../../protocol/dialog.ts';
import { LIMITS } from '../../protocol/limits.ts';
import { MARKS } from '../../protocol/mark.ts';
import type { ClientMessage, TabId } from '../../protocol/room.ts';
import { decode } from './decode.ts';
import { dialogId } from './dialog.ts';
import { bytesUpTo, intent } from './intent.ts';

const id = z.string().min(1).max(40);
const tab = id;
/** A tab's name by the shell that has its page already: as long and as random as one of ours. */
const newTab = z.string().regex(/^[\w-]{12,40}$/);
const whole = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const n = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const px = z.number().min(-1e7).max(1e7).optional();
/** As typed; what it means is for readAddress. */
const address = z.string().max(LIMITS.url);

/** A page's own address, as the owner's shell tells it: any scheme a document can have, never one that runs script. */
const pageUrl = address.regex(/^(?:https?:|about:|blob:|data:|$)/i);
/** An icon's address; another scheme, or an overlong data: URL, counts as none. */
const icon = z.string().transform((url) => (url.length <= LIMITS.url && /^(?:https?:|data:image\/)/i.test(url) ? url : ''));
const title = z.string().transform((text) => text.slice(0, LIMITS.title));

/** What of a page's storage is carried; the size of all together is for who keeps it. */
const entries = z.record(z.string(), z.string());
const copied = z.string().max(LIMITS.copied);
const kept = z.object({ place: z.string().regex(/^[a-z0-9_-]{1,62}$/), local: entries, session: entries });

const mark = z.object({
	id: whole,
	kind: z.enum(['ink', 'highlight']),
	frame: whole,
	node: whole,
	points: z.array(z.number().min(-1e7).max(1e7)).max(MARKS.points),
	stays: z.boolean(),
});

const downloadRule = z.enum(['ask', 'always', 'never']);

const message = z.discriminatedUnion('t', [
	z.object({ t: z.literal('chat'), text: z.string().trim().min(1).max(LIMITS.chat) }),
	z.object({ t: z.literal('tab-open'), url: address, opener: id.optional(), as: newTab.optional() }),
	z.object({ t: z.literal('tab-close'), tab }),
	z.object({ t: z.literal('tab-present'), tab }),
	z.object({ t: z.literal('tab-navigate'), tab, url: address }),
	z.object({ t: z.literal('tab-history'), tab, go: z.enum(['back', 'forward', 'reload']) }),
	z.object({ t: z.literal('tab-state'), tab, url: pageUrl, title, icon, loading: z.boolean() }),
	z.object({ t: z.literal('view'), tab, following: z.boolean() }),
	z.object({ t: z.literal('media'), holds: z.array(z.enum(MEDIA)).max(MEDIA.length) }),
	z.object({ t: z.literal('roam'), on: z.boolean() }),
	z.object({ t: z.literal('gather'), tab }),
	z.object({ t: z.literal('control-ask'), tab }),
	z.object({ t: z.literal('control-grant'), tab, to: id }),
	z.object({ t: z.literal('control-deny'), tab, to: id }),
	z.object({ t: z.literal('control-release'), tab }),
	z.object({ t: z.literal('host-ask'), tab }),
	z.object({ t: z.literal('host-give'), tab, to: id, signedIn: z.boolean().optional() }),
	z.object({ t: z.literal('host-accept'), tab }),
	z.object({ t: z.literal('host-deny'), tab, to: id.optional() }),
	z.object({ t: z.literal('host-packed'), tab }),
	z.object({ t: z.literal('storage'), tab, kept }),
	z.object({ t: z.literal('private'), tab, at: z.object({ frame: whole, node: whole }).optional() }),
	z.object({ t: z.literal('tab-rules'), tab, gate: z.boolean().optional(), downloads: downloadRule.optional() }),
	z.object({ t: z.literal('send-ask'), tab, id: dialogId, site: z.string().max(300) }),
	z.object({ t: z.literal('leave-ask'), tab, id: dialogId, native: z.boolean() }),
	z.object({ t: z.literal('dialog-shown'), tab, id: dialogId }),
	z.object({ t: z.literal('dialog-answer'), tab, id: dialogId, ok: z.boolean(), text: z.string().max(DIALOG_TEXT), silence: z.boolean() }),
	z.object({ t: z.literal('dialog-drop'), tab, id: dialogId }),
	z.object({ t: z.literal('admit'), participant: id }),
	z.object({ t: z.literal('remove'), participant: id }),
	z.object({ t: z.literal('leave') }),
	z.object({ t: z.literal('end') }),
	z.object({ t: z.literal('pointer'), tab, x: px, y: px, laser: z.boolean().optional() }),
	z.object({ t: z.literal('mark'), tab, mark }),
	z.object({ t: z.literal('mark-clear'), tab, what: z.union([z.enum(['own', 'all']), whole]) }),
	z.object({ t: z.literal('input'), tab, n, intent }),
	z.object({ t: z.literal('download-saved'), tab, name: z.string().max(255), url: pageUrl.optional(), made: whole.optional() }),
	z.object({ t: z.literal('download-give'), tab, id, yes: z.boolean() }),
	z.object({ t: z.literal('download-part'), tab, id, bytes: bytesUpTo(LIMITS.madePart), last: z.boolean() }),
	z.object({ t: z.literal('download-taken'), tab, id }),
	z.object({ t: z.literal('copied'), tab, to: id, text: copied, html: copied.optional() }),
	z.object({
		t: z.literal('choose'),
		...{ tab, to: id, frame: whole, pick: whole },
		...{ accept: z.string().max(1000), multiple: z.boolean(), folder: z.boolean() },
	}),
	z.object({ t: z.literal('input-done'), tab, to: id, n, ok: z.boolean(), why: z.string().max(200).optional() }),
]) satisfies z.ZodType<ClientMessage>;

type Kind = ClientMessage['t'];

const KINDS = new Set<string>(message.options.map((option) => option.shape.t.value));

/** Decodes a socket message. Throws TandemError 'bad-request'. */
export function decodeMessage(value: unknown): ClientMessage {
	return decode(message, value);
}

/** What sort of message it claims to be, for a refusal; undefined where it is none of ours. */
export function kindOf(value: unknown): Kind | undefined {
	const kind = z.object({ t: z.string() }).safeParse(value).data?.t;
	return kind !== undefined && KINDS.has(kind) ? (kind as Kind) : undefined;
}

/** The name of the tab that a refused message would have opened, as its shell gave it. */
export function newTabOf(value: unknown): { readonly as?: TabId } {
	const as = z.object({ as: newTab }).safeParse(value).data?.as;
	return as === undefined ? {} : { as };
}
