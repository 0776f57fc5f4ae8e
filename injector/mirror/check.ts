// page (host): every proxied document, before its own scripts.
// The hash of the tree as the mirror should have it, sent once the page has come to rest.
import { Digest, STATEFUL } from '../../protocol/digest.ts';
import { CLASSES, type Mask, NOBODY, unveil } from '../../protocol/privacy.ts';
import * as dom from './dom.ts';
import { idOf } from './ids.ts';
import { blocked, maskAt, secretField } from './mask.ts';
import { classesApart, documentMask } from './privacy-rules.ts';
import { carriesNodes, type Serializer } from './serialize.ts';
import type { Capture, Tracker } from './tracker.ts';

/** Milliseconds without a delta that count as rest. */
const REST = 600;
/** A digest may take one part in this many of the host's time. */
const SHARE = 50;

export function trackDigest({ ctx, stream }: Capture, serializer: Serializer, others: readonly Tracker[]): Tracker {
	let sentAt = -1;
	let seen = -1;
	let since = 0;
	let notBefore = 0;
	return {
		tick() {
			const now = ctx.natives.now();
			if (stream.seq !== seen) {
				seen = stream.seq;
				since = now;
			}
			if (sentAt === seen || now - since < REST || now < notBefore) return;
			stream.flush();
			if (stream.seq !== seen) return;
			const hashes = classesApart()
				? CLASSES.map((_, i) => digestOf(ctx.doc, serializer, others, 1 << i))
				: [digestOf(ctx.doc, serializer, others, 1)];
			notBefore = now + (ctx.natives.now() - now) * SHARE;
			sentAt = seen;
			hashes.forEach((hash, i) => {
				stream.send({ t: 'digest', frame: ctx.frame, seq: seen, hash }, hashes.length > 1 ? 1 << i : undefined);
			});
		},
		key() {
			sentAt = -1;
			seen = -1;
		},
	};
}

/** The hash as one class has the tree; `bit` names the class. */
function digestOf(doc: Document, serializer: Serializer, others: readonly Tracker[], bit: Mask): number {
	const seen = (text: string) => unveil(text, bit);
	const digest = new Digest();
	const state = (node: Node, tag: string) => {
		const said: string[] = [];
		for (const { state: of } of others) for (const piece of of?.(node, tag) ?? []) said.push(seen(piece) ?? '');
		digest.state(said);
	};
	const walk = (parent: Node, parentTag: string, masked: Mask) => {
		for (let node = dom.firstChild(parent); node; node = dom.nextSibling(node)) {
			const id = idOf(node);
			if (id === undefined) continue;
			const type = dom.nodeType(node);
			if (type === dom.ELEMENT) element(node as Element, id, masked);
			else if (type !== dom.DOCTYPE && type !== dom.PI && parentTag !== 'style')
				digest.text(id, seen(serializer.text(dom.data(node), parentTag, masked, node, true)) ?? '');
		}
		digest.mark(0);
	};
	const element = (el: Element, id: number, outside: Mask) => {
		const tag = dom.localName(el);
		const masked = maskAt(el, outside);
		const secret = (tag === 'input' || tag === 'textarea' || tag === 'select') && (masked > 0 || secretField(el));
		const attrs: [string, string][] = [];
		for (const name of dom.attributeNames(el)) {
			const wire = serializer.attribute(el, tag, name, dom.getAttribute(el, name), masked, secret);
			const value = wire === undefined ? undefined : seen(wire);
			if (value !== undefined) attrs.push([name, value]);
		}
		digest.element(id, tag, attrs);
		const shadow = dom.shadowOf(el);
		if (STATEFUL.has(tag)) state(el, tag);
		if (shadow) {
			state(shadow, '');
			digest.mark(idOf(shadow) ?? 0);
			walk(shadow, '', masked);
		}
		if (carriesNodes(tag) && !blocked(el)) walk(el, tag, secret && tag === 'textarea' ? NOBODY : masked);
	};
	state(doc, '');
	walk(doc, '', documentMask());
	return digest.value;
}
