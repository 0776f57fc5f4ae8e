// server only (Node).
// What Prometheus reads at /metrics.
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { ProxyStats } from '../proxy/index.ts';
import type { Hub } from './rooms/hub.ts';

export interface Metrics {
	readonly registry: Registry;
	/** Requests and messages of the app that were refused, by reason. */
	refused(reason: string): void;
	/** Mirror bytes that went out to guests. */
	mirrored(bytes: number): void;
}

/** Gauges read `hub`, `stats` and `kept` (the mirrors) when they are asked for. */
export function createMetrics(hub: Hub, stats: () => ProxyStats, kept: () => { frames: number; nodes: number }): Metrics {
	const registry = new Registry();
	collectDefaultMetrics({ register: registry, prefix: 'tandem_' });
	const gauge = (name: string, help: string, read: () => number) =>
		new Gauge({
			name,
			help,
			registers: [registry],
			collect() {
				this.set(read());
			},
		});
	gauge('tandem_sessions', 'Live sessions', () => hub.count().sessions);
	gauge('tandem_participants', 'Participants of live sessions', () => hub.count().participants);
	gauge('tandem_participants_connected', 'Participants with a socket', () => hub.count().here);
	gauge('tandem_proxied_requests_total', 'Requests that came to the proxy', () => stats().requests);
	gauge('tandem_proxied_upgrades_total', 'WebSockets that came to the proxy', () => stats().upgrades);
	gauge('tandem_proxied_open', 'Exchanges under way in the proxy', () => stats().open);
	gauge('tandem_proxy_refused_total', 'Targets that the guard refused', () => stats().refused);
	gauge('tandem_mirror_frames', 'Frames of mirrors kept for late guests', () => kept().frames);
	gauge('tandem_mirror_nodes', 'Nodes of mirrors kept for late guests', () => kept().nodes);
	gauge('tandem_leaks_total', 'Requests of pages that the leak guard stopped', () => stats().leaks);
	const refused = new Counter({
		name: 'tandem_refused_total',
		help: 'Refused requests and messages',
		labelNames: ['reason'],
		registers: [registry],
	});
	const mirrored = new Counter({ name: 'tandem_mirror_bytes_total', help: 'Mirror bytes sent to guests', registers: [registry] });
	return { registry, refused: (reason) => refused.inc({ reason }), mirrored: (bytes) => mirrored.inc(bytes) };
}
