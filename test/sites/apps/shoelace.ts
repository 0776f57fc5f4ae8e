// tests only (Node).
// Shoelace's web components from a CDN's origin, as its README shows: shadow roots, slots, constructed style sheets, form controls of their own.
import { files, npm } from '../files.ts';
import type { Site } from '../site.ts';

export const shoelace: Site = {
	name: 'shoelace',
	hosts: ['components.example', 'cdn.example'],
	path: '/',
	start: (names) => ({
		handlers: {
			'components.example': files({
				'/': {
					html: () => `<!DOCTYPE html>
<html>
  <head>
    <meta charset="utf-8"><title>Shoelace</title>
    <link rel="stylesheet" href="${names.origin('cdn.example')}/cdn/themes/light.css" />
    <script type="module" src="${names.origin('cdn.example')}/cdn/shoelace-autoloader.js"></script>
  </head>
  <body style="padding: 2rem">
    <sl-button variant="primary" class="open">Open dialog</sl-button>
    <sl-dialog label="A dialog"><p>Inside the dialog</p><sl-button slot="footer" class="close">Close</sl-button></sl-dialog>
    <sl-input label="Name" class="name"></sl-input>
    <sl-checkbox class="agree">I agree</sl-checkbox>
    <sl-details summary="More about it">Hidden at first</sl-details>
    <sl-tab-group><sl-tab slot="nav" panel="a">First</sl-tab><sl-tab slot="nav" panel="b">Second</sl-tab><sl-tab-panel name="a">Panel one</sl-tab-panel><sl-tab-panel name="b">Panel two</sl-tab-panel></sl-tab-group>
    <sl-rating label="Rating"></sl-rating>
    <output></output>
    <script>
      const dialog = document.querySelector('sl-dialog');
      dialog.addEventListener('sl-after-show', () => { dialog.dataset.shown = ''; });
      document.querySelector('.open').addEventListener('click', () => dialog.show());
      document.querySelector('.close').addEventListener('click', () => dialog.hide());
      document.querySelector('.name').addEventListener('sl-input', (event) => { document.querySelector('output').textContent = 'Hello ' + event.target.value; });
    </script>
  </body>
</html>`,
				},
			}),
			'cdn.example': files({ '/': npm('@shoelace-style/shoelace') }, { cors: true }),
		},
	}),
	steps: [
		{ name: 'the components come alive', see: [{ css: 'sl-button.open >>> button' }, { css: 'sl-tab-group >>> .tab-group' }] },
		{
			name: 'the dialog opens',
			act: (hand) => hand.click('sl-button.open'),
			// to its end: a dialog of this library that is closed while it opens stays open
			see: { css: 'sl-dialog[data-shown] >>> .dialog__title', text: 'A dialog' },
		},
		{ name: 'the dialog closes', act: (hand) => hand.click('sl-button.close'), see: { css: 'sl-dialog >>> .dialog__panel', count: 0 } },
		{
			name: 'a name is typed',
			act: (hand) => hand.type('sl-input.name >>> input', 'Ada'),
			see: [
				{ css: 'output', text: 'Hello Ada' },
				{ css: 'sl-input.name >>> input', value: 'Ada' },
			],
		},
		{
			name: 'a box is ticked',
			act: (hand) => hand.click('sl-checkbox.agree >>> .checkbox__control'),
			see: { css: 'sl-checkbox.agree >>> .checkbox--checked' },
		},
		{ name: 'details unfold', act: (hand) => hand.click('sl-details >>> summary'), see: { css: 'sl-details >>> details[open]' } },
		{ name: 'the second tab', act: (hand) => hand.click('sl-tab[panel="b"]'), see: { css: 'sl-tab-panel', text: 'Panel two' } },
	],
};
