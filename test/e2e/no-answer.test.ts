// tests only (Node, Chromium).
// A site that is gone, behind a service worker of its own: the worker is told so, and where it has nothing to show either, people are.
import * as assert from 'uvu/assert';
import { REASONS } from '../../protocol/errors.ts';
import { suite } from '../harness.ts';
import { meet, openTown } from './town.ts';

const test = suite('no answer', { limit: 60_000 });

const WORKER = `oninstall = () => skipWaiting(); onactivate = (e) => e.waitUntil(clients.claim());
onfetch = (e) => {
	const { pathname } = new URL(e.request.url);
	if (pathname === '/kept') e.respondWith(fetch(e.request).catch((error) => new Response('<h1>kept</h1>' + error.name, { headers: { 'content-type': 'text/html' } })));
	else e.respondWith(fetch(e.request));
};`;

test('a page that a worker only passes on says why there is none; one that it has is shown', async (t) => {
	let gone = false;
	const page = '<h1>here</h1>';
	const town = await openTown(t, {
		'/': `${page}<script>navigator.serviceWorker.register('/worker.js').then(() => navigator.serviceWorker.ready).then(() => document.body.append('ready'))</script>`,
		'/worker.js': (_req, res) => res.setHeader('content-type', 'text/javascript').end(WORKER),
		'/kept': (_req, res) => (gone ? res.destroy() : res.end('?')),
		'/deep': (_req, res) => (gone ? res.destroy() : res.setHeader('content-type', 'text/html').end(page)),
	});
	const { host, guest } = await meet(town, 'https://a.example/');
	await guest.sight.see({ css: 'body', text: 'ready' });
	await (await host.host.frame()).waitForFunction('navigator.serviceWorker.controller');
	const go = async (path: string) => (await host.host.frame()).evaluate(`void (location.href = '${path}')`);
	gone = true;
	await go('/kept');
	for (const { sight } of [host, guest]) await sight.see({ css: 'body', text: 'keptTypeError' });
	await go('/deep');
	for (const { sight } of [host, guest]) await sight.see({ css: 'body', text: REASONS['broken-answer'].title });
	assert.is(await (await host.host.frame()).evaluate('document.URL.endsWith("/deep")'), true);
	gone = false;
	await (await host.host.frame()).evaluate('void location.reload()');
	for (const { sight } of [host, guest]) await sight.see({ css: 'h1', text: 'here' });
});

test.run();
