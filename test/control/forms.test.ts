// tests only (Node).
// Plain forms: what a guest types, presses and picks, as the page's own listeners see it.
import * as assert from 'uvu/assert';
import { suite } from '../harness.ts';
import { inPage, openPage } from './bed.ts';

const test = suite('control: forms');

test("a click gives the browser's sequence of events, with coordinates, and sets the focus", async (t) => {
	const page = await openPage(t, '<button id=b style="position:absolute;left:100px;top:50px;width:80px;height:40px">x</button>');
	const seen = await inPage<{ log: string[]; at: number[] }>(
		page,
		`bed.watch('pointerover','pointerenter','pointermove','pointerdown','mousedown','focus','pointerup','mouseup','click','dblclick');
		let at; b.addEventListener('click', (e) => at = [e.clientX, e.clientY, e.detail, e.pointerId, e.button, e.buttons, +e.composed, +(e.view === window)]);
		await bed.click('#b'); return { log: bed.log.filter((l) => l.endsWith(':b')), at };`,
	);
	assert.equal(seen.log, [
		'pointerover:b',
		'pointerenter:b',
		'pointerdown:b',
		'mousedown:b',
		'focus:b',
		'pointerup:b',
		'mouseup:b',
		'click:b',
	]);
	assert.equal(seen.at, [140, 70, 1, 1, 0, 0, 1, 1]);
});

test('typed text comes as trusted input events, one a character, between key events', async (t) => {
	const page = await openPage(t, '<input id=i>');
	const seen = await inPage<{ log: string[]; value: string; trusted: boolean }>(
		page,
		`let trusted = true; i.addEventListener('input', (e) => trusted &&= e.isTrusted);
		await bed.click('#i'); bed.watch('keydown','keypress','beforeinput','input','keyup'); await bed.text('aé😀');
		return { log: bed.log, value: i.value, trusted };`,
	);
	assert.is(seen.value, 'aé😀');
	assert.ok(seen.trusted);
	const one = ['keydown:i', 'keypress:i', 'beforeinput:i', 'input:i', 'keyup:i'];
	assert.equal(seen.log, [...one, ...one, ...one]);
});

test('a hundred characters in single intents are all there and in order', async (t) => {
	const page = await openPage(t, '<textarea id=a></textarea>');
	const text = Array.from({ length: 100 }, (_, n) => String.fromCharCode(33 + (n % 90))).join('');
	const value = await inPage(
		page,
		`await bed.click('#a'); await bed.all([...${JSON.stringify(text)}].map((text) => ({ k: 'text', node: 0, text }))); return a.value`,
	);
	assert.is(value, text);
});

test('keys edit a field: Backspace, arrows, Delete, Home, word deletion, select all, undo', async (t) => {
	const page = await openPage(t, '<input id=i>');
	const values = await inPage<string[]>(
		page,
		`const out = []; await bed.click('#i'); await bed.text('hello world');
		const key = async (...a) => { await bed.key(...a); out.push(i.value + '|' + i.selectionStart); };
		await key('Backspace'); await key('ArrowLeft'); await key('Delete'); await key('Home'); await key('Delete'); await key('End');
		await key('Backspace', { accel: true }); await key('a', { accel: true }); await bed.text('z'); out.push(i.value); await key('z', { accel: true }); return out;`,
	);
	assert.equal(values.slice(0, 7), ['hello worl|10', 'hello worl|9', 'hello wor|9', 'hello wor|0', 'ello wor|0', 'ello wor|8', 'ello |5']);
	assert.is(values[7], 'ello |0');
	assert.is(values[8], 'z');
	assert.match(values[9] ?? '', /^ello /);
});

test('Enter submits by the default button, Space presses, Tab goes on and back', async (t) => {
	const page = await openPage(
		t,
		'<form id=f><input id=a name=a><input id=c type=checkbox><button id=s>go</button></form><a id=l href="#x">l</a>',
	);
	const seen = await inPage<{ submitter: string; order: string[]; checked: boolean }>(
		page,
		`let submitter; f.addEventListener('submit', (e) => { e.preventDefault(); submitter = e.submitter.id; });
		const order = []; await bed.click('#a'); await bed.text('x'); await bed.key('Enter');
		for (const shift of [false, false, false, true, true]) { await bed.key('Tab', { shift }); order.push(document.activeElement.id); if (document.activeElement.id === 'c') await bed.key(' '); }
		return { submitter, order, checked: c.checked };`,
	);
	assert.equal(seen, { submitter: 's', order: ['c', 's', 'l', 's', 'c'], checked: false });
});

