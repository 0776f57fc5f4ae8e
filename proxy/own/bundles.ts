// server only (Node).
// The scripts that are put into pages, read once, named by a hash of their bytes so that browsers may keep them for ever.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OWN_PATH } from '../../protocol/page.ts';
import type { Log } from '../types.ts';

export interface Bundle {
	/** `/.tandem/runtime-1a2b3c4d5e6f.js` */
	readonly path: string;
	readonly text: string;
	/** The same for slow lines (brotli, RFC 7932); undefined where the build left none. */
	readonly packed: Buffer | undefined;
}

export type BundleName = 'runtime' | 'worker' | 'mirror';
export type Bundles = Readonly<Record<BundleName, Bundle>>;

/** Reads the bundles; one that is missing is logged and stands as a comment that says so, so that pages load without it. */
export function loadBundles(dist: string, log: Log): Bundles {
	const load = (name: BundleName): Bundle => {
		const file = join(dist, `${name}.js`);
		const text = read(file, log);
		const hash = createHash('sha256').update(text).digest('hex').slice(0, 12);
		return { path: `${OWN_PATH}${name}-${hash}.js`, text, packed: existsSync(`${file}.br`) ? readFileSync(`${file}.br`) : undefined };
	};
	return { runtime: load('runtime'), worker: load('worker'), mirror: load('mirror') };
}

function read(file: string, log: Log): string {
	try {
		return readFileSync(file, 'utf8');
	} catch (error) {
		log.error({ err: error }, 'a bundle is missing: run npm run build');
		return '/* not built: npm run build */';
	}
}
