// tests only (Node, Chromium).
// Every kind of navigation: the guest stays with the host, and the address bar shows the real URL.
import * as assert from 'uvu/assert';
import { suite } from '../harness.ts';
import { control, handControl, type Person } from './people.ts';
import { meet, openTown, type Pages } from './town.ts';

const test = suite('navigation', { limit: 90_000 });

const here = `<h1></h1><script>document.querySelector('h1').textContent = 'at ' + location.href + ' now'</script>`;
const PAGES: Pages = {
	'/': `${here}
		<a id="link" href="/second?q=1#part">link</a>
		<a id="mail" href="mailto:a@b.example">mail</a>
		<a id="far" href="https://b.example/second">far link</a>
		<a id="boxed" href="https://b.example/boxed">page without an origin</a>
		<a id="stuck" href="https://b.example/stuck">page that never has loaded</a>
		<a id="moved" href="/moved">redirect</a>
		<a id="blank" href="https://b.example/second" target="_blank">new tab</a>
		<button id="opened" onclick="window.open('https://c.example/second')">window.open</button>
		<button id="assign" onclick="location = 'https://c.example/second'">location =</button>
		<button id="push" onclick="history.pushState({}, '', '/pushed'); document.querySelector('h1').textContent = 'at ' + location.href + ' now'">pushState</button>
		<form id="get" action="https://b.example/echo"><input name="word" value="hello"><button>get</button></form>
		<form id="post" action="https://b.example/echo" method="post"><input name="word" value="posted"><button>post</button></form>`,
	'/signin': `<h1>signed out</h1><button id="signin" onclick="popup = window.open('https://b.example/provider', 'signin', 'width=400,height=500')">sign in</button>
		<form id="pay" action="https://c.example/echo" method="post" target="signin"><input name="word" value="paid"><button>pay</button></form>
		<script>
			const seen = [];
			addEventListener('message', (e) => {
				seen.push(e.origin.slice(8) + ' ' + e.data + (e.source === popup ? '' : ' of a stranger'));
				document.querySelector('h1').textContent = seen.join(', ') + ' now';
			});
			setInterval(() => { document.title = typeof popup === 'undefined' ? 'none' : popup.closed ? 'closed' : 'open'; }, 50);
		</script>`,
	'/provider': `<h1>provider</h1><a id="allow" href="https://a.example/callback#code-77">allow</a><script>opener.postMessage('waits', 'https://a.example')</script>`,
	'/callback': `<script>opener.postMessage(location.hash.slice(1), location.origin); close()</script>`,
	// each URL is revoked at once, as downloads do it
	'/blobs': `${here}
		<button id="opened" onclick="window.open(made('opened')); done()">open</button>
		<button id="linked" onclick="go(made('linked'), '_blank')">link</button>
		<button id="told" onclick="go(made('told'), '_blank', 'opener', (a) => a.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true})))">told</button>
		<button id="inside" onclick="go(made('inside'), '_self')">link inside</button>
		<button id="located" onclick="location = made('located'); done()">location</button>
		<script>
			let url;
			const end = '</scr' + 'ipt>';
			const made = (name) => url = URL.createObjectURL(new Blob(['<h1></h1><script>document.querySelector("h1").textContent = ["' + name + '", location.protocol, origin, top === self, !!opener, "now"].join(" ")' + end], {type: 'text/html'}));
			const done = () => URL.revokeObjectURL(url);
			const go = (href, target, rel = 'opener', click = (a) => a.click()) => { click(Object.assign(document.createElement('a'), {href, target, rel})); done(); };
		</script>`,
	'/second': here,
	// Ends every timer there may be, and never has loaded.
	'/stuck': '<h1>stuck</h1><script>for (let i = 0; i < 1e4; i++) clearTimeout(i);</script><img src="/never">',
	'/never': () => {},
	'/boxed': (_req, res) =>
		res.writeHead(200, { 'Content-Type': 'text/html', 'Content-Security-Policy': 'sandbox allow-scripts' }).end('<h1>boxed</h1>'),
	'/pushed': here,
	'/moved': (_req, res) => res.writeHead(302, { Location: 'https://c.example/second?moved' }).end(),
	'/hints': (req, res) => {
		const given = ['sec-ch-ua-bitness', 'sec-ch-dpr', 'sec-ch-ua-form-factors', 'sec-ch-ua-model', 'sec-ch-ua'].filter(
			(name) => req.headers[name] !== undefined,
		);
		res.writeHead(200, { 'Content-Type': 'text/html', 'Accept-CH': 'Sec-CH-UA-Bitness, sec-ch-dpr' });
		res.end(
			`<h1>given ${given.join(' ')} now</h1><h2></h2><a id="again" href="?again">again</a><script>fetch('/asked').then((r) => r.text()).then((text) => { document.querySelector('h2').textContent = text; })</script>`,
		);
	},
	'/asked': (req, res) =>
		res.end(`asked ${req.headers['sec-ch-ua-bitness'] !== undefined} ${req.headers['sec-ch-ua-model'] !== undefined}`),
	'/echo': (req, res, body) => {
		res.writeHead(200, { 'Content-Type': 'text/html' });
		res.end(`<title>echo</title><h1>${req.method} ${req.headers.host}${req.url} ${body} origin ${req.headers.origin ?? 'none'}</h1>`);
	},
};

