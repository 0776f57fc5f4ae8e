// server only (Node).
// The workspace's rules of what guests may see: kept in the store, told to every host's shell, which carries them out where the page is.
import { EventEmitter } from 'node:events';
import { TandemError } from '../protocol/errors.ts';
import { OPEN_POLICY, type Policy } from '../protocol/privacy.ts';
import { selectorProblem } from '../protocol/selector.ts';
import { decode } from './doors/decode.ts';
import { SCHEMAS } from './doors/rest.ts';
import type { Room } from './rooms/room.ts';
import type { Store } from './store/store.ts';

const NAME = 'privacy';
const HOST = /^(?:\*|(?:\*\.)?[a-z0-9\u0080-\uffff](?:[a-z0-9.\u0080-\uffff-]*[a-z0-9\u0080-\uffff])?)$/i;

export class Policies {
	readonly #store: Store;
	readonly #events = new EventEmitter<{ change: [] }>();
	#policy: Policy;

	private constructor(store: Store, policy: Policy) {
		this.#store = store;
		this.#policy = policy;
	}

	static async open(store: Store): Promise<Policies> {
		const kept = await store.setting(NAME);
		return new Policies(store, kept === undefined ? OPEN_POLICY : (JSON.parse(kept) as Policy));
	}

	get policy(): Policy {
		return this.#policy;
	}

	/** The policy of one session: a private one shows what is allowed and nothing else, on every site. */
	of(room: Room): Policy {
		return room.private ? { ...this.#policy, privateHosts: ['*'] } : this.#policy;
	}

	onChange(listener: () => void): void {
		this.#events.on('change', listener);
	}

	/** Takes new rules in the place of the old ones. Throws TandemError 'bad-request' that names the rule and what is wrong with it. */
	async put(body: unknown): Promise<Policy> {
		const next = decode(SCHEMAS.policy, body);
		next.rules.forEach(({ host, selector }, i) => {
			checkHost(host, `rules.${i}.host`);
			const problem = selectorProblem(selector);
			if (problem) throw new TandemError('bad-selector', `rules.${i}.selector: ${problem.what}, ${problem.at}: ${selector.slice(0, 80)}`);
		});
		next.privateHosts.forEach((host, i) => {
			checkHost(host, `privateHosts.${i}`);
		});
		const rules = next.rules.map(({ classes, ...rule }) => (classes?.length ? { ...rule, classes } : rule));
		this.#policy = { ...next, rules };
		await this.#store.putSetting(NAME, JSON.stringify(this.#policy));
		this.#events.emit('change');
		return this.#policy;
	}
}

function checkHost(host: string, where: string): void {
	if (!HOST.test(host)) throw new TandemError('bad-request', `${where}: a host name, *.name or *`);
}
