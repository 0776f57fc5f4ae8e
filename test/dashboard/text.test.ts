// tests only (Node).
// How things are written for people, where a mirror goes on the stage, who may greet the shell, and that the languages agree.
import * as assert from 'uvu/assert';
import { templates } from '../../dashboard/i18n/de.ts';
import { en } from '../../dashboard/i18n/en.ts';
import { speaksFor } from '../../dashboard/shell/host/ports.ts';
import { placement } from '../../dashboard/shell/scale.ts';
import { qrSquares } from '../../dashboard/shell/views/qr.ts';
import { addressParts, codeDigits, groupCode, initials, inkOn, tabName } from '../../dashboard/ui/text.ts';
import { encodeLabel, mirrorLabel, parseZone, zoneOrigin } from '../../protocol/label.ts';
import { suite } from '../harness.ts';

const test = suite('dashboard text');

test('a code is grouped for reading aloud, and read back however it is typed', () => {
	assert.is(groupCode('123456'), '123 456');
	for (const typed of ['123 456', '123-456', ' 123456 ', '1 2 3 4 5 6']) assert.is(codeDigits(typed), '123456');
});

test('an address shows host, path and security; a bare path is dropped', () => {
	assert.equal(addressParts('https://shop.example/'), { host: 'shop.example', after: '', security: 'secure' });
	assert.equal(addressParts('http://a.example:81/x?y=%C3%A4#z'), { host: 'a.example:81', after: '/x?y=ä#z', security: 'insecure' });
	assert.is(addressParts('about:blank').security, 'none');
	assert.is(addressParts('https://a.example/%E0%A4%A').after, '/%E0%A4%A');
});

test('a tab is called by its title, else its host', () => {
	assert.is(tabName({ title: ' Shop ', url: 'https://shop.example/' }), 'Shop');
	assert.is(tabName({ title: '', url: 'https://shop.example/x' }), 'shop.example');
});

test('initials are of the first and last name, in any script', () => {
	assert.equal(['Ada King Lovelace', 'clara', '李 雷', '  '].map(initials), ['AL', 'C', '李雷', '?']);
});

test('text on a colour can be read', () => {
	assert.equal([inkOn('#000000'), inkOn('#ffffff'), inkOn('#0090ff')], ['#fff', '#000', '#fff']);
});

test('a mirror is fitted and centred; at full size it begins at the corner', () => {
	assert.equal(placement({ width: 1000, height: 500 }, { width: 500, height: 500 }, 'fit'), { x: 0, y: 125, factor: 0.5 });
	assert.equal(placement({ width: 1000, height: 500 }, { width: 500, height: 500 }, 'full'), { x: 0, y: 0, factor: 1 });
	assert.is(placement({ width: 1000, height: 500 }, { width: 1010, height: 510 }, 'fit').factor, 1);
});

test('only labels of the run token may greet, never a mirror, another token or a name around the zone', () => {
	const zone = parseZone('http://tandem.localhost:3000');
	const own = 'a'.repeat(16);
	const other = 'b'.repeat(16);
	const label = (token: string) => encodeLabel('https://shop.example', token);
	assert.ok(speaksFor(zoneOrigin(label(own), zone), own, zone));
	assert.ok(speaksFor('null', own, zone));
	assert.not(speaksFor(zoneOrigin(label(other), zone), own, zone));
	assert.not(speaksFor(zoneOrigin(mirrorLabel(own), zone), own, zone));
	assert.not(speaksFor(`http://${label(own)}.tandem.localhost:3000.evil.example`, own, zone));
	assert.not(speaksFor(`https://${label(own)}.tandem.localhost:3000`, own, zone));
	assert.not(speaksFor(`http://x.${label(own)}.tandem.localhost:3000`, own, zone));
	assert.not(speaksFor('http://app.tandem.localhost:3000', own, zone));
});

test('a QR code has its three finder patterns and grows with the text', () => {
	const { outline, size } = qrSquares('http://app.tandem.localhost:3000/j/x');
	// The top row of both upper finders: seven dark modules (ISO/IEC 18004 section 6.3.3).
	assert.ok(outline.startsWith('M0 0h7'));
	assert.ok(outline.includes(`M${size - 7} 0h7`));
	assert.ok(qrSquares('x'.repeat(300)).size > size);
});

test('German says everything English does, with the same holes', () => {
	const holes = (text: string) => [...text.matchAll(/\{\d\}/g)].map(String).sort().join();
	for (const [id, text] of Object.entries(en)) assert.is(holes(templates[id] ?? 'missing {9}'), holes(text), id);
});

test.run();
