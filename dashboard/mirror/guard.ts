// mirror document (guest's browser).
// Nothing a guest does in a mirror's document acts there: links lead nowhere, forms submit nothing, nothing can be dragged out or dropped.
// What it means goes to the host as intent (input/).

const STOPPED = ['click', 'auxclick', 'submit', 'dragstart', 'drop', 'dragover'] as const;

export function guard(doc: Document): void {
	for (const name of STOPPED) {
		doc.defaultView?.addEventListener(name, stop, { capture: true });
	}
}

function stop(event: Event): void {
	event.preventDefault();
}
