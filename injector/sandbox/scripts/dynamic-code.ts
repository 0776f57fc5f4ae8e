// page and worker.
// Source text that becomes code: indirect eval, the four function constructors, timers given a string.
import { applyEdits } from '../../../rewrite/edits.ts';
import { jsEdits } from '../../../rewrite/js/index.ts';
import { call, holderOf, hookMethod, redefine, wrap } from '../../hook.ts';
import { type Any, natives } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { fromTrusted, rewriteScript } from '../../rewriting.ts';
import { common } from '../../shared.ts';
import { unmapUrl } from '../../urls.ts';
import { callerUrl } from './stack-traces.ts';

export function installDynamicCode(): void {
	const { global } = realm;
	// `window.eval` itself stays native: a direct eval works with nothing else. Reads of it are rewritten to this one.
	common.shared.virtual.set(
		global.eval,
		wrap(global.eval, (native, self, [source, ...rest]) => call(native, self, [codeOf(source), ...rest])),
	);
	for (const sample of [() => {}, async () => {}, function* () {}, async function* () {}]) hookFunction(natives.getPrototypeOf(sample));
	for (const name of ['setTimeout', 'setInterval']) {
		hookMethod(holderOf(global, name), name, (native, self, args) => {
			if (args.length && typeof args[0] !== 'function') args[0] = codeOf(args[0]);
			return call(native, self, args);
		});
	}
}

function codeOf(source: unknown): unknown {
	const rewrite = (text: string) => rewriteScript(text, false, baseFor(text));
	return typeof source === 'string' ? rewrite(source) : fromTrusted(source, 'TrustedScript', rewrite);
}

/** What imports in compiled text are relative to: the script that asked for it (HTML section 8.1.6.7.3), not the one of ours that hands it on. */
function baseFor(text: string): string | undefined {
	const { document, location } = realm.global;
	if (!text.includes('import')) return undefined;
	const url = callerUrl();
	if (!document) return url ?? unmapUrl(location.href);
	const inline = url === undefined || url === unmapUrl(natives.documentURL(document)).replace(/#.*/, '');
	return inline ? unmapUrl(natives.baseURI(document)) : url;
}

/** Function, AsyncFunction, GeneratorFunction, AsyncGeneratorFunction (ECMA-262 section 20.2.1.1.1): the last argument is the body. */
function hookFunction(proto: Any): void {
	const native = proto.constructor;
	const head = native.name.startsWith('Async') ? 'async ' : '';
	const star = native.name.includes('Generator') ? '*' : '';
	const edited = (args: Any[]) => rewriteParts(`(${head}function${star} anonymous(`, args);
	const proxy: Any = new natives.Proxy(native, {
		apply: (_, self, args) => call(native, self, edited(args)),
		construct: (_, args, newTarget) => natives.construct(native, edited(args), newTarget === proxy ? native : newTarget) as object,
	});
	common.shared.disguises.set(proxy, native);
	redefine(proto, 'constructor', proxy);
	if (realm.global[native.name] === native) redefine(realm.global, native.name, proxy);
	else natives.setPrototypeOf(native, realm.global.Function);
}

/** Parameters and body are read as one function, as the constructor itself does, and edited each in its place. */
function rewriteParts(head: string, args: Any[]): Any[] {
	if (!args.length) return args;
	const texts = args.map((part) => `${part}`);
	const body = texts.pop() as string;
	const parameters = texts.join(',');
	const start = `${head}${parameters}\n) {\n`;
	const { edits } = jsEdits(`${start}${body}\n})`, { module: false, base: baseFor(body) });
	const trusted = args.every((part) => typeof part === 'object' && fromTrusted(part, 'TrustedScript', () => '') !== part);
	if (!edits.length) return trusted ? args : [...texts, body];
	const slice = (from: number, text: string) =>
		applyEdits(
			text,
			edits.filter((e) => e.start >= from && e.end <= from + text.length).map((e) => ({ ...e, start: e.start - from, end: e.end - from })),
		);
	const out = [slice(head.length, parameters), slice(start.length, body)];
	return trusted ? out.map((text) => fromTrusted(args[0], 'TrustedScript', () => text)) : out;
}
