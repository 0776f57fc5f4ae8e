// server and page: no Node, no DOM.
// Numbers that name a person or their money, known by their own form: cards (ISO/IEC 7812-1 annex B), bank accounts (ISO 13616).

/** Issuers' first digits with the lengths their numbers have. */
const CARDS =
	/^(?:4\d{12}(?:\d{3}){0,2}|(?:5[1-5]|2[2-7])\d{14}|3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11}|6(?:011|5\d\d|4[4-9]\d)\d{12}|35\d{14}|62\d{14,17})$/;

/** Whether the last digit is right (Luhn, ISO/IEC 7812-1 annex B). */
export function luhn(digits: string): boolean {
	let sum = 0;
	for (let i = 0; i < digits.length; i++) {
		const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
		const twice = digit * 2;
		sum += i % 2 ? (twice > 9 ? twice - 9 : twice) : digit;
	}
	return sum % 10 === 0;
}

/** Whether it is a payment card's number, grouped or not. */
export function isCard(text: string): boolean {
	if (!/^\d[\d \u00a0-]{11,24}\d$/.test(text)) return false;
	const digits = text.replace(/\D/g, '');
	return CARDS.test(digits) && luhn(digits);
}

/** Whether it is an international bank account number with right check digits (ISO 13616-1 section 6). */
export function isIban(text: string): boolean {
	const plain = text.replace(/[\s-]/g, '').toUpperCase();
	if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(plain)) return false;
	let rest = 0;
	for (const sign of plain.slice(4) + plain.slice(0, 4)) {
		const value = sign >= 'A' ? sign.charCodeAt(0) - 55 : Number(sign);
		rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
	}
	return rest === 1;
}

/** Whether it looks like a social security number (United States), as it is written. */
export function isSocialSecurity(text: string): boolean {
	return /^(?!000|666|9)\d{3}[- ](?!00)\d{2}[- ](?!0000)\d{4}$/.test(text);
}

/** Whether a field with this in it holds something personal. */
export function isPersonal(value: string): boolean {
	const text = value.trim();
	return isCard(text) || isIban(text) || isSocialSecurity(text);
}

/** Whether somebody may just be typing a card's number: more digits than the issuer's own six, and a card's first ones. */
export function mayBecomeCard(value: string): boolean {
	const text = value.trim();
	if (!/^[2-6][\d \u00a0-]*$/.test(text)) return false;
	const digits = text.replace(/\D/g, '');
	return digits.length > 6 && digits.length <= 19 && !/^2[01]|^[56]0/.test(digits);
}

const CANDIDATE = /\d(?:[ \u00a0-]?\d){11,18}|[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}|(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])/g;
/** What stands in each of them: nine digits of which no two are far apart, or how a bank account begins; and the fewest signs. */
const BEGINS = /\d(?:[ \u00a0-]?\d){8}|[A-Z]{2}\d{2}/;
const FEWEST = 11;
/** Words that make nine digits a social security number. */
const SSN_NEAR = /\bssn\b|social security/i;

/** A text with the cards and bank accounts in it replaced by `hidden`, and social security numbers where the text speaks of one. */
export function hidePersonal(text: string, hidden: string): string {
	if (text.length < FEWEST || !BEGINS.test(text)) return text;
	return text.replace(CANDIDATE, (found) =>
		isCard(found) || isIban(found) || (isSocialSecurity(found) && SSN_NEAR.test(text)) ? hidden : found,
	);
}
