// tests only (Node). What everybody is told of the pages that a host's browser runs: what they don't know yet, and of a load what outlasts a moment.
import { mock } from 'node:test';
import * as assert from 'uvu/assert';
import { HostPlaces } from '../../dashboard/shell/host/places.ts';
import type { Door } from '../../dashboard/shell/host/ports.ts';
import { placeOf } from '../../protocol/label.ts';
import { suite } from '../harness.ts';

const test = suite('places');
const PAGE = 'https://a.example/';

function make(defer: (undo: () => unknown) => void) {
	mock.timers.enable({ apis: ['setTimeout'] });
	defer(() => mock.timers.reset());
	const told: string[] = [];
	const door = { tab: 't', frame: 1, root: true, place: placeOf('https://a.example') } as unknown as Door;
	const places = new HostPlaces({
		root: () => door,
		believed: () => {},
		tell: (_, { url, title, loading }) => told.push(`${url} ${title} ${loading ? 'loads' : 'rests'}`),
	});
	const say = (title: string, loading: boolean, url = PAGE) => places.said(door, { t: 'page', url, title, icon: '', loading });
	return { places, say, heard: () => told.splice(0) };
}

test('a page that is loaded anew within a moment is no news', ({ defer }) => {
	const { say, heard } = make(defer);
	say('A', false);
	assert.equal(heard(), [`${PAGE} A rests`]);
	say('A', true);
	say('A', true);
	mock.timers.tick(100);
	say('A', false);
	mock.timers.tick(1000);
	assert.equal(heard(), []);
});

test('one that takes longer is, and so is whatever else changes, at once', ({ defer }) => {
	const { say, heard } = make(defer);
	say('A', false);
	say('A', true);
	mock.timers.tick(200);
	assert.equal(heard(), [`${PAGE} A rests`, `${PAGE} A loads`]);
	say('A', false);
	say('A', true);
	say('A', true, `${PAGE}b`);
	assert.equal(heard(), [`${PAGE} A rests`, `${PAGE}b A loads`]);
	say('B', true, `${PAGE}b`);
	mock.timers.tick(1000);
	assert.equal(heard(), [`${PAGE}b B loads`]);
});

test('after a socket that broke all is told once more; of a tab that is gone nothing', ({ defer }) => {
	const { places, say, heard } = make(defer);
	say('A', false);
	places.resume();
	say('A', false);
	assert.equal(heard(), [`${PAGE} A rests`, `${PAGE} A rests`]);
	say('A', true);
	places.forget('t');
	mock.timers.tick(1000);
	assert.equal(heard(), []);
});

test.run();
