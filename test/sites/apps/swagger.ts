// tests only (Node).
// Swagger UI, a big React application, over an API on another origin: CORS, fetch, and forms of its own making.
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { files, npm } from '../files.ts';
import { petstore } from '../petstore.ts';
import type { Names, Site } from '../site.ts';

const initializer =
	(names: Names): RequestListener =>
	(_req, res) => {
		res.writeHead(200, { 'Content-Type': 'text/javascript' }).end(`window.onload = () => {
	window.ui = SwaggerUIBundle({
		url: '${names.origin('api.example')}/openapi.json',
		dom_id: '#swagger-ui',
		deepLinking: true,
		presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
		layout: 'StandaloneLayout',
	});
};`);
	};

function api(names: Names): RequestListener {
	const pets = new Map([['7', { id: 7, name: 'Rex' }]]);
	return (req: IncomingMessage, res: ServerResponse) => {
		const json = (status: number, body: unknown) =>
			res
				.writeHead(status, {
					'Content-Type': 'application/json',
					'Access-Control-Allow-Origin': req.headers.origin ?? '*',
					'Access-Control-Allow-Headers': 'content-type',
					'Access-Control-Allow-Methods': 'GET,POST,OPTIONS',
				})
				.end(JSON.stringify(body));
		const id = /^\/pets\/(\w+)$/.exec(req.url ?? '')?.[1];
		if (req.method === 'OPTIONS') return json(200, {});
		if (req.url === '/openapi.json') return json(200, petstore(names.origin('api.example')));
		const pet = pets.get(id ?? '');
		return pet ? json(200, pet) : json(404, { message: 'no such pet' });
	};
}

const OPERATION = '#operations-pets-showPetById';

export const swagger: Site = {
	name: 'swagger-ui',
	hosts: ['docs.example', 'api.example'],
	path: '/',
	start: (names) => ({
		handlers: {
			'docs.example': files({ '/': npm('swagger-ui-dist'), '/swagger-initializer.js': initializer(names) }),
			'api.example': api(names),
		},
	}),
	steps: [
		{
			name: 'the API is shown',
			see: [
				{ css: '.info .title', text: 'Petstore' },
				{ css: '.opblock', count: 3 },
			],
		},
		{
			name: 'an operation opens',
			act: (hand) => hand.click(`${OPERATION} .opblock-summary-control`),
			see: { css: `${OPERATION} .parameters-col_name`, text: 'Name' },
		},
		{ name: 'try it out', act: (hand) => hand.click(`${OPERATION} .try-out__btn`), see: { css: `${OPERATION} .btn.execute` } },
		{ name: 'a parameter is typed', act: (hand) => hand.type(`${OPERATION} input`, '7'), see: { css: `${OPERATION} input`, value: '7' } },
		{
			name: 'the answer arrives',
			act: (hand) => hand.click(`${OPERATION} .btn.execute`),
			see: [
				{ css: `${OPERATION} .response-col_status`, text: '200' },
				{ css: `${OPERATION} .highlight-code`, text: 'Rex' },
			],
		},
		{ name: 'models fold', act: (hand) => hand.click('.models-control'), see: { css: '.models.is-open', count: 0 } },
		{
			name: 'an address is copied into the explore bar',
			act: async (hand) => {
				await hand.click('.download-url-input', {});
				await hand.press('Control+A');
				await hand.keys('/nothing.json');
				await hand.click('.download-url-button');
			},
			see: { css: '.errors-wrapper, .loading-container', text: 'Failed to load API definition' },
		},
	],
};
