// page (host): every proxied document, before its own scripts.
// The hash of the tree as the mirror should have it, sent once the page has come to rest.
import { Digest } from '../../protocol/digest.ts';
import * as dom from './dom.ts';
import { idOf } from './ids.ts';
import { inMasked, masksContent, secretField } from './mask.ts';
import { carriesNodes, type Serializer } from './serialize.ts';
import type { Capture, Tracker } from './tracker.ts';

/** Milliseconds without a delta that count as rest. */
const REST = 600;
/** A digest may take one part in this many of the host's time. */
const SHARE = 200;

export function trackDigest({ ctx, stream }: Capture, serializer: Serializer): Tracker {
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
			const hash = digestOf(ctx.doc, serializer);
			notBefore = now + (ctx.natives.now() - now) * SHARE;
			sentAt = seen;
			stream.send({ t: 'digest', frame: ctx.frame, seq: seen, hash });
		},
		key() {
			sentAt = -1;
			seen = -1;
		},
	};
}

function digestOf(doc: Document, serializer: Serializer): number {
	const digest = new Digest();
	const walk = (parent: Node, parentTag: string, masked: boolean) => {
		for (let node = dom.firstChild(parent); node; node = dom.nextSibling(node)) {
			const id = idOf(node);
			if (id === undefined) continue;
			const type = dom.nodeType(node);
			if (type === dom.ELEMENT) element(node as Element, id, masked);
			else if (type !== dom.DOCTYPE && parentTag !== 'style') digest.text(id, serializer.text(dom.data(node), parentTag, masked));
		}
		digest.mark(0);
	};
	const element = (el: Element, id: number, maskedOutside: boolean) => {
		const tag = dom.localName(el);
		const masked = maskedOutside || masksContent(el);
		const secret = secretField(el) || (masked && (tag === 'input' || tag === 'textarea' || tag === 'select'));
		const attrs: [string, string][] = [];
		for (const name of dom.attributeNames(el)) {
			const value = serializer.attribute(el, tag, name, masked, secret);
			if (value !== undefined) attrs.push([name, value]);
		}
		digest.element(id, tag, attrs);
		const shadow = dom.shadowOf(el);
		if (shadow) {
			digest.mark(idOf(shadow) ?? 0);
			walk(shadow, '', masked);
		}
		if (carriesNodes(tag)) walk(el, tag, masked || (secret && tag === 'textarea'));
	};
	walk(doc, '', inMasked(doc));
	return digest.value;
}
