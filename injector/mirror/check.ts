// page (host): every proxied document, before its own scripts.
// The hash of the tree as the mirror should have it: sent once the page has come to rest, and of one that never does from time to time.
import { Digest, STATEFUL } from '../../protocol/digest.ts';
import { CLASSES, type Mask, NOBODY, unveil } from '../../protocol/privacy.ts';
import { inTurn } from '../in-turn.ts';
import { shadowOf } from '../shadow-roots.ts';
import * as dom from './dom.ts';
import { idOf } from './ids.ts';
import { blocked, keepsValue, maskAt } from './privacy/mask.ts';
import { classesApart, documentMask } from './privacy/rules.ts';
import { hidesMore } from './privacy/taint.ts';
import { carriesNodes, type Serializer, wireTag } from './serialize.ts';
import type { Capture, Tracker } from './tracker.ts';

/** Milliseconds without a delta that count as rest; and for how long a page is not hashed that has none. */
const REST = 600;
const RESTLESS = 2000;
/** A digest may take one part in this many of the host's time. */
const SHARE = 50;
/** Nodes between two looks at the clock. */
const STRIDE = 32;

/** `slice`: milliseconds of the page's time that hashing takes in one go. */
export function trackDigest({ ctx, stream }: Capture, serializer: Serializer, others: readonly Tracker[], slice: number): Tracker {
	const { now } = ctx.natives;
	let sentAt = -1;
	let seen = -1;
	let since = 0;
	let hashed = 0;
	let notBefore = 0;
	/** Hashing under way, of the state at `at`, and the time it has taken. */
	let work: Generator<void, number[]> | undefined;
	let at = -1;
	let took = 0;
	/** How long the one before took: of two the shorter says more, since the browser may put the page aside meanwhile. */
	let before = 50;
	let ends = 0;
	const full = every(STRIDE, () => now() > ends);
	const go = () => {
		const began = now();
		ends = began + slice;
		// What changed between two slices is told first: then this is the hash of a state that nobody has any more.
		stream.flush();
		const step = stream.version === at ? work?.next() : undefined;
		took += now() - began;
		if (step && !step.done) {
			later();
			return;
		}
		work = undefined;
		hashed = now();
		notBefore = hashed + Math.min(took, before) * SHARE;
		before = took;
		const hashes = step?.value;
		if (!hashes) return;
		sentAt = at;
		hashes.forEach((hash, i) => {
			stream.send({ t: 'digest', frame: ctx.frame, seq: stream.seq, hash }, hashes.length > 1 ? 1 << i : undefined);
		});
	};
	const later = inTurn(go);
	/** One for each class, where they see different things. */
	function* hashesOf(): Generator<void, number[]> {
		const hashes: number[] = [];
		const classes = classesApart() ? CLASSES.length : 1;
		for (let i = 0; i < classes; i++) hashes.push(yield* digestOf(ctx.doc, serializer, others, 1 << i, full));
		return hashes;
	}
	return {
		tick() {
			if (work) return;
			if (stream.version !== seen) {
				seen = stream.version;
				since = now();
			}
			if (sentAt === seen || hidesMore() || now() < notBefore || (now() - since < REST && now() - hashed < RESTLESS)) return;
			// What is held goes first, so that this is the hash of what has been told.
			stream.flush();
			at = stream.version;
			took = 0;
			work = hashesOf();
			go();
		},
		key() {
			sentAt = -1;
			seen = -1;
			work = undefined;
		},
	};
}

/** Asks `look` each so many times, and goes by that. */
function every(stride: number, look: () => boolean): () => boolean {
	let count = 0;
	return () => ++count % stride === 0 && look();
}

/** What all trackers say the mirror has of a node. */
function saidOf(node: Node, tag: string, trackers: readonly Tracker[]): string[] {
	const said: string[] = [];
	for (const { state } of trackers) for (const piece of state?.(node, tag) ?? []) said.push(piece);
	return said;
}

/** The hash as one class has the tree; `bit` names the class. Gives way where `full` says so. */
function* digestOf(
	doc: Document,
	serializer: Serializer,
	others: readonly Tracker[],
	bit: Mask,
	full: () => boolean,
): Generator<void, number> {
	const seen = (text: string) => unveil(text, bit);
	const digest = new Digest();
	const state = (node: Node, tag: string) => digest.state(saidOf(node, tag, others).map((piece) => seen(piece) ?? ''));
	function* walk(parent: Node, parentTag: string, masked: Mask): Generator<void> {
		for (let node = dom.firstChild(parent); node; node = dom.nextSibling(node)) {
			if (full()) yield;
			const id = idOf(node);
			if (id === undefined) continue;
			const type = dom.nodeType(node);
			if (type === dom.ELEMENT) yield* element(node as Element, id, masked);
			else if (type !== dom.DOCTYPE && type !== dom.PI && parentTag !== 'style')
				digest.text(id, seen(serializer.text(dom.data(node), parentTag, masked, node, true)) ?? '');
		}
		digest.mark(0);
	}
	function* element(el: Element, id: number, outside: Mask): Generator<void> {
		const tag = dom.localName(el);
		const names = dom.attributeNames(el);
		const masked = maskAt(el, outside, names);
		const secret = keepsValue(el, tag, masked);
		const attrs: [string, string][] = [];
		for (const name of names) {
			const wire = serializer.attribute(el, tag, name, dom.getAttribute(el, name), masked, secret);
			const value = wire === undefined ? undefined : seen(wire);
			if (value !== undefined) attrs.push([name, value]);
		}
		digest.element(id, wireTag(tag), attrs);
		const shadow = shadowOf(el);
		if (STATEFUL.has(tag)) state(el, tag);
		if (shadow) {
			state(shadow, '');
			digest.mark(idOf(shadow) ?? 0);
			yield* walk(shadow, '', masked);
		}
		if (blocked(el)) return;
		if (carriesNodes(el, tag)) yield* walk(el, tag, secret && tag === 'textarea' ? NOBODY : masked);
		// a mirror can't tell one that is carried from one that isn't
		else if (tag === 'noscript') digest.mark(0);
	}
	state(doc, '');
	yield* walk(doc, '', documentMask());
	return digest.value;
}
