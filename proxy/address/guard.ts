// server only (Node).
// Keeps the proxy on the public internet: every address that is about to be connected to is looked at, whatever name led there.
// IANA special-purpose registries (RFC 6890) through ipaddr.js; the lists that operators allow are looked at first.
import * as dns from 'node:dns';
import * as net from 'node:net';
import { networkInterfaces } from 'node:os';
import ipaddr from 'ipaddr.js';
import { TandemError } from '../../protocol/errors.ts';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Cidr = [Address, number];
export type Resolve = (
	hostname: string,
	options: dns.LookupAllOptions,
	callback: (error: NodeJS.ErrnoException | null, found: dns.LookupAddress[]) => void,
) => void;
type LookupCallback = (error: Error | null, address?: string | dns.LookupAddress[], family?: number) => void;

/** The part of IPv6 that is given out to the public (RFC 4291 section 2.4); all else is special in some way. */
const GLOBAL_UNICAST: Cidr = [ipaddr.parse('2000::'), 3];
/** Prefixes inside it that hold an IPv4 address or lead to a relay: Teredo, ORCHID, documentation (twice), 6to4. */
const EMBEDDING = ['2001::/23', '2001:db8::/32', '3fff::/20', '2002::/16'].map((cidr) => ipaddr.parseCIDR(cidr) as Cidr);

/** Public by number, yet each cloud machine's own: Azure's WireServer, which hands out its configuration. */
const METADATA: readonly Cidr[] = [[ipaddr.parse('168.63.129.16'), 32]];

export class Guard {
	readonly #allowed: Cidr[];
	/** Ports this very proxy listens on, learned from the requests it gets. */
	readonly #ownPorts = new Set<number>();

	readonly #resolve: Resolve;

	/** Throws TypeError for what is neither an address nor a CIDR. `resolve` is dns.lookup but in tests. */
	constructor(allowPrivate: readonly string[], resolve: Resolve = dns.lookup) {
		this.#resolve = resolve;
		this.#allowed = allowPrivate.filter((entry) => entry.trim() !== '').map((entry) => parseCidr(entry.trim()));
	}

	/** Remembers that a request came in on `port`, so that no site leads back to us. */
	learnOwnPort(port: number | undefined): void {
		if (port) this.#ownPorts.add(port);
	}

	/** Whether a connection to this address (text of an IPv4 or IPv6 address) and port may be made. */
	allows(address: string, port: number): boolean {
		if (!ipaddr.isValid(address)) return false;
		const parsed = ipaddr.process(address);
		if (this.#ownPorts.has(port) && isThisMachine(parsed)) return false;
		if (this.#allowed.some((cidr) => within(parsed, cidr))) return true;
		// this machine's own public address leads past the firewall before it
		return isPublic(parsed) && !isThisMachine(parsed);
	}

	/** Throws TandemError 'private-address' where `host` (a URL's hostname) is an IP literal that is not allowed. */
	checkLiteral(host: string, port: number): void {
		const bare = host.replace(/^\[|\]$/g, '');
		if (net.isIP(bare) && !this.allows(bare, port)) throw new TandemError('private-address', host);
	}

	/**
	 * A `lookup` for net.connect that only hands on allowed addresses. Since the connection is made to what it returns,
	 * a name that changes its mind between two look-ups (rebinding) gains nothing.
	 */
	lookup(port: number): net.LookupFunction {
		return (hostname, options, callback) => {
			const done = callback as LookupCallback;
			this.#resolve(hostname, { ...options, all: true }, (error, found) => {
				if (error) return done(error);
				const allowed = found.filter(({ address }) => this.allows(address, port));
				const [first] = allowed;
				if (!first) return done(new TandemError('private-address', hostname));
				if (options.all) done(null, allowed);
				else done(null, first.address, first.family);
			});
		};
	}
}

function parseCidr(entry: string): Cidr {
	if (ipaddr.isValidCIDR(entry)) return ipaddr.parseCIDR(entry) as Cidr;
	if (!ipaddr.isValid(entry)) throw new TypeError(`not an address or CIDR: ${entry}`);
	const address = ipaddr.parse(entry);
	return [address, address.kind() === 'ipv4' ? 32 : 128];
}

function within(address: Address, [network, bits]: Cidr): boolean {
	return address.kind() === network.kind() && address.match(network as never, bits);
}

function isPublic(address: Address): boolean {
	if (address.range() !== 'unicast' || METADATA.some((cidr) => within(address, cidr))) return false;
	return address.kind() === 'ipv4' || (within(address, GLOBAL_UNICAST) && !EMBEDDING.some((cidr) => within(address, cidr)));
}

function isThisMachine(address: Address): boolean {
	if (address.range() === 'loopback' || address.range() === 'unspecified') return true;
	const text = address.toString();
	return Object.values(networkInterfaces()).some((list) =>
		list?.some((own) => ipaddr.process(own.address.replace(/%.*/, '')).toString() === text),
	);
}
