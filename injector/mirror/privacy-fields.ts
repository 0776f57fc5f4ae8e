// page (host): every proxied document, before its own scripts.
// Which fields hold a secret, by what the page says about them: type, autocomplete, name, label, shape. Words in the languages of most sites.
import { type Any, getter, method, softGetter } from '../natives.ts';
import { queryAll } from '../query.ts';
import { getAttribute, getRootNode, localName } from './dom.ts';

export type FieldKind = 'password' | 'code' | 'card' | 'identity' | 'expiry';

const g = globalThis as Any;
const inputLabels = getter<NodeListOf<HTMLLabelElement> | null>(g.HTMLInputElement?.prototype, 'labels');
const areaLabels = getter<NodeListOf<HTMLLabelElement> | null>(g.HTMLTextAreaElement?.prototype, 'labels');
const byId = method<Element | null>(g.Document?.prototype, 'getElementById');
const inputForm = softGetter<Element | null>(g.HTMLInputElement?.prototype, 'form');
const textContent = getter<string | null>(g.Node?.prototype, 'textContent');

/** Input types that nobody types a secret into. */
const NO_TEXT = new Set([
	'checkbox',
	'radio',
	'submit',
	'button',
	'reset',
	'image',
	'file',
	'range',
	'color',
	'hidden',
	'search',
	'email',
	'url',
]);

/** Fields of one sign that are a code: so many of them, two codes at most. */
const FEW = [4, 12] as const;

/** Tokens of `autocomplete` (HTML section 4.10.18.7.1). */
const AUTOCOMPLETE: readonly (readonly [RegExp, FieldKind])[] = [
	[/(?:^|\s)(?:current-password|new-password)(?:\s|$)/i, 'password'],
	[/(?:^|\s)one-time-code(?:\s|$)/i, 'code'],
	[/(?:^|\s)cc-(?:exp|exp-month|exp-year|type|name|given-name|additional-name|family-name)(?:\s|$)/i, 'expiry'],
	[/(?:^|\s)cc-[a-z-]+(?:\s|$)/i, 'card'],
	[/(?:^|\s)bday(?:-day|-month|-year)?(?:\s|$)/i, 'expiry'],
];
/** Values of `autocomplete` that say what a field is, and that it is none of the above. */
const HARMLESS =
	/(?:^|\s)(?:username|email|name|given-name|family-name|organization|street-address|address-[a-z0-9-]+|postal-code|country|country-name|tel|url|language)(?:\s|$)/i;

/** Words in names and labels, folded to plain lower-case letters. */
const WORDS: readonly (readonly [RegExp, FieldKind])[] = [
	[
		/\bpass ?(?:word|wd|phrase|code|key)s?\b|\bpwd\b|\bpasswort|\bkennwort|\bmot de passe\b|\bcontrasen|\bclave (?:secreta|de acceso)\b|\bsenha\b|\bpalavra passe\b|\bparola d ordine\b|\bwachtwoord|\bhaslo\b|\bheslo\b|\blosenord\b|\badgangskode\b|\bpassord\b|\bsalasana\b|\bjelszo\b|\bsifre\b|парол|密码|密碼|パスワード|비밀번호/,
		'password',
	],
	[
		/\botp\b|\btotp\b|\bone ?time ?(?:code|pass|pin)|\b[2m]fa\b|\b2 ?factor|\btwo ?factor|\b(?:verification|security|auth(?:entication|enticator)?|confirmation|login|sms) code\b|\bpin(?: code)?\b|\beinmal|\b(?:bestatigungs|sicherheits|verifizierungs|authentifizierungs)code|\b(?:sms|push|photo)? ?tan\b|\bcode de (?:verification|securite|confirmation)\b|\bcodigo de (?:verificacion|verificacao|seguridad|seguranca|confirmacion)\b|\bcodice di (?:verifica|sicurezza)\b|\bverificatiecode\b|\bkod weryfikacyjny\b|код подтвержд|验证码|認証コード|인증번호/,
		'code',
	],
	[
		/\bcvc2?\b|\bcvv2?\b|\bcsc\b|\bcard ?(?:number|no|nr|num)\b|\bcc ?(?:number|num|no|csc|cvc|cvv)\b|\b(?:credit|debit) ?card\b|\bkreditkarte|\bkarten ?(?:nummer|nr)|\bprufziffer|\bnumero de (?:la )?(?:carte|tarjeta)|\bnumero d[ae](?:lla)? carta\b|\bnumero do cartao\b|\bkaartnummer\b|\bnumer karty\b|\bkortnummer\b|\bcislo karty\b|номер карты|卡号|カード番号|카드번호/,
		'card',
	],
	[
		/\bssn\b|\bsocial (?:security|insurance)\b|\bsozialversicherung|\bsv ?(?:nr|nummer)\b|\bsteuer ?(?:id|nummer|ident)|\bpassport ?(?:number|no|nr|id)\b|\breisepass|\bpersonalausweis|\bausweis ?(?:nummer|nr)|\b(?:national|identity|id) ?(?:card|insurance|number|no)\b|\btax ?(?:id|number|payer)|\btin\b|\biban\b|\b(?:bank )?account ?(?:number|no|nr)\b|\bkonto ?(?:nummer|nr)|\brouting ?(?:number|no)\b|\bsort ?code\b|\bdriver ?s? ?licen[cs]e|\bfuhrerschein|\bdni\b|\bnif\b|\bcpf\b|\bcurp\b|\bcodice fiscale\b|\bcarte d identite\b|\bsecurite sociale\b|\bnumero de cuenta\b|\bbsn\b|\bpesel\b|\baadhaar\b|\bdate of birth\b|\bbirth ?(?:date|day)\b|\bdob\b|\bgeburts ?(?:datum|tag)\b|\bfecha de nacimiento\b|\bdate de naissance\b|\bdata di nascita\b|\bdata de nascimento\b|\bgeboortedatum\b|身份证|護照|护照|マイナンバー/,
		'identity',
	],
];

