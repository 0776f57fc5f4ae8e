// tests only (Node, Chromium).
// Pages of our own, one a theme: what the mirror has to show of each, checked in the guest's document and pixel by pixel.
import type { Bed } from './bed/bed.ts';

export interface Theme {
	readonly name: string;
	/** Path to body; '/' is the page. */
	readonly pages: Readonly<Record<string, string>>;
	/** What the host does once the mirror is up. */
	readonly act?: (bed: Bed) => Promise<unknown>;
	/** Expressions over `doc` and `win` of the guest's root that have to come true. */
	readonly holds?: readonly string[];
	/** Whether pictures are compared; not where the browser draws something that a mirror can't. Default true. */
	readonly picture?: boolean;
}

const css = (id: string, property: string, value: string) =>
	`win.getComputedStyle(doc.getElementById('${id}'))['${property}'] === '${value}'`;
const RED = 'rgb(255, 0, 0)';

/** The middle of an element of the host's page, on the screen of the bed. */
async function over(bed: Bed, selector: string): Promise<{ x: number; y: number }> {
	const handle = await bed.host.$(selector);
	const box = await handle?.boundingBox();
	if (!box) throw new Error(`${selector} has no box`);
	return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

export const themes: readonly Theme[] = [
	{
		name: 'hover and press',
		pages: {
			'/': `<style>button:hover{color:red}#o:hover>p{background:lime}#b:active{border:9px solid red}label:hover+*{color:red}input:hover{outline:5px solid red}
				#menu{display:none}#m:hover #menu{display:block}</style>
				<div id=o><p id=p>inside</p><button id=b>press</button></div><label id=l for=i>label</label><i id=n>next</i><input id=i><div id=m>menu<div id=menu>open</div></div>`,
		},
		async act(bed) {
			const { x, y } = await over(bed, '#b');
			await bed.page.mouse.move(x, y);
			await bed.page.mouse.down();
		},
		holds: [
			css('b', 'color', RED),
			css('p', 'backgroundColor', 'rgb(0, 255, 0)'),
			css('b', 'borderTopWidth', '9px'),
			css('menu', 'display', 'none'),
		],
	},
	{
		name: 'focus that a page draws, or not, inside a layer',
		pages: {
			'/': `<style>@layer base{:focus-visible{outline:none}.r:focus{outline:3px solid rgb(255, 0, 0);color:red}}</style><button id=b>one</button><button id=r class=r>two</button><style>@layer late{#i:focus{outline:2px dotted}}</style><input id=i>`,
		},
		act: async (bed) => {
			await bed.page.bringToFront();
			await bed.host.evaluate('window.focus(); b.focus({ focusVisible: true })');
		},
		holds: [`win.getComputedStyle(doc.getElementById('b')).outlineStyle === 'none' && doc.querySelector('#b[data-tandem-focus-visible]')`],
	},
	{
		name: 'hover from one part of a shadow tree to another, in one inside another too',
		pages: {
			'/': `<div id=o></div><script>
				const inside = (host, mode, html) => { const root = host.attachShadow({mode}); root.innerHTML = '<style>p:hover{color:red}section:hover{border:5px solid red}</style>' + html; return root; };
				const outer = inside(o, 'open', '<p id=one>one</p><p id=two>two</p><section></section>');
				at = inside(outer.querySelector('section'), 'open', '<p id=three>three</p><p id=four>four</p>');
			</script>`,
		},
		async act(bed) {
			for (const name of ['one', 'two', 'three', 'four', 'two', 'four']) {
				const { x, y } = await over(bed, `#o >>> #${name}`);
				await bed.page.mouse.move(x, y);
				const at = `[...document.querySelector('iframe').contentDocument.querySelector('#o').shadowRoot.children]`;
				const found = `${at}.flatMap((el) => [el, ...(el.shadowRoot?.children ?? [])]).filter((el) => el.id && el.hasAttribute('data-tandem-hover'))`;
				await bed.mirror().waitForFunction(`${found}.map((el) => el.id).join() === '${name}'`, { timeout: 3000 });
			}
		},
	},
	{
		name: 'hover on a label, then elsewhere',
		pages: {
			'/': `<style>#i:hover{outline:5px solid red}#o:hover{color:red}</style><div id=o><label id=l for=i>label</label><input id=i></div><p id=q>other</p>`,
		},
		async act(bed) {
			const label = await over(bed, '#l');
			await bed.page.mouse.move(label.x, label.y);
			await bed.mirror().waitForFunction(`document.querySelector('iframe').contentDocument.querySelector('#i[data-tandem-hover]')`);
			const other = await over(bed, '#q');
			await bed.page.mouse.move(other.x, other.y);
		},
		holds: [css('o', 'color', 'rgb(0, 0, 0)'), css('i', 'outlineStyle', 'none')],
	},
	{
		name: 'focus by the keyboard',
		pages: {
			'/': `<style>:focus{background:yellow}form:focus-within{border:3px solid red}.none:focus-visible{outline:none}</style>
				<form id=f><input id=a><a id=l href=/x>link</a></form><button id=b>ring</button>`,
		},
		async act(bed) {
			await bed.host.focus('#a');
			await bed.page.keyboard.press('Tab');
		},
		holds: [css('l', 'outlineStyle', 'auto'), css('l', 'backgroundColor', 'rgb(255, 255, 0)'), css('f', 'borderTopWidth', '3px')],
	},
	{
		name: 'focus by the pointer shows no ring, in a shadow root too',
		pages: {
			'/': `<style>#h:focus{color:red}</style><button id=b>b</button><div id=h><template shadowrootmode=open><style>button:focus{background:lime}</style><button>in</button></template></div>`,
		},
		async act(bed) {
			const { x, y } = await over(bed, '#h');
			await bed.page.mouse.click(x - 380, y);
			await bed.page.mouse.move(0, 0);
		},
		holds: [
			`win.getComputedStyle(doc.getElementById('h').shadowRoot.querySelector('button')).backgroundColor === 'rgb(0, 255, 0)'`,
			`win.getComputedStyle(doc.getElementById('h').shadowRoot.querySelector('button')).outlineStyle === 'none'`,
			css('h', 'color', RED),
		],
	},
	{
		name: 'fields',
		pages: {
			'/': `<style>:invalid{background:pink}:user-invalid{border:4px solid red}:user-valid{border:4px solid lime}:indeterminate{outline:3px solid blue}:placeholder-shown{color:gray}:target{color:red}</style>
				<form><select id=m multiple size=4><option>1<option>2<option>3<option>4</select><input id=c type=checkbox><input id=r type=range><input id=d type=date>
				<input id=k type=color><input id=e type=email required><input id=v required><input id=x value=fine><progress id=p max=9></progress><meter id=t max=9 value=3></meter>
				<input id=f type=file multiple><input id=n type=number><input id=s type=search value=seek><textarea id=ta>one</textarea></form><p id=q>target</p>`,
		},
		async act(bed) {
			await bed.host.evaluate(`{
				const by = (id) => document.getElementById(id);
				by('m').options[1].selected = by('m').options[3].selected = true; by('c').indeterminate = true; by('r').value = 90; by('d').value = '2026-11-24';
				by('k').value = '#00ff00'; by('x').setCustomValidity('no'); by('p').value = 4; by('t').value = 8; by('n').value = 12; by('ta').value = 'one\\ntwo'; location.hash = 'q';
			}`);
			await bed.host.type('#e', 'wrong');
			await bed.host.type('#v', 'right');
			await bed.host.evaluate('document.activeElement.blur()');
		},
		holds: [
			`[...doc.getElementById('m').selectedOptions].map((o) => o.text).join() === '2,4'`,
			`doc.getElementById('c').indeterminate && doc.getElementById('r').value === '90' && doc.getElementById('d').value === '2026-11-24' && doc.getElementById('k').value === '#00ff00'`,
			css('e', 'borderTopColor', RED),
			css('v', 'borderTopColor', 'rgb(0, 255, 0)'),
			css('x', 'backgroundColor', 'rgb(255, 192, 203)'),
			css('q', 'color', RED),
			`doc.getElementById('p').value === 4 && doc.getElementById('t').value === 8`,
		],
	},
	{
		name: 'file names',
		pages: { '/': '<input id=f type=file multiple>' },
		async act(bed) {
			await bed.host.evaluate(
				`{ const all = new DataTransfer(); all.items.add(new File(['x'], 'one.txt')); document.getElementById('f').files = all.files }`,
			);
		},
		holds: [`doc.getElementById('f').files[0]?.name === 'one.txt' && doc.getElementById('f').files[0].size === 0`],
	},
	{
		name: 'dialogs, popovers, details',
		pages: {
			'/': `<style>dialog::backdrop{background:rgb(200,0,0)}</style><dialog id=d>modal<p>text</p></dialog><dialog id=n>not modal</dialog><div id=p popover=manual>popover</div>
				<details id=t><summary>more</summary>inside</details><details name=a open><summary>1</summary>x</details>`,
		},
		act: (bed) =>
			bed.host.evaluate(
				`d.showModal(); n.show(); p.showPopover(); t.open = true`.replace(/(\b[dnpt])\./g, `document.getElementById('$1').`),
			),
		holds: [
			`doc.getElementById('d').matches(':modal') && doc.getElementById('n').open && !doc.getElementById('n').matches(':modal')`,
			`doc.getElementById('p').matches(':popover-open') && doc.getElementById('t').open`,
		],
	},
	{
		name: 'animations by script',
		pages: {
			'/': '<style>p{width:100px;background:lime}</style><p id=a>filled</p><p id=b>paused</p><p id=c>cancelled</p><p id=d>still running</p><p id=e>added</p><p id=f>at a rate of 0</p>',
		},
		async act(bed) {
			await bed.host.evaluate(`{
				const by = (id) => document.getElementById(id);
				by('a').animate([{ width: '100px' }, { width: '300px' }], { duration: 50, fill: 'forwards' });
				const b = by('b').animate([{ marginLeft: '0px' }, { marginLeft: '100px' }], { duration: 1000, easing: 'linear' }); b.pause(); b.currentTime = 500;
				window.c = by('c').animate([{ width: '200px' }, { width: '200px' }], { duration: 1e6 });
				by('d').animate([{ opacity: .5 }, { opacity: .5 }], { duration: 1000, iterations: Infinity });
				by('e').style.translate = '50px';
				by('e').animate({ translate: ['100px', '100px'] }, { duration: 1000, composite: 'add', fill: 'both' }).finish();
				const f = by('f').animate({ marginLeft: ['0px', '100px'] }, 1000); f.currentTime = 700; f.playbackRate = 0;
			}`);
			await bed
				.mirror()
				.waitForFunction(`document.querySelector('iframe').contentDocument.getElementById('c').getAnimations().length === 1`);
			await bed.host.evaluate('window.c.cancel()');
		},
		holds: [
			css('a', 'width', '300px'),
			css('b', 'marginLeft', '50px'),
			css('c', 'width', '100px'),
			css('d', 'opacity', '0.5'),
			css('e', 'translate', '150px'),
			css('f', 'marginLeft', '70px'),
		],
	},
	{
		name: 'animations of style sheets, in phase',
		pages: {
			'/': '<style>@keyframes turn{from{margin-left:0}to{margin-left:400px}}p{animation:turn 100s linear infinite;width:90px;background:lime}</style><p id=a>turn</p>',
		},
		act: (bed) =>
			bed.host.evaluate(`{ const turn = document.getElementById('a').getAnimations()[0]; turn.currentTime = 50_000; turn.pause(); }`),
		holds: [`Math.abs(parseFloat(win.getComputedStyle(doc.getElementById('a')).marginLeft) - 200) < 2`],
	},
	{
		name: 'frames of a frameset',
		pages: {
			'/': '<!doctype html><frameset cols="30%,*"><frame src=/left.html name=l><frame src=/right.html></frameset>',
			'/left.html': '<body style="background:lime">left',
			'/right.html': '<body style="background:yellow"><iframe src=/left.html></iframe> right',
		},
		holds: [
			`doc.querySelectorAll('frame')[0]?.contentDocument?.body?.textContent === 'left'`,
			`doc.querySelectorAll('frame')[1]?.contentDocument?.querySelector('iframe')?.contentDocument?.body?.textContent === 'left'`,
		],
	},
];
