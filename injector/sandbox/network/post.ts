// page.
// Entries of a form, sent once more: the browser's own form was stopped, because it led elsewhere or had to wait.
import { type Any, method, natives } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { type Manner, noteOwn } from './forms-sent.ts';

const submit = method<void>(realm.global.HTMLFormElement?.prototype, 'submit');

/** Submits `data` as a form of our own; without `manner` as the entries need it. */
export function post(url: string, data: Iterable<readonly [string, FormDataEntryValue]>, target = '', manner?: Manner): void {
	const { document, DataTransfer, File } = realm.global;
	const charset = manner?.charset ?? document.characterSet;
	const form = natives.createElement(document, 'form') as HTMLFormElement;
	const set = (element: Element, pairs: Record<string, string>) => {
		for (const name of natives.objectKeys(pairs)) natives.setAttribute(element, name, pairs[name]);
	};
	set(form, { method: 'post', action: url, target, hidden: '', 'accept-charset': charset, ...(manner && { enctype: manner.enctype }) });
	for (const [name, value] of data) {
		const input = natives.createElement(document, value instanceof File ? 'input' : 'textarea') as Any;
		set(input, { name });
		if (value instanceof File) {
			if (!manner) set(form, { enctype: 'multipart/form-data' });
			set(input, { type: 'file' });
			const transfer = new DataTransfer();
			if ((value as File).size || (value as File).name) transfer.items.add(value as File);
			input.files = transfer.files;
		} else input.value = value;
		natives.appendChild(form, input);
	}
	natives.appendChild(natives.documentElement(document), form);
	if (!target && manner) noteOwn(form, manner);
	submit(form);
	natives.removeElement(form);
}
