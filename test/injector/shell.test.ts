// tests only (Node, Chromium).
// What the runtime tells the shell, and what it does where a page would leave its frame.
import type { Frame, Page } from 'puppeteer-core';
import * as assert from 'uvu/assert';
import { suite } from '../harness.ts';
import { type Bench, type Case, startBench } from '../parity/harness.ts';

interface Message {
	readonly t: string;
	readonly frame?: number;
	readonly url?: string;
	readonly title?: string;
	readonly icon?: string;
	readonly loading?: boolean;
	readonly name?: string;
	readonly y?: number;
	readonly top?: boolean;
	readonly directive?: string;
	readonly x?: number;
	readonly what?: string;
}

const test = suite('runtime and shell', { limit: 40_000 });
const READY = "await event(window, 'load'); values.ok = true;";

/** Opens a page in the shell; `until` waits for a message the shell has got. */
async function shown(bench: Bench, c: Case) {
	const frame = await bench.open(c, 'proxied');
	await frame.waitForFunction('globalThis.recorded');
	const page = frame.page();
	const messages = () => page.evaluate('messages') as Promise<Message[]>;
	const until = async (find: (message: Message) => boolean | undefined): Promise<Message> => {
		for (const began = Date.now(); Date.now() - began < 10_000; await new Promise((r) => setTimeout(r, 30))) {
			const found = (await messages()).find(find);
			if (found) return found;
		}
		throw new Error(`no such message: ${JSON.stringify(await messages())}`);
	};
	const say = (message: object) =>
		page.evaluate((m) => (globalThis as unknown as { ports: MessagePort[] }).ports[0]?.postMessage(m), message);
	return { frame, page, messages, until, say };
}

test('greets with the real URL, and says title, icon and URL when they change', async (t) => {
	const bench = await startBench();
	t.defer(() => bench.close());
	const real = `http://shop.localhost:${bench.port}`;
	const { frame, messages, until } = await shown(bench, {
		path: '/case/page',
		script: READY,
		html: '<link rel=icon href="http://cdn.localhost:PORT/i.png">',
	});
	const [hello] = await messages();
	assert.is(hello?.t, 'hello');
	assert.is(hello?.url, `${real}/case/page`);
	assert.is(hello?.top, true);
	await until((m) => m.t === 'page' && m.loading === false && m.title === 'case');
	await frame.evaluate("document.title = 'new'; history.pushState(null, '', '/case/pushed')");
	await until((m) => m.t === 'page' && m.title === 'new');
	await until((m) => m.t === 'page' && m.url === `${real}/case/pushed`);
	await frame.evaluate("document.head.insertAdjacentHTML('beforeend', '<link rel=\"shortcut icon\" href=/own.ico>')");
	await frame.evaluate("document.body.querySelector('link').remove()");
	await frame.evaluate("document.title = 'newer'");
	const last = await until((m) => m.t === 'page' && m.title === 'newer');
	assert.is(last.icon, `${real}/own.ico`);
});

test('tells of a page that loads seldom, however often its head changes', async (t) => {
	const bench = await startBench();
	t.defer(() => bench.close());
	const { messages, until } = await shown(bench, {
		path: '/case/busy-head',
		html: "<script>(async () => { for (let i = 0; i < 50; i++) { document.title = 'step ' + i; await null; } })();</script>",
		script: READY,
	});
	await until((m) => m.t === 'page' && m.loading === false && m.title === 'step 49');
	const steps = (await messages()).filter((m) => m.t === 'page' && m.title?.startsWith('step'));
	assert.ok(steps.length <= 3, `${steps.length} times: ${steps.map((m) => m.title)}`);
});

test('goes where the shell says, and says that it loads', async (t) => {
	const bench = await startBench();
	t.defer(() => bench.close());
	const { until, say } = await shown(bench, { path: '/case/go', script: READY });
	await say({ t: 'navigate', url: `http://cdn.localhost:${bench.port}/empty.html` });
	await until((m) => m.t === 'page' && m.loading === true && m.title === 'case');
	await until((m) => m.t === 'page' && m.url === `http://cdn.localhost:${bench.port}/empty.html` && m.title === 'empty' && !m.loading);
});