async function both({ host, guest }: { host: Person; guest: Person }, text: string): Promise<void> {
	// The whole of an address: that of the page before may begin alike.
	const look = { css: 'h1', text: text.startsWith('at ') ? `${text} now` : text };
	await host.sight.see(look);
	// A form sent off before its page has loaded takes that page's place in the history (HTML section 4.10.22.3).
	await host.sight.see((document) => document.readyState === 'complete');
	await guest.sight.see(look);
}

test('links, redirects, location, pushState, forms; back, forward, reload', async (t) => {
	const town = await openTown(t, PAGES);
	const people = await meet(town, 'https://a.example/');
	const { host, guest } = people;
	if (process.env.SHOTS) t.defer(() => host.page.screenshot({ path: `${process.env.SHOTS}/navigation.png` }));
	await both(people, 'at https://a.example/');
	const address = (value: string) => guest.shell.see({ css: control('address'), value });
	await host.sight.click('#mail'); // another program's business: the page stays
	await new Promise((resolve) => setTimeout(resolve, 500));
	await both(people, 'at https://a.example/');
	await host.sight.click('#link');
	await both(people, 'at https://a.example/second?q=1#part');
	await address('https://a.example/second?q=1#part');
	await host.shell.click(control('back'));
	await both(people, 'at https://a.example/');
	await host.sight.click('#far');
	await both(people, 'at https://b.example/second');
	await address('https://b.example/second');
	await host.shell.click(control('back'));
	await both(people, 'at https://a.example/');
	await host.shell.click(control('forward'));
	await both(people, 'at https://b.example/second');
	await host.shell.click(control('back'));
	await both(people, 'at https://a.example/');
	await host.sight.click('#moved');
	await both(people, 'at https://c.example/second?moved');
	await host.shell.click(control('back'));
	await both(people, 'at https://a.example/');
	await host.sight.click('#assign');
	await both(people, 'at https://c.example/second');
	await host.shell.click(control('back'));
	await both(people, 'at https://a.example/');
	await host.sight.click('#push');
	await both(people, 'at https://a.example/pushed');
	await address('https://a.example/pushed');
	await host.shell.click(control('reload'));
	await host.sight.see({ css: '#link', count: 0 });
	await both(people, 'at https://a.example/pushed');
	await host.shell.click(control('address'));
	await host.shell.see({ css: `${control('address')}:focus` });
	await host.shell.press('Control+A');
	await host.shell.keys('a.example');
	await host.shell.press('Enter');
	await both(people, 'at https://a.example/');
	await host.sight.click('#get button');
	await both(people, 'GET b.example/echo?word=hello');
	await host.shell.click(control('back'));
	await both(people, 'at https://a.example/');
	await host.sight.click('#post button');
	await both(people, 'POST b.example/echo word=posted origin https://a.example');
	assert.is(town.asked.filter((line) => line.startsWith('POST')).length, 1);
});

test('the address bar follows a page without an origin, and one that ends all timers and never has loaded', async (t) => {
	const town = await openTown(t, PAGES);
	const { host, guest } = await meet(town, 'https://a.example/');
	await host.sight.see({ css: '#link' });
	await guest.shell.see({ css: control('address'), value: 'https://a.example/' });
	await host.sight.click('#boxed');
	for (const person of [host, guest]) await person.shell.see({ css: control('address'), value: 'https://b.example/boxed' });
	await host.shell.click(control('back'));
	await host.sight.click('#stuck');
	for (const person of [host, guest]) await person.shell.see({ css: control('address'), value: 'https://b.example/stuck' });
});

