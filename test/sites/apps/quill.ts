// tests only (Node).
// Quill, a rich-text editor on contenteditable that watches its own DOM by MutationObserver.
import { files, npm } from '../files.ts';
import type { Site } from '../site.ts';

const PAGE = `<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8"><title>Quill</title>
<link href="/quill/dist/quill.snow.css" rel="stylesheet">
</head>
<body>
<div id="editor">
  <p>Hello World!</p>
</div>
<script src="/quill/dist/quill.js"></script>
<script>
  const quill = new Quill('#editor', { theme: 'snow', modules: { toolbar: [[{ header: [1, 2, false] }], ['bold', 'italic', 'link'], [{ list: 'ordered' }, { list: 'bullet' }], ['clean']] } });
</script>
</body>
</html>`;

export const quill: Site = {
	name: 'quill',
	hosts: ['write.example'],
	path: '/',
	start: () => ({ handlers: { 'write.example': files({ '/': { html: () => PAGE }, '/quill/': npm('quill') }) } }),
	steps: [
		{ name: 'text stands in the editor', see: { css: '.ql-editor p', text: 'Hello World!' } },
		{
			name: 'a sentence is typed',
			act: async (hand) => {
				await hand.click('.ql-editor p');
				await hand.press('End');
				await hand.keys(' And you too.');
			},
			see: { css: '.ql-editor p', text: 'Hello World! And you too.' },
		},
		{
			name: 'a bold word in a new paragraph',
			act: async (hand) => {
				await hand.press('Enter');
				await hand.click('button.ql-bold');
				await hand.keys('strongly');
			},
			see: [{ css: '.ql-editor strong', text: 'strongly' }, { css: 'button.ql-bold.ql-active' }],
		},
		{
			name: 'a list',
			act: async (hand) => {
				await hand.press('Enter');
				await hand.click('button.ql-list[value="bullet"]');
				await hand.keys('one');
				await hand.press('Enter');
				await hand.keys('two');
			},
			see: { css: '.ql-editor li[data-list="bullet"]', count: 2 },
		},
		{
			name: 'a heading from the picker',
			act: async (hand) => {
				await hand.click('.ql-editor p', { text: 'Hello' });
				await hand.click('.ql-header .ql-picker-label');
				await hand.click('.ql-header .ql-picker-item[data-value="1"]');
			},
			see: { css: '.ql-editor h1', text: 'Hello World!' },
		},
		{ name: 'undo', act: (hand) => hand.press('Control+Z'), see: { css: '.ql-editor h1', count: 0 } },
	],
};
