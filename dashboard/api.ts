// page: no Node.
// The REST calls of the dashboard and the join page. A refusal comes back as a TandemError with the server's code.
import { REASONS, type ReasonCode, TandemError } from '../protocol/errors.ts';
import type { Policy } from '../protocol/privacy.ts';
import type { Participant, Tab, TabId } from '../protocol/room.ts';

export interface Account {
	readonly name: string;
	readonly email: string;
}

/** Who is signed in, if somebody is. */
export interface Me {
	readonly agent: Account | null;
}

export interface SessionSummary {
	readonly id: string;
	readonly code: string;
	readonly joinUrl: string;
	/** Milliseconds since the epoch. */
	readonly createdAt: number;
	readonly participants: readonly Participant[];
	readonly tabs: readonly Tab[];
	readonly presented: TabId | undefined;
}

export interface Entry {
	readonly session: string;
	readonly secret: string;
	/** Origins of ours that this participant's own tabs will be opened on in a moment. */
	readonly opens?: readonly string[];
}

export const api = {
	me: () => call<Me>('GET', '/api/me'),
	sessions: async () => (await call<{ sessions: readonly SessionSummary[] }>('GET', '/api/sessions')).sessions,
	start: (url: string, choices: { readonly waitingRoom: boolean; readonly private: boolean; readonly gate: boolean }) =>
		call<{ id: string; hostUrl: string }>('POST', '/api/sessions', { url, ...choices }),
	/** A fresh way in for the agent who began the session. */
	reopen: (id: string) => call<{ hostUrl: string }>('POST', `/api/sessions/${encodeURIComponent(id)}/ticket`),
	end: (id: string) => call<void>('DELETE', `/api/sessions/${encodeURIComponent(id)}`),
	policy: () => call<Policy>('GET', '/api/mask-rules'),
	/** Takes the place of all rules there were. Refused with `rules.N.…` as the detail where one can't be read. */
	putPolicy: (policy: Policy) => call<Policy>('PUT', '/api/mask-rules', policy),
	enter: (ticket: string) => call<Entry>('POST', '/api/enter', { ticket }),
	join: (by: { key: string } | { code: string }, name: string) => call<Entry>('POST', '/api/join', { ...by, name }),
	signIn: (email: string, password: string) => call<unknown>('POST', '/api/auth/sign-in/email', { email, password }),
	signOut: () => call<unknown>('POST', '/api/auth/sign-out', {}),
};

/** The server could not be reached at all. */
export class OfflineError extends Error {}

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
	let response: Response;
	try {
		response = await fetch(path, {
			method,
			headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
	} catch (error) {
		throw new OfflineError('the server could not be reached', { cause: error });
	}
	const answer: unknown = await response.json().catch(() => undefined);
	if (response.ok) return answer as T;
	throw refusal(response.status, answer);
}

/** The refusal in an answer: its code where it is one of ours, else the nearest by status. */
function refusal(status: number, answer: unknown): TandemError {
	const { code, detail } = reasonIn(answer);
	if (code) return new TandemError(code, detail);
	if (status === 401) return new TandemError('unauthorized');
	if (status === 403) return new TandemError('forbidden');
	if (status === 404) return new TandemError('not-found');
	if (status === 429) return new TandemError('too-many');
	return new TandemError(status < 500 ? 'bad-request' : 'internal', detail);
}

function reasonIn(answer: unknown): { code: ReasonCode | undefined; detail: string } {
	const outer = (answer ?? {}) as Record<string, unknown>;
	const inner = (typeof outer.error === 'object' && outer.error ? outer.error : outer) as Record<string, unknown>;
	const code = typeof inner.code === 'string' && Object.hasOwn(REASONS, inner.code) ? (inner.code as ReasonCode) : undefined;
	const detail = inner.detail ?? (code ? '' : inner.message);
	return { code, detail: typeof detail === 'string' ? detail : '' };
}
