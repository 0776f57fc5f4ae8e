// tests only (Node).
// GraphiQL as its README shows it for a CDN: React, CodeMirror in several panes, introspection over fetch, localStorage.
import type { RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import { buildSchema, graphql } from 'graphql';
import { files, npm } from '../files.ts';
import type { Names, Site } from '../site.ts';

const schema = buildSchema(`
	type Planet { name: String! moons: Int! }
	type Query { planet(name: String!): Planet planets: [Planet!]! }
`);
const planets = [
	{ name: 'Mars', moons: 2 },
	{ name: 'Saturn', moons: 146 },
];
const rootValue = { planets, planet: ({ name }: { name: string }) => planets.find((planet) => planet.name === name) };

const api: RequestListener = async (req, res) => {
	const { query, variables } = JSON.parse(await text(req));
	const result = await graphql({ schema, rootValue, source: query, variableValues: variables });
	res.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(result));
};

const page = (names: Names) => `<!doctype html>
<html lang="en">
  <head>
    <title>GraphiQL</title>
    <style>body { height: 100%; margin: 0; width: 100%; overflow: hidden; } #graphiql { height: 100vh; }</style>
    <script crossorigin src="${names.origin('cdn.example')}/react/umd/react.production.min.js"></script>
    <script crossorigin src="${names.origin('cdn.example')}/react-dom/umd/react-dom.production.min.js"></script>
    <script src="${names.origin('cdn.example')}/graphiql/graphiql.min.js" type="application/javascript"></script>
    <link rel="stylesheet" href="${names.origin('cdn.example')}/graphiql/graphiql.min.css" />
  </head>
  <body>
    <div id="graphiql">Loading...</div>
    <script>
      const root = ReactDOM.createRoot(document.getElementById('graphiql'));
      const fetcher = GraphiQL.createFetcher({ url: '/graphql' });
      root.render(React.createElement(GraphiQL, { fetcher, defaultQuery: '{ planets { name } }', shouldPersistHeaders: true }));
    </script>
  </body>
</html>`;

export const graphiql: Site = {
	name: 'graphiql',
	hosts: ['graph.example', 'cdn.example'],
	path: '/',
	start: (names) => ({
		handlers: {
			'graph.example': files({ '/': { html: () => page(names) }, '/graphql': api }),
			'cdn.example': files({ '/react/': npm('react'), '/react-dom/': npm('react-dom'), '/graphiql/': npm('graphiql') }, { cors: true }),
		},
	}),
	steps: [
		{ name: 'it opens with a query', see: { css: '.graphiql-query-editor .CodeMirror-line', text: 'planets' } },
		{
			name: 'the query runs',
			act: (hand) => hand.click('.graphiql-execute-button'),
			see: { css: '.graphiql-response .CodeMirror-line', text: 'Saturn' },
		},
		{
			name: 'another query is written',
			act: async (hand) => {
				await hand.click('.graphiql-query-editor .CodeMirror-line');
				await hand.press('Control+A');
				await hand.keys('{ planet(name: "Saturn") { moons ');
				await hand.press('Escape');
			},
			see: { css: '.graphiql-query-editor .CodeMirror-line', text: 'Saturn' },
		},
		{
			name: 'and runs by its shortcut',
			act: (hand) => hand.press('Control+Enter'),
			see: { css: '.graphiql-response .CodeMirror-line', text: '146' },
		},
		{
			name: 'the documentation opens',
			act: (hand) => hand.click('button[aria-label="Show Documentation Explorer"]'),
			see: { css: '.graphiql-doc-explorer', text: 'Query' },
		},
		{
			name: 'a type is looked up',
			act: (hand) => hand.click('.graphiql-doc-explorer a', { text: 'Query' }),
			see: { css: '.graphiql-doc-explorer-content a', text: 'planet' },
		},
		{ name: 'a second tab', act: (hand) => hand.click('button.graphiql-tab-add'), see: { css: '.graphiql-tab', count: 2 } },
	],
};
