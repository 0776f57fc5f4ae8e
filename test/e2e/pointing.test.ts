// tests only (Node, Chromium).
// Pointing over a page: laser, ink and highlights of host and guests, each where the content is, and never in the page itself.
import * as assert from 'uvu/assert';
import { suite } from '../harness.ts';
import { control, joinGuest, type Person } from './people.ts';
import { meet, openTown, type Pages } from './town.ts';

const test = suite('pointing', { limit: 120_000 });

const PAGES: Pages = {
	'/': `<style>body { margin: 0 } main { height: 3000px } #card { position: absolute; left: 100px; top: 200px; width: 300px; height: 100px; background: #eee }
		iframe { position: absolute; left: 100px; top: 400px; border: 0 }</style><main><div id="card">card</div><iframe id="f" src="https://b.example/inner" width="400" height="200"></iframe></main>
		<script>seen = []; new MutationObserver((all) => seen.push(...all.map(({ target }) => target.nodeName))).observe(document, { childList: true, subtree: true, attributes: true });
		for (const type of ['pointerdown', 'mousedown', 'click']) addEventListener(type, () => seen.push(type), true)</script>`,
	'/inner': '<div style="height: 900px"><p id="in" style="margin: 20px">inside</p></div>',
	'/next': '<h1>next</h1>',
};

const MARK = control('mark');
const HIGHLIGHT = control('mark-highlight');

/** Where on the person's screen the marks of a kind are drawn: the box of each shape. */
function shapes({ page }: Person, css: string): Promise<{ x: number; y: number; width: number }[]> {
	return page.evaluate(
		(selector) =>
			[...document.querySelectorAll(`${selector}:not([hidden]) :is(path, rect)`)].map((shape) => {
				const { x, y, width } = shape.getBoundingClientRect();
				return { x: Math.round(x), y: Math.round(y), width: Math.round(width) };
			}),
		css,
	);
}

/** A stroke over the page, in its viewport. */
async function stroke({ page }: Person, ...points: readonly (readonly [x: number, y: number])[]): Promise<void> {
	const { left, top } = await page.$eval('.stage', (stage) => stage.getBoundingClientRect().toJSON() as DOMRect);
	const [first = [0, 0]] = points;
	await page.mouse.move(left + first[0], top + first[1]);
	await page.mouse.down();
	for (const [x, y] of points.slice(1)) await page.mouse.move(left + x, top + y, { steps: 4 });
	await page.mouse.up();
}

const near = (one: number | undefined, other: number | undefined) => Math.abs((one ?? 1e9) - (other ?? -1e9)) <= 3;

async function until(what: string, probe: () => Promise<boolean>): Promise<void> {
	for (let i = 0; i < 150; i++) {
		if (await probe()) return;
		await new Promise((done) => setTimeout(done, 100));
	}
	assert.unreachable(what);
}

test('ink and highlights are where the content is, for all and for who comes late; the page sees none of it', async (t) => {
	const town = await openTown(t, PAGES);
	const { host, guest, session } = await meet(town, 'https://a.example/');
	await guest.sight.see({ css: '#card' });
	await guest.sight.within('#f').see({ css: '#in' });
	await host.shell.click(control('draw'));
	await host.shell.click(control('draw-keep'));
	await stroke(host, [120, 220], [300, 220]);
	await guest.shell.see({ css: MARK, text: 'Host', count: 1 });
	const [drawn] = await shapes(host, MARK);
	await until('the stroke is where it was drawn', async () => near((await shapes(guest, MARK))[0]?.x, drawn?.x) && near(drawn?.width, 180));

	// In another site's frame, by the guest.
	await guest.shell.click(control('highlight'));
	await guest.shell.click(control('draw-keep'));
	await stroke(guest, [150, 430]);
	await host.shell.see({ css: HIGHLIGHT, text: 'Grace', count: 1 });
	await until('the highlight is on the element', async () => near((await shapes(host, HIGHLIGHT))[0]?.x, 124));

	// It goes with the content.
	const page = await host.sight.frame();
	await page.evaluate(() => scrollTo(0, 100));
	const moved = (before: number | undefined, by: number) => async (person: Person, css: string) =>
		near((await shapes(person, css))[0]?.y, (before ?? 0) - by);
	for (const person of [host, guest]) await until('ink scrolls', () => moved(drawn?.y, 100)(person, MARK));
	const late = await joinGuest(town.browser, session, 'Late');
	await late.sight.see({ css: '#card' });
	await until('who comes late sees it', () => moved(drawn?.y, 100)(late, MARK));
	await late.shell.see({ css: HIGHLIGHT, count: 1 });
	await late.close();

	// A laser; what fades is gone by itself.
	await guest.shell.click(control('laser'));
	await stroke(guest, [200, 100], [240, 120]);
	await host.shell.see({ css: '[data-tandem=pointer][data-laser]', text: 'Grace' });
	await host.shell.click(control('draw-keep'));
	await stroke(host, [500, 220], [560, 240]);
	await guest.shell.see({ css: MARK, count: 2 });
	await guest.shell.see({ css: MARK, count: 1 });

	// A guest wipes their own away, the host everything; another page has nothing on it.
	await guest.shell.click(control('draw-clear'));
	await host.shell.see([
		{ css: HIGHLIGHT, count: 0 },
		{ css: MARK, count: 1 },
	]);
	await host.shell.click(control('draw-clear'));
	await guest.shell.see({ css: MARK, count: 0 });
	assert.equal(await page.evaluate('seen'), [], 'the page saw something of it');
	await host.shell.click(control('draw-keep'));
	await stroke(host, [120, 220], [300, 220]);
	await guest.shell.see({ css: MARK, count: 1 });
	await page.evaluate(() => void setTimeout(() => location.assign('/next')));
	await guest.sight.see({ css: 'h1', text: 'next' });
	for (const person of [host, guest]) await person.shell.see({ css: MARK, count: 0 });
	assert.equal([...host.problems, ...guest.problems], []);
});

test('a guest looks elsewhere by themselves, is told so, and comes back by one button, or is brought back', async (t) => {
	const { host, guest } = await meet(await openTown(t, PAGES), 'https://a.example/');
	await guest.sight.see({ css: '#card' });
	const at = (y: number) =>
		until(`the guest at ${y}`, async () => {
			const mirror = await guest.sight.frame();
			return near((await mirror.evaluate('document.scrollingElement.scrollTop')) as number, y);
		});
	const page = await host.sight.frame();
	const roam = async (y: number) => {
		await guest.page.mouse.move(900, 500);
		await guest.page.mouse.wheel({ deltaY: y });
		await guest.shell.see({ css: control('roaming') });
	};
	await guest.shell.see({ css: control('roaming'), count: 0 });
	await roam(600);
	await at(600);
	await page.evaluate(() => scrollTo(0, 1500));
	await host.shell.click(control('participants'));
	await host.shell.see({ css: control('participant'), text: 'Looks elsewhere on the page' });
	await at(600);
	await guest.shell.click(control('follow'));
	await at(1500);
	await guest.shell.see({ css: control('roaming'), count: 0 });
	await host.shell.see({ css: control('gather'), count: 0 });
	await page.evaluate(() => scrollTo(0, 1200));
	await at(1200);
	await roam(-700);
	await at(500);
	await host.shell.click(control('gather'));
	await at(1200);
	await guest.shell.see({ css: control('roaming'), count: 0 });
	assert.is(await page.evaluate(() => scrollY), 1200, 'the host was moved');
});

test.run();
