// tests only (Node).
// The todo list of TodoMVC in several frameworks: the same journey through React, Vue, Ember, AngularJS, Backbone and Knockout.
// They use hash routes, localStorage, templates in script elements, and (React) compile JSX in the page from XMLHttpRequest.
import type { Hand } from '../../e2e/hand.ts';
import { files, npm } from '../files.ts';
import type { Site } from '../site.ts';

const ITEMS = '#todo-list li';

function todo(framework: string): Site {
	const add = (text: string) => async (hand: Hand) => {
		await hand.type('#new-todo', text);
		await hand.press('Enter');
	};
	return {
		name: `todomvc-${framework}`,
		hosts: ['todo.example'],
		path: `/examples/${framework}/`,
		start: () => ({ handlers: { 'todo.example': files({ '/': npm('todomvc') }) } }),
		steps: [
			{ name: 'it opens', see: { css: '#todoapp h1', text: 'todos' } },
			{ name: 'a first item', act: add('buy milk'), see: { css: ITEMS, text: 'buy milk', count: 1 } },
			{
				name: 'a second item',
				act: add('write a letter'),
				see: [
					{ css: ITEMS, count: 2 },
					{ css: '#todo-count', text: '2 items left' },
				],
			},
			{
				name: 'one is done',
				act: (hand) => hand.click(`${ITEMS} .toggle`),
				see: [
					{ css: `${ITEMS}.completed, ${ITEMS}.isCompleted`, count: 1 },
					{ css: '#todo-count', text: '1 item left' },
				],
			},
			{
				name: 'only the active ones',
				act: (hand) => hand.click('#filters a', { text: 'Active' }),
				see: [
					{ css: ITEMS, count: 1 },
					{ css: ITEMS, text: 'write a letter' },
				],
			},
			{
				name: 'only the completed ones',
				act: (hand) => hand.click('#filters a', { text: 'Completed' }),
				see: [
					{ css: ITEMS, count: 1 },
					{ css: ITEMS, text: 'buy milk' },
				],
			},
			{ name: 'all of them again', act: (hand) => hand.click('#filters a', { text: 'All' }), see: { css: ITEMS, count: 2 } },
			{
				name: 'the done ones go',
				act: (hand) => hand.click('#clear-completed'),
				see: [
					{ css: ITEMS, count: 1 },
					{ css: ITEMS, text: 'write a letter' },
				],
			},
		],
	};
}

export const todomvc: readonly Site[] = ['react', 'vue', 'emberjs', 'angularjs', 'backbone', 'knockoutjs'].map(todo);
