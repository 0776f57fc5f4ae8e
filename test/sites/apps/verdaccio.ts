// tests only (Node).
// Verdaccio, an npm registry: a server-rendered shell around a React application, with a login by token.
import { createHash } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { Site } from '../site.ts';

const { runServer } = createRequire(import.meta.url)('verdaccio') as { runServer(config: unknown): Promise<Server> };

const PERSON = { name: 'ada', password: 'engine-1843' };

export const verdaccio: Site = {
	name: 'verdaccio',
	hosts: ['packages.example'],
	path: '/',
	async start(names) {
		const registry = await runServer({
			self_path: names.folder,
			storage: `${names.folder}/storage`,
			secret: 'a-secret-of-32-characters-for-it',
			auth: { htpasswd: { file: `${names.folder}/htpasswd`, max_users: 10 } },
			web: { title: 'Packages', login: true },
			uplinks: {},
			packages: { '**': { access: '$all', publish: '$authenticated' } },
			log: { type: 'stdout', format: 'pretty', level: 'fatal' },
			server: { trustProxy: true },
		});
		const answer = (req: IncomingMessage, res: ServerResponse) => void registry.emit('request', req, res);
		const server = names.server('packages.example');
		server.on('request', answer);
		const { port } = server.address() as { port: number };
		await publish(`http://127.0.0.1:${port}`);
		return {};
	},
	steps: [
		{ name: 'the packages are listed', see: { css: '[data-testid="package-item-list"] *, a', text: 'left-lean' } },
		{
			name: 'the login opens',
			act: (hand) => hand.click('[data-testid="header--button-login"]'),
			see: { css: '[role=dialog] #login--dialog-username' },
		},
		{
			name: 'name and password',
			act: async (hand) => {
				await hand.type('#login--dialog-username', PERSON.name);
				await hand.type('#login--dialog-password', PERSON.password);
			},
			see: { css: '#login--dialog-username', value: PERSON.name },
		},
		{
			name: 'signed in',
			act: (hand) => hand.click('#login--dialog-button-submit'),
			see: [{ css: '[role=dialog]', count: 0 }, { css: '#header--button-account' }],
		},
		{ name: 'a package', act: (hand) => hand.click('a, h3, p', { text: 'left-lean' }), see: { css: 'h1', text: 'Leaning left' } },
		{
			name: 'its versions',
			act: (hand) => hand.click('[data-testid="versions-tab"], #versions-tab'),
			see: { css: '#root', text: '1.0.0' },
		},
		{ name: 'back to the list', act: (hand) => hand.page.goBack().catch(() => undefined), see: { css: '#root', text: 'left-lean' } },
	],
};

/** Makes the first person and publishes a package as `npm publish` does. */
async function publish(registry: string): Promise<void> {
	const json = { 'Content-Type': 'application/json' };
	const body = (value: unknown) => JSON.stringify(value);
	const made = await fetch(`${registry}/-/user/org.couchdb.user:${PERSON.name}`, { method: 'PUT', headers: json, body: body(PERSON) });
	const { token } = (await made.json()) as { token: string };
	const version = {
		name: 'left-lean',
		version: '1.0.0',
		description: 'Leans to the left',
		readme: '# Leaning left\n\nIt leans.',
		dist: { tarball: `${registry}/left-lean/-/left-lean-1.0.0.tgz`, shasum: createHash('sha1').update(Buffer.alloc(3)).digest('hex') },
	};
	const put = await fetch(`${registry}/left-lean`, {
		method: 'PUT',
		headers: { ...json, Authorization: `Bearer ${token}` },
		body: body({
			_id: 'left-lean',
			name: 'left-lean',
			readme: version.readme,
			'dist-tags': { latest: '1.0.0' },
			versions: { '1.0.0': version },
			_attachments: { 'left-lean-1.0.0.tgz': { content_type: 'application/octet-stream', data: 'AAAA', length: 3 } },
		}),
	});
	if (!put.ok) throw new Error(`publishing failed: ${put.status} ${await put.text()}`);
}
