// tests only (Node).
// GrapesJS, a page builder: its canvas is an iframe filled from the parent, its panels are drawn around it.
import { files, npm } from '../files.ts';
import type { Site } from '../site.ts';

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8"><title>GrapesJS</title>
    <link href="/grapesjs/dist/css/grapes.min.css" rel="stylesheet" />
    <script src="/grapesjs/dist/grapes.min.js"></script>
    <style>body, html { height: 100%; margin: 0; }</style>
  </head>
  <body>
    <div id="gjs"><h1 class="title">Hello World Component!</h1><p>Some text</p></div>
    <script>
      const editor = grapesjs.init({ container: '#gjs', fromElement: true, height: '100%', storageManager: false, telemetry: false, noticeOnUnload: false, cssIcons: '',
        blockManager: { blocks: [{ id: 'section', label: 'Section', content: '<section><h2>A new section</h2></section>', activate: true }] } });
    </script>
  </body>
</html>`;

const CANVAS = 'iframe.gjs-frame';

export const grapes: Site = {
	name: 'grapesjs',
	hosts: ['builder.example'],
	path: '/',
	start: () => ({ handlers: { 'builder.example': files({ '/': { html: () => PAGE }, '/grapesjs/': npm('grapesjs') }) } }),
	steps: [
		{ name: 'the panels stand', see: { css: '.gjs-pn-views' } },
		{ name: 'the page is in the canvas', within: CANVAS, see: { css: 'h1', text: 'Hello World Component!' } },
		{ name: 'a component is selected', act: (hand) => hand.within(CANVAS).click('h1'), within: CANVAS, see: { css: 'h1.gjs-selected' } },
		{ name: 'its tools show', see: { css: '.gjs-toolbar .gjs-toolbar-item' } },
		{
			name: 'the layers open',
			act: (hand) => hand.click('.gjs-pn-views .gjs-pn-btn:nth-child(3)'),
			see: { css: '.gjs-layer', text: 'Body' },
		},
		{
			name: 'its text is edited',
			act: async (hand) => {
				await hand.within(CANVAS).click('h1', { times: 2 });
				await hand.press('Control+A');
				await hand.keys('Written together');
				await hand.within(CANVAS).click('p');
			},
			within: CANVAS,
			see: { css: 'h1', text: 'Written together' },
		},
		{ name: 'it is deleted', act: (hand) => hand.press('Delete'), within: CANVAS, see: { css: 'p', count: 0 } },
	],
};
