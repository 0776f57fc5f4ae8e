// tests only (Node, Chromium).
// Windows that documents in a sandbox open: none where the sandbox has none, in the same sandbox where it goes along, and with a real opener.
import * as assert from 'uvu/assert';
import { suite } from '../harness.ts';
import { Hand } from './hand.ts';
import { control, makeSession, openHost } from './people.ts';
import { meet, openTown, type Pages } from './town.ts';

const test = suite('sandboxed windows', { limit: 60_000 });

/** Says what its child says of the window it opens. */
const outer = (sandbox: string, child: string) =>
	`<h1></h1><iframe sandbox="${sandbox}" src="${child}"></iframe><script>onmessage = ({ data, origin, source }) => { document.querySelector('h1').textContent = [JSON.stringify(data), origin, source === frames[0], 'now'].join(' '); };</script>`;

const PAGES: Pages = {
	'/escapes': outer('allow-scripts allow-popups allow-popups-to-escape-sandbox', 'https://b.example/opens'),
	'/inherits': outer('allow-scripts allow-popups', '/opens'),
	'/keeps-origin': outer('allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox', '/reads'),
	'/none': outer('allow-scripts', '/tries'),
	'/nested': outer('allow-scripts', '/nest'),
	'/nest': `<iframe sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox" src="/tries"></iframe><script>onmessage = ({ data }) => parent.postMessage(data, '*');</script>`,
	'/policy': (_req, res) =>
		res
			.writeHead(200, { 'Content-Type': 'text/html', 'Content-Security-Policy': 'sandbox allow-scripts' })
			.end(`<h1></h1><script>document.querySelector('h1').textContent = [String(open('/popup')), 'now'].join(' ');</script>`),
	'/later': outer('allow-scripts allow-popups', '/sends'),
	'/leads': outer('allow-scripts allow-top-navigation', '/leads-top'),
	'/leads-not': outer('allow-scripts', '/leads-top'),
	'/throws': outer('allow-scripts', '/sets-top'),
	'/sets': outer('allow-scripts allow-top-navigation', '/sets-top'),
	'/cut': outer('allow-scripts allow-popups allow-popups-to-escape-sandbox', '/cuts'),

	'/opens': `<script>
		const popup = open('/popup', 'a name');
		onmessage = ({ data, origin, source }) => { parent.postMessage({ ...data, origin, same: source === popup }, '*'); popup.postMessage('end', '*'); };
	</script>`,
	'/popup': `<script>
		const same = opener === window.opener;
		opener?.postMessage({ own: origin, name, same }, '*');
		onmessage = ({ source, data }) => { if (source === opener && data === 'end') close(); };
	</script>`,
	'/reads': `<script>
		const popup = open('/read'), go = document.createElement('a');
		tell = (what) => parent.postMessage([what, popup.document.title, popup.closed], '*');
	</script>`,
	'/read': `<script>onload = () => opener.tell(opener.location.pathname);</script>`,
	'/tries': `<a href="/popup" target="_blank" rel="opener">link</a><script>
		const popup = open('/popup');
		document.querySelector('a').click();
		setTimeout(() => parent.postMessage(popup === null, '*'), 500);
	</script>`,
	'/sends': `<script>
		const popup = open();
		onmessage = ({ data }) => {
			if (data.step === 2) popup.close();
			parent.postMessage({ ...data, closed: popup.closed }, '*');
		};
		popup.location.href = '/step?1';
	</script>`,
	'/step': `<script>
		const step = Number(location.search.slice(1));
		opener.postMessage({ own: origin, step, length: opener.length }, '*');
		if (step === 1) location = '?2';
	</script>`,
	'/leads-top': `<a href="/free" target="_top">top</a><script>document.querySelector('a').click(); setTimeout(() => parent.postMessage('stayed', '*'), 500);</script>`,
	'/sets-top': `<script>try { top.location = 'https://a.example/free'; setTimeout(() => parent.postMessage('stayed', '*'), 500); } catch (error) { parent.postMessage(error.name, '*'); }</script>`,
	'/cuts': `<script>parent.postMessage([open('/free', '', 'noopener')], '*');</script>`,
	'/silent': `<iframe sandbox="allow-popups" srcdoc="<a href='https://a.example/quiet' target=_blank>out</a>"></iframe>`,
	'/quiet': `<h1>quiet</h1><script>document.querySelector('h1').textContent = 'ran';</script><a href="/quiet-too">on</a>`,
	'/quiet-too': `<h1>quiet too</h1><script>document.querySelector('h1').textContent = 'ran';</script>`,
	'/policed': (_req, res) =>
		res
			.writeHead(200, { 'Content-Type': 'text/html', 'Content-Security-Policy': 'sandbox allow-same-origin' })
			.end(
				`<h1>policed</h1><script>document.querySelector('h1').textContent = 'ran';</script><iframe src="https://b.example/quiet"></iframe><iframe srcdoc="<h1>inside</h1><script>document.querySelector('h1').textContent = 'ran'</script>"></iframe><iframe sandbox="allow-scripts allow-same-origin" src="/quiet"></iframe><a href="/free">on</a>`,
			),
	'/free': `<h1></h1><script>document.querySelector('h1').textContent = ['free', opener, origin, 'now'].join(' ');</script>`,
};

