// tests only (Node, Chromium).
// A file that a guest's click downloads is not theirs where a secret stands in its name or address, also where the host has said yes for the tab.
import * as assert from 'uvu/assert';
import { suite } from '../harness.ts';
import { control, handControl, join, makeSession, openHost, sit } from './people.ts';
import { listen } from './privacy-wire.ts';
import { openTown, type Pages } from './town.ts';

const test = suite('privacy: downloads', { limit: 60_000 });
const SECRET = 'Zq7&mellow-fig';

const file: Pages[string] = (_req, res) => {
	res.writeHead(200, { 'content-type': 'text/csv', 'content-disposition': 'attachment; filename="bill.csv"' });
	res.end('a,b');
};
const PAGES: Pages = {
	'/': `<input type="password" id="pass"><a id="mine" href="#">mine</a> <a id="free" href="/file?n=1">free</a> <button id="export">export</button><p id="in">-</p>
		<script>document.getElementById('export').onclick = () => { const a = document.createElement('a'); a.download = 'export.csv'; a.href = 'data:text/csv,name,' + encodeURIComponent(pass.value); a.click(); };
		mine.onclick = (e) => { e.preventDefault(); location.href = '/file?p=' + encodeURIComponent(pass.value); }; pass.onchange = () => { document.getElementById('in').textContent = 'entered'; };</script>`,
	'/file': file,
};

test('what stands in an address of a file that was downloaded reaches no guest', async (t) => {
	const town = await openTown(t, PAGES);
	const session = await makeSession(town.tandem, 'https://a.example/', { downloads: 'always' });
	const host = await openHost(town.browser, session);
	const guest = await sit(town.browser, 'guest');
	const heard = await listen(guest);
	await join(guest, session);
	await host.sight.type('#pass', SECRET);
	await host.sight.press('Tab');
	await guest.sight.see({ css: '#in', text: 'entered' });
	await handControl(host, guest);
	await guest.sight.click('#mine');
	await host.shell.see({ css: '.toast', text: 'bill.csv stays here' });
	await guest.sight.click('#export');
	await host.shell.see({ css: '.toast', text: 'export.csv stays here' });
	await guest.sight.click('#free');
	await guest.shell.see({ css: '.toast', text: 'bill.csv' });
	assert.ok(heard().includes('/file?n=1'), 'another file is theirs');
	for (const part of ['Zq7', 'mellow', encodeURIComponent(SECRET)]) assert.not.ok(heard().includes(part), part);
	await guest.shell.see({ css: control('participants') });
});

test.run();
