// page, and anywhere: no DOM.
// Which documents are a robot check that is bound to the site's own domain.

/** Documents of the well-known challenges: they ask the site's owner's list of domains, and ours is not in it. By origin and path of the frame that shows them. */
const CHALLENGES: readonly (readonly [RegExp, RegExp])[] = [
	[/^https:\/\/(www\.)?(google\.com|recaptcha\.net)$/, /^\/recaptcha\//],
	[/^https:\/\/([\w-]+\.)?hcaptcha\.com$/, /^\/captcha\//],
	[/^https:\/\/challenges\.cloudflare\.com$/, /^\/cdn-cgi\/challenge-platform\//],
	[/^https:\/\/([\w-]+\.)?(arkoselabs|funcaptcha)\.com$/, /^\//],
	[/^https:\/\/([\w-]+\.)?captcha-delivery\.com$/, /^\/captcha\//],
];

/** Whether the document of `origin` at `path` is a domain-bound challenge's own. */
export function isChallenge(origin: string, path: string): boolean {
	return CHALLENGES.some(([host, where]) => host.test(origin) && where.test(path));
}
