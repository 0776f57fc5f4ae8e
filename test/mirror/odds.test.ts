// tests only (Node, Chromium).
// What few pages do: slots assigned by script, style sheets named by a processing instruction, animations tied to scrolling by script.
import * as assert from 'uvu/assert';
import { suite } from '../harness.ts';
import { type Bed, guest, openBed } from './bed/bed.ts';

const test = suite('mirror odds', { limit: 60_000 });

test('slots show what a script gives them, also to a late guest', async (t) => {
	const bed = await openBed(t, {
		'https://one.example/': `<!doctype html><div id=h><b>one</b><i>two</i>three</div><script>
			const root = h.attachShadow({ mode: 'open', slotAssignment: 'manual' }); root.innerHTML = '<p><slot id=s>empty</slot></p><slot id=t></slot>';
			const [one, two, three] = h.childNodes, s = root.querySelector('#s'), t = root.querySelector('#t'); s.assign(two, three);</script>`,
	});
	const shown = (text: string) =>
		`[...doc.getElementById('h').shadowRoot.querySelectorAll('slot')].map((el) => el.assignedNodes().map((n) => n.textContent).join('+')).join() === '${text}'`;
	await guest(bed, shown('two+three,'));
	await bed.host.evaluate('t.assign(one, two)');
	await guest(bed, shown('three,one+two'));
	await bed.host.evaluate(
		`{ const four = document.createElement('u'); four.textContent = 'four'; s.assign(four, three); h.append(four); }`,
	);
	await guest(bed, shown('four+three,one+two'));
	await bed.host.evaluate('one.remove()');
	await guest(bed, shown('four+three,two'));
	await bed.join('late');
	await guest(bed, shown('four+three,two'), 'late');
});

const agrees = (bed: Bed) => bed.page.waitForFunction('app.said.findLast((message) => message.t === "sync")?.agree', { timeout: 8000 });

test('documents without a doctype, and noscript, agree by hash', async (t) => {
	for (const [type, body] of [
		[
			'application/xhtml+xml',
			'<html xmlns="http://www.w3.org/1999/xhtml"><head><?host?></head><body><p id="p">text</p><noscript>none</noscript></body></html>',
		],
		['text/html', '<html><head><?host?></head><body><p id=p>quirks</p><noscript>none</noscript></body></html>'],
	] as const) {
		const bed = await openBed(t, { 'https://one.example/': { type, body } });
		await guest(bed, 'doc.getElementById("p")');
		await agrees(bed);
		assert.is(await bed.page.evaluate('app.said.some((said) => said.t === "sync" && said.repairs > 0)'), false, 'without a repair');
	}
});

test('a page that rests while a password has one sign agrees by hash, though that sign stands in what it says', async (t) => {
	const bed = await openBed(t, {
		'https://one.example/': '<!doctype html><html lang=en><p id=p title=true>e</p><input id=pw type=password>',
	});
	await guest(bed, 'doc.getElementById("p")');
	await agrees(bed);
	await bed.host.type('#pw', 'e');
	await guest(bed, 'doc.getElementById("pw").value');
	// as long as a page has to rest, and that of one without rest is looked at
	await new Promise((done) => setTimeout(done, 2600));
	await bed.host.type('#pw', 'vening star');
	await agrees(bed);
	assert.is(await bed.page.evaluate('app.said.some((said) => said.t === "sync" && said.repairs > 0)'), false, 'without a repair');
});

test('what a browser copies into a list by itself is none of the mirror', async (t) => {
	const bed = await openBed(t, {
		'https://one.example/': `<!doctype html><style>select,::picker(select){appearance:base-select}</style><select id=s><button><selectedcontent></selectedcontent></button>
<option><b>One</b> x</option><option><i>Two</i> y</option></select>`,
	});
	const shown = (text: string) => `doc.querySelector('selectedcontent')?.textContent === ${JSON.stringify(text)}`;
	await guest(bed, shown('One x'));
	await bed.host.evaluate('s.selectedIndex = 1');
	await guest(bed, shown('Two y'));
	await agrees(bed);
	await bed.join('late');
	await guest(bed, shown('Two y'), 'late');
});

