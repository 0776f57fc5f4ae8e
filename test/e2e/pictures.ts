// tests only (Node, Chromium), run by hand: `node test/e2e/pictures.ts [FOLDER]`; SITE=name chooses.
// How alike every real site's page and its mirror are, pixel by pixel, with what differs; both pictures go to FOLDER/<site>-host.png, -guest.png.
import { mkdirSync, writeFileSync } from 'node:fs';
import { chromium } from '../browser.ts';
import { sites } from '../sites/all.ts';
import { line } from './picture.ts';
import { BAR, compareSite } from './side-by-side.ts';

const folder = process.argv[2];
if (folder) mkdirSync(folder, { recursive: true });
const browser = await chromium({ whole: true });
let short = 0;
for (const site of sites) {
	try {
		const found = await compareSite(browser, site);
		if (found.alike < BAR) short++;
		console.log(line(site.name, found));
		for (const [i, who] of ['host', 'guest'].entries())
			if (folder) writeFileSync(`${folder}/${site.name}-${who}.png`, found.pictures[i] ?? '', 'base64');
	} catch (error) {
		short++;
		console.log(`     failed  ${site.name}: ${(error as Error).message}`);
	}
}
console.log(`${sites.length - short} of ${sites.length} sites at or above ${BAR * 100} %`);
await browser.close();
process.exit(short ? 1 : 0);
