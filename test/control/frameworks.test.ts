// tests only (Node, Chromium).
// Forms of frameworks that compile their templates: Angular (in the page) and Svelte (here). A guest fills every kind of control, and the
// component's own state must say so. React, Vue and Lit are in editors.test.ts, rich-editors.test.ts and all of dashboard/.
import { compile } from 'svelte/compiler';
import * as assert from 'uvu/assert';
import { suite, type TestContext } from '../harness.ts';
import { appScript, inPage, openPage } from './bed.ts';

const test = suite('control: frameworks', { limit: 90_000 });

/** Fills the form of either; answers what the component made of it. */
const FILL = `
	const rest = (ms) => new Promise((go) => setTimeout(go, ms));
	while (!globalThis.model || !document.getElementById('text')) await rest(10);
	const fast = '0123456789'.repeat(10);
	await bed.click('#text'); await bed.all([...fast].map((text) => ({ k: 'text', node: 0, text })));
	await bed.key('Home'); await bed.text('>'); await bed.key('End'); await bed.key('Backspace'); await bed.key('Enter');
	await bed.click('#area'); await bed.text('a'); await bed.key('Enter'); await bed.text('b');
	await bed.click('#on'); await bed.click('#ry');
	for (const [node, value] of [['#pick', '1'], ['#many', '0,2'], ['#n', '77'], ['#date', '2026-01-31']]) await bed.act({ k: 'value', node, value });
	await bed.click('#num'); await bed.text('12.5'); await bed.key('ArrowUp'); await bed.click('#go'); await rest(50);
	return model();`;

const FILLED = {
	text: `>${'0123456789'.repeat(10).slice(0, 99)}`,
	area: 'a\nb',
	on: true,
	radio: 'y',
	pick: 'b',
	many: 'x,z',
	n: 77,
	date: '2026-01-31',
	num: 13,
	log: 'focus submit blur submit ',
};

async function fill(t: TestContext, html: string, script: string): Promise<unknown> {
	const page = await openPage(t, html, await appScript(script));
	return inPage(page, FILL);
}

const SVELTE = `<script>
	let text = $state(''), area = $state(''), on = $state(false), radio = $state('x'), pick = $state('a'), many = $state([]), n = $state(10), date = $state(''), num = $state(null), log = $state('');
	globalThis.model = () => ({ text, area, on, radio, pick, many: many.join(), n, date, num, log });
</script>
<form onsubmit={(e) => { e.preventDefault(); log += 'submit '; }}>
	<input id="text" bind:value={text} onfocus={() => { log += 'focus '; }} onblur={() => { log += 'blur '; }}><textarea id="area" bind:value={area}></textarea>
	<input id="on" type="checkbox" bind:checked={on}><input type="radio" id="rx" value="x" bind:group={radio}><input type="radio" id="ry" value="y" bind:group={radio}>
	<select id="pick" bind:value={pick}><option>a</option><option>b</option></select><select id="many" multiple bind:value={many}><option>x</option><option>y</option><option>z</option></select>
	<input id="n" type="range" bind:value={n}><input id="date" type="date" bind:value={date}><input id="num" type="number" bind:value={num}><button id="go">go</button>
</form>`;

test('Svelte: every bound control', async (t) => {
	const { code } = compile(SVELTE, { generate: 'client', name: 'App' }).js;
	const script = `${code}\nimport { mount } from 'svelte'; mount(App, { target: document.getElementById('root') });`;
	assert.equal(await fill(t, '<div id=root></div>', script), FILLED);
});

const ANGULAR = `
import '@angular/compiler'; import { Component, provideZonelessChangeDetection } from '@angular/core'; import { bootstrapApplication } from '@angular/platform-browser';
import { FormControl, FormGroup, FormsModule, ReactiveFormsModule } from '@angular/forms';
class App {
	area = ''; log = '';
	form = new FormGroup({ text: new FormControl(''), on: new FormControl(false), radio: new FormControl('x'), pick: new FormControl('a'), many: new FormControl([]), n: new FormControl(10), date: new FormControl(''), num: new FormControl(null) });
	constructor() { globalThis.model = () => ({ ...this.form.value, many: this.form.value.many.join(), area: this.area, log: this.log }); }
}
const template = \`<form [formGroup]="form" (ngSubmit)="log = log + 'submit '">
	<input id="text" formControlName="text" (focus)="log = log + 'focus '" (blur)="log = log + 'blur '"><textarea id="area" [(ngModel)]="area" [ngModelOptions]="{ standalone: true }"></textarea>
	<input id="on" type="checkbox" formControlName="on"><input type="radio" id="rx" value="x" formControlName="radio"><input type="radio" id="ry" value="y" formControlName="radio">
	<select id="pick" formControlName="pick"><option>a</option><option>b</option></select><select id="many" multiple formControlName="many"><option>x</option><option>y</option><option>z</option></select>
	<input id="n" type="range" formControlName="n"><input id="date" type="date" formControlName="date"><input id="num" type="number" formControlName="num"><button id="go">go</button>
</form>\`;
Component({ selector: 'app-root', imports: [FormsModule, ReactiveFormsModule], template })(App);
void bootstrapApplication(App, { providers: [provideZonelessChangeDetection()] });`;

test('Angular: reactive and template-driven controls', async (t) => {
	assert.equal(await fill(t, '<app-root></app-root>', ANGULAR), FILLED);
});

test.run();
