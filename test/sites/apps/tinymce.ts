// tests only (Node).
// TinyMCE, a rich-text editor whose text lives in an iframe that it writes itself.
import { files, npm } from '../files.ts';
import type { Site } from '../site.ts';

const PAGE = `<!DOCTYPE html>
<html>
  <head>
    <meta charset="utf-8"><title>TinyMCE</title>
    <script src="/tinymce/tinymce.min.js" referrerpolicy="origin"></script>
    <script>
      tinymce.init({ selector: '#mytextarea', license_key: 'gpl', promotion: false, plugins: 'lists table wordcount', toolbar: 'undo redo | bold italic | bullist | table', height: 400 });
    </script>
  </head>
  <body>
    <h1>TinyMCE Quick Start Guide</h1>
    <form method="post" action="/saved">
      <textarea id="mytextarea" name="text">&lt;p&gt;Hello, World!&lt;/p&gt;</textarea>
      <button id="save">Save</button>
    </form>
  </body>
</html>`;

const TEXT = 'iframe.tox-edit-area__iframe';

export const tinymce: Site = {
	name: 'tinymce',
	hosts: ['letter.example'],
	path: '/',
	start: () => ({
		handlers: {
			'letter.example': files({
				'/': { html: () => PAGE },
				'/tinymce/': npm('tinymce'),
				'/saved': async (req, res) => {
					const { text } = await import('node:stream/consumers');
					const saved = new URLSearchParams(await text(req)).get('text') ?? '';
					res.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
					res.end(`<title>Saved</title><article>${saved}</article>`);
				},
			}),
		},
	}),
	steps: [
		{ name: 'the toolbar stands', see: { css: '.tox-tbtn[data-mce-name="bold"]' } },
		{ name: 'text stands in the editor’s iframe', within: TEXT, see: { css: 'body#tinymce p', text: 'Hello, World!' } },
		{
			name: 'text is typed into it',
			act: async (hand) => {
				await hand.within(TEXT).click('p');
				await hand.press('Control+End');
				await hand.keys(' Dear reader,');
			},
			within: TEXT,
			see: { css: 'p', text: 'Hello, World! Dear reader,' },
		},
		{
			name: 'bold is switched on',
			act: async (hand) => {
				await hand.press('Enter');
				await hand.click('.tox-tbtn[data-mce-name="bold"]');
				await hand.keys('important');
			},
			within: TEXT,
			see: { css: 'strong', text: 'important' },
		},
		{
			name: 'the menu of formats opens',
			act: (hand) => hand.click('.tox-mbtn', { text: 'Insert' }),
			see: { css: '.tox-collection__item-label', text: 'Table' },
		},
		{ name: 'it closes again', act: (hand) => hand.press('Escape'), see: { css: '.tox-collection__item-label', count: 0 } },
		{ name: 'the words are counted', see: { css: '.tox-statusbar__wordcount', text: '5 words' } },
		{ name: 'the letter is saved', act: (hand) => hand.click('#save'), see: { css: 'article strong', text: 'important' } },
	],
};
