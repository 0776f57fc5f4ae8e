// tests only (Node).
// The admin UI of Socket.IO (a Vue application) that signs in to a chat server on another origin, over a WebSocket.
import { createRequire } from 'node:module';
import { Server } from 'socket.io';
import { io } from 'socket.io-client';
import { files, npm } from '../files.ts';
import type { Site } from '../site.ts';

const { instrument } = createRequire(import.meta.url)('@socket.io/admin-ui') as { instrument(io: Server, options: unknown): void };

export const socketAdmin: Site = {
	name: 'socket-admin',
	hosts: ['admin.example', 'chat.example'],
	path: '/',
	start(names) {
		const chat = new Server(names.server('chat.example'), { cors: { origin: [names.origin('admin.example')], credentials: true } });
		instrument(chat, { auth: false, mode: 'development' });
		chat.on('connection', (socket) => socket.join('garden'));
		const { port } = names.server('chat.example').address() as { port: number };
		const person = io(`http://127.0.0.1:${port}`, { transports: ['websocket'] });
		const handler = files({
			'/': npm('@socket.io/admin-ui/ui/dist'),
			'/server': { html: () => names.origin('chat.example') },
		});
		return {
			handlers: { 'admin.example': handler },
			close: () => {
				person.close();
				chat.close();
			},
		};
	},
	steps: [
		{ name: 'it asks for a server', see: { css: '.v-dialog', text: 'Server URL' } },
		{
			name: 'the server is typed',
			act: async (hand) => {
				const frame = await hand.frame();
				const address = await frame.evaluate(() => fetch('/server').then((answer) => answer.text()));
				await hand.click('.v-dialog input[type=text]');
				await hand.press('Control+A');
				await hand.keys(address);
			},
			see: (document) => [...document.querySelectorAll('input')].some((input) => input.value.includes('chat.example')),
		},
		{
			name: 'it connects',
			act: (hand) => hand.click('.v-dialog button', { text: 'Connect' }),
			see: [
				{ css: '.v-dialog', count: 0 },
				{ css: '.v-card', text: 'Clients' },
			],
		},
		{
			name: 'the sockets',
			act: (hand) => hand.click('.v-navigation-drawer a', { text: 'Sockets' }),
			see: { css: 'tbody tr', text: 'WebSocket' },
		},
		{ name: 'the rooms', act: (hand) => hand.click('.v-navigation-drawer a', { text: 'Rooms' }), see: { css: 'tbody td', text: 'garden' } },
		{
			name: 'the clients',
			act: (hand) => hand.click('.v-navigation-drawer a', { text: 'Clients' }),
			see: { css: 'tbody tr' },
		},
		{
			name: 'the servers',
			act: (hand) => hand.click('.v-navigation-drawer a', { text: 'Servers' }),
			see: { css: 'tbody tr', text: 'ago' },
		},
	],
};
