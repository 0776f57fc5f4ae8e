// tests only (Node, Chromium).
// More pages of our own: what other files, scripts and the browser itself add to a page.
import type { Theme } from './themes.ts';

const css = (id: string, property: string, value: string) =>
	`win.getComputedStyle(doc.getElementById('${id}'))['${property}'] === '${value}'`;
const RED = 'rgb(255, 0, 0)';
const LIME = 'rgb(0, 255, 0)';
const SPRITE =
	'<svg xmlns="http://www.w3.org/2000/svg"><symbol id="i" viewBox="0 0 10 10"><rect width="10" height="10" fill="lime"/><circle cx="5" cy="5" r="3"/></symbol></svg>';
const PICTURE =
	'<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40"><rect width="120" height="40" fill="orange"/><circle cx="20" cy="20" r="15"/></svg>';

export const more: readonly Theme[] = [
	{
		name: 'SVG of other files: use, masks, images, foreignObject; MathML',
		pages: {
			'/': `<style>#m{width:80px;height:40px;background:red;mask-image:url(/pic.svg)}#b{width:120px;height:40px;background:url(/pic.svg)}</style>
				<svg id=s width=60 height=60><use href="/sprite.svg#i"/></svg><svg width=60 height=60><use id=later /></svg><div id=m></div><div id=b></div><img src=/pic.svg>
				<svg width=200 height=50><image href="/pic.svg" width=60 height=20 /><foreignObject x=70 width=120 height=50><p style="margin:0;color:red">HTML in SVG</p></foreignObject></svg>
				<math display=block><mfrac><mi>a</mi><msqrt><mi>b</mi></msqrt></mfrac></math>`,
			'/sprite.svg': SPRITE,
			'/pic.svg': PICTURE,
		},
		act: (bed) => bed.host.evaluate(`document.getElementById('later').setAttribute('href', '/sprite.svg#i')`),
		holds: [`/^blob:.*#i$/.test(doc.getElementById('later').getAttribute('href'))`],
	},
	{
		name: 'animations in an SVG: its clock set and stopped, begun by a script, ended',
		pages: {
			'/': `<svg id=s width=400 height=120><rect width=30 height=30 fill=red><animate id=a attributeName=x from=0 to=300 dur=2s begin=indefinite fill=freeze /></rect>
				<circle r=10 cy=60 fill=blue><animateMotion dur=3s repeatCount=indefinite path="M0,0 H300"/></circle>
				<rect y=80 width=30 height=30><set id=c attributeName=fill to=lime begin=indefinite /></rect></svg>
				<svg id=t width=400 height=40><rect id=r width=20 height=20><animate attributeName=width from=20 to=200 dur=100s repeatCount=indefinite /></rect></svg>`,
		},
		act: (bed) =>
			bed.host.evaluate(`{
				const by = (id) => document.getElementById(id);
				by('s').setCurrentTime(7); by('a').beginElement(); by('c').beginElement();
				setTimeout(() => { by('s').setCurrentTime(8); by('s').pauseAnimations(); }, 300);
				by('t').setCurrentTime(50);
			}`),
		holds: [
			`doc.getElementById('s').animationsPaused() && doc.getElementById('s').getCurrentTime() === 8`,
			`win.getComputedStyle(doc.getElementById('c').parentNode).fill === 'rgb(0, 255, 0)'`,
			`Math.abs(doc.getElementById('t').getCurrentTime() - 52) < 4`,
		],
	},
	{
		name: 'documents in object and embed',
		pages: {
			'/': '<object data=/inner.html width=200 height=80></object><embed src=/inner.html width=200 height=80><object data=/inner.html></object><object data=/none>instead</object>',
			'/inner.html': '<body style="margin:0;background:lime"><p id=p>inner</p>',
		},
		holds: [`doc.querySelectorAll('object')[0].contentDocument?.getElementById('p')?.textContent === 'inner'`],
	},
	{
		name: 'rules that scripts edit: media, disabled, nested, layers',
		pages: {
			'/': '<style id=st>p{color:red}</style><style id=n>#n1{color:red; &.x{color:blue}} @layer a{#n2{color:red}} @container (min-width:1px){#n3{color:red}}</style><p id=p>media</p><p id=q>adopted</p><p id=n1 class=x>nested</p><p id=n2>layer</p><div style="container-type:inline-size"><p id=n3>container</p></div>',
		},
		act: (bed) =>
			bed.host.evaluate(`{
				const by = (id) => document.getElementById(id), sheet = new CSSStyleSheet(), off = new CSSStyleSheet({ media: 'print' });
				sheet.replaceSync('#q{color:red}'); off.replaceSync('#q{color:blue}'); document.adoptedStyleSheets = [sheet, off];
				const [one, two, three] = by('n').sheet.cssRules;
				setTimeout(() => {
					off.media.mediaText = 'screen'; by('st').sheet.media.appendMedium('print');
					one.insertRule('&.x{background:lime}', 0); two.cssRules[0].style.setProperty('color', 'lime', 'important'); three.insertRule('#n3{background:lime}', 1);
				}, 300);
				setTimeout(() => { sheet.disabled = true }, 600);
			}`),
		holds: [
			css('q', 'color', 'rgb(0, 0, 255)'),
			css('p', 'color', 'rgb(0, 0, 0)'),
			css('n1', 'backgroundColor', LIME),
			css('n2', 'color', LIME),
			css('n3', 'backgroundColor', LIME),
			`doc.adoptedStyleSheets[0].disabled`,
		],
	},
	{
		name: 'fonts and properties declared by script, states of custom elements, blob: pictures in CSS',
		pages: {
			'/': `<style>#f{font:40px Made,monospace}#g{width:var(--wide);height:20px;background:lime}x-a:state(on){color:red}x-a:--old{color:blue}</style><p id=f>made</p><p id=g></p><x-a id=x>state</x-a><p id=b style="width:120px;height:40px"></p>
				<script>
					CSS.registerProperty({ name: '--wide', syntax: '<length>', inherits: false, initialValue: '222px' });
					customElements.define('x-a', class extends HTMLElement { constructor() { super(); this.in = this.attachInternals(); } });
				</script>`,
		},
		act: (bed) =>
			bed.host.evaluate(`{
				document.fonts.add(new FontFace('Made', 'local("DejaVu Serif"), local("serif")', { weight: '400' }));
				document.getElementById('x').in.states.add('on'); document.getElementById('x').in.states.add('Other');
				document.getElementById('b').style.background = 'url(' + URL.createObjectURL(new Blob(['${PICTURE}'], { type: 'image/svg+xml' })) + ')';
			}`),
		holds: [
			css('x', 'color', RED),
			css('g', 'width', '222px'),
			`/blob:/.test(win.getComputedStyle(doc.getElementById('b')).backgroundImage)`,
		],
	},
	{
		name: 'scroll: snapped, sticky, sideways from the right, smooth, set before anybody looks',
		pages: {
			'/': `<style>#s{height:100px;overflow:auto;scroll-snap-type:y mandatory;scroll-behavior:smooth}#s p{height:100px;margin:0;scroll-snap-align:start}#t{height:90px;overflow:auto}h3{position:sticky;top:0;margin:0;background:lime}#r{overflow:auto;width:200px}#r p{width:900px}</style>
				<div id=s><p>1<p>2<p>3<p>4</div><div id=t><h3>sticky</h3><p style="height:900px">text</div><div id=r dir=rtl><p>from the right, a long line of words</p></div><div id=e style="height:50px;overflow:auto"><p style="height:500px">early</p></div>
				<textarea id=a rows=2>${'line\n'.repeat(30)}</textarea><script>document.getElementById('e').scrollTop = 77</script>`,
		},
		act: (bed) =>
			bed.host.evaluate(
				`{ const by = (id) => document.getElementById(id); by('s').scrollTop = 190; by('t').scrollTop = 120; by('r').scrollLeft = -150; by('a').scrollTop = 200; }`,
			),
		holds: [
			`doc.getElementById('s').scrollTop === 200 && doc.getElementById('t').scrollTop === 120 && doc.getElementById('r').scrollLeft === -150`,
			`doc.getElementById('e').scrollTop === 77`,
			`doc.getElementById('a').scrollTop === 200`,
		],
	},
	{
		name: 'what a guest does to popovers and dialogs by themselves comes to nothing',
		pages: { '/': '<dialog id=d>modal</dialog><div id=p popover>auto<p>popover</p></div><p>text</p>' },
		async act(bed) {
			await bed.host.evaluate(`document.getElementById('d').showModal(), document.getElementById('p').showPopover()`);
			await bed.mirror().waitForFunction(`document.querySelector('iframe').contentDocument.getElementById('p')?.matches(':popover-open')`);
			await bed
				.mirror()
				.evaluate(
					`document.querySelector('iframe').contentDocument.getElementById('p').hidePopover(), document.querySelector('iframe').contentDocument.getElementById('d').close()`,
				);
			await new Promise((done) => setTimeout(done, 200));
		},
		holds: [`doc.getElementById('p').matches(':popover-open') && doc.getElementById('d').matches(':modal')`],
	},
	{
		name: 'no transition comes of style sheets that a guest has later than the elements',
		pages: {
			'/': `<link rel=stylesheet href=/a.css><h1 id=h>green</h1>`,
			'/a.css':
				'h1{color:rgb(0, 128, 0);font-size:60px;transition:all 1000s}h1::after{content:" after";color:rgb(0, 0, 200);transition:inherit}',
		},
		holds: [
			`win.getComputedStyle(doc.getElementById('h')).color === 'rgb(0, 128, 0)' && win.getComputedStyle(doc.getElementById('h'), '::after').color === 'rgb(0, 0, 200)'`,
			`win.getComputedStyle(doc.getElementById('h')).transitionDuration === '1000s'`,
		],
	},
	{
		name: 'what is shown anew is nearest to the eye, for late guests too; a dialog with the focus has a ring',
		pages: {
			'/': `<style>[popover]{width:300px;height:200px;background:gold}#q{background:teal}#r{background:plum;width:320px}</style>
				<div id=p popover=manual>p</div><div id=q popover=manual>q</div><div id=r popover=manual>r</div><dialog id=d style="inset:auto;left:8px;top:8px">open</dialog>`,
		},
		async act(bed) {
			await bed.host.evaluate(
				`{ const [p, q, r] = document.querySelectorAll('[popover]'); r.showPopover(); p.showPopover(); q.showPopover(); document.querySelector('dialog').show(); }`,
			);
			await bed.mirror().waitForFunction(`document.querySelector('iframe').contentDocument.querySelectorAll(':popover-open').length === 3`);
			await bed.host.evaluate(`{ const [p] = document.querySelectorAll('[popover]'); p.hidePopover(); p.showPopover(); }`);
			const late = await bed.join('late');
			await late.waitForFunction(
				`document.querySelector('iframe')?.contentDocument?.elementFromPoint(innerWidth / 2, innerHeight / 2)?.id === 'p'`,
			);
			await bed.page.evaluate(`document.querySelector('iframe[name=late]').remove()`);
		},
		holds: [
			`doc.elementFromPoint(win.innerWidth / 2, win.innerHeight / 2).id === 'p'`,
			`win.getComputedStyle(doc.getElementById('d')).outlineStyle === 'auto'`,
		],
	},
	{
		name: 'frames that move and keep their document, a frame that navigates',
		pages: {
			'/': '<div id=a><iframe id=f src=/inner.html width=200 height=60></iframe></div><div id=b style="border:2px solid red"></div><iframe id=g src=/inner.html width=200 height=60></iframe>',
			'/inner.html': '<body><p id=p>inner</p>',
			'/next.html': '<body style="background:lime"><p id=p>next</p>',
		},
		act: (bed) =>
			bed.host.evaluate(`{
				const by = (id) => document.getElementById(id);
				by('b').moveBefore(by('f'), null); by('g').src = '/next.html';
				by('f').contentDocument.getElementById('p').textContent = 'changed, then moved';
			}`),
		holds: [
			`doc.querySelector('#b > #f')?.contentDocument?.getElementById('p')?.textContent === 'changed, then moved'`,
			`doc.getElementById('g').contentDocument?.getElementById('p')?.textContent === 'next'`,
		],
	},
	{
		name: 'elements in a drawing that bear names of HTML’s, which have nothing but the name',
		pages: {
			'/': `<svg id=s width=100 height=40><rect width=90 height=30 fill=teal /><textarea>a</textarea><select><option>b</option></select><button>c</button></svg><p id=p>before</p>`,
		},
		act: (bed) =>
			bed.host.evaluate(`{
				const add = (tag, text) => by('s').appendChild(Object.assign(document.createElementNS('http://www.w3.org/2000/svg', tag), { textContent: text }));
				const by = (id) => document.getElementById(id);
				for (const tag of ['textarea', 'input', 'select', 'iframe', 'object', 'canvas', 'video', 'slot', 'dialog', 'template', 'noscript']) add(tag, tag);
				by('p').textContent = 'after';
			}`),
		holds: [`doc.getElementById('p').textContent === 'after'`, `doc.querySelector('#s > iframe').textContent === 'iframe'`],
	},
	{
		name: 'a player without controls shows none, though no scripts run at the guest',
		pages: {
			'/': '<style>video{background:red}</style><video width=240 height=120 muted></video><video id=v width=240 height=120 controls muted></video>',
		},
		act: (bed) => bed.host.evaluate(`document.getElementById('v').removeAttribute('controls')`),
	},
	{
		name: 'films that only the host has, a canvas that nobody may read',
		pages: {
			'/': '<video id=v width=200 height=100 muted></video><canvas id=c width=120 height=60></canvas><img id=i src=https://two.example/pic.svg width=120 height=40>',
			'https://two.example/pic.svg': PICTURE,
		},
		act: (bed) =>
			bed.host.evaluate(`(async () => {
				const source = document.createElement('canvas'), ink = source.getContext('2d'); source.width = 200; source.height = 100;
				const draw = () => { ink.fillStyle = 'rgb(0,128,0)'; ink.fillRect(0, 0, 200, 100); }; draw(); setInterval(draw, 50);
				const video = document.getElementById('v'); video.srcObject = source.captureStream(20); void video.play();
				document.getElementById('c').getContext('2d').drawImage(document.getElementById('i'), 0, 0);
			})()`),
		holds: [`/^blob:/.test(doc.getElementById('v').poster)`, `/svg/.test(win.getComputedStyle(doc.getElementById('c')).content)`],
		picture: false,
	},
	{
		name: 'a view transition ends as on the host; shadow roots that nest',
		pages: {
			'/': `<p id=p style="view-transition-name:one">before</p><div id=o><template shadowrootmode=open><div><template shadowrootmode=open><style>b{color:red}</style><b id=b>deep</b><slot></slot></template><slot></slot></div></template>light</div>`,
		},
		act: (bed) =>
			bed.host.evaluate(
				`document.startViewTransition(() => { const p = document.getElementById('p'); p.textContent = 'after'; p.style.marginLeft = '200px'; }).finished`,
			),
		holds: [
			css('p', 'marginLeft', '200px'),
			`doc.getElementById('o').shadowRoot.querySelector('div').shadowRoot.querySelector('b').textContent === 'deep'`,
		],
	},
];
