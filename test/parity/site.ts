// tests only (Node).
// The site behind the parity suite: the page of a case, and a few resources that any host of it answers.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Case } from './harness.ts';

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

/** Common paths: path → type and body. */
const COMMON: Readonly<Record<string, { readonly type: string; readonly body: string | Buffer }>> = {
	'/image.png': { type: 'image/png', body: PNG },
	'/style.css': { type: 'text/css', body: 'p{color:rgb(1,2,3)}' },
	'/empty.html': { type: 'text/html', body: '<!doctype html><title>empty</title><p>empty' },
	'/script.js': { type: 'text/javascript', body: 'globalThis.scriptRan = (globalThis.scriptRan ?? 0) + 1;' },
	'/json': { type: 'application/json', body: '{"a":1}' },
	'/events': { type: 'text/event-stream', body: 'data: hello\n\n' },
	'/child.html': {
		type: 'text/html',
		body: `<!doctype html><script>
			addEventListener('message', (e) => e.source.postMessage({answer: e.data, origin: e.origin, location: location.href, self: self.origin,
				parentIsTop: parent === top, referrer: document.referrer, ancestors: location.ancestorOrigins ? [...location.ancestorOrigins] : 0}, e.origin));
			parent.postMessage({ready: location.href}, '*');
		</script>`,
	},
};

/** Answers a request: a case's page, one of its files, or something common. CORS is open. */
export function respond(req: IncomingMessage, res: ServerResponse, cases: ReadonlyMap<string, Case>): void {
	const { pathname, searchParams } = new URL(req.url ?? '/', 'http://site');
	const found = cases.get(pathname);
	const file = found?.files?.[pathname];
	res.setHeader('access-control-allow-origin', '*');
	res.setHeader('cache-control', 'no-store');
	if (file) {
		if (file.type) res.setHeader('content-type', file.type);
		for (const [name, value] of Object.entries(file.headers ?? {}))
			res.setHeader(name, value.replaceAll('PORT', String(req.socket.localPort)));
		if (file.headers?.etag && req.headers['if-none-match'] === file.headers.etag)
			res.writeHead(304, { vary: 'X-Renewed', 'x-app': 'renewed', 'content-language': 'not renewed' }).end();
		else res.end(file.body.replaceAll('PORT', String(req.socket.localPort)));
	} else if (pathname === '/redirect') {
		res.writeHead(302, { location: searchParams.get('to') ?? '/empty.html' }).end();
	} else if (pathname.endsWith('/hangup')) {
		req.socket.destroy();
	} else if (pathname === '/private') {
		const key = req.headers.authorization;
		if (!key) res.setHeader('www-authenticate', 'Basic realm="r"');
		res.writeHead(key ? 200 : 401).end(Buffer.from(key?.split(' ')[1] ?? '', 'base64'));
	} else if (pathname === '/told') {
		answerTold(req, res);
	} else if (pathname === '/echo') {
		res.setHeader('content-type', 'application/json');
		const { host, origin, referer, cookie } = req.headers;
		res.end(JSON.stringify({ method: req.method, url: req.url, host, origin, referer, cookie }));
	} else if (found) {
		res.setHeader('content-type', 'text/html; charset=utf-8');
		res.end(page(found, req.socket.localPort ?? 0));
	} else {
		const common = COMMON[pathname];
		res.statusCode = common ? 200 : 404;
		res.setHeader('content-type', common?.type ?? 'text/plain');
		res.end(common?.body ?? 'not here');
	}
}

/** What was sent to `/told` since it was last asked for, and how. */
const told: unknown[] = [];

function answerTold(req: IncomingMessage, res: ServerResponse): void {
	const { host, origin, referer, cookie, 'content-type': type, 'content-length': length } = req.headers;
	let text = '';
	req.setEncoding('utf8').on('data', (part) => {
		text += part;
	});
	req.on('end', () => {
		// a place in a source is that in the rewritten line (docs/limits.md)
		const body = () => JSON.parse(text, (name, value) => (/^(?:line|column)-number$/.test(name) ? undefined : value));
		const whole = Buffer.byteLength(text) === Number(length);
		if (req.method === 'POST') told.push({ host, origin, referer, cookie, type, whole, url: req.url, body: body() });
		res.setHeader('content-type', 'application/json');
		res.end(req.method === 'GET' ? JSON.stringify(told.splice(0)) : '');
	});
}

/** The page of a case. What is recorded becomes text at once, so that it can't change; an error is a value too. */
function page(c: Case, port: number): string {
	const origin = (name: string) => `http://${name}.localhost:${port}`;
	const origins = JSON.stringify({ shop: origin('shop'), cdn: origin('cdn'), other: origin('other') });
	return `<!doctype html><html><head><title>case</title></head><body>${(c.html ?? '').replaceAll('PORT', String(port))}
<script>
(async () => {
	const values = {}, origins = ${origins};
	const show = (v) => v === undefined ? 'undefined' : typeof v === 'function' ? 'function ' + v.name + ' ' + v.length : typeof v === 'symbol' ? String(v) : JSON.stringify(v) ?? String(v);
	const record = async (name, get) => {
		try { values[name] = show(await get()); }
		catch (error) { values[name] = 'threw ' + error?.name + ': ' + error?.message; }
	};
	const event = (target, type) => new Promise((resolve, reject) => { target.addEventListener(type, resolve, {once: true}); setTimeout(() => reject(new Error('no ' + type)), 8000); });
	const describe = (o, k) => { const d = Object.getOwnPropertyDescriptor(o, k); return d && Object.fromEntries(Object.entries(d).map(([a, b]) => [a, typeof b === 'function' ? b.name + '/' + b.length : typeof b === 'object' ? '' + b : b])); };
	try { ${c.script}
	} catch (error) { values['the script'] = 'threw ' + error?.stack; }
	globalThis.recorded = values;
})();
</script></body></html>`;
}
