// server and page: no Node, no DOM.
// Every reason we refuse something, with the sentence a person reads. `status` is the HTTP status where one is sent.

interface Reason {
	readonly status: number;
	/** What happened. */
	readonly title: string;
	/** What to do about it. */
	readonly advice: string;
}

export const REASONS = {
	'bad-request': { status: 400, title: 'That request could not be understood.', advice: 'Check what was sent and try again.' },
	'bad-url': {
		status: 400,
		title: 'That is not a web address.',
		advice: 'Type a name such as example.com, or a full address that begins with http:// or https://.',
	},
	'bad-selector': { status: 400, title: 'That is not a CSS selector.', advice: 'Correct it at the place that is named and try again.' },
	unauthorized: { status: 401, title: 'You are not signed in.', advice: 'Sign in and try again.' },
	forbidden: { status: 403, title: 'You may not do that here.', advice: 'Ask the host of the session.' },
	'not-found': { status: 404, title: 'There is nothing here.', advice: 'Check the address, or ask for a new link.' },
	'session-ended': { status: 410, title: 'This session has ended.', advice: 'Ask for a new link.' },
	removed: { status: 410, title: 'You are no longer part of this session.', advice: 'Ask for a new link if that was a mistake.' },
	'label-revoked': { status: 410, title: 'This page belongs to a session that has ended.', advice: 'Close it, or ask for a new link.' },
	'wrong-code': { status: 404, title: 'No session has this code.', advice: 'Check the six digits, or ask for a new code.' },
	'too-many': { status: 429, title: 'That was tried too often.', advice: 'Wait a minute and try again.' },
	'too-large': { status: 413, title: 'That is too large.', advice: 'Send something smaller.' },
	'tab-limit': { status: 409, title: 'This session has as many tabs as it may.', advice: 'Close a tab first.' },
	'private-entry': {
		status: 409,
		title: 'The host is entering something private.',
		advice: 'You can go on as soon as they are done.',
	},
	'not-in-control': { status: 403, title: 'Somebody else is in control.', advice: 'Ask for control first.' },
	'host-away': { status: 409, title: 'The host of this tab is away.', advice: 'Wait until they are back.' },
	'asset-only': {
		status: 403,
		title: 'A guest can load pictures and styles here, but no pages.',
		advice: 'Open the link you were given instead.',
	},
	'private-address': {
		status: 403,
		title: 'This address is on a private network.',
		advice: 'The operator can allow it with the setting TANDEM_ALLOW_PRIVATE.',
	},
	'no-such-host': { status: 502, title: 'There is no site of this name.', advice: 'Check the spelling of the address.' },
	refused: { status: 502, title: 'The site refused the connection.', advice: 'It may be down. Try again in a moment.' },
	'mixed-content': {
		status: 403,
		title: 'This page came over https and may not show a part that is not encrypted.',
		advice: 'Open the part by itself, or ask the owner of the site to serve it over https.',
	},
	'bad-certificate': {
		status: 502,
		title: 'The certificate of this site is not valid.',
		advice: 'Do not enter anything secret there. Tell the owner of the site.',
	},
	'client-certificate': {
		status: 502,
		title: 'This site asks for a certificate of yours.',
		advice: 'Certificates stay in your own browser and cannot be used here: open the site outside a session, or sign in another way.',
	},
	'needs-password': {
		status: 401,
		title: 'This site asks for a name and a password.',
		advice: 'They go to this site alone, and stay in this session.',
	},
	timeout: { status: 504, title: 'The site took too long to answer.', advice: 'Try again in a moment.' },
	'broken-answer': { status: 502, title: 'The site sent an answer that could not be read.', advice: 'Try again in a moment.' },
	'redirect-loop': { status: 502, title: 'The site redirected too many times.', advice: 'Clear the session and try again.' },
	pdf: {
		status: 200,
		title: 'This address is a PDF, not a page.',
		advice: 'The host can save and read it; guests do not see it.',
	},
	download: {
		status: 200,
		title: 'This address is a download, not a page.',
		advice: 'The host can save the file; guests do not receive it.',
	},
	unavailable: { status: 503, title: 'Tandem can take no further session now.', advice: 'Try again later.' },
	internal: { status: 500, title: 'Something went wrong on our side.', advice: 'Try again; the operator finds the cause in the log.' },
} as const satisfies Record<string, Reason>;

export type ReasonCode = keyof typeof REASONS;

/** An error a person caused or can act on. `detail` names the thing (a host, a setting); it holds no secret. */
export class TandemError extends Error {
	readonly code: ReasonCode;
	readonly detail: string;
	constructor(code: ReasonCode, detail = '', options?: ErrorOptions) {
		super(detail ? `${REASONS[code].title} (${detail})` : REASONS[code].title, options);
		this.name = 'TandemError';
		this.code = code;
		this.detail = detail;
	}
	get status(): number {
		return REASONS[this.code].status;
	}
}