test('checkbox, radio, label, summary, popover button and dialog act by a click', async (t) => {
	const page = await openPage(
		t,
		`<input id=c type=checkbox><label id=l for=c>c</label><input type=radio name=r id=r1><input type=radio name=r id=r2><details id=d><summary id=s>s</summary>x</details>
		<button id=pb popovertarget=p>p</button><div id=p popover>pop</div><dialog id=g><button id=x>x</button></dialog><input id=q type=search value=what>`,
	);
	const seen = await inPage(
		page,
		`const out = []; await bed.click('#c'); out.push(c.checked); await bed.click('#l'); out.push(c.checked); await bed.click('#r1'); await bed.key('ArrowDown'); out.push(r2.checked);
		await bed.click('#s'); out.push(d.open); await bed.click('#pb'); out.push(p.matches(':popover-open')); await bed.key('Escape'); out.push(p.matches(':popover-open'));
		g.showModal(); await bed.key('Escape'); out.push(g.open); bed.watch('input', 'search'); await bed.click('#q'); await bed.key('Escape'); out.push(q.value, bed.log.join()); return out;`,
	);
	assert.equal(seen, [true, false, true, true, true, false, false, '', 'input:q,search:q']);
});

test('beside a popover or a dialog: a click closes what may be closed so; behind a modal dialog nothing is clicked', async (t) => {
	const page = await openPage(
		t,
		`<button id=o popovertarget=p>o</button><div id=p popover><button id=n popovertarget=q>n</button><div id=q popover style="margin:0"><input id=i></div></div><p id=out style="margin-top:300px">out</p>
		<dialog id=d closedby=any><input id=j></dialog><dialog id=g><button id=x>x</button></dialog>`,
	);
	const seen = await inPage(
		page,
		`const out = []; const note = () => out.push([p, q].filter((e) => e.matches(':popover-open')).map((e) => e.id).join('')); let clicks = 0; document.getElementById('out').onclick = () => clicks++;
		await bed.click('#o'); note(); await bed.click('#n'); note(); await bed.click('#i'); note(); await bed.click('#n'); note(); await bed.click('#out'); note(); await bed.click('#o'); await bed.click('#o'); note();
		d.showModal(); await bed.click('#j'); out.push(d.open); await bed.click({ node: '#d', fx: .5, fy: 1.5 }); out.push(d.open); g.showModal(); out.push(await bed.click('#out'), clicks, await bed.click('#x'), await bed.click({ node: '#g', fx: .5, fy: 1.5 }), g.open); return out;`,
	);
	assert.equal(seen, ['p', 'pq', 'pq', 'p', '', '', true, false, 'covered', 1, 'ok', 'ok', true]);
});

test('access keys, the menu key, letters on a list', async (t) => {
	const page = await openPage(
		t,
		'<button id=b accesskey=s>b</button><input id=i accesskey="n m"><select id=s><option>apple<option>banana<option>blueberry<option disabled>black<option>cherry</select>',
	);
	const seen = await inPage(
		page,
		`const out = []; let clicks = 0; b.onclick = () => clicks++; await bed.key('S', { alt: true, shift: true }); await bed.key('m', { alt: true }); out.push(clicks, document.activeElement.id);
		bed.watch('contextmenu'); await bed.act({ k: 'focus', node: '#b' }); await bed.key('ContextMenu'); await bed.key('F10', { shift: true }); out.push(bed.log.join(' '));
		await bed.act({ k: 'focus', node: '#s' }); const type = async (text) => { await bed.text(text); out.push(s.value); }; await type('b'); await type('b'); await type('b'); await new Promise((go) => setTimeout(go, 1100)); await type('ch'); return out;`,
	);
	assert.equal(seen, [1, 'i', 'contextmenu:b contextmenu:b', 'banana', 'blueberry', 'banana', 'cherry']);
});

