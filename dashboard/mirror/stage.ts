// mirror document (guest's browser).
// Where root frames are shown. An old one stays in sight until the new one is drawn and its style sheets are there, so that no page begins with
// a white or unstyled flash.

/** Milliseconds that a new document's style sheets may take before it is shown without them. */
const PATIENCE = 1500;
const STYLE = 'position:fixed;inset:0;width:100%;height:100%;border:0';

/** An iframe for a new root, beneath the one that is in sight. */
export function newRoot(stage: HTMLElement): HTMLIFrameElement {
	const iframe = document.createElement('iframe');
	iframe.setAttribute('sandbox', 'allow-same-origin');
	iframe.style.cssText = STYLE;
	for (const old of stage.querySelectorAll('iframe')) {
		old.inert = true;
		old.style.cssText = `${STYLE};background:#fff;pointer-events:none`;
	}
	stage.prepend(iframe);
	return iframe;
}

/** A root's tree is built: what was shown before goes as soon as this one has its style sheets. */
export function drawn(stage: HTMLElement, root: HTMLIFrameElement): void {
	const old = [...stage.querySelectorAll('iframe')].filter((iframe) => iframe !== root);
	if (!old.length) return;
	const links = [...(root.contentDocument?.querySelectorAll<HTMLLinkElement>('link[rel~="stylesheet" i][href]') ?? [])];
	const loading = links.filter((link) => !link.sheet && !link.disabled);
	const show = () => {
		for (const iframe of old) iframe.remove();
	};
	const loads = loading.map(
		(link) =>
			new Promise<void>((done) => {
				link.addEventListener('load', () => done(), { once: true });
				link.addEventListener('error', () => done(), { once: true });
			}),
	);
	void Promise.race([Promise.all(loads), new Promise((done) => setTimeout(done, PATIENCE))]).then(show);
}