test('window.open, target=_blank and base target become tabs; _top stays in the tab', async (t) => {
	const bench = await startBench();
	t.defer(() => bench.close());
	const real = `http://shop.localhost:${bench.port}`;
	const { frame, page, messages, until } = await shown(bench, {
		path: '/case/opens',
		script: READY,
		html: '<a id=blank target=_blank href="http://cdn.localhost:PORT/empty.html?link">x</a><a id=top target=_top href="/empty.html?top">y</a><form id=f target=_blank action=/empty.html><input name=q value=1></form><iframe src="http://cdn.localhost:PORT/child.html"></iframe>',
	});
	const pages = (await bench.browser.pages()).length;
	await frame.evaluate("w = open('/empty.html?open', 'named'); kind = [typeof w, w.closed]");
	assert.equal(await frame.evaluate('kind'), ['object', false]);
	assert.is((await until((m) => m.t === 'adopt')).url, `${real}/empty.html?open`);
	assert.is(await frame.evaluate("open('/empty.html?no', '_blank', 'noopener')"), null);
	await until((m) => m.t === 'adopt' && m.url === `${real}/empty.html?no`);
	await frame.click('#blank');
	await until((m) => m.t === 'adopt' && m.url === `http://cdn.localhost:${bench.port}/empty.html?link`);
	await frame.evaluate('document.getElementById("f").submit()');
	await until((m) => m.t === 'adopt' && m.url === `${real}/empty.html?q=1`);
	await frame.evaluate(
		"document.head.insertAdjacentHTML('beforeend', '<base target=_blank>'); document.body.insertAdjacentHTML('beforeend', '<a id=based href=/empty.html?based>z</a>'); document.getElementById('based').click()",
	);
	await until((m) => m.t === 'adopt' && m.url === `${real}/empty.html?based`);
	assert.is(frame.url().includes('/case/opens'), true, 'the page itself stayed');
	const child = frame.childFrames()[0] as Frame;
	await child.evaluate("open('/empty.html?up', '_top')");
	await until((m) => m.t === 'page' && m.url === `http://cdn.localhost:${bench.port}/empty.html?up`);
	assert.ok(page.url().startsWith(bench.shell), 'the shell is still there');
	assert.is((await bench.browser.pages()).length, pages, 'no window of the browser was opened');
	assert.is((await messages()).filter((m) => m.t === 'adopt').length, 5);
});

test('every kind of child frame greets, and the parent learns which is which', async (t) => {
	const bench = await startBench();
	t.defer(() => bench.close());
	const { messages, until, frame } = await shown(bench, {
		path: '/case/kids',
		script: READY,
		html: '<iframe src=/empty.html></iframe><iframe src="http://cdn.localhost:PORT/child.html"></iframe><iframe srcdoc="<p>doc"></iframe><iframe></iframe><iframe sandbox=allow-scripts src="http://other.localhost:PORT/empty.html"></iframe>',
	});
	for (const part of ['/empty.html', '/child.html', 'about:srcdoc', 'about:blank', 'http://other.localhost']) {
		await until((m) => m.t === 'hello' && m.top === false && m.url?.includes(part));
	}
	const hellos = (await messages()).filter((m) => m.t === 'hello');
	assert.is(new Set(hellos.map((m) => m.frame)).size, hellos.length, 'each document has a number of its own');
	assert.is(frame.childFrames().length, 5);
});

test('a link whose URL slipped through is caught by the navigate event', async (t) => {
	const bench = await startBench();
	t.defer(() => bench.close());
	const { frame, until } = await shown(bench, { path: '/case/slip', script: READY });
	await frame.evaluate((url) => {
		window[`loca${'tion'}` as 'location'] = url as unknown as Location & string; // the rewriter can't see this one
	}, `http://cdn.localhost:${bench.port}/empty.html?slipped`);
	await until((m) => m.t === 'page' && m.url === `http://cdn.localhost:${bench.port}/empty.html?slipped`);
});

test('a leak is stopped, told to the shell and hidden from the page', async (t) => {
	const bench = await startBench();
	t.defer(() => bench.close());
	const { frame, until } = await shown(bench, { path: '/case/leak', script: READY });
	await frame.evaluate(() => {
		addEventListener('securitypolicyviolation', () => Object.assign(globalThis, { seen: true }));
		const style = document.createElement('div');
		document.body.append(style);
		style.attributeStyleMap.set('background-image', 'url(http://leak.localhost:1/x.png)');
		style.textContent = 'x';
	});
	const leak = await until((m) => m.t === 'leak');
	assert.match(leak.url ?? '', /^http:\/\/leak\.localhost/);
	assert.is(leak.directive, 'img-src');
	assert.is(await frame.evaluate('globalThis.seen'), undefined);
});

