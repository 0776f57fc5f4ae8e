// server only (Node).
// The one way in: a value is what its schema says, or it is refused.
import type { z } from 'zod';
import { TandemError } from '../../protocol/errors.ts';

/** Decodes `value`. Throws TandemError 'bad-request' that names the field that is wrong, never its value. */
export function decode<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
	const result = schema.safeParse(value);
	if (result.success) return result.data;
	const issue = result.error.issues[0];
	throw new TandemError('bad-request', issue ? `${issue.path.join('.') || 'body'}: ${issue.code.replaceAll('_', ' ')}` : '');
}
