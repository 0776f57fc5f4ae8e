// tests only (Node, Chromium).
// Closed shadow roots that a parser makes: the runtime learns of them, and the page can't tell.
import { paritySuite } from './harness.ts';

const INSIDE = '<b id=in>in</b><slot></slot>';
const closed = (inside: string, more = '') => `<template shadowrootmode="closed"${more}>${inside}</template>`;
/** What a page can find out about a host and, through its internals, about its root. */
const LOOK = `const look = (el) => { const internal = el?.internals?.shadowRoot; return [el?.shadowRoot, el?.outerHTML, el?.getHTML({serializableShadowRoots: true}), el?.childNodes.length,
	internal && [internal.mode, internal.innerHTML, internal.childNodes.length, internal.firstChild?.nodeName, internal.host === el, internal.delegatesFocus, internal.serializable, internal.clonable]]; };
	const attach = (el, init) => { try { const root = el.attachShadow(init); return [root.mode, root.innerHTML, el.shadowRoot === root]; } catch (e) { return e.name; } };`;

paritySuite('shadow roots', {
	'in the document': {
		html: `<script>customElements.define('x-host', class extends HTMLElement { constructor() { super(); this.internals = this.attachInternals(); globalThis.seen = [this.internals.shadowRoot]; } });
			class Late extends HTMLElement { constructor() { super(); this.internals = this.attachInternals(); } }
			globalThis.Late = Late; globalThis.changes = []; new MutationObserver((list) => list.forEach((r) => changes.push([r.type, r.target.nodeName, [...r.addedNodes].map((n) => n.nodeName)]))).observe(document, { childList: true, subtree: true });</script>
			<div id=plain>${closed(INSIDE)}light</div><x-host id=host>${closed(`text ${INSIDE}`, ' shadowrootserializable shadowrootdelegatesfocus')}light</x-host>
			<x-late id=late>${closed(INSIDE)}</x-late><div id=empty>${closed('')}</div><div id=open><template shadowrootmode=OPEN>${INSIDE}</template></div>
			<div id=script>${closed(`<i></i><script>globalThis.current = [document.currentScript, document.querySelector('tandem-root')]</script><button id=b></button>`)}</div>
			<div id=rows>${closed('<tr><td>cell</td></tr>')}</div><input id=none>${closed(INSIDE)}<table id=table>${closed('x')}<tr><td>y</table>
			<div id=twice>${closed('one')}${closed('two')}</div><template id=outer><div>${closed(INSIDE, ' shadowrootclonable')}</div></template>
			<div id=nested>${closed(`<div id=inner>${closed('deep', ' shadowrootserializable')}</div>`, ' shadowrootserializable')}</div>`,
		script: `${LOOK} const $ = (id) => document.getElementById(id);
			for (const id of ['plain', 'host', 'empty', 'open', 'script', 'rows', 'none', 'table', 'twice', 'nested']) await record(id, () => look($(id)));
			await record('early', () => seen); await record('script', () => current);
			await record('defined late', () => { customElements.define('x-late', Late); return look($('late')); });
			await record('templates', () => [...document.querySelectorAll('template')].map((t) => [t.innerHTML, t.content.childNodes.length, t.content.firstElementChild?.outerHTML, t.cloneNode(true).outerHTML, t.shadowRootMode]));
			await record('slots', () => { const hit = document.elementFromPoint(...Object.values($('plain').getBoundingClientRect().toJSON()).slice(0, 2).map((v) => v + 4)); return [hit?.id, $('plain').firstChild.assignedSlot]; });
			await record('path', () => { const seen = []; addEventListener('click', (e) => seen.push(e.composedPath().map((n) => n.id ?? n.nodeName)), { once: true }); $('plain').click(); return seen; });
			await record('attach', () => [attach($('plain'), {mode: 'open'}), attach($('plain'), {mode: 'closed'}), attach($('plain'), {mode: 'closed'}), attach($('host'), {mode: 'closed'}), attach($('none'), {mode: 'closed'})]);
			await record('clones', () => { const made = document.importNode($('outer').content, true); document.body.append(made); return [look(document.body.lastElementChild), attach(document.body.lastElementChild, {mode: 'closed'})]; });
			await record('registry', async () => [customElements.get('tandem-root'), await Promise.race([customElements.whenDefined('x-host').then((c) => c.name)])]);
			await record('changes', () => changes.filter(([, target]) => target !== 'HEAD' && target !== 'HTML').map(String));`,
	},
	'by script': {
		html: '<div id=a></div><div id=b></div>',
		script: `${LOOK} const a = document.getElementById('a'), b = document.getElementById('b');
			customElements.define('y-host', class extends HTMLElement { constructor() { super(); this.internals = this.attachInternals(); this.first = this.internals.shadowRoot?.innerHTML; } });
			const text = '<div>${closed(INSIDE)}</div><y-host>${closed(INSIDE, ' shadowrootserializable')}</y-host>${closed('top')}';
			await record('setHTMLUnsafe', () => { a.setHTMLUnsafe(text); return [look(a), [...a.children].map(look), a.children[1].first]; });
			await record('in a root', () => { const root = b.attachShadow({mode: 'open'}); root.setHTMLUnsafe(text); return [root.innerHTML, root.getHTML({serializableShadowRoots: true}), [...root.children].map(look)]; });
			await record('away', () => { const el = document.createElement('div'); el.setHTMLUnsafe(text); const away = [look(el), [...el.children].map(look)]; document.body.append(el); return [away, look(el), [...el.children].map(look)]; });
			await record('parseHTMLUnsafe', () => { const doc = Document.parseHTMLUnsafe(text); const out = [doc.documentElement.outerHTML, doc.body.getHTML({serializableShadowRoots: true})]; document.body.append(doc.querySelector('y-host')); return [out, look(document.body.lastElementChild)]; });
			await record('innerHTML', () => { a.innerHTML = text; return [look(a), a.querySelector('template').content.childNodes.length]; });
			await record('DOMParser', () => new DOMParser().parseFromString(text, 'text/html').body.innerHTML);
			await record('write', async () => { const f = document.createElement('iframe'); document.body.append(f); f.contentDocument.write('<!doctype html><div>${closed(INSIDE)}</div>'); f.contentDocument.close(); const el = f.contentDocument.querySelector('div'); return [look(el), attach(el, {mode: 'closed'})]; });
			await record('srcdoc', async () => { const f = document.createElement('iframe'); f.srcdoc = '<!doctype html><div>${closed(INSIDE)}</div>'; document.body.append(f); await new Promise((r) => f.onload = r); return [f.srcdoc, look(f.contentDocument.querySelector('div')), f.contentDocument.documentElement.innerHTML]; });`,
	},
});
