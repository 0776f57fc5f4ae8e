// tests only (Node, Chromium).
// What a page at the top may ask the browser for, a tab's root may.
import { wholeChromium } from '../browser.ts';
import { suite } from '../harness.ts';
import { makeSession, openHost } from './people.ts';
import { openTown } from './town.ts';

const test = suite('features', { limit: 60_000 });

test('a page may ask for devices, fonts and screens', async (t) => {
	const script = `document.querySelector('h1').textContent = ['camera', 'usb', 'hid', 'serial', 'local-fonts', 'window-management', 'idle-detection', 'ch-ect'].map((name) => document.featurePolicy.allowsFeature(name)).join(' ')`;
	const { tandem, browser } = await openTown(t, { '/': `<h1></h1><script>${script}</script>` }, wholeChromium);
	const host = await openHost(browser, await makeSession(tandem, 'https://a.example/'));
	await host.sight.see({ css: 'h1', text: 'true true true true true true true false' });
});

test.run();
