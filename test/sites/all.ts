// tests only (Node).
// Every real application the tests know. SITE=name (or a part of one) in the environment chooses.
import { grapes } from './apps/grapes.ts';
import { graphiql } from './apps/graphiql.ts';
import { monaco } from './apps/monaco.ts';
import { nodered } from './apps/nodered.ts';
import { oidc } from './apps/oidc.ts';
import { pdf } from './apps/pdf.ts';
import { quill } from './apps/quill.ts';
import { redoc } from './apps/redoc.ts';
import { shoelace } from './apps/shoelace.ts';
import { socketAdmin } from './apps/socket-admin.ts';
import { swagger } from './apps/swagger.ts';
import { three } from './apps/three.ts';
import { tinymce } from './apps/tinymce.ts';
import { todomvc } from './apps/todomvc.ts';
import { verdaccio } from './apps/verdaccio.ts';
import type { Site } from './site.ts';

const all: readonly Site[] = [
	...todomvc,
	swagger,
	redoc,
	graphiql,
	monaco,
	quill,
	tinymce,
	grapes,
	three,
	pdf,
	shoelace,
	oidc,
	socketAdmin,
	verdaccio,
	nodered,
];

const wished = process.env.SITE;

export const sites: readonly Site[] = wished ? all.filter((site) => site.name.includes(wished)) : all;