/** What kind of secret a field holds by what the page says about it; undefined: none. */
export function fieldKind(el: Element): FieldKind | undefined {
	const tag = localName(el);
	if (tag !== 'input' && tag !== 'textarea' && tag !== 'select') return undefined;
	const type = (getAttribute(el, 'type') ?? '').trim().toLowerCase();
	if (tag === 'input' && type === 'password') return 'password';
	const complete = getAttribute(el, 'autocomplete') ?? '';
	for (const [token, kind] of AUTOCOMPLETE) if (token.test(complete) && !(kind === 'password' && picksFromList(el))) return kind;
	if (tag === 'select' || (tag === 'input' && NO_TEXT.has(type)) || HARMLESS.test(complete)) return undefined;
	return byShape(el) ?? byWords(el);
}

/** Whether a field is where one picks from a list: `new-password` is how such fields keep a browser from filling them in (Ant Design's Select). */
function picksFromList(el: Element): boolean {
	const role = getAttribute(el, 'role');
	return role === 'combobox' || role === 'searchbox' || getAttribute(el, 'aria-haspopup') === 'listbox';
}

/** One field for each digit of a code, a code of fixed length, a card's number by the room there is for it. */
function byShape(el: Element): FieldKind | undefined {
	const most = Number(getAttribute(el, 'maxlength') ?? 0);
	const pattern = getAttribute(el, 'pattern') ?? '';
	const digits = getAttribute(el, 'inputmode') === 'numeric' || /\\d|\[0-9\]/.test(pattern);
	if (!digits) return most === 1 && isOneOfFew(el) ? 'code' : undefined;
	if (most === 1 || /^(?:\\d|\[0-9\])\{[468]\}$/.test(pattern)) return 'code';
	return most === 16 || most === 19 || most === 23 ? 'card' : undefined;
}

/** Whether a field of one sign has a few of its kind beside it, as those of a code do; those of a crossword are many. */
function isOneOfFew(el: Element): boolean {
	const { length } = queryAll(inputForm(el) ?? getRootNode(el), 'input[maxlength="1"]');
	return length >= FEW[0] && length <= FEW[1];
}

function byWords(el: Element): FieldKind | undefined {
	let said = '';
	for (const name of ['name', 'id', 'aria-label', 'placeholder', 'title']) said += ` | ${getAttribute(el, name) ?? ''}`;
	said += ` | ${labelsOf(el)}`;
	const text = plainWords(said);
	for (const [words, kind] of WORDS) if (words.test(text)) return kind;
	return undefined;
}

function labelsOf(el: Element): string {
	let said = '';
	try {
		const labels = localName(el) === 'textarea' ? areaLabels(el) : inputLabels(el);
		for (let i = 0; labels && i < labels.length && i < 4; i++) said += ` ${textContent(labels[i])?.slice(0, 200)}`;
		for (const id of (getAttribute(el, 'aria-labelledby') ?? '').split(/\s+/).slice(0, 4)) {
			const label = id && byId(el.ownerDocument, id);
			if (label) said += ` ${textContent(label)?.slice(0, 200)}`;
		}
	} catch {
		// A document of another kind: names say enough.
	}
	return said;
}

/** `cardNumber_1` and `Prüfziffer` as `card number 1` and `prufziffer`. */
export function plainWords(text: string): string {
	return text
		.replace(/([a-z\d])([A-Z])/g, '$1 $2')
		.normalize('NFD')
		.replace(/[\u0300-\u036f]/g, '')
		.replace(/ł/g, 'l')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}|]+/gu, ' ');
}
