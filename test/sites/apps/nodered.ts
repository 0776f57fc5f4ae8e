// tests only (Node).
// Node-RED: a jQuery and D3 (SVG) editor on express with a login, tokens in localStorage, cookies, and a WebSocket for its events.
import { createHash } from 'node:crypto';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { Site } from '../site.ts';

const require = createRequire(import.meta.url);

interface NodeRed {
	init(server: Server, settings: unknown): void;
	start(): Promise<void>;
	stop(): Promise<void>;
	readonly httpAdmin: RequestListener;
}

export const nodered: Site = {
	name: 'node-red',
	hosts: ['flows.example'],
	path: '/',
	async start(names) {
		const RED = require('node-red') as NodeRed;
		const person = { username: 'ada', permissions: '*' };
		const digest = (text: string) => createHash('sha256').update(text).digest('hex');
		const password = digest('engine-1843');
		RED.init(names.server('flows.example'), {
			httpAdminRoot: '/',
			httpNodeRoot: false,
			userDir: names.folder,
			flowFile: 'flows.json',
			credentialSecret: false,
			telemetry: { enabled: false },
			externalModules: { palette: { allowInstall: false } },
			editorTheme: { tours: false, projects: { enabled: false }, codeEditor: { lib: 'ace' } },
			logging: { console: { level: 'off', metrics: false, audit: false } },
			adminAuth: {
				type: 'credentials',
				users: async (name: string) => (name === person.username ? person : null),
				authenticate: async (name: string, given: string) => (name === person.username && digest(given) === password ? person : null),
			},
		});
		names.server('flows.example').on('request', (req: IncomingMessage, res: ServerResponse) => RED.httpAdmin(req, res));
		await RED.start();
		return { close: () => RED.stop() };
	},
	steps: [
		{ name: 'the login stands', see: { css: '#node-dialog-login-username' } },
		{
			name: 'name and password',
			act: async (hand) => {
				await hand.type('#node-dialog-login-username', 'ada');
				await hand.type('#node-dialog-login-password', 'engine-1843');
			},
			see: { css: '#node-dialog-login-username', value: 'ada' },
		},
		{
			name: 'the editor opens',
			act: (hand) => hand.press('Enter'),
			see: [{ css: '#red-ui-palette .red-ui-palette-node', text: 'inject' }, { css: '#red-ui-workspace-chart svg' }],
		},
		{
			name: 'the palette is filtered',
			act: (hand) => hand.type('#red-ui-palette-search input', 'delay'),
			see: [
				{ css: '.red-ui-palette-node', text: 'delay' },
				{ css: '.red-ui-palette-node', text: 'inject', count: 0 },
			],
		},
		{
			name: 'a node is dragged onto the flow',
			act: (hand) => hand.drag('.red-ui-palette-node[data-palette-type="delay"]', 400, 100),
			see: { css: '.red-ui-flow-node', text: 'delay' },
		},
		{
			name: 'it is deployed',
			act: (hand) => hand.click('#red-ui-header-button-deploy'),
			see: { css: '.red-ui-notification', text: 'Successfully deployed' },
		},
		{
			name: 'its settings open',
			act: (hand) => hand.click('.red-ui-flow-node', { times: 2 }),
			see: { css: '#node-input-timeout', value: '5' },
		},
		{ name: 'they close', act: (hand) => hand.click('#node-dialog-cancel'), see: { css: '#node-input-timeout', count: 0 } },
		{
			name: 'a second flow',
			act: (hand) => hand.click('.red-ui-tab-button.red-ui-tabs-add'),
			see: { css: '.red-ui-tab-label', text: 'Flow 2' },
		},
	],
};
