// page and worker.
// Reports (Reporting API section 4): what a ReportingObserver is given names real URLs, and tells nothing of what is refused by the leak guard, a policy of
// ours. The interfaces of reports and of most bodies have no name, so that they are hooked where the first of their kind comes.
import { OWN_PATH } from '../../../protocol/page.ts';
import { givenPolicy } from '../../../rewrite/headers/csp.ts';
import { call, hookAccessor, hookConstructor, hookMethod, nativeOf } from '../../hook.ts';
import { type Any, natives } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { unmapUrl } from '../../urls.ts';
import { mayBeOwn } from './violations.ts';

/** Prototypes that are hooked. */
const known = new natives.WeakSet<object>();

export function installReports(): void {
	const { ReportingObserver } = realm.global;
	hookConstructor(realm.global, 'ReportingObserver', (native, args, newTarget) => {
		const [callback, ...rest] = args;
		if (typeof callback !== 'function') return natives.construct(native, args, newTarget);
		const told = function (this: unknown, reports: Any[], ...more: unknown[]) {
			const shown = theirs(reports);
			if (shown.length) call(callback, this, [shown, ...more]);
		};
		return natives.construct(native, [told, ...rest], newTarget);
	});
	hookMethod(ReportingObserver?.prototype, 'takeRecords', (native, self, args) => theirs(call(native, self, args)));
}

/** Without those of the leak guard, and of looks of ours; what is left shows real URLs from now on. */
function theirs(reports: Any[]): Any[] {
	const left: Any[] = [];
	for (let i = 0; i < reports.length; i++) {
		const report = reports[i];
		hook(report);
		const { body } = report;
		if (body) hook(body);
		if (!body || !(isGuards(body) || isWait(body) || mayBeOwn(body.effectiveDirective, body.blockedURL))) left[left.length] = report;
	}
	return left;
}

const isGuards = (body: Any): boolean => typeof body.originalPolicy === 'string' && body.originalPolicy.includes(`${OWN_PATH}leak`);

/** What browsers have against a request that a script waits for (XMLHttpRequest section 3.5.6), where that is one of ours (realm.ts). */
function isWait(body: Any): boolean {
	if (typeof body.id !== 'string' || !body.id.startsWith('XMLHttpRequestSynchronous')) return false;
	const { get } = natives.getOwnPropertyDescriptor(natives.getPrototypeOf(body) as object, 'sourceFile') ?? {};
	return !!get && `${call(nativeOf(get), body, [])}`.startsWith(realm.ours + OWN_PATH);
}

function hook(object: Any): void {
	const proto = natives.getPrototypeOf(object);
	if (!proto || known.has(proto)) return;
	known.add(proto);
	const lineNumber = natives.getOwnPropertyDescriptor(proto, 'lineNumber')?.get;
	for (const name of natives.ownKeys(proto)) {
		if (typeof name !== 'string') continue;
		hookAccessor(proto, name, {
			get: (native, self) => real(name, call(native, self, []), lineNumber && call(lineNumber, self, [])),
		});
	}
	hookMethod(proto, 'toJSON', (native, self, args) => realJson(call(native, self, args)));
}

/** A part of a report as the page is to read it; `line` is where in its source file. */
function real(name: string, value: unknown, line: unknown): unknown {
	// a function of ours made the request: which script of the page called it, nobody says any more
	if (name === 'sourceFile' && (value ? `${value}`.startsWith(realm.ours + OWN_PATH) : line)) return here();
	if (typeof value !== 'string') return value;
	return name === 'originalPolicy' ? givenPolicy(value) : unmapUrl(value);
}

/** As a report names a script: without query and fragment. */
function here(): string {
	const { document, location } = realm.global;
	return unmapUrl(document ? natives.documentURL(document) : location.href).replace(/[?#].*/s, '');
}

function realJson(json: Any): Any {
	for (const key of natives.objectKeys(json)) {
		if (typeof json[key] === 'object' && json[key] !== null) realJson(json[key]);
		else json[key] = real(key, json[key], json.lineNumber);
	}
	return json;
}
