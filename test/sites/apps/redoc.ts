// tests only (Node).
// Redoc: one bundle from a CDN's origin that lays out a whole reference, with styled-components, scroll tracking and history.
import { files, npm } from '../files.ts';
import { petstore } from '../petstore.ts';
import type { Site } from '../site.ts';

export const redoc: Site = {
	name: 'redoc',
	hosts: ['reference.example', 'cdn.example'],
	path: '/',
	start: (names) => ({
		handlers: {
			'reference.example': files({
				'/': {
					html: () => `<!DOCTYPE html>
<html>
  <head>
    <title>Redoc</title>
    <meta charset="utf-8"/>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <style>body { margin: 0; padding: 0; }</style>
  </head>
  <body>
    <redoc spec-url='/openapi.json'></redoc>
    <script src="${names.origin('cdn.example')}/bundles/redoc.standalone.js"></script>
  </body>
</html>`,
				},
				'/openapi.json': (_req, res) => {
					res.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(petstore('https://api.example')));
				},
			}),
			'cdn.example': files({ '/': npm('redoc') }, { cors: true }),
		},
	}),
	steps: [
		{
			name: 'the reference is laid out',
			see: [
				{ css: '.api-info h1', text: 'Petstore' },
				{ css: '.menu-content label', text: 'pets' },
			],
		},
		{
			name: 'a tag unfolds',
			act: (hand) => hand.click('.menu-content label', { text: 'pets' }),
			see: { css: '.menu-content label', text: 'A single pet' },
		},
		{
			name: 'an operation is reached',
			act: (hand) => hand.click('.menu-content label', { text: 'A single pet' }),
			see: [
				{ css: '.menu-content label.active', text: 'A single pet' },
				{ css: 'h2', text: 'A single pet' },
			],
		},
		{
			name: 'a response unfolds',
			act: (hand) => hand.click('[id$="showPetById"] button', { text: '200' }),
			see: { css: '[id$="showPetById"] td', text: 'name' },
		},
		{
			name: 'a search',
			act: (hand) => hand.type('.menu-content input', 'create'),
			see: { css: '.menu-content [role="search"] label, .menu-content [data-role="search:results"] label', text: 'Create a pet' },
		},
		{
			name: 'its result is followed',
			act: (hand) => hand.click('[data-role="search:results"] label', { text: 'Create a pet' }),
			see: { css: '[data-section-id="tag/pets/operation/createPet"] h2', text: 'Create a pet' },
		},
		{
			name: 'the search is cleared',
			act: async (hand) => {
				await hand.click('.menu-content input');
				await hand.press('Escape');
			},
			see: { css: '[data-role="search:results"]', count: 0 },
		},
	],
};
