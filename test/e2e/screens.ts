// tests only (Node, Chromium), run by hand: `node test/e2e/screens.ts FOLDER`.
// Host and guest of every real site side by side, at rest after the journey's first three steps, into FOLDER/<site>.png.
import { mkdirSync } from 'node:fs';
import { chromium } from '../browser.ts';
import { sites } from '../sites/all.ts';
import { serve } from '../sites/serve.ts';
import { walk } from '../sites/walk.ts';
import { startTandem } from '../tandem.ts';
import { joinGuest, makeSession, openHost, type Person } from './people.ts';

const folder = process.argv[2] ?? 'screens';
mkdirSync(folder, { recursive: true });
const browser = await chromium({ whole: true });
for (const site of sites) {
	const served = await serve(site, false);
	const tandem = await startTandem({ env: { TANDEM_UPSTREAM_MAP: served.upstreamMap, TANDEM_ALLOW_PRIVATE: '127.0.0.0/8' } });
	const session = await makeSession(tandem, served.url);
	const host = await openHost(browser, session);
	const guest = await joinGuest(browser, session);
	try {
		await walk({ ...site, steps: site.steps.slice(0, 3) }, { host: host.sight, mirrors: [guest.sight] });
	} catch (error) {
		console.log(`${(error as Error).message}`);
	}
	await sideBySide(host, guest, `${folder}/${site.name}.png`);
	await host.close();
	await guest.close();
	await tandem.close();
	await served.close();
}
await browser.close();
process.exit();

/** Both windows in one picture, the host's on the left. */
async function sideBySide(host: Person, guest: Person, path: string): Promise<void> {
	const [left, right] = await Promise.all([host, guest].map(({ page }) => page.screenshot({ encoding: 'base64' })));
	const page = await browser.newPage();
	await page.setViewport({ width: 1640, height: 560 });
	await page.setContent(
		`<body style="margin:8px;display:flex;gap:8px;background:#888">${[left, right].map((png) => `<img style="width:808px" src="data:image/png;base64,${png}">`).join('')}</body>`,
	);
	await page.screenshot({ path: path as `${string}.png` });
	await page.close();
}
