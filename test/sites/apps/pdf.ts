// tests only (Node).
// The viewer of PDF.js with the paper that comes with it: worker, range requests, canvas, text layer, localised by a file it fetches.
import { files, npm } from '../files.ts';
import type { Site } from '../site.ts';

export const pdf: Site = {
	name: 'pdfjs',
	hosts: ['paper.example'],
	path: '/web/viewer.html',
	start: () => ({ handlers: { 'paper.example': files({ '/': npm('pdfjs-dist-viewer-min/build/minified') }) } }),
	steps: [
		{ name: 'the paper opens', see: [{ css: '#numPages', text: 'of 14' }, { css: '.page[data-page-number="1"] canvas' }] },
		{ name: 'its text can be selected', see: { css: '.textLayer span', text: 'Trace-based Just-in-Time Type Specialization' } },
		{ name: 'the next page', act: (hand) => hand.click('#next'), see: { css: '#pageNumber', value: '2' } },
		{
			name: 'a page is named',
			act: async (hand) => {
				await hand.click('#pageNumber');
				await hand.press('Control+A');
				await hand.keys('14');
				await hand.press('Enter');
			},
			see: [
				{ css: '#pageNumber', value: '14' },
				{ css: '.page[data-page-number="14"] .textLayer span', text: 'References' },
			],
		},
		{ name: 'the sidebar opens', act: (hand) => hand.click('#sidebarToggle'), see: { css: '#thumbnailView .thumbnail' } },
		{
			name: 'a search',
			act: async (hand) => {
				await hand.click('#viewFind');
				await hand.type('#findInput', 'monkey');
				await hand.press('Enter');
			},
			see: { css: '#findResultsCount', text: 'of' },
		},
		{ name: 'it is marked in the text', see: { css: '.textLayer .highlight', text: 'onkey' } },
	],
};
