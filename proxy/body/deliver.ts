// server only (Node).
// The last stage: one way of sending for each kind of body.
import type { Answer, BodyKind } from '../context.ts';
import { deliverWhole } from './gather.ts';
import { deliverHtml } from './html.ts';
import { deliverMedia } from './media.ts';
import { deliverRaw } from './raw.ts';
import { deliverScript } from './script.ts';
import { deliverStyle } from './style.ts';
import { deliverText } from './text.ts';

const WAYS: Readonly<Record<BodyKind, (a: Answer) => void | Promise<void>>> = {
	raw: deliverRaw,
	whole: deliverWhole,
	none: deliverRaw,
	html: deliverHtml,
	text: deliverText,
	media: deliverMedia,
	script: deliverScript,
	style: deliverStyle,
};

/** Stage. */
export function deliver(a: Answer): void | Promise<void> {
	return WAYS[a.body](a);
}