const CASES: readonly (readonly [path: string, said: string, tabs: number])[] = [
	['/escapes', '{"own":"https://b.example","name":"a name","same":true,"origin":"https://b.example"} null true now', 1],
	['/inherits', '{"own":"null","name":"a name","same":true,"origin":"null"} null true now', 1],
	['/keeps-origin', '["/reads","/read",false] https://a.example true now', 2],
	['/none', 'true null true now', 1],
	['/nested', 'true null true now', 1],
	['/policy', 'null now', 1],
	['/later', '{"own":"null","step":2,"length":0,"closed":true} null true now', 1],
	['/leads', 'free https://a.example now', 1],
	['/leads-not', '"stayed" null true now', 1],
	['/sets', 'free https://a.example now', 1],
	['/throws', '"SecurityError" null true now', 1],
	['/cut', '[null] null true now', 2],
];

for (const [path, said, tabs] of CASES)
	test(path.slice(1), async (t) => {
		const town = await openTown(t, PAGES);
		const session = await makeSession(town.tandem, `https://a.example${path}`);
		const host = await openHost(town.browser, session);
		// The first tab's, whichever is looked at.
		const first = new Hand(host.page, path, async () => (await host.page.$('iframe[data-tandem-tab]'))?.contentFrame() ?? undefined);
		await first.see({ css: 'h1', text: said, hidden: true });
		await host.shell.see({ css: control('tab'), count: tabs });
		if (path === '/cut') await host.sight.see({ css: 'h1', text: 'free https://a.example now' });
		assert.equal(host.problems, []);
	});

test('a window that stays in a sandbox without scripts: guests see it, and no script runs there, also where it goes on', async (t) => {
	const town = await openTown(t, PAGES);
	const { host, guest } = await meet(town, 'https://a.example/silent');
	await host.sight.within('iframe').click('a');
	await host.shell.see({ css: control('tab'), count: 2 });
	for (const { sight } of [host, guest]) await sight.see({ css: 'h1', text: 'quiet' });
	await host.sight.click('a');
	for (const { sight } of [host, guest]) await sight.see({ css: 'h1', text: 'quiet too' });
	await guest.shell.see({ css: `${control('tab')} [data-state="loading"]`, count: 0 });
});

test("a tab's page that its own policy sandboxes without scripts: guests see it, and the documents in it; what a link leads to runs", async (t) => {
	const town = await openTown(t, PAGES);
	const { host, guest } = await meet(town, 'https://a.example/policed');
	for (const { sight } of [host, guest]) {
		await sight.see({ css: 'h1', text: 'policed' });
		await sight.within('iframe:nth-of-type(1)').see({ css: 'h1', text: 'quiet' });
		await sight.within('iframe:nth-of-type(2)').see({ css: 'h1', text: 'inside' });
		await sight.within('iframe:nth-of-type(3)').see({ css: 'h1', text: 'quiet' });
	}
	await host.sight.click('a');
	for (const { sight } of [host, guest]) await sight.see({ css: 'h1', text: 'free https://a.example now' });
});

test.run();
