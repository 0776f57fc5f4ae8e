// tests only (Node).
// Our scanner against parse5's tokenizer on random markup; and any cut into chunks against none.
import fc from 'fast-check';
import { type DefaultTreeAdapterTypes, parse, type Token } from 'parse5';
import { SAXParser } from 'parse5-sax-parser';
import * as assert from 'uvu/assert';
import { Foreign } from '../../rewrite/html/foreign.ts';
import { Scanner } from '../../rewrite/html/scanner.ts';
import { decodeAttribute, HtmlRewriter, rewriteHtml } from '../../rewrite/index.ts';
import { runs } from '../fuzz.ts';
import { suite } from '../harness.ts';
import { scope } from './scope.ts';

const test = suite('html: fuzz', { limit: 120_000 });
/** The same cases every time, unless a longer search is asked for. */
const RUNS = runs(5000);

const PIECES = [
	'<', '>', '/', '=', '"', "'", ' ', '\n', '-', '--', '!', '<!', '<!--', '-->', '--!>', '<?', '</', '<!doctype html>', '<![CDATA[', ']]>', 'a', 'b', 'href', '&amp;', '&', '<a', '<a href=', '<p ', '</p>', '</a>', '<div>', '</div>', '<br/>',
	'<script>', '</script>', '</script ', '<script', '<style>', '</style>', '<title>', '</title>', '<textarea>', '</textarea>', '<xmp>', '</xmp>', '<noscript>', '</noscript>', '<svg>', '</svg>', '<svg', '<foreignObject>', '</foreignObject>', '<desc>', '</desc>', '<math>', '<mi>', '</mi>', '</math>', '<path/>', '<b>', '<g>', '</g>',
	'"https://x.example/"', 'https://x.example', 'style="a:url(//x.example)"', 'onclick=top', 'location=top;', '<iframe srcdoc="<p>">', '</iframe>', '<head>', '<html>', '<body>', 'é',
]; // biome-ignore format: a list
const markup = fc.array(fc.constantFrom(...PIECES), { maxLength: 24 }).map((all) => all.join(''));

/** Start tags with their attributes, end tags and comments, by place. */
function scanned(source: string): string[] {
	const scanner = new Scanner(false);
	const foreign = new Foreign();
	const out: string[] = [];
	scanner.feed(source);
	scanner.finish();
	for (let type = scanner.next(false); type; type = scanner.next(foreign.inside)) {
		const { tag, start, end } = scanner;
		if (type === 'start' && source[end - 1] === '>' && scanner.tag.end === end) {
			const seen = new Set<string>();
			const names = tag.attributes.filter((a) => !seen.has(a.name) && seen.add(a.name));
			out.push(
				`<${tag.name} ${start}-${end} ${names.map((a) => `${a.name}@${a.start}=${decodeAttribute(source.slice(a.valueStart, a.valueEnd))}`).join()}`,
			);
			const value = (name: string) => {
				const found = tag.attributes.find((a) => a.name === name);
				return found && source.slice(found.valueStart, found.valueEnd);
			};
			if (!foreign.start(tag.name, tag.selfClosing, value)) scanner.enterRaw(tag.name, false, false);
		} else if (type === 'end') {
			out.push(`</${tag.name} ${start}-${end}`);
			foreign.end(tag.name);
		} else if (type === 'comment' && !source.startsWith('</>', start)) out.push(`! ${start}`);
	}
	return out;
}

function parsed(source: string): string[] {
	const parser = new SAXParser({ sourceCodeLocationInfo: true });
	const out: string[] = [];
	parser.on('startTag', (tag) => {
		const at = tag.sourceCodeLocation as Token.LocationWithAttributes | null;
		const attributes = tag.attrs.map(({ name, value }) => `${name}@${at?.attrs?.[name]?.startOffset}=${value}`);
		out.push(`<${tag.tagName.toLowerCase()} ${at?.startOffset}-${at?.endOffset} ${attributes.join()}`);
	});
	parser.on('endTag', (tag) =>
		out.push(`</${tag.tagName.toLowerCase()} ${tag.sourceCodeLocation?.startOffset}-${tag.sourceCodeLocation?.endOffset}`),
	);
	parser.on('comment', (comment) => out.push(`! ${comment.sourceCodeLocation?.startOffset}`));
	parser.end(source);
	return out;
}

