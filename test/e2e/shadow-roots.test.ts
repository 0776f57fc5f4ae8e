// tests only (Node, Chromium).
// Closed shadow roots that the parser or a script's markup makes: guests see what is in them, as it comes and as it changes, and act in them.
import { suite } from '../harness.ts';
import { handControl } from './people.ts';
import { meet, openTown, type Pages } from './town.ts';

const test = suite('closed shadow roots', { limit: 60_000 });

const PRESS = `<button style="display:block;width:100%;height:150px" onclick="this.textContent = 'pressed'">press</button>`;
const PAGES: Pages = {
	'/closed': `<style>x-card{display:block}</style><x-card id=parsed><template shadowrootmode="closed"><style>button{color:rgb(1, 2, 3)}</style>${PRESS}<p>parsed</p></template></x-card>
		<div id=made></div><script>made.setHTMLUnsafe(\`<x-card><template shadowrootmode="closed">${PRESS}<p>made</p></template></x-card>\`);</script>`,
};

/** In a guest's document, where all shadow roots are open: whether the root of `css` holds a `tag` with this text. */
const inRoot = (css: string, tag: string, text: string) =>
	`document.querySelector('${css}')?.shadowRoot?.querySelector('${tag}')?.textContent === '${text}'`;

test('guests see what is in them and press what is there', async (t) => {
	const { host, guest } = await meet(await openTown(t, PAGES), 'https://a.example/closed');
	for (const [css, text] of [
		['#parsed', 'parsed'],
		['#made x-card', 'made'],
	] as const) {
		await guest.sight.see(inRoot(css, 'p', text));
		await guest.sight.see(`${inRoot(css, 'button', 'press')} && !document.querySelector('${css}').shadowRoot.querySelector('tandem-root')`);
	}
	await guest.sight.see(`getComputedStyle(document.querySelector('#parsed').shadowRoot.querySelector('button')).color === 'rgb(1, 2, 3)'`);
	await handControl(host, guest);
	for (const css of ['#parsed', '#made x-card']) {
		await guest.sight.click(css);
		await guest.sight.see(inRoot(css, 'button', 'pressed'));
	}
});

test.run();