/** Until a document has drawn: mouse moves are handed out once a frame, and one that never drew gets none. */
function drawn(frame: { evaluate(script: string): Promise<unknown> }): Promise<unknown> {
	return frame.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
}

test('the pointer and a touch are told; a script can make neither', async (t) => {
	const bench = await startBench();
	t.defer(() => bench.close());
	const { frame, page, messages, until } = await shown(bench, { path: '/case/pointer', script: READY });
	await frame.evaluate("document.body.dispatchEvent(new PointerEvent('pointermove', {bubbles: true, clientX: 7})); document.body.click()");
	await drawn(frame);
	await page.mouse.move(60, 70);
	const moved = await until((m) => m.t === 'pointer');
	assert.is.not(moved.x, 7);
	assert.is(
		(await messages()).some((m) => m.t === 'touched'),
		false,
	);
	await page.mouse.down();
	await until((m) => m.t === 'touched');
	await page.mouse.up();
});

test("the pointer over a nested frame is told in the root's coordinates", async (t) => {
	const bench = await startBench();
	t.defer(() => bench.close());
	const script = `const frame = document.body.appendChild(document.createElement('iframe'));
		frame.style = 'position: fixed; left: 150px; top: 80px; width: 200px; height: 100px; border: 5px solid';
		${READY}`;
	const { frame, page, until } = await shown(bench, { path: '/case/nested-pointer', script });
	await drawn(frame);
	await page.mouse.move(60, 70);
	const outside = await until((m) => m.t === 'pointer' && m.x !== undefined);
	await page.mouse.move(220, 140);
	const inside = await until((m) => m.t === 'pointer' && m.x !== undefined && m.x > 150);
	assert.equal([Number(inside.x) - Number(outside.x), Number(inside.y) - Number(outside.y)], [160, 70]);
});

test('the shell hears what a page asked for and can never have here', async (t) => {
	const bench = await startBench();
	t.defer(() => bench.close());
	const { frame, until } = await shown(bench, { path: '/case/out-of-reach', script: READY });
	const refusal = (code: string) => frame.evaluate(`(${code}).then(() => 'no error', (error) => error.name)`);
	const creation =
		"{ rp: { name: 'x' }, user: { id: new Uint8Array(1), name: 'x', displayName: 'x' }, challenge: new Uint8Array(9), pubKeyCredParams: [] }";
	assert.is.not(await refusal(`navigator.credentials.create({ publicKey: ${creation} })`), 'no error');
	await until((m) => m.t === 'out-of-reach' && m.what === 'passkey');
	const video = "[{ initDataTypes: ['cenc'], videoCapabilities: [{ contentType: 'video/webm; codecs=\"vp9\"' }] }]";
	assert.is.not(await refusal(`navigator.requestMediaKeySystemAccess('com.example.keys', ${video})`), 'no error');
	await until((m) => m.t === 'out-of-reach' && m.what === 'protected-video');
});

/** What is thrown from now on with a call of ours on the stack, also where it is caught. */
async function thrownByUs({ browser }: Bench, frame: Frame): Promise<readonly string[]> {
	const session = await browser
		.targets()
		.find((each) => each.url() === frame.url())
		?.createCDPSession();
	assert.ok(session);
	const ours = new Set<string>();
	const thrown: string[] = [];
	session.on('Debugger.scriptParsed', ({ scriptId, url }) => url.includes('/.tandem/runtime') && ours.add(scriptId));
	session.on(
		'Debugger.paused',
		({ data, callFrames }: { data?: { description?: string }; callFrames: { location: { scriptId: string } }[] }) => {
			if (callFrames.some(({ location }) => ours.has(location.scriptId))) thrown.push(data?.description ?? 'something');
			void session.send('Debugger.resume');
		},
	);
	await session.send('Debugger.enable');
	assert.ok(ours.size > 0);
	await session.send('Debugger.setPauseOnExceptions', { state: 'all' });
	return thrown;
}

/**
 * An error, and a report of something deprecated or forbidden, is looked up in the source: V8 then parses the whole runtime again, twice the work of
 * starting it, and the page may see the report.
 */
