// tests only (Node).
// oidc-provider with its own login and consent pages, and a small shop that signs in there: redirects between two origins,
// cookies of several flavours (HttpOnly, signed, path-bound), forms by POST, and a password.
import { randomUUID } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Names, Site } from '../site.ts';

const CLIENT = { id: 'shop', secret: 'shop-secret' };

/** The shop's side of the authorization code flow (OpenID Connect Core, section 3.1). */
function shop(names: Names): RequestListener {
	const callback = () => `${names.origin('shop.example')}/callback`;
	const people = new Map<string, string>();
	return async (req, res) => {
		const url = new URL(req.url ?? '/', names.origin('shop.example'));
		const page = (body: string) =>
			res.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(`<!DOCTYPE html><title>Shop</title>${body}`);
		const go = (to: string, headers = {}) => res.writeHead(303, { Location: to, ...headers }).end();
		if (url.pathname === '/login') {
			const query = new URLSearchParams({
				client_id: CLIENT.id,
				response_type: 'code',
				scope: 'openid',
				redirect_uri: callback(),
				state: 'x1',
			});
			return void go(`${names.origin('id.example')}/auth?${query}`);
		}
		if (url.pathname === '/callback') {
			const sid = randomUUID();
			people.set(sid, await whoIs(names, url.searchParams.get('code') ?? '', callback()));
			return void go('/', { 'Set-Cookie': `sid=${sid}; HttpOnly; Path=/; SameSite=Lax` });
		}
		if (url.pathname === '/logout') return void go('/', { 'Set-Cookie': 'sid=; Max-Age=0; Path=/' });
		const sid = /(?:^|; )sid=([^;]*)/.exec(req.headers.cookie ?? '')?.[1];
		const person = sid && people.get(sid);
		page(person ? `<h1>Hello ${person}</h1><a id="out" href="/logout">Sign out</a>` : '<h1>Shop</h1><a id="in" href="/login">Sign in</a>');
	};
}

/** Exchanges the code at the token endpoint, server to server, and reads the subject out of the ID token. */
async function whoIs(names: Names, code: string, redirectUri: string): Promise<string> {
	const issuer = new URL(names.origin('id.example'));
	const body = `${new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: redirectUri })}`;
	const answer = await new Promise<string>((done, fail) => {
		const req = request(
			{
				port: (names.server('id.example').address() as AddressInfo).port,
				host: '127.0.0.1',
				path: '/token',
				method: 'POST',
				auth: `${CLIENT.id}:${CLIENT.secret}`,
				headers: { Host: issuer.host, 'Content-Type': 'application/x-www-form-urlencoded' },
			},
			(res) => text(res).then(done, fail),
		);
		req.on('error', fail).end(body);
	});
	const [, claims = ''] = String(JSON.parse(answer).id_token).split('.');
	return JSON.parse(Buffer.from(claims, 'base64url').toString()).sub;
}

export const oidc: Site = {
	name: 'oidc',
	hosts: ['shop.example', 'id.example'],
	path: '/',
	async start(names) {
		const { Provider } = (await import('oidc-provider' as string)) as {
			Provider: new (issuer: string, configuration: unknown) => OidcProvider;
		};
		const provider = new Provider(names.origin('id.example'), {
			clients: [{ client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: [`${names.origin('shop.example')}/callback`] }],
			cookies: { keys: ['a key for tests'] },
			pkce: { required: () => false },
			findAccount: (_ctx: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id }) }),
		});
		provider.proxy = true;
		return { handlers: { 'shop.example': shop(names), 'id.example': provider.callback() } };
	},
	steps: [
		{ name: 'the shop opens', see: { css: 'h1', text: 'Shop' } },
		{ name: 'it sends to the login', act: (hand) => hand.click('#in'), see: { css: 'input[name=login]' } },
		{
			name: 'name and password are typed',
			act: async (hand) => {
				await hand.type('input[name=login]', 'ada');
				await hand.type('input[name=password]', 'engine-1843');
			},
			see: { css: 'input[name=login]', value: 'ada' },
		},
		{ name: 'the login asks for consent', act: (hand) => hand.press('Enter'), see: { css: 'button', text: 'Continue' } },
		{ name: 'the shop knows the person', act: (hand) => hand.click('button', { text: 'Continue' }), see: { css: 'h1', text: 'Hello ada' } },
		{ name: 'signed out of the shop', act: (hand) => hand.click('#out'), see: { css: '#in' } },
		{ name: 'the provider still knows them', act: (hand) => hand.click('#in'), see: { css: 'h1', text: 'Hello ada' } },
	],
};

interface OidcProvider {
	proxy: boolean;
	callback(): RequestListener;
}
