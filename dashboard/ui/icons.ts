// page: no Node. Our icon set: strokes of 1.75 on a grid of 20, drawn here, so that nothing is fetched from anywhere.
import { html, svg, type TemplateResult } from 'lit';

const PATHS = {
	back: svg`<path d="M12 4.5 6.5 10l5.5 5.5"/>`,
	forward: svg`<path d="M8 4.5 13.5 10 8 15.5"/>`,
	reload: svg`<path d="M15.8 8.5A6 6 0 1 0 16 11"/><path d="M16 4.5v4h-4"/>`,
	stop: svg`<path d="m5.5 5.5 9 9m0-9-9 9"/>`,
	close: svg`<path d="m5.5 5.5 9 9m0-9-9 9"/>`,
	plus: svg`<path d="M10 4v12M4 10h12"/>`,
	lock: svg`<rect x="4.5" y="9" width="11" height="7.5" rx="1.5"/><path d="M7 9V6.5a3 3 0 0 1 6 0V9"/>`,
	unlock: svg`<rect x="4.5" y="9" width="11" height="7.5" rx="1.5"/><path d="M7 9V6.2a3 3 0 0 1 5.8-1"/>`,
	globe: svg`<circle cx="10" cy="10" r="6.5"/><path d="M3.5 10h13M10 3.5c4 4.3 4 8.7 0 13M10 3.5c-4 4.3-4 8.7 0 13"/>`,
	chat: svg`<path d="M4 4.5h12a1 1 0 0 1 1 1v7.5a1 1 0 0 1-1 1H9.5L6 17v-3H4a1 1 0 0 1-1-1V5.5a1 1 0 0 1 1-1z"/>`,
	people: svg`<circle cx="7.5" cy="7" r="2.7"/><path d="M2.5 16c.3-3 2.3-4.5 5-4.5s4.7 1.5 5 4.5"/><path d="M12.5 4.6a2.7 2.7 0 0 1 0 4.8M14.5 12c1.8.6 2.8 2 3 4"/>`,
	invite: svg`<circle cx="8" cy="7" r="2.8"/><path d="M2.8 16c.3-3 2.4-4.5 5.2-4.5 1 0 1.9.2 2.7.6"/><path d="M14.5 11.5v5M12 14h5"/>`,
	hand: svg`<path d="M5 3.5 15.5 9l-4.6 1.5L9 15.5z"/>`,
	send: svg`<path d="M3.5 10h5m-5 0L3 4l14 6-14 6z"/>`,
	copy: svg`<rect x="7" y="7" width="9" height="9.5" rx="1.5"/><path d="M13 7V4.5A1 1 0 0 0 12 3.5H5a1 1 0 0 0-1 1v8a1 1 0 0 0 1 1h2"/>`,
	check: svg`<path d="m4.5 10.5 3.5 3.5 7.5-8"/>`,
	alert: svg`<path d="M10 3.5 17.5 16h-15z"/><path d="M10 8.5v3.5M10 14v.1"/>`,
	info: svg`<circle cx="10" cy="10" r="6.5"/><path d="M10 9.5v4M10 6.7v.1"/>`,
	leave: svg`<path d="M11.5 3.5h-6a1 1 0 0 0-1 1v11a1 1 0 0 0 1 1h6"/><path d="M9 10h8m-3-3 3 3-3 3"/>`,
	end: svg`<circle cx="10" cy="10" r="6.5"/><rect x="7.7" y="7.7" width="4.6" height="4.6" rx=".8"/>`,
	eye: svg`<path d="M2.5 10c3.5-6 11.5-6 15 0-3.5 6-11.5 6-15 0z"/><circle cx="10" cy="10" r="2.2"/>`,
	fit: svg`<path d="M4 8V4h4M16 8V4h-4M4 12v4h4M16 12v4h-4"/>`,
	host: svg`<rect x="3.5" y="4.5" width="13" height="9" rx="1.5"/><path d="M7 16.5h6M7.8 9H12m-1.7-1.8L12 9l-1.7 1.8"/>`,
	wait: svg`<circle cx="10" cy="10" r="6.5"/><path d="M10 6v4l2.7 1.8"/>`,
	arrow: svg`<path d="M4 10h12m-4.5-4.5L16 10l-4.5 4.5"/>`,
	laser: svg`<circle cx="13.5" cy="6.5" r="2.2"/><path d="m11.800 8.200-8.300 8.300M13.500 1.500v1.500M18.500 6.500h-1.500M17 3l-1.100 1.100M10 3l1.100 1.100M17 10l-1.100-1.100"/>`,
	highlight: svg`<path d="M3.500 7V4.500a1 1 0 0 1 1-1H7M13 3.500h2.500a1 1 0 0 1 1 1V7M16.500 13v2.500a1 1 0 0 1-1 1H13M7 16.500H4.500a1 1 0 0 1-1-1V13"/><rect x="6.800" y="7.800" width="6.400" height="4.400" rx="1"/>`,
	pen: svg`<path d="m4 16 .8-3.500L13.300 4a1.400 1.400 0 0 1 2 0l.7.7a1.400 1.400 0 0 1 0 2L7.500 15.200z"/><path d="m12 5.300 2.700 2.700"/>`,
	pin: svg`<path d="M7.500 3.500h5l-.7 5 2.200 2.300H6l2.200-2.300zM10 10.800V17"/>`,
	sponge: svg`<path d="m7.500 16-3.600-3.600a1.200 1.200 0 0 1 0-1.700l6.600-6.600a1.200 1.200 0 0 1 1.700 0l4 4a1.200 1.200 0 0 1 0 1.700L10 16zM7.200 7.400l5.700 5.700M7.500 16h9"/>`,
	gather: svg`<circle cx="10" cy="10" r="2.200"/><path d="M3 3.500 6.500 7M6.500 4v3h-3M17 3.500 13.500 7M13.500 4v3h3M3 16.500 6.500 13M6.500 16v-3h-3M17 16.500 13.500 13M13.500 16v-3h3"/>`,
	gate: svg`<path d="M4 16.500V8M16 16.500V8M4 11h12M4 14h12M8 11v5.500M12 11v5.500M4 8c0-6 12-6 12 0"/>`,
	down: svg`<path d="m5.5 8 4.5 4.5L14.5 8"/>`,
} as const;

export type IconName = keyof typeof PATHS;

/** An icon of the set, hidden from assistive technology: the control around it carries the name. */
export function icon(name: IconName): TemplateResult {
	return html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true">${PATHS[name]}</svg>`;
}

/** Two pointers side by side: the product's mark. */
export function mark(): TemplateResult {
	return html`<svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
		<rect width="32" height="32" rx="8" /><path d="M8 8l7 14 2-5.5 5.5-2z" /><path class="second" d="M17 17l4 8 1.2-3.2 3.3-1.3z" />
	</svg>`;
}
