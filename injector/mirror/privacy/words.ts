// page (host): every proxied document, before its own scripts.
// What words in names, labels and placeholders say about a field, in the languages of most sites.
import type { FieldKind } from './fields.ts';

/** Whole words (Latin) and parts of them (other scripts), as `plainWords` leaves them; a list for each kind, the first that fits counts. */
const WORDS: readonly (readonly [FieldKind, readonly string[]])[] = [
	[
		'password',
		[
			String.raw`\bpass ?(?:word|wd|phrase|code|key)s?\b|\bpwd\b|\b(?:user|login|admin|root|db|ftp|smtp|imap) ?pass\b|\bpasswort|\bkennwort`,
			String.raw`\b(?:api|secret|private|encryption|signing|master|pre ?shared|wi ?fi|wpa ?2?|ssh private|access) key\b|\bpsk\b`,
			String.raw`\b(?:api|app|client|consumer|shared|webhook) secret\b|\b(?:access|api|auth|bearer|refresh|secret) token\b`,
			String.raw`\b(?:seed|recovery|mnemonic|secret) ?phrase\b|\bmnemonic\b|\b(?:secret|memorable) word\b`,
			String.raw`\bmot de passe\b|\bcontrasen|\bclave (?:secreta|privada|de acceso|api)\b|\bpasahitza\b|\bsenha\b|\bpalavra passe\b|\bparola d ordine\b`,
			String.raw`(?:^|\|) ?parol[ae] ?(?:\||$)|\bwachtwoord|\bhaslo\b|\bheslo\b|\bgeslo\b|\blozinka\b|\bzaporka\b|\blosenord\b|\badgangskode\b|\bpassord\b`,
			String.raw`\blykilorð\b|\bsalasana\b|\bsalasona\b|\bslaptazod|\bjelszo\b|\bsifre\b|\bmat khau\b|\bkata (?:sandi|laluan)\b|парол|лозинк`,
			'κωδικος προσβασης|συνθηματικο|كلمة (?:المرور|السر)|الرقم السري|رمز عبور|گذرواژه|סיסמ[הא]|पासवर्ड|รหัสผ่าน|密码|密碼|口令|パスワード|비밀번호',
		],
	],
	[
		'code',
		[
			String.raw`\bt?otp\b|\bone ?time ?(?:code|pass|pin)|\b[2m]fa\b|\b2 ?factor|\btwo ?factor|\bpin(?: code)?\b|\bpuk\b|\b(?:sms|push|photo|chip) ?tan\b|(?:^|\|) ?tan ?(?:\||$)`,
			String.raw`\b(?:verification|security|auth(?:entication|enticator)?|confirmation|login|sms|access|recovery|backup|unlock) codes?\b`,
			String.raw`\beinmal|\b(?:bestatigungs|sicherheits|verifizierungs|authentifizierungs|zugangs|wiederherstellungs)code|\bverificatiecode\b`,
			String.raw`\bcode de (?:verification|securite|confirmation|recuperation)\b|\bcodice di (?:verifica|sicurezza|conferma)\b|\bcode d acces\b`,
			String.raw`\bcodigo de (?:verificacion|verificacao|seguridad|seguranca|confirmacion|confirmacao|acceso|acesso)\b|\bkod (?:weryfikacyjny|autoryzacyjny|sms)\b`,
			String.raw`\b(?:engangs|verifierings|verifikasjons|bekreftelses|bekraftelse)kod|\b(?:dogrulama|guvenlik|onay) kodu\b|код (?:подтвержд|безопасност|из )|проверочныи код`,
			'验证码|驗證碼|动态密码|安全码|認証コード|確認コード|セキュリティコード|暗証番号|인증번호|인증코드|보안코드|رمز التحقق|קוד אימות',
		],
	],
	[
		'expiry',
		[
			String.raw`\b(?:card|cc) ?exp\w*|\bexp(?:iry|iration)? ?(?:month|year|mm|yy)\b|(?:^|\|) ?m ?m ?(?:yy|yyyy|aa|aaaa|jj|jjjj) ?(?:\||$)|\bcard ?holder|\bname on (?:the )?card\b`,
		],
	],
	[
		'card',
		[
			String.raw`\bcvc2?\b|\bcvv2?\b|\bcsc\b|\bcard ?(?:number|no|nr|num)\b|\bcc ?(?:number|num|no|csc|cvc|cvv)\b|\b(?:credit|debit) ?card\b|\bcard verification`,
			String.raw`\bkreditkarte|\bkarten ?(?:nummer|nr)|\bprufziffer|\bnumero de (?:la )?(?:carte|tarjeta)|\bnumero d[ae](?:lla)? carta\b|\bnumero do cartao\b`,
			String.raw`\bkaartnummer\b|\bnumer karty\b|\bkortn(?:ummer|r)\b|\bcislo karty\b|\bkart numaras|\bkorttin numero\b|\bnomor kartu\b|номер карт`,
			'卡号|卡號|信用卡|カード番号|クレジットカード|카드번호|신용카드|رقم البطاقة|מספר כרטיס',
		],
	],
	[
		'identity',
		[
			String.raw`\bssn\b|\bsocial (?:security|insurance)\b|\bsozialversicherung|\bsv ?(?:nr|nummer)\b|\bsteuer ?(?:id|nummer|ident)|\bpassport ?(?:number|no|nr|id)\b`,
			String.raw`\breisepass|\bpersonalausweis|\bausweis ?(?:nummer|nr)|\b(?:national|identity|id) ?(?:card|insurance|number|no)\b|\btax ?(?:id|number|payer)|\btin\b`,
			String.raw`\b(?:nhs|ni|sin|medicare|pan|nric|health (?:card|insurance)) ?(?:number|no|nr)\b|\bversicherten ?(?:nummer|nr)|\bmaiden name\b`,
			String.raw`\b(?:security|secret) (?:answer|question)s?\b|\biban\b|\b(?:bank )?account ?(?:number|no|nr)\b|\bkonto ?(?:nummer|nr)|\brouting ?(?:number|no)\b`,
			String.raw`\bsort ?code\b|\bclabe\b|\bbsb\b|\bdriver ?s? ?licen[cs]e|\bfuhrerschein|\bdni\b|\bnif\b|\bcpf\b|\bcnpj\b|\bcurp\b|\bhomoclave\b|\bcui[tl]\b|\boib\b`,
			String.raw`\bcodice fiscale\b|\bcarte d identite\b|\bsecurite sociale\b|\bnumero de cuenta\b|\bbsn\b|\bpesel\b|\baadhaar\b|\bpersonn(?:ummer|r)\b|\bcpr ?n(?:ummer|r|o)\b`,
			String.raw`\bfødseln?s?nummer\b|\bhenkilotunnus\b|\brodne cislo\b|\bkimlik\b|\bdate of birth\b|\bbirth ?(?:date|day|month|year)\b|\bdob\b`,
			String.raw`\bgeburts ?(?:datum|tag)\b|\bfecha de nacimiento\b|\bdate de naissance\b|\bdata di nascita\b|\bdata de nascimento\b|\bgeboortedatum\b|\bfodelsedatum\b`,
			String.raw`\bfødselsdato\b|\bsyntymaaika\b|\bdata urodzenia\b|\bdatum narozeni\b|\bdogum tarihi\b|\bngay sinh\b|\btanggal lahir\b|ημερομηνια γεννησης`,
			'снилс|паспорт|(?:^|[ |])инн(?:[ |]|$)|дата рождения|身份证|身份證|護照|护照|出生日期|マイナンバー|生年月日|주민등록번호|여권번호|생년월일',
			'تاريخ الميلاد|رقم الهوية|جواز السفر|תעודת זהות|תאריך לידה',
		],
	],
];

/** The same, each kind's as one expression; made when the first field asks. */
let expressions: readonly (readonly [FieldKind, RegExp])[] | undefined;

/** What kind of secret texts speak of (`|` between them); undefined: none. */
export function kindByWords(said: string): FieldKind | undefined {
	expressions ??= WORDS.map(([kind, parts]) => [kind, new RegExp(parts.join('|'), 'u')]);
	const text = plainWords(said);
	for (const [kind, words] of expressions) if (words.test(text)) return kind;
	return undefined;
}

/** `cardNumber1` and `Prüfziffer` as `card number 1` and `prufziffer`. */
function plainWords(text: string): string {
	return text
		.replace(/([a-z\d])([A-Z])/g, '$1 $2')
		.replace(/([a-z]{2})(\d{1,2})(?![\da-z])/gi, '$1 $2')
		.normalize('NFD')
		.replace(/[\u0300-\u036f]/g, '')
		.normalize('NFC')
		.replace(/ł/g, 'l')
		.toLowerCase()
		.replace(/[^\p{L}\p{M}\p{N}|]+/gu, ' ');
}
