// server only (Node).
// A request's way through the proxy. Reading the two lists is reading the design.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { deliver } from './body/deliver.ts';
import type { Answer, Environment, Exchange } from './context.ts';
import { awaitWrites } from './cookie-writes.ts';
import { toTandemError } from './errors.ts';
import { answerMirror } from './own/mirror.ts';
import { answerOwnPaths } from './own/paths.ts';
import { sendErrorPage } from './pages/error-page.ts';
import { aim } from './request/aim.ts';
import { askHeaders } from './request/ask-headers.ts';
import { addLogin, answerChallenge } from './request/authorize.ts';
import { askAsTheHost } from './request/embedders.ts';
import { followForAssets } from './request/follow-assets.ts';
import { identify } from './request/identify.ts';
import { refuseByGrade } from './request/refuse-by-grade.ts';
import { nameInReports } from './request/reports.ts';
import { send } from './request/send.ts';
import { redirectToSecure, refuseMixed } from './request/transport.ts';
import { askPassword } from './response/ask-password.ts';
import { refuseOtherThanAssets } from './response/asset-only.ts';
import { beginAnswer } from './response/begin.ts';
import { chooseBody } from './response/choose-body.ts';
import { showDownload } from './response/download.ts';
import { mapFraming } from './response/framing.ts';
import { mapHeaders } from './response/header-table.ts';
import { keepCookies } from './response/keep-cookies.ts';
import { keepHints } from './response/keep-hints.ts';
import { keepHsts } from './response/keep-hsts.ts';
import { keepRedirects } from './response/keep-redirects.ts';
import { addOurHeaders } from './response/own-headers.ts';
import { tellSandboxed } from './response/tell-sandboxed.ts';

type Stage<T> = (exchange: T) => void | Promise<void>;

const REQUEST: readonly Stage<Exchange>[] = [
	answerMirror,
	refuseByGrade,
	answerOwnPaths,
	awaitWrites,
	askAsTheHost,
	refuseMixed,
	redirectToSecure,
	aim,
	askHeaders,
	addLogin,
	nameInReports,
	send,
	answerChallenge,
	followForAssets,
];
const RESPONSE: readonly Stage<Answer>[] = [
	refuseOtherThanAssets,
	keepHsts,
	keepHints,
	keepCookies,
	keepRedirects,
	askPassword,
	showDownload,
	tellSandboxed,
	chooseBody,
	mapFraming,
	mapHeaders,
	addOurHeaders,
	deliver,
];

/** Serves one request; never rejects. */
export async function serve(env: Environment, req: IncomingMessage, res: ServerResponse): Promise<void> {
	env.counts.requests++;
	env.guard.learnOwnPort(req.socket.localPort);
	const stop = () => res.destroy();
	env.live.add(stop);
	res.once('close', () => env.live.delete(stop));
	let x: Exchange | undefined;
	try {
		x = { ...identify(env, req), res, target: undefined, headers: [], upstream: undefined, done: false };
		await run(REQUEST, x);
		if (!x.done) await run(RESPONSE, beginAnswer(x));
	} catch (error) {
		const reason = toTandemError(error, x?.url.host ?? '');
		env.counts.errors++;
		if (reason.code === 'private-address') env.counts.refused++;
		if (reason.code === 'internal') env.log.error({ err: error, host: x?.url.host }, 'request failed');
		x?.upstream?.destroy();
		try {
			sendErrorPage(env, req, res, reason, x);
		} catch (worse) {
			env.log.error({ err: worse }, 'an error page could not be sent');
			res.destroy();
		}
	}
}

async function run<T extends Exchange>(stages: readonly Stage<T>[], x: T): Promise<void> {
	for (const stage of stages) {
		if (x.done) return;
		const pending = stage(x);
		if (pending) await pending;
	}
}