test('starts without an error of its own, and without anything to report', async (t) => {
	const bench = await startBench();
	t.defer(() => bench.close());
	const reports = `const seen = [];
		new ReportingObserver((list) => seen.push(...list.map((report) => report.type + ' ' + report.body.message)), { buffered: true }).observe();
		await event(window, 'load');
		await new Promise((done) => setTimeout(done, 100));
		values.reports = seen;`;
	const { frame } = await shown(bench, { path: '/case/quiet', script: reports });
	assert.equal(await frame.evaluate('recorded.reports'), []);
	const thrown = await thrownByUs(bench, frame);
	await Promise.all([frame.waitForNavigation({ waitUntil: 'load' }), frame.evaluate('setTimeout(() => location.reload())')]);
	assert.equal(thrown, []);
});

test('asks without an error whether what a script has is a window or a document', async (t) => {
	const bench = await startBench();
	t.defer(() => bench.close());
	const script = `class Fibre {} class Tree extends Array {}
		var location = 'a string';
		var ask = () => [{}, new Fibre, new Tree, Object.create({}), new MessageChannel().port1, () => 1, /x/, document.body, document].map((one) => {
			const { top } = one; one.parent = 1; location = 'another';
			return [one.location, one.postMessage, one['par' + 'ent']].length;
		}).length;`;
	const { frame } = await shown(bench, { path: '/case/ask', script: `${script} window.ask = ask;` });
	const thrown = await thrownByUs(bench, frame);
	assert.is(await frame.evaluate('ask()'), 9);
	assert.equal(thrown, []);
});

/** What a document asks of us from now on, by kind. */
function askedOfUs(page: Page): string[] {
	const asked: string[] = [];
	page.on('request', (request) => {
		if (request.url().includes('/.tandem/')) asked.push(`${request.resourceType()} ${new URL(request.url()).pathname}`);
	});
	return asked;
}

test('waits for no request where a page makes a frame, a worker of a text, or writes cookies and reads them', async (t) => {
	const bench = await startBench();
	t.defer(() => bench.close());
	const script = `window.write = () => {
		const read = [];
		for (let i = 0; i < 20; i++) { document.cookie = 'w=' + i + '; path=/; max-age=9000'; read.push(document.cookie); }
		return read.join();
	};
	window.make = async () => {
		const { contentWindow } = document.body.appendChild(document.createElement('iframe'));
		const worker = new Worker(URL.createObjectURL(new Blob(['postMessage(location.protocol)'])));
		return [contentWindow.location.href, (await event(worker, 'message')).data];
	}`;
	const { frame, page } = await shown(bench, { path: '/case/made', script });
	const asked = askedOfUs(page);
	assert.equal(await frame.evaluate('make()'), ['about:blank', 'blob:']);
	assert.equal(
		asked.filter((one) => one.startsWith('xhr')),
		[],
	);
	asked.splice(0);
	assert.is(await frame.evaluate('write()'), Array.from({ length: 20 }, (_, i) => `w=${i}`).join());
	assert.equal(asked, ['fetch /.tandem/cookie']);
});

test('what a page writes as it is left is there in the next, and no name of it stays behind', async (t) => {
	const bench = await startBench();
	t.defer(() => bench.close());
	const script = `addEventListener('pagehide', () => { for (let i = 0; i < 9; i++) document.cookie = 'left=' + i + '; path=/'; }); values.read = document.cookie;`;
	const { frame, page } = await shown(bench, { path: '/case/left', script });
	assert.is(await frame.evaluate('recorded.read'), '');
	await Promise.all([frame.waitForNavigation({ waitUntil: 'load' }), frame.evaluate('setTimeout(() => location.reload())')]);
	await frame.waitForFunction('globalThis.recorded');
	assert.is(await frame.evaluate('recorded.read'), 'left=8');
	const names = (await page.browserContext().cookies()).map(({ name }) => name.slice(0, 9));
	assert.equal(names, ['tandem-v-']);
});

test('runs where it was opened by hand, without a shell', async (t) => {
	const bench = await startBench();
	t.defer(() => bench.close());
	const { frame } = await shown(bench, { path: '/case/alone', script: READY });
	const page = await bench.browser.newPage();
	await page.goto(frame.url());
	await page.waitForFunction('globalThis.recorded');
	assert.equal(await page.evaluate('$tandem$.v(location).href'), `http://shop.localhost:${bench.port}/case/alone`);
	assert.is(await page.evaluate('parent === window && $tandem$.v(top) === window'), true);
});

test.run();
