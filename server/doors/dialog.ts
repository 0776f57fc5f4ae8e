// server only (Node).
// What a page asks by a dialog, decoded.
import { z } from 'zod';
import { DIALOG_TEXT, type DialogAsk } from '../../protocol/dialog.ts';

export const dialogId = z.string().regex(/^[\w-]{1,60}$/);

const text = z.string().max(DIALOG_TEXT);

export const dialogAsk = z.object({
	id: dialogId,
	kind: z.enum(['alert', 'confirm', 'prompt', 'print']),
	tab: z.string().max(40).optional(),
	text,
	value: text,
	many: z.boolean(),
	native: z.boolean().optional(),
}) satisfies z.ZodType<DialogAsk>;
