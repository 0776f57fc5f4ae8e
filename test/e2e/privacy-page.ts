// tests only (browser page, as text).
// A page that spreads what is typed into a password field over as many places as a page can, each known by a name, while it is typed and again
// after. Every place gets the value alone in the form it names.

/** The root's document. `b` is another site, whose frame gets the value by postMessage. */
export const SPREADER = `
<form id="form" method="post" action="/echo"><label>Password <input id="pass" type="password" name="pass"></label>
<button type="button" id="show" onclick="pass.type = pass.type === 'text' ? 'password' : 'text'">show</button><button id="send">send</button></form>
<p id="count"></p><div id="places"></div><iframe id="same" src="/inner"></iframe><iframe id="other" src="https://b.example/inner"></iframe>
<iframe id="doc" srcdoc="<p id=in></p>"></iframe><template id="tpl"><p></p></template>
<style id="sheet"></style><style id="made"></style><input id="plain"><textarea id="area"></textarea><div id="edit" contenteditable></div>
<select id="select"><option></option></select><input list="list"><datalist id="list"><option></option></datalist><input type="hidden" id="hid">
<input type="file" id="file"><canvas id="canvas" width="120" height="30"></canvas><canvas id="letters" width="120" height="30"></canvas>
<svg width="99" height="30"><text id="svg" y="20"></text><title id="svgtitle"></title></svg><img id="img" alt="">
<details id="det"><summary></summary></details><dialog id="dlg"><p></p></dialog><table><tr id="row"></tr></table><output id="out"></output><meter id="meter"></meter>
<script>
const $ = (id) => document.getElementById(id);
const places = $('places');
const make = (name, tag = 'p') => { let e = document.getElementById('at-' + name); if (!e) { e = document.createElement(tag); e.id = 'at-' + name; places.append(e); } return e; };
customElements.define('x-state', class extends HTMLElement { set secret(v) { this.v = v; this.textContent = 'state ' + v; } });
const open = make('open', 'div').attachShadow({ mode: 'open' }), closed = make('closed', 'div').attachShadow({ mode: 'closed' });
open.innerHTML = '<p></p><input>'; closed.innerHTML = '<p></p>';
const adopted = new CSSStyleSheet(); document.adoptedStyleSheets = [adopted];
let count = 0;
const word = (v) => v.replace(/\\W/g, '');
const svg = (v) => '<svg xmlns="http://www.w3.org/2000/svg"><text>' + v.replace(/&/g, '&amp;') + '</text></svg>';
const b64 = (v) => btoa(String.fromCharCode(...new TextEncoder().encode(v)));
window.PLACES = {
 text: (v) => { make('text').textContent = v; },
 sentence: (v) => { make('sentence').textContent = 'You typed ' + v + ', did you?'; },
 html: (v) => { make('html').innerHTML = '<b>x</b><i></i>'; make('html').lastChild.append(v); },
 data: (v) => { const p = make('data'); p.firstChild ? p.firstChild.data = v : p.append(v); },
 attribute: (v) => { make('attribute').setAttribute('data-value', v); },
 title: (v) => { make('hover').title = v; },
 aria: (v) => { make('aria').setAttribute('aria-label', v); },
 placeholder: (v) => { $('plain').placeholder = v; },
 before: (v) => { make('before').dataset.before = v; $('made').textContent = '#at-before::before{content:attr(data-before)}'; },
 inserted: (v) => { const s = $('made').sheet; s.insertRule('#at-before::after{content:' + JSON.stringify(v) + '}', s.cssRules.length); },
 cssom: (v) => { adopted.replaceSync('#at-text::after{content:""}'); adopted.cssRules[0].style.content = JSON.stringify(v); },
 sheet: (v) => { $('sheet').textContent = '#at-text::before{content:' + JSON.stringify(v) + '}'; },
 variable: (v) => { make('variable').style.setProperty('--v', JSON.stringify(v)); },
 adopted: (v) => { adopted.insertRule('#at-data::after{content:' + JSON.stringify(v) + '}'); },
 documentTitle: (v) => { document.title = 'Hello ' + v; },
 query: (v) => { history.replaceState(null, '', '/?anything=' + encodeURIComponent(v)); },
 hash: (v) => { history.replaceState(null, '', location.search + '#' + encodeURIComponent(v)); },
 console: (v) => { console.log(v); console.error(new Error(v)); },
 openShadow: (v) => { open.firstChild.textContent = v; },
 openShadowField: (v) => { open.lastChild.value = v; },
 closedShadow: (v) => { closed.firstChild.textContent = v; },
 sameFrame: (v) => { try { $('same').contentDocument.getElementById('in').textContent = v; } catch {} },
 sheetInFrame: (v) => { const d = $('same').contentDocument; if (!d?.body) return; const s = d.getElementById('lent') ?? d.body.appendChild(Object.assign(document.createElement('style'), { id: 'lent' })); s.sheet.insertRule('#in::after{content:' + JSON.stringify(v) + '}', 0); },
 closedInFrame: (v) => { const d = $('same').contentDocument; if (!d?.body) return; const h = d.getElementById('host') ?? d.body.appendChild(Object.assign(document.createElement('div'), { id: 'host' })); (h.root ??= h.attachShadow({ mode: 'closed' })).innerHTML = '<i></i>'; h.root.firstChild.textContent = v; },
 otherFrame: (v) => { $('other').contentWindow.postMessage(v, '*'); },
 srcdoc: (v) => { const d = $('doc').contentDocument; if (d && d.getElementById('in')) d.getElementById('in').textContent = v; },
 field: (v) => { $('plain').value = v; },
 fieldAttribute: (v) => { $('plain').setAttribute('value', v); },
 textarea: (v) => { $('area').value = v; },
 textareaContent: (v) => { $('area').textContent = v; },
 contenteditable: (v) => { $('edit').textContent = v; },
 option: (v) => { $('select').options[0].textContent = v; $('select').options[0].value = v; },
 optionLabel: (v) => { $('select').options[0].label = v; },
 datalist: (v) => { $('list').firstElementChild.value = v; },
 hidden: (v) => { $('hid').value = v; $('hid').setAttribute('value', v); },
 fileName: (v) => { const d = new DataTransfer(); d.items.add(new File(['x'], v + '.txt')); $('file').files = d.files; },
 canvas: (v) => { const c = $('canvas').getContext('2d'); c.clearRect(0, 0, 120, 30); c.fillText(v, 2, 20); },
 letters: (v) => { const c = $('letters').getContext('2d'); c.clearRect(0, 0, 120, 30); [...v].forEach((s, i) => c.strokeText(s, 9 * i, 20)); },
 svg: (v) => { $('svg').textContent = v; },
 svgTitle: (v) => { $('svgtitle').textContent = v; },
 alt: (v) => { $('img').alt = v; },
 imageUrl: (v) => { $('img').src = '/pixel?v=' + encodeURIComponent(v); },
 imageData: (v) => { $('img').src = 'data:image/svg+xml;base64,' + b64('<svg xmlns="http://www.w3.org/2000/svg"><text>' + v.replace(/[&<]/g, '') + v.replace(/&/g, '&amp;') + '</text></svg>'); },
 link: (v) => { make('link', 'a').href = '/reset/' + encodeURIComponent(v) + '/now'; },
 template: (v) => { $('tpl').content.firstChild.textContent = v; },
 comment: (v) => { make('comment').replaceChildren(document.createComment(v)); },
 cookie: (v) => { make('cookie').textContent = 'shown=' + encodeURIComponent(v); },
 storage: (v) => { localStorage.setItem('k', v); make('storage').textContent = localStorage.getItem('k'); },
 twoNodes: (v) => { make('two').replaceChildren(v.slice(0, v.length >> 1), Object.assign(document.createElement('b'), { textContent: v.slice(v.length >> 1) })); },
 boxes: (v) => { make('boxes').replaceChildren(...[...v].map((s) => Object.assign(document.createElement('span'), { textContent: s }))); },
 spaced: (v) => { make('spaced').textContent = [...v].join(' '); },
 dashed: (v) => { make('dashed').textContent = v.match(/.{1,4}/g)?.join('-') ?? ''; },
 upper: (v) => { make('upper').textContent = v.toUpperCase(); },
 url: (v) => { make('url').textContent = encodeURIComponent(v); },
 base64: (v) => { make('base64').textContent = b64(v); },
 basic: (v) => { make('basic').textContent = 'Basic ' + b64('user:' + v); },
 hex: (v) => { make('hex').textContent = [...new TextEncoder().encode(v)].map((n) => n.toString(16).padStart(2, '0')).join(''); },
 reversed: (v) => { make('reversed').textContent = [...v].reverse().join(''); },
 json: (v) => { make('json').dataset.json = JSON.stringify({ v }); },
 summary: (v) => { $('det').firstChild.textContent = v; },
 dialog: (v) => { $('dlg').firstChild.textContent = v; },
 cell: (v) => { $('row').innerHTML = '<td></td>'; $('row').firstChild.textContent = v; },
 output: (v) => { $('out').value = v; },
 state: (v) => { const e = make('state', 'x-state'); e.secret = v; },
 className: (v) => { make('class').className = 'is-' + v.replace(/\\W/g, '_'); },
 popup: (v) => { make('popup').popover = 'manual'; make('popup').textContent = v; make('popup').showPopover(); make('popup').hidePopover(); },
 counterStyle: (v) => { adopted.insertRule('@counter-style c' + (++count) + '{system:cyclic;symbols:' + JSON.stringify(v) + '}'); },
 listStyle: (v) => { make('list').style.listStyleType = JSON.stringify(v); },
 quotes: (v) => { make('quotes').style.quotes = JSON.stringify(v) + ' "x"'; },
 property: (v) => { CSS.registerProperty({ name: '--p' + (++count), syntax: '*', inherits: false, initialValue: JSON.stringify(v) }); },
 keyframes: (v) => { adopted.insertRule('@keyframes k' + (++count) + '{from{content:' + JSON.stringify(v) + '}}'); },
 animation: (v) => { make('animated').animate([{ '--x': JSON.stringify(v) }, { '--x': '1' }], { duration: 60000, pseudoElement: '::before' }); },
 buttonValue: (v) => { Object.assign(make('button', 'input'), { type: 'button', value: v }); },
 background: (v) => { make('background').style.backgroundImage = 'url("data:image/svg+xml,' + encodeURIComponent(svg(v)) + '")'; },
 srcset: (v) => { make('srcset', 'img').srcset = 'data:image/svg+xml;base64,' + b64(svg(v)) + ' 1x'; },
 poster: (v) => { make('poster', 'video').poster = 'data:image/svg+xml;base64,' + b64(svg(v)); },
 blobPicture: (v) => { make('blob', 'img').src = URL.createObjectURL(new Blob([svg(v)], { type: 'image/svg+xml' })); },
 blobSheet: (v) => { Object.assign(make('blobsheet', 'link'), { rel: 'stylesheet', href: URL.createObjectURL(new Blob(['#at-text::marker{content:' + JSON.stringify(v) + '}'], { type: 'text/css' })) }); },
 dataSheet: (v) => { Object.assign(make('datasheet', 'link'), { rel: 'stylesheet', href: 'data:text/css,' + encodeURIComponent('#at-data::before{content:' + JSON.stringify(v) + '}') }); },
 frameName: (v) => { $('doc').name = v; },
 dataName: (v) => { make('dataname').setAttribute('data-' + word(v), '1'); },
 tagName: (v) => { places.append(document.createElement('x-' + word(v))); },
 idName: (v) => { make('idname').append(Object.assign(document.createElement('i'), { id: v })); },
 partName: (v) => { open.firstChild.part = word(v); },
 language: (v) => { make('language').lang = v; },
 fontName: (v) => { document.fonts.add(new FontFace(word(v), 'url(/pixel)')); make('font').style.fontFamily = word(v); },
 selector: (v) => { adopted.insertRule('.w-' + word(v) + '{color:red}'); },
 layer: (v) => { adopted.insertRule('@layer w-' + word(v) + '{p{color:red}}'); },
 custom: (v) => { (make('custom', 'x-state').internals ??= make('custom', 'x-state').attachInternals()).states.add(word(v)); },
 instruction: (v) => { make('instruction').replaceChildren(document.createProcessingInstruction('x', v)); },
 mathml: (v) => { make('math').innerHTML = '<math><mtext></mtext></math>'; make('math').querySelector('mtext').textContent = v; },
 foreign: (v) => { make('foreign').innerHTML = '<svg><foreignObject width=99 height=20><p></p></foreignObject></svg>'; make('foreign').querySelector('p').textContent = v; },
 written: (v) => { const d = $('doc').contentDocument; if (d?.body) { d.open(); d.write('<p id=in>' + v.replace(/&/g, '&amp;') + '</p>'); d.close(); } },
 range: (v) => { make('range').replaceChildren(document.createRange().createContextualFragment('<u>' + v.replace(/&/g, '&amp;') + '</u>')); },
 icon: (v) => { let l = document.getElementById('icon'); if (!l) { l = Object.assign(document.createElement('link'), { id: 'icon', rel: 'icon' }); document.head.append(l); } l.href = 'data:image/svg+xml;base64,' + b64(svg(v)); },
 track: (v) => { const t = document.createElement('track'); t.src = URL.createObjectURL(new Blob(['WEBVTT\\n\\n00:00.000 --> 99:00.000\\n' + v], { type: 'text/vtt' })); t.default = true; make('film', 'video').replaceChildren(t); },
 cue: (v) => { const f = make('cues', 'video'); (f.t ??= f.addTextTrack('captions')).mode = 'showing'; f.t.addCue(new VTTCue(0, 99, v)); },
 validity: (v) => { $('plain').setCustomValidity(v); },
 pattern: (v) => { $('plain').pattern = v.replace(/[&"]/g, '.'); },
 cursor: (v) => { make('cursor').style.cursor = 'url("data:image/svg+xml,' + encodeURIComponent(svg(v)) + '"), auto'; },
 maskPicture: (v) => { make('maskpicture').style.maskImage = 'url("data:image/svg+xml;base64,' + b64(svg(v)) + '")'; },
 contentPicture: (v) => { adopted.insertRule('#at-data::after{content:url("data:image/svg+xml,' + encodeURIComponent(svg(v)) + '")}'); },
 meta: (v) => { let m = document.querySelector('meta[name=description]'); if (!m) { m = Object.assign(document.createElement('meta'), { name: 'description' }); document.head.append(m); } m.content = v; },
 formAction: (v) => { make('form', 'form').action = '/do?x=' + encodeURIComponent(v); make('form', 'form').target = v; },
 objectData: (v) => { make('object', 'object').data = 'data:image/svg+xml,' + encodeURIComponent(svg(v)); },
 srcdocAttribute: (v) => { make('srcdoc', 'iframe').srcdoc = '<p>' + v.replace(/&/g, '&amp;'); },
 dataFrame: (v) => { make('dataframe', 'iframe').src = 'data:text/html,' + encodeURIComponent('<p>' + v.replace(/&/g, '&amp;')); },
 blobFrame: (v) => { make('blobframe', 'iframe').src = URL.createObjectURL(new Blob(['<p>' + v.replace(/&/g, '&amp;')], { type: 'text/html' })); },
 use: (v) => { make('use').innerHTML = '<svg><use href="#u"></use><symbol id="u"><text></text></symbol></svg>'; make('use').querySelector('text').textContent = v; },
 textPath: (v) => { make('textpath').innerHTML = '<svg><path id="tp" d="M0 9H99"></path><text><textPath href="#tp"></textPath></text></svg>'; make('textpath').querySelector('textPath').textContent = v; },
 transitionName: (v) => { make('transition').style.viewTransitionName = 'n-' + word(v); },
 containerName: (v) => { make('container').style.containerName = 'n-' + word(v); },
 anchorName: (v) => { make('anchor').style.anchorName = '--n-' + word(v); },
 gridArea: (v) => { make('grid').style.cssText = 'display:grid;grid-template-areas:"n' + word(v) + '"'; },
 animationId: (v) => { make('animated').getAnimations().forEach((a) => { a.id = v; }); },
 animationName: (v) => { make('named').style.animation = 'n' + word(v) + ' 9s'; },
 mediaTitle: (v) => { navigator.mediaSession.metadata = new MediaMetadata({ title: v }); },
 highlightName: (v) => { const r = document.createRange(); r.selectNodeContents(make('text')); CSS.highlights.set('h-' + word(v), new Highlight(r)); },
 slotName: (v) => { make('slotted').slot = v; },
 nonce: (v) => { make('nonce').nonce = v; },
 accessKey: (v) => { make('accesskey', 'button').accessKey = v; make('accesskey', 'button').ariaDescription = v; },
 tooltip: (v) => { make('tooltip', 'abbr').title = v; },
 download: (v) => { Object.assign(make('download', 'a'), { href: '/x', download: v + '.txt' }); },
 colorName: (v) => { make('color', 'font').setAttribute('color', v); },
 ping: (v) => { make('ping', 'a').ping = '/ping?' + encodeURIComponent(v); },
 area: (v) => { make('map', 'map').innerHTML = '<area>'; make('map', 'map').firstChild.alt = v; },
 optgroup: (v) => { make('groups', 'select').innerHTML = '<optgroup><option>x</optgroup>'; make('groups', 'select').firstChild.label = v; },
 progress: (v) => { make('progress', 'progress').setAttribute('value', v); },
 rubyText: (v) => { make('ruby').innerHTML = '<ruby>x<rt></rt></ruby>'; make('ruby').querySelector('rt').textContent = v; },
 noscript: (v) => { make('noscript', 'noscript').textContent = v; },
 bidi: (v) => { make('bidi').innerHTML = '<bdo dir=rtl></bdo>'; make('bidi').firstChild.textContent = [...v].reverse().join(''); },
 softHyphens: (v) => { make('hyphens').textContent = [...v].join('\\u00ad'); },
 zeroWidth: (v) => { make('zero').textContent = [...v].join('\\u200b'); },
 breaks: (v) => { make('breaks').innerHTML = ''; [...v].forEach((c) => make('breaks').append(c, document.createElement('wbr'))); },
 lines: (v) => { make('lines', 'pre').textContent = [...v].join('\\n'); },
 ordered: (v) => { make('ordered', 'ol').replaceChildren(...[...v].map((c) => Object.assign(document.createElement('li'), { textContent: c }))); },
 tableCells: (v) => { make('cells', 'table').innerHTML = '<tr></tr>'; make('cells', 'table').rows[0].append(...[...v].map((c) => Object.assign(document.createElement('td'), { textContent: c }))); },
 svgLetters: (v) => { make('svgletters').innerHTML = '<svg><text></text></svg>'; const t = make('svgletters').querySelector('text'); [...v].forEach((c, i) => { const s = document.createElementNS('http://www.w3.org/2000/svg', 'tspan'); s.setAttribute('x', 9 * i); s.textContent = c; t.append(s); }); },
 masked: (v) => { make('dots').textContent = v.replace(/.(?=...)/g, '*'); },
 removed: (v) => { make('removed').textContent = v; make('removed').remove(); },
};
window.failed = new Set();
window.spread = (v) => { for (const [name, put] of Object.entries(PLACES)) try { put(v); } catch (e) { failed.add(name + ': ' + e); } };
pass.addEventListener('keydown', (e) => { if (e.key.length === 1) make('keys').textContent = (make('keys').textContent + e.key); });
pass.addEventListener('input', () => { spread(pass.value); $('count').textContent = 'signs: ' + pass.value.length; });
pass.addEventListener('copy', (e) => { e.clipboardData.setData('text/plain', pass.value); e.preventDefault(); make('copied').textContent = pass.value; });
</script>`;

/** What stands in the frames. */
export const INNER = `<p id="in">inner</p><script>addEventListener('message', (e) => { document.getElementById('in').textContent = e.data; });</script>`;
