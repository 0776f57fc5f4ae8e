// page: no Node. An error as the sentence a person reads.
import { TandemError } from '../protocol/errors.ts';
import { OfflineError } from './api.ts';
import { reasonText, t } from './i18n/index.ts';

export function problemText(error: unknown): string {
	if (error instanceof TandemError) return reasonText(error.code, error.detail);
	if (error instanceof OfflineError) return t('app.offline');
	console.error(error);
	return reasonText('internal');
}
