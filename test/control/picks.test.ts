// tests only (Node, Chromium).
// A picker of files that a page opens as a guest acts is the guest's, by whatever way the page opens it.
import * as assert from 'uvu/assert';
import { suite } from '../harness.ts';
import { inPage, openPage } from './bed.ts';

const test = suite('control: pickers of files', { limit: 60_000 });

/** How the page opens the picker of `f`, or of an input of its own that is in no document. */
const WAYS: Readonly<Record<string, string>> = {
	'a button that clicks a hidden input': 'f.click()',
	'an input whose click goes no further': 'f.onclick = (e) => e.stopPropagation(); f.click()',
	'a label': 'l.click()',
	showPicker: 'f.showPicker()',
	'an input that is in no document':
		"const own = document.createElement('input'); own.type = 'file'; own.accept = 'image/*'; own.multiple = true; own.onchange = () => note(own); own.click()",
	later: 'setTimeout(() => f.click(), 50)',
};

test('the picker is told of, and takes what the guest has picked', async (t) => {
	for (const [name, script] of Object.entries(WAYS)) {
		const page = await openPage(
			t,
			'<button id=b>b</button><label id=l><input id=f type=file style="display:none" accept="image/*" multiple>label</label><p id=out></p>',
		);
		let opened = 0;
		page.on('filechooser' as never, () => opened++);
		const seen = await inPage(
			page,
			`window.note = (input) => { out.textContent = [...input.files].map((file) => file.name).join() + ' ' + input.files.length; };
			f.onchange = () => note(f); b.onclick = () => { ${script} };
			await bed.click('#b'); await new Promise((go) => setTimeout(go, 120));
			const [ask] = bed.said.filter((m) => m.t === 'choose'); const { pick, ...what } = ask ?? {};
			const files = [{ name: 'a.png', type: 'image/png' }, { name: 'b.png', type: 'image/png' }];
			const why = await bed.act({ k: 'files', node: 0, pick, upload: 1, files });
			return [what, why, out.textContent, await bed.act({ k: 'files', node: 0, pick, upload: 2, files })];`,
		);
		const asked = { t: 'choose', accept: 'image/*', multiple: true, folder: false };
		assert.equal(seen, [asked, 'ok', 'a.png,b.png 2', 'stale-node'], name);
		assert.is(opened, 0, `${name}: none opens at the host`);
	}
});

test("a picker that the page keeps from opening, one of a field that is hidden, and one of the host's own click are none of the guest's", async (t) => {
	const page = await openPage(
		t,
		'<button id=b>b</button><input id=f type=file><div id=m data-tandem-mask><input id=s type=file></div><input id=off type=file disabled>',
	);
	const seen = await inPage(
		page,
		`bed.masksContent(m); let deed; b.onclick = () => deed(); const by = async (next) => { deed = next; await bed.click('#b'); };
		await by(() => { f.onclick = (e) => e.preventDefault(); f.click(); f.onclick = null; }); await by(() => s.click()); await by(() => off.click());
		return bed.said.filter((m) => m.t === 'choose').length;`,
	);
	assert.is(seen, 0);
	const [chooser] = await Promise.all([page.waitForFileChooser({ timeout: 5000 }), page.click('#f')]);
	assert.ok(chooser);
	assert.is(await inPage(page, `return bed.said.filter((m) => m.t === 'choose').length`), 0);
});

test.run();
