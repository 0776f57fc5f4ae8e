// page (host): every proxied document, before its own scripts.
// Highlights that scripts register for `::highlight(name)` (CSS Custom Highlight API Level 1): which texts they are of stands nowhere in the tree.
import { call, hookAccessor, hookMethod } from '../hook.ts';
import { type Any, getter, method } from '../natives.ts';
import { mirrorOffset } from './caret.ts';
import { ofRange } from './ends.ts';
import { idOf } from './ids.ts';
import { inMasked } from './privacy/mask.ts';
import { isSecretName } from './privacy/taint.ts';
import type { Capture, Tracker } from './tracker.ts';

const g = globalThis as Any;
const { Range, StaticRange } = globalThis;
const proto = (name: string): Any => g[name]?.prototype;
const eachNamed = method<void>(proto('HighlightRegistry'), 'forEach');
const sizeOf = getter<number>(proto('HighlightRegistry'), 'size');
const eachRange = method<void>(proto('Highlight'), 'forEach');
const priority = getter<number>(proto('Highlight'), 'priority');
const kind = getter<string>(proto('Highlight'), 'type');
const startOf = ofEither<Node>('startContainer');
const startAt = ofEither<number>('startOffset');
const endOf = ofEither<Node>('endContainer');
const endAt = ofEither<number>('endOffset');

/** Ranges that are carried of all highlights together. */
const MOST = 1000;
/** This window's registry, once something has been put into it: making one costs every page something. */
let registry: unknown;
/** Milliseconds between two looks at where ranges are that nobody has touched: a script may move one, and so may what happens to the text. */
const REST = 500;

export function trackHighlights({ ctx, stream }: Capture): Tracker {
	let told = '';
	let dirty = false;
	let next = 0;
	const touch = () => {
		dirty = true;
		stream.wake();
	};
	const watch = (owner: string, names: readonly string[]) => {
		for (const name of names) {
			hookMethod(proto(owner), name, (native, self, args) => {
				const result = call(native, self, args);
				if (name === 'set') registry = self;
				touch();
				return result;
			});
		}
	};
	watch('HighlightRegistry', ['set', 'delete', 'clear']);
	watch('Highlight', ['add', 'delete', 'clear']);
	for (const name of ['priority', 'type']) {
		hookAccessor(proto('Highlight'), name, {
			set(native, self, value) {
				call(native, self, [value]);
				touch();
			},
		});
	}
	const look = () => {
		dirty = false;
		next = ctx.natives.now() + REST;
		const value = describe();
		if (value === told) return;
		told = value;
		stream.push({ op: 'state', id: 0, name: 'highlights', value });
	};
	return {
		key() {
			told = '';
			dirty = registry !== undefined && sizeOf(registry) > 0;
			if (dirty) look();
		},
		whole() {
			dirty = told !== '' || dirty;
		},
		flush: () => dirty && look(),
		tick() {
			if (told && ctx.natives.now() >= next) look();
		},
	};
}

/** Reads an end of a range of either kind. */
function ofEither<R>(name: string): (range: unknown) => R | undefined {
	const live = ofRange(name, 'Range');
	const fixed = ofRange(name);
	return (range) => (range instanceof Range ? live : range instanceof StaticRange ? fixed : undefined)?.(range) as R | undefined;
}

/** All highlights as JSON: name, type, priority, and of each range its ends (node, offset, node, offset). */
function describe(): string {
	if (registry === undefined || sizeOf(registry) === 0) return '';
	const all: [string, string, number, number[]][] = [];
	let left = MOST;
	eachNamed(registry, (highlight: unknown, name: string) => {
		if (isSecretName(name)) return;
		const ends: number[] = [];
		eachRange(highlight, (range: unknown) => {
			const [start, end] = [startOf(range), endOf(range)];
			if (!start || !end) return;
			const [from, to] = [idOf(start), idOf(end)];
			if (from === undefined || to === undefined || left-- <= 0 || inMasked(start) || inMasked(end)) return;
			ends.push(from, mirrorOffset(start, startAt(range) ?? 0), to, mirrorOffset(end, endAt(range) ?? 0));
		});
		if (ends.length) all.push([name, kind(highlight), priority(highlight), ends]);
	});
	return all.length ? JSON.stringify(all) : '';
}
