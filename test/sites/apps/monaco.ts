// tests only (Node).
// Monaco, the editor of VS Code, from a CDN's origin through its AMD loader: language workers (blob: and importScripts), fonts, a huge bundle.
import { files, npm } from '../files.ts';
import type { Site } from '../site.ts';

const SOURCE = `interface Point { x: number; y: number }\nfunction norm(p: Point) {\n\treturn Math.hypot(p.x, p.y);\n}\n`;

export const monaco: Site = {
	name: 'monaco',
	hosts: ['editor.example', 'cdn.example'],
	path: '/',
	start: (names) => ({
		handlers: {
			'editor.example': files({
				'/': {
					html: () => `<!DOCTYPE html>
<html>
  <head><meta charset="utf-8"><title>Monaco</title></head>
  <body style="margin:0">
    <div id="container" style="width: 100%; height: 500px; border-bottom: 1px solid grey"></div>
    <p id="problems"></p>
    <script src="${names.origin('cdn.example')}/min/vs/loader.js"></script>
    <script>
      require.config({ paths: { vs: '${names.origin('cdn.example')}/min/vs' } });
      require(['vs/editor/editor.main'], function () {
        const editor = monaco.editor.create(document.getElementById('container'), {
          value: ${JSON.stringify(SOURCE)}, language: 'typescript', automaticLayout: true
        });
        monaco.editor.onDidChangeMarkers(() => {
          document.getElementById('problems').textContent =
            monaco.editor.getModelMarkers({}).map((m) => m.message).join('; ') || 'no problems';
        });
      });
    </script>
  </body>
</html>`,
				},
			}),
			'cdn.example': files({ '/': npm('monaco-editor') }, { cors: true }),
		},
	}),
	steps: [
		{ name: 'source is shown', see: { css: '.view-line', text: 'Math.hypot' } },
		{
			name: 'it is coloured',
			see: (document) => new Set([...document.querySelectorAll('.view-line span span')].map((e) => getComputedStyle(e).color)).size >= 3,
		},
		{
			name: 'a line is typed at the end',
			act: async (hand) => {
				await hand.click('.view-line', { text: 'interface' });
				await hand.press('Control+End');
				await hand.keys('const n: number = norm;');
			},
			see: { css: '.view-line', text: 'number = norm' },
		},
		{ name: 'the worker finds the mistake', see: { css: '#problems', text: 'is not assignable to type' } },
		{
			name: 'it is mended',
			act: async (hand) => {
				await hand.press('Backspace');
				await hand.keys('({ x: 3, y: 4 });');
			},
			see: [
				{ css: '.view-line', text: 'x: 3, y: 4' },
				{ css: '#problems', text: 'no problems' },
			],
		},
		{ name: 'the find box opens', act: (hand) => hand.press('Control+F'), see: { css: '.find-widget.visible' } },
		{ name: 'it finds', act: (hand) => hand.keys('Point'), see: { css: '.find-widget .matchesCount', text: 'of 2' } },
		{ name: 'it closes', act: (hand) => hand.press('Escape'), see: { css: '.find-widget.visible', count: 0 } },
	],
};