test('what an input method makes is followed as it is made, and only what is its own is taken back', async (t) => {
	const page = await openPage(
		t,
		'<input id=i value=ab><input id=m maxlength=4 value=xyz><input id=mail type=email value=a@b><input id=u><input id=f>',
	);
	const seen = await inPage(
		page,
		`const out = []; const compose = async (el, text, begins, ends) => { await bed.act({ k: 'compose', node: 0, text, begins, ends }); out.push(el.value); };
		const field = async (el) => { out.push('|'); await bed.click('#' + el.id); await bed.key('End'); };
		await field(i); await compose(i, 'h', true); await compose(i, 'hel'); await compose(i, 'help'); await compose(i, 'he'); await compose(i, ''); await compose(i, '한', true); await compose(i, '하나', false, true); await compose(i, '!', true);
		await field(m); await compose(m, 'a', true); await compose(m, 'abc'); await compose(m, '');
		await field(mail); await compose(mail, 'c', true); await compose(mail, 'ct'); await compose(mail, 'com', false, true); await bed.key('a', { accel: true }); await compose(mail, 'd', true); await compose(mail, 'de'); await compose(mail, 'x', false, true);
		// A script that changes what was written, and one that takes it away: nothing is doubled or lost.
		u.oninput = () => { u.value = u.value.toUpperCase(); }; await field(u); await compose(u, 'a', true); await compose(u, 'ab'); await compose(u, 'abc', false, true);
		f.oninput = () => { if (f.value === 'ab') f.value = ''; }; await field(f); await compose(f, 'a', true); await compose(f, 'ab'); await compose(f, 'abc'); await compose(f, 'abcd', false, true);
		return out.join(' ').split(' | ');`,
	);
	assert.equal(seen, [
		'| abh abhel abhelp abhe ab ab한 ab하나 ab하나!',
		'xyza xyza xyz',
		'a@bc a@bct a@bcom d de x',
		'A AB ABC',
		'a  c cd',
	]);
});

test('what is being made ends as it stands where the guest does something else or the focus goes; keys meanwhile say so', async (t) => {
	const page = await openPage(t, '<input id=i><input id=j>');
	const seen = await inPage(
		page,
		`const out = []; for (const type of ['keydown', 'keyup', 'compositionstart', 'compositionend', 'blur', 'change']) addEventListener(type, (e) => out.push(type + (e.isComposing ? '*' : '') + (e.data ?? e.key ?? '')), true);
		const compose = (text, begins) => bed.act({ k: 'compose', node: 0, text, begins }); const rest = () => out.push(i.value + ',' + j.value);
		await bed.click('#i'); await compose('a', true); await bed.act({ k: 'key', node: 0, key: 'Unidentified', code: '', phase: 'down', taken: true }); await bed.click('#j'); rest();
		await compose('b', true); j.blur(); rest(); await bed.click('#j'); await compose('c', true); await bed.act({ k: 'text', node: 0, text: '😀', keyless: true }); rest();
		await compose('d', true); bed.stop(); rest(); return out;`,
	);
	assert.equal(seen, [
		...['compositionstart', 'keydown*Unidentified', 'compositionenda', 'change', 'blur', 'a,'],
		...['compositionstart', 'compositionendb', 'change', 'blur', 'a,b'],
		...['compositionstart', 'compositionendc', 'a,bc😀', 'compositionstart', 'compositionendd', 'keyupUnidentified', 'a,bc😀d'],
	]);
});

test('values picked by the guest: select, multiple select, range, date, colour, file', async (t) => {
	const page = await openPage(
		t,
		'<select id=s><option>a<option>b</select><select id=m multiple><option>a<option>b<option>c</select><input id=r type=range><input id=d type=date><input id=k type=color><input id=f type=file>',
	);
	const seen = await inPage(
		page,
		`const set = (node, value, more) => bed.act({ k: 'value', node, value, ...more }); bed.watch('input', 'change');
		await set('#s', '1'); await set('#m', '0,2'); await set('#r', '70', { live: true }); await set('#r', '80'); await set('#d', '2026-01-31'); await set('#k', '#ff0000');
		const bad = await set('#d', 'yesterday');
		const part = (file, text) => ({ k: 'file-part', upload: 7, file, bytes: new TextEncoder().encode(text) });
		await bed.all([part(0, 'h'), part(0, 'i'), { k: 'files', node: '#f', upload: 7, files: [{ name: 'a.txt', type: 'text/plain' }] }]);
		return [s.value, [...m.selectedOptions].map((o) => o.value).join(), r.value, d.value, k.value, bad, f.files[0].name, await f.files[0].text(), bed.log.join(' ')];`,
	);
	const log = 'input:s change:s input:m change:m input:r input:r change:r input:d change:d input:k change:k input:f change:f';
	assert.equal(seen, ['b', 'a,c', '80', '2026-01-31', '#ff0000', 'bad-value', 'a.txt', 'hi', log]);
});

