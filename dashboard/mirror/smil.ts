// mirror document (guest's browser).
// Clocks of drawings with animations in them, set to where the host's are (injector/mirror/smil.ts).

/** A clock this near is left alone, seconds. */
const NEAR = 0.06;

/** `at` and the milliseconds at which it stands, or `from` and when it was at 0 by the clock. */
export function setClock(svg: SVGSVGElement, value: string): void {
	const [how, at = '0'] = value.split(' ');
	const running = how === 'from';
	const due = (running ? Date.now() - Number(at) : Number(at)) / 1000;
	if (due >= 0 && (!running || Math.abs(svg.getCurrentTime() - due) > NEAR)) svg.setCurrentTime(due);
	if (running) svg.unpauseAnimations();
	else svg.pauseAnimations();
}

/** An animation began at so many milliseconds of its drawing's clock. */
export function begin(el: SVGAnimationElement, value: string): void {
	let svg = el.ownerSVGElement;
	while (svg?.ownerSVGElement) svg = svg.ownerSVGElement;
	if (svg) el.beginElementAt(Number(value) / 1000 - svg.getCurrentTime());
}
