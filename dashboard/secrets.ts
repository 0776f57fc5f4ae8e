// page: no Node. The secret that names this participant, per session: it lives as long as this window, so a reload keeps the person.

const name = (session: string) => `tandem-secret-${session}`;

export function keepSecret(session: string, secret: string): void {
	sessionStorage.setItem(name(session), secret);
}

export function keptSecret(session: string): string | undefined {
	return sessionStorage.getItem(name(session)) ?? undefined;
}

export function dropSecret(session: string): void {
	sessionStorage.removeItem(name(session));
}