test('highlights of scripts, as they come, change, follow the text and go, also to a late guest', async (t) => {
	const bed = await openBed(t, {
		'https://one.example/': `<!doctype html><style>::highlight(found){background:gold}::highlight(now){background:red}</style><p id=p>find the word here</p><!-- none --><p id=q>and the word there</p><p id=m data-tandem-mask>the word</p><script>
const over = (node, from, to) => { const range = new Range(); range.setStart(node, from); range.setEnd(node, to); return range; };
const found = new Highlight(over(p.firstChild, 9, 13), over(q.firstChild, 8, 12), over(m.firstChild, 4, 8)), whole = over(document.body, 1, 3);
CSS.highlights.set('found', found);</script>`,
	});
	const shown = (name: string, texts: string, who?: string) =>
		guest(bed, `[...(win.CSS.highlights.get('${name}') ?? [])].map((range) => String(range)).join('|') === ${JSON.stringify(texts)}`, who);
	await shown('found', 'word|word');
	await bed.host.evaluate(
		`{ const now = new Highlight(over(q.firstChild, 0, 3)); now.priority = 2; CSS.highlights.set('now', now); found.clear(); found.add(whole); }`,
	);
	await shown('now', 'and');
	await shown('found', 'and the word there');
	await guest(bed, 'win.CSS.highlights.get("now").priority === 2');
	await bed.host.evaluate(
		`q.firstChild.data = 'once more and'; CSS.highlights.get('now').clear(); CSS.highlights.get('now').add(over(q.firstChild, 5, 9))`,
	);
	await shown('now', 'more');
	await bed.join('late');
	await shown('now', 'more', 'late');
	await bed.host.evaluate(`CSS.highlights.clear()`);
	await guest(bed, 'win.CSS.highlights.size === 0');
	await guest(bed, 'win.CSS.highlights.size === 0', 'late');
	await agrees(bed);
});

test('style sheets that a processing instruction names', async (t) => {
	const css = (color: string) => ({ type: 'text/css', body: `p{color:${color}}` });
	const bed = await openBed(t, {
		'https://one.example/': {
			type: 'application/xhtml+xml',
			body: `<?xml-stylesheet href="/red.css" type="text/css"?><?other x?><html xmlns="http://www.w3.org/1999/xhtml"><head><?host?></head><body><p>text</p></body></html>`,
		},
		'https://one.example/red.css': css('rgb(1, 2, 3)'),
		'https://one.example/blue.css': css('rgb(4, 5, 6)'),
	});
	const color = (value: string) => `win.getComputedStyle(doc.querySelector('p')).color === '${value}'`;
	await guest(bed, color('rgb(1, 2, 3)'));
	await bed.host.evaluate(`document.firstChild.data = 'type="text/css" href="/blue.css"'`);
	await guest(bed, color('rgb(4, 5, 6)'));
	await bed.join('late');
	await guest(bed, color('rgb(4, 5, 6)'), 'late');
	await bed.host.evaluate('document.firstChild.remove()');
	await guest(bed, color('rgb(0, 0, 0)'));
});

test('animations that a script ties to scrolling', async (t) => {
	const bed = await openBed(t, {
		'https://one.example/': `<!doctype html><style>div{height:100px}body{height:3000px}</style><div id=a></div><div id=o style="overflow:auto"><div style="height:900px"><div id=b></div></div></div>
			<script>a.animate({ opacity: [0, 1] }, { timeline: new ScrollTimeline({ source: o }), fill: 'both' });
			b.animate({ opacity: [0.25, 0.75] }, { timeline: new ViewTimeline({ subject: b, inset: '10px' }), rangeStart: 'exit 20%', rangeEnd: 'exit 100%', fill: 'both' });</script>`,
	});
	const opacity = async (el: string) => (await bed.host.evaluate(`getComputedStyle(${el}).opacity`)) as string;
	for (const top of [0, 40, 70]) {
		await bed.host.evaluate(`new Promise((done) => { o.scrollTop = ${top}; requestAnimationFrame(() => requestAnimationFrame(done)); })`);
		const [a, b] = [await opacity('a'), await opacity('b')];
		await guest(
			bed,
			`['a', 'b'].map((id) => Number(win.getComputedStyle(doc.getElementById(id)).opacity).toFixed(3)).join() === '${Number(a).toFixed(3)},${Number(b).toFixed(3)}'`,
		);
	}
});

test.run();
