// server only (Node).
// Errors as they leave: `{error: {code, title, advice, detail}}` with the status of the reason.
import type { ErrorRequestHandler, Response } from 'express';
import { REASONS, TandemError } from '../../protocol/errors.ts';
import type { Log } from '../log.ts';

/** Answers with a reason. */
export function refuse(res: Response, error: TandemError): void {
	const { title, advice } = REASONS[error.code];
	res.status(error.status).json({ error: { code: error.code, title, advice, detail: error.detail } });
}

/** The last handler: what was thrown, as a reason. What nobody foresaw is logged and told as 'internal'. */
export function errorHandler(log: Log): ErrorRequestHandler {
	return (error: unknown, req, res, next) => {
		if (res.headersSent) return next(error);
		refuse(
			res,
			reasonOf(error, (unforeseen) => log.error({ err: unforeseen, method: req.method, path: req.path }, 'a request failed')),
		);
	};
}

function reasonOf(error: unknown, onUnforeseen: (error: unknown) => void): TandemError {
	if (error instanceof TandemError) return error;
	const status = (error as { status?: unknown } | null)?.status;
	// What express.json and the router throw: malformed JSON or path (400), too long (413).
	if (status === 413) return new TandemError('too-large');
	if (typeof status === 'number' && status >= 400 && status < 500) return new TandemError('bad-request');
	onUnforeseen(error);
	return new TandemError('internal');
}
