// server only (Node).
import type { IncomingMessage } from 'node:http';

/** Whether a page of the label itself asks. By Fetch Metadata; browsers send it to trustworthy origins only, so where it is missing an Origin has to be ours. */
export function fromHere({ headers }: IncomingMessage): boolean {
	const site = headers['sec-fetch-site'];
	const { origin, host = '' } = headers;
	if (site !== undefined && site !== 'same-origin') return false;
	return origin === undefined || origin.replace(/^https?:\/\//, '') === host.toLowerCase();
}