test('an intent for another document or a node that is gone is refused, a second one of the same id not carried out', async (t) => {
	const page = await openPage(t, '<input id=i><p id=gone>x</p>');
	const seen = await inPage(
		page,
		`const id = bed.id('#gone'); gone.remove();
		const stale = await bed.act({ k: 'down', at: { node: id, fx: 0, fy: 0 }, button: 0, clicks: 1 });
		const twice = [await bed.click({ node: id, fx: 0, fy: 0 }), await bed.click({ node: id, fx: 0, fy: 0 }, 2)];
		const other = await bed.act({ frame: bed.frame + 1, k: 'text', node: 0, text: 'x' });
		await bed.click('#i'); bed.tell(9000, { k: 'text', node: 0, text: 'x' }); bed.tell(9000, { k: 'text', node: 0, text: 'x' }); await bed.text('y');
		return [stale, ...twice, other, i.value, bed.acks[9000].length];`,
	);
	assert.equal(
		seen,
		['stale-node', 'stale-node', 'stale-node', 'stale-frame', 'xy', 1],
		'nor the second of two clicks of which the first was',
	);
});

test('the host wins: a press of their own cancels what the guest holds, without a click', async (t) => {
	const page = await openPage(t, '<button id=a>a</button><button id=b style="margin:100px">b</button>');
	await inPage(page, `bed.watch('pointercancel','click'); await bed.act({ k: 'down', at: '#a', button: 0, clicks: 1 });`);
	await page.click('#b');
	const seen = await inPage<unknown[]>(
		page,
		`return [await bed.act({ k: 'up', at: '#a', button: 0, clicks: 1 }), bed.log.join(' '), await bed.click('#a')]`,
	);
	assert.equal(seen, ['host-acted', 'pointercancel:a click:b', 'ok']);
});

test('control ends in the middle of something: the button is up without a click, a row of letters stops, what waits is refused; each time anew', async (t) => {
	const page = await openPage(t, '<button id=a>a</button><input id=i>');
	const seen = await inPage<unknown[]>(
		page,
		`const out = []; bed.watch('pointercancel', 'mouseup', 'click'); const down = { k: 'down', at: '#a', button: 0, clicks: 1 };
		for (const end of [() => bed.stop(), () => bed.stop(), () => bed.tell(0, { k: 'cancel' }), () => bed.tell(0, { k: 'cancel' })]) { await bed.act(down); end(); await bed.act({ k: 'hover', at: '#i' }); await bed.act({ ...down, k: 'up' }); out.push(bed.log.splice(0).join(' ')); }
		await bed.click('#i'); i.addEventListener('input', () => i.value.length === 3 && bed.stop()); bed.log = []; out.push(await bed.all([{ k: 'text', node: 0, text: 'abcdef' }, { k: 'text', node: 0, text: 'ghi' }, { k: 'key', node: 0, key: 'Enter', code: '' }]), i.value); return out;`,
	);
	assert.equal(seen, [...Array(4).fill('pointercancel:a mouseup:a'), ['host-acted', 'host-acted', 'host-acted'], 'abc']);
});

test('the host presses into another field while a row of letters is typed: none of it goes there', async (t) => {
	const page = await openPage(t, '<input id=i><input id=h style="position:absolute;left:300px;top:300px">');
	const text = 'abcdefghij'.repeat(30);
	// Once the row is under way, the page is kept busy until the host's press is waiting: it comes before the next letter.
	await page.exposeFunction('hostPresses', () => void page.mouse.down());
	await page.mouse.move(310, 310);
	const [why, typed, there] = await inPage<string[]>(
		page,
		`await bed.click('#i'); let n = 0; i.addEventListener('input', () => { if (++n !== 3) return; hostPresses(); const end = Date.now() + 300; while (Date.now() < end); });
		return [await bed.text('${text}'), i.value, h.value];`,
	);
	await page.mouse.up();
	assert.is(there, '');
	assert.ok(text.startsWith(typed ?? '-'));
	assert.is(why, typed === text ? 'ok' : why === 'host-acted' ? why : 'focus-moved');
});

