// page: the app's single entry. Picks the page by the address and loads its code; the rest of the address belongs to that page.
import './ui/tokens.css';
import './ui/base.css';
import './ui/controls.css';
import { startLanguage } from './i18n/index.ts';

interface Route {
	readonly path: RegExp;
	readonly element: string;
	load(): Promise<unknown>;
}

const ROUTES: readonly Route[] = [
	{ path: /^\/login\/?$/, element: 'tandem-login', load: () => import('./agent/login-page.ts') },
	{ path: /^\/join\/?$/, element: 'tandem-join', load: () => import('./join/join-page.ts') },
	{ path: /^\/j\/[^/]+\/?$/, element: 'tandem-join', load: () => import('./join/join-page.ts') },
	{ path: /^\/s\/[^/]+\/?$/, element: 'tandem-session', load: () => import('./shell/session-page.ts') },
	{ path: /^\/privacy\/?$/, element: 'tandem-privacy', load: () => import('./agent/privacy-page.ts') },
	{ path: /^\/$/, element: 'tandem-home', load: () => import('./agent/home-page.ts') },
];
const NOWHERE: Route = { path: /^/, element: 'tandem-nowhere', load: () => import('./ui/nowhere-page.ts') };

async function open(): Promise<void> {
	const route = ROUTES.find(({ path }) => path.test(location.pathname)) ?? NOWHERE;
	await Promise.all([startLanguage(), route.load()]);
	document.body.replaceChildren(document.createElement(route.element));
}

void open();