test('finds the tags, attributes and comments that parse5 finds', () => {
	const html = markup.filter((source) => !/<(?:svg|math)/.test(source));
	fc.assert(
		fc.property(html, (source) => assert.equal(scanned(source), parsed(source), source)),
		RUNS,
	);
});

/** The start tags and comments of the tree that parse5 builds, by place; and where its text is. */
function built(source: string): { tags: string[]; texts: [number, number][] } {
	const tags: string[] = [];
	const texts: [number, number][] = [];
	const stack: DefaultTreeAdapterTypes.ChildNode[] = [...parse(source, { sourceCodeLocationInfo: true }).childNodes];
	for (let node = stack.pop(); node; node = stack.pop()) {
		const at = node.sourceCodeLocation;
		if (node.nodeName === '#comment' && at) tags.push(`! ${at.startOffset}`);
		if (node.nodeName === '#text' && at) texts.push([at.startOffset, at.endOffset]);
		if ('tagName' in node && node.sourceCodeLocation?.startTag) {
			const { startOffset, endOffset } = node.sourceCodeLocation.startTag;
			tags.push(`<${node.tagName.toLowerCase()} ${startOffset}-${endOffset}`);
		}
		if ('childNodes' in node) stack.push(...node.childNodes);
	}
	return { tags, texts };
}

test('a head inside an integration point opens nothing', () => {
	assert.ok(scanned('<svg><desc><head></desc><script><br/>').some((line) => line.startsWith('<br ')));
});

test('finds every element that parse5 puts into its tree, in SVG and MathML too, and no tag inside its text', () => {
	let foreign = 0;
	fc.assert(
		fc.property(markup, (source) => {
			const ours = scanned(source);
			const { tags, texts } = built(source);
			const places = new Set(ours.map((line) => line.split(' ').slice(0, 2).join(' ')));
			for (const tag of tags) assert.ok(places.has(tag), `${tag} missing in ${source}`);
			for (const line of ours) {
				const start = Number(/ (\d+)/.exec(line)?.[1]);
				// Adjacent text around dropped tags is one text node; only text that begins at the very place shows a mistake.
				assert.ok(!texts.some(([from]) => from === start), `${line} is text in ${source}`);
			}
			if (/<svg>|<math>/.test(source)) foreign++;
		}),
		RUNS,
	);
	assert.ok(foreign > RUNS.numRuns / 10);
});

test('a chunk boundary anywhere gives the same text', () => {
	const options = { scope, documentUrl: 'https://a.example/', inject: '<script src=/x></script>' };
	fc.assert(
		fc.property(markup, fc.array(fc.nat({ max: 7 })), fc.boolean(), (source, cuts, xml) => {
			const rewriter = new HtmlRewriter({ ...options, xml });
			let out = '';
			let at = 0;
			for (let i = 0; at < source.length; i++) {
				const size = cuts.length ? (cuts[i % cuts.length] ?? 0) + 1 : 1;
				out += rewriter.write(source.slice(at, at + size));
				at += size;
			}
			assert.is(out + rewriter.end(), rewriteHtml(source, { ...options, xml }), source);
		}),
		RUNS,
	);
});

test('markup without URLs, styles and scripts keeps every byte', () => {
	fc.assert(
		fc.property(
			fc
				.array(fc.constantFrom(...PIECES.filter((p) => !/x\.example|top|style|script|srcdoc/.test(p))), { maxLength: 24 })
				.map((a) => a.join('')),
			(source) => {
				assert.is(rewriteHtml(source, { scope, documentUrl: 'https://a.example/' }), source);
			},
		),
		RUNS,
	);
});

test.run();
