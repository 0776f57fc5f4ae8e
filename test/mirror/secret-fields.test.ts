// tests only (Node and Chromium).
// Which fields are taken for secret ones by what a page says about them, and which are not.
import * as assert from 'uvu/assert';
import { suite } from '../harness.ts';
import { openBed } from './bed/bed.ts';

const test = suite('secret fields', { limit: 40_000 });

const named = (...names: string[]) => names.map((name) => `<input name="${name}">`);
const labelled = (...labels: string[]) => labels.map((label) => `<label>${label} <input></label>`);
const beside = (...labels: string[]) => labels.map((label) => `<table><tr><td>${label}</td><td><input></td></tr></table>`);

const SECRET = [
	...named(
		'userPassword',
		'db_pass',
		'wifi-key',
		'api_key',
		'client_secret',
		'accessToken',
		'private-key',
		'cardNumber',
		'card_expiry',
		'ccExp',
		'nhs_number',
		'otp1',
		'ssn_2',
		'cardnumber1',
		'newPin2',
		'wpa2Key',
	),
	...named(
		'mothers_maiden_name',
		'securityAnswer',
		'recovery_code',
		'backup-code',
		'seedPhrase',
		'passportNo',
		'drivers_licence',
		'sin_number',
		'iban',
		'personnummer',
	),
	...labelled(
		'Password',
		'Kennwort',
		'Lozinka',
		'Parola',
		'Κωδικός πρόσβασης',
		'كلمة المرور',
		'סיסמה',
		'पासवर्ड',
		'รหัสผ่าน',
		'Mật khẩu',
		'Kata sandi',
		'Пароль',
	),
	...labelled('Mot de passe', 'Contraseña', 'Senha', 'Wachtwoord', 'Hasło', 'Lösenord', 'Şifre', '密码', 'パスワード', '비밀번호'),
	...labelled(
		'API key',
		'Secret access key',
		'Recovery phrase',
		'Recovery code',
		'Answer to your security question',
		"Mother's maiden name",
		'Pre-shared key',
		'PUK',
	),
	...labelled(
		'Card number',
		'CVV',
		'Security code (CVC)',
		'Numéro de carte',
		'Número de tarjeta',
		'Kartennummer',
		'Номер карты',
		'Numero della carta',
	),
	...labelled(
		'Social security number',
		'Date of birth',
		'Passport number',
		'Steuer-ID',
		'NINO',
		'National insurance number',
		'Fødselsnummer',
		'CPR-nummer',
		'Rodné číslo',
	),
	...labelled(
		'주민등록번호',
		'身份证号码',
		'СНИЛС',
		'Паспорт',
		'T.C. Kimlik No',
		'RFC con homoclave',
		'CNPJ / CPF',
		'Numéro de sécurité sociale',
		'PESEL',
		'Personalausweisnummer',
	),
	...beside('Password:', 'Card number *', 'Social security number', 'IBAN'),
	'Password: <input>',
	'<div><div class=caption>Security code</div><div><input></div></div>',
	'<div><span>Card number</span><div class=wrap><span class=icon></span><input inputmode=numeric></div></div>',
	'<input placeholder="MM / YY">',
	'<input placeholder="MM/YYYY">',
	'<input formcontrolname=cardNumber>',
	'<select name=birth_year><option>abc12</select>',
	'<label>Expiry month (card) <select name=exp-month><option>abc12</select></label>',
	'<textarea aria-label="Private key (PEM)"></textarea>',
];

const OPEN = [
	...named(
		'q',
		'username',
		'postcode',
		'pincode',
		'city',
		'keywords',
		'tokenizer',
		'passenger',
		'compass',
		'secretary',
		'description',
		'phone',
		'company',
	),
	...named(
		'shipping',
		'discard',
		'postcard',
		'cardinal',
		'expense',
		'expert',
		'signature',
		'category',
		'keyboard',
		'apiName',
		'opinion',
		'tandem',
		'cart_number',
		'address1',
		'pinball2',
	),
	...labelled(
		'Name',
		'Passenger',
		'Coupon code',
		'Promo code',
		'Area code',
		'Country code',
		'Zip code',
		'Order number',
		'Invoice number',
		'Phone number',
		'Flight number',
	),
	...labelled(
		'Question',
		'Answer',
		'Key',
		'Title',
		'Recovery time',
		'Expiration of the offer',
		'Boarding pass',
		'Maiden voyage',
		'Token count',
		'Tan colour',
		'Business card text',
	),
	...labelled('Namn', 'Straße', 'Поиск', '検索', '이름', 'Ciudad', 'Ville', 'Kommentar', 'Telefon'),
	...beside('First name', 'Subject'),
	'<p>Forgot your password? Ask here.</p><label>E-mail or name <input></label>',
	'<label>Password <input type=password></label><label>Nickname <input></label>',
	'<div>Your card number is safe with us. Read more about how we keep it, and about what else we do.</div><input>',
	'<table><tr><td>Card number</td><td><input type=password></td><td><input></td></tr></table>',
	'<input placeholder="Search cards">',
	'<input placeholder="DD/MM/YYYY">',
	'<select name=language><option>abc12</select>',
	'<select aria-label="Month"><option>abc12</select>',
];

test('fields are secret by name, label, words beside them and placeholder, in many languages, and no others are', async (t) => {
	const cells = [...SECRET, ...OPEN].map((html) => `<section>${html}</section>`).join('\n');
	const bed = await openBed(t, { 'https://one.example/': `<!doctype html><meta charset=utf-8>${cells}<p id=end>end</p>` });
	await bed.mirror().waitForFunction(`document.querySelector('iframe')?.contentDocument?.getElementById('end')`, { timeout: 6000 });
	await bed.host.evaluate(
		`[...document.querySelectorAll('section')].forEach((s, i) => { const e = [...s.querySelectorAll('input:not([type=password]), textarea')].at(-1); if (!e) return; e.value = 'x' + (i * 7919 + 46656).toString(36) + 'y'; e.dispatchEvent(new Event('input', { bubbles: true })); }); document.getElementById('end').textContent = 'typed'`,
	);
	await bed.mirror().waitForFunction(`document.querySelector('iframe').contentDocument.getElementById('end').textContent === 'typed'`);
	await new Promise((done) => setTimeout(done, 500));
	const values = (await bed.mirror().evaluate(
		`[...document.querySelector('iframe').contentDocument.querySelectorAll('section')].map((s) => {
			const e = [...s.querySelectorAll('input:not([type=password]), textarea, select')].at(-1);
			return e.localName === 'select' && e.hasAttribute('data-tandem-masked') ? 'masked' : e.value;
		})`,
	)) as string[];
	assert.is(values.length, SECRET.length + OPEN.length);
	const shown = (i: number) => values[i] === `x${(i * 7919 + 46656).toString(36)}y` || values[i] === 'abc12';
	assert.equal(
		SECRET.filter((_html, i) => shown(i)),
		[],
		'secret and shown',
	);
	assert.equal(
		OPEN.filter((_html, i) => !shown(SECRET.length + i)),
		[],
		'open and hidden',
	);
});

test.run();