test('target=_blank and window.open become tabs; the guest in control follows a link and submits a form, once', async (t) => {
	const town = await openTown(t, PAGES);
	const people = await meet(town, 'https://a.example/');
	const { host, guest } = people;
	await both(people, 'at https://a.example/');
	await host.sight.click('#blank');
	await guest.shell.see({ css: control('tab'), count: 2 });
	await both(people, 'at https://b.example/second');
	await host.shell.click(control('tab'), { nth: 0 });
	await both(people, 'at https://a.example/');
	await host.sight.click('#opened');
	await guest.shell.see({ css: control('tab'), count: 3 });
	await both(people, 'at https://c.example/second');
	await host.shell.click(control('tab'), { nth: 0 });
	await both(people, 'at https://a.example/');
	await handControl(host, guest);
	await guest.sight.click('#link');
	await both(people, 'at https://a.example/second?q=1#part');
	await host.shell.click(control('back'));
	await both(people, 'at https://a.example/');
	await guest.sight.click('#post button');
	await both(people, 'POST b.example/echo word=posted');
	assert.is(town.asked.filter((line) => line.startsWith('POST')).length, 1);
});

test('a sign-in window talks to its opener, is seen by the guest, and closes itself', async (t) => {
	const town = await openTown(t, PAGES);
	const { host, guest } = await meet(town, 'https://a.example/signin');
	await host.sight.see({ css: 'h1', text: 'signed out' });
	await host.sight.click('#signin');
	await guest.shell.see({ css: control('tab'), count: 2 });
	await host.sight.see({ css: 'h1', text: 'provider' });
	await guest.sight.see({ css: 'h1', text: 'provider' });
	// Asked for again, by its name, it comes to the front: there is no second one. By a form too, which keeps what it posts.
	await host.shell.click(control('tab'), { nth: 0 });
	await guest.sight.see({ css: 'h1', text: 'b.example waits now' });
	await host.sight.click('#pay button');
	await guest.sight.see({ css: 'h1', text: 'POST c.example/echo word=paid origin https://a.example' });
	await host.shell.click(control('tab'), { nth: 0 });
	await guest.sight.see({ css: 'h1', text: 'b.example waits now' });
	await host.sight.click('#signin');
	await guest.sight.see({ css: 'h1', text: 'provider' });
	const size = await (await host.shell.frame()).$eval('.page.shown', (e) => [e.clientWidth, e.clientHeight]);
	assert.equal(size, [400, 500], 'it is as large as the page wanted');
	await guest.shell.see({ css: control('tab'), count: 2 });
	await host.sight.click('#allow');
	await guest.shell.see({ css: control('tab'), count: 1 });
	await guest.sight.see({ css: 'h1', text: 'b.example waits, b.example waits, a.example code-77 now' });
	await host.sight.see((document) => document.title === 'closed');
	assert.ok(town.asked.includes('GET a.example/callback'));
});

// What stands in a window is read off the guest's screen: of frames that begin while others do, puppeteer loses a script context now and then.
for (const ways of [['opened', 'linked', 'told', 'inside'], ['located']])
	test(`a page goes to blobs of its own: ${ways.join(', ')}`, async (t) => {
		const town = await openTown(t, PAGES);
		const people = await meet(town, 'https://a.example/blobs');
		const { host, guest } = people;
		for (const how of ways) {
			const here = how === 'inside' || how === 'located';
			await both(people, 'at https://a.example/blobs');
			await host.sight.click(`#${how}`);
			await guest.sight.see({ css: 'h1', text: `${how} blob: https://a.example true ${!here} now` });
			await (here ? host.shell.click(control('back')) : host.shell.click(control('tab'), { nth: 0 }));
		}
		await both(people, 'at https://a.example/blobs');
	});

test('a site gets the client hints that it asks for, and no others', async (t) => {
	const town = await openTown(t, PAGES);
	const { host } = await meet(town, 'https://a.example/hints');
	await host.sight.see([
		{ css: 'h1', text: 'given sec-ch-ua now' },
		{ css: 'h2', text: 'asked true false' },
	]);
	await host.sight.click('#again');
	await host.sight.see({ css: 'h1', text: 'given sec-ch-ua-bitness sec-ch-dpr sec-ch-ua now' });
});

test.run();