test('what a guest has copied comes back with all that the page put there for itself, and as it was selected then', async (t) => {
	const page = await openPage(t, '<textarea id=x>one two</textarea><p id=p data-tandem-mask>masked words</p>');
	const seen = await inPage(
		page,
		`const out = []; bed.masksContent(p); const paste = (text) => bed.act({ k: 'paste', node: 0, text });
		addEventListener('paste', ({ clipboardData: data }) => out.push(data.types.map((type) => type + ' ' + data.getData(type)).join()));
		const own = (type, content) => addEventListener('copy', (e) => { e.clipboardData.setData('text/plain', 'shape'); e.clipboardData.setData(type, content); e.preventDefault(); }, { once: true });
		x.focus(); own('application/x-shape', '{"id":7}'); await bed.copy('shown'); await paste('shown'); await paste('shape'); await paste('else');
		own('application/x-shape', 'the masked words'); await bed.copy('shown'); await paste('shown');
		x.value = 'one two'; x.setSelectionRange(4, 7); await bed.copy(''); x.setSelectionRange(0, 0); await paste(''); out.push(x.value); return out;`,
	);
	const shape = 'text/plain shape,application/x-shape {"id":7}';
	assert.equal(seen, [shape, shape, 'text/plain else', 'text/plain shown', 'text/plain two', 'twoone two']);
});

test('what the page copies while a guest acts is said, by event or by script, and nothing that is hidden', async (t) => {
	const page = await openPage(
		t,
		'<p id=p>plain text</p><button id=b>b</button><textarea id=x>from a field</textarea><p id=m data-tandem-mask>masked words</p><p id=r><b data-kind=x>bold</b> text</p><div id=w></div><input id=s type=password value=opensesame>',
	);
	const seen = await inPage(
		page,
		`const out = []; const said = () => out.push(bed.said.splice(0).filter((m) => m.t === 'copied').map((m) => m.text + '|' + (m.html ?? '')).join(' ')); let deed; b.onclick = () => deed(); bed.masksContent(m);
		const by = async (next) => { deed = next; await bed.click('#b'); await new Promise((go) => setTimeout(go, 20)); said(); };
		await by(() => navigator.clipboard.writeText('by script')); await by(() => { x.select(); out.push(document.execCommand('copy')); });
		await by(() => navigator.clipboard.write([new ClipboardItem({ 'text/plain': new Blob(['rich'], { type: 'text/plain' }), 'text/html': new Blob(['<b>rich</b>'], { type: 'text/html' }) })]));
		addEventListener('copy', (e) => { e.clipboardData.setData('text/plain', 'own'); e.clipboardData.setData('text/html', '<i>own</i>'); e.preventDefault(); }, { once: true });
		await bed.key('c', { accel: true }); said(); getSelection().selectAllChildren(p); await bed.copy('plain text'); said(); await bed.copy('what was selected before'); said();
		await by(() => { getSelection().selectAllChildren(r); out.push(document.execCommand('copy')); }); getSelection().removeAllRanges();
		await by(() => navigator.clipboard.writeText('the masked words')); await by(() => navigator.clipboard.writeText('say opensesame'));
		w.attachShadow({ mode: 'open' }).innerHTML = '<b data-tandem-mask data-key="key-in-attribute">' + 'long hidden text '.repeat(400) + '</b>';
		await by(() => navigator.clipboard.writeText('long hidden text '.repeat(300))); await by(() => navigator.clipboard.writeText('key-in-attribute')); await by(() => navigator.clipboard.writeText('nothing of it')); return out;`,
	);
	assert.equal(seen, [
		'by script|',
		true,
		'from a field|',
		'rich|<b>rich</b>',
		'own|<i>own</i>',
		'',
		'plain text|plain text',
		true,
		'bold text|<b data-kind="x" style="font-weight: 700">bold</b> text',
		'',
		'',
		'',
		'',
		'nothing of it|',
	]);
});

test.run();
