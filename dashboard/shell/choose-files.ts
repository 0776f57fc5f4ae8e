// page: no Node. The picker of files that a host's page opened as this guest acted.
import type { Choice } from '../../protocol/intent.ts';
import { t } from '../i18n/index.ts';
import { toast } from '../ui/toast.ts';

/** Opens this browser's own picker: at once, within seconds of the guest's click; later only behind another one. */
export function chooseFiles({ accept, multiple, folder }: Choice, take: (files: readonly File[]) => void): void {
	const input = document.createElement('input');
	input.type = 'file';
	input.accept = accept;
	input.multiple = multiple;
	input.webkitdirectory = folder;
	input.onchange = () => take([...(input.files ?? [])]);
	if (navigator.userActivation?.isActive ?? true) input.click();
	else toast(t('files.choose'), 'info', { name: 'files-choose', text: t('files.choose-do'), act: () => input.click() });
}
