// server and page: no Node, no DOM.
// Where the chain that a member belongs to begins: `a.b[c](d).location` begins at `a`. Tokens are walked backwards, brackets jumped over.
import { B, ENDS_OPERAND, KIND, LINE, T, type Tokens } from './token.ts';

export interface Chain {
	/** The first token. */
	readonly start: number;
	/** Whether a `?.` stands in it, before the last member. */
	readonly optional: boolean;
	/** Whether it is, unparenthesised, in the callee of `new`. */
	readonly callee: boolean;
}

/** What is known of a chain up to one of its members, so that a longer one needn't walk it again. */
interface Known {
	readonly start: number;
	readonly calls: number;
	readonly optional: boolean;
}

/** Reads chains of one script; `undefined` is doubt. */
export class Chains {
	private readonly tokens: Tokens;
	private readonly known = new Map<number, Known>();

	constructor(tokens: Tokens) {
		this.tokens = tokens;
	}

	/** The chain of the member whose property is at token `at` (a name behind `.`, or the `[` of a computed one). */
	of(at: number): Chain | undefined {
		const known = this.walk(at);
		if (!known) return undefined;
		this.known.set(at, known);
		const { start, calls, optional } = known;
		if (this.kind(start - 1) !== T.NEW || this.kind(start - 2) === T.DOT) return { start, optional, callee: false };
		if (calls === 0) return { start, optional, callee: true };
		// `new a().location`: the leftmost arguments belong to `new`, the rest are calls.
		return this.kind(start - 2) === T.NEW ? undefined : { start: start - 1, optional, callee: false };
	}

	private walk(at: number): Known | undefined {
		let calls = 0;
		let optional = false;
		let member = at;
		for (;;) {
			let object = member - 1;
			const link = this.kind(object);
			if (member !== at) {
				const known = this.known.get(member);
				if (known) return { start: known.start, calls: calls + known.calls, optional: optional || known.optional || link === T.CHAIN };
				if (link === T.CHAIN) optional = true;
			}
			if (link === T.DOT || link === T.CHAIN) object--;
			// Calls and tagged templates between this member and the next one to the left.
			for (;;) {
				const kind = this.kind(object);
				if (kind !== T.PAREN_CLOSE && kind !== T.TEMPLATE_CLOSE) break;
				const opener = this.opener(object);
				const before = this.kind(opener - 1);
				if (this.afterDeclaration(opener)) return undefined;
				if (kind === T.PAREN_CLOSE && before === T.CHAIN) {
					optional = true;
					object = opener - 2;
				} else if (ENDS_OPERAND[before] === 1 || (kind === T.PAREN_CLOSE && before === T.IMPORT)) object = opener - 1;
				else return { start: opener, calls, optional };
				if (kind === T.PAREN_CLOSE) calls++;
			}
			const kind = this.kind(object);
			if (kind === T.BRACKET_CLOSE) {
				const opener = this.opener(object);
				if (this.afterDeclaration(opener)) return undefined;
				if (this.tokens.encloses[this.tokens.bracket[object] ?? 0] !== B.MEMBER) return { start: opener, calls, optional };
				member = opener;
			} else if (kind === T.NAME || kind === T.HIT || kind === T.PRIVATE) {
				const before = this.kind(object - 1);
				if (before !== T.DOT && before !== T.CHAIN) return kind === T.PRIVATE ? undefined : { start: object, calls, optional };
				member = object;
			} else if (kind === T.NUMBER || kind === T.STRING || kind === T.REGEX || kind === T.IMPORT || kind === T.NEW) {
				return { start: object, calls, optional };
			} else return undefined;
		}
	}

	/** `var a ⏎ (b).location`: a semicolon belongs before the parenthesis, for a declared name takes no arguments. */
	private afterDeclaration(opener: number): boolean {
		if (!((this.tokens.kind[opener] ?? 0) & LINE)) return false;
		const before = this.kind(opener - 2);
		return before === T.VAR || before === T.COMMA;
	}

	private kind(token: number): number {
		return (this.tokens.kind[token] ?? 0) & KIND;
	}

	private opener(token: number): number {
		return this.tokens.open[this.tokens.bracket[token] ?? 0] ?? 0;
	}
}
