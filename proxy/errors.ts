// server only (Node).
// What went wrong on the way to a site, in the reader's terms.
import { type ReasonCode, TandemError } from '../protocol/errors.ts';

const BY_CODE: Readonly<Record<string, ReasonCode>> = {
	ENOTFOUND: 'no-such-host',
	EAI_AGAIN: 'no-such-host',
	EAI_FAIL: 'no-such-host',
	EAI_NODATA: 'no-such-host',
	EAI_NONAME: 'no-such-host',
	ECONNREFUSED: 'refused',
	EHOSTUNREACH: 'refused',
	ENETUNREACH: 'refused',
	EADDRNOTAVAIL: 'refused',
	EACCES: 'refused',
	ETIMEDOUT: 'timeout',
	ECONNRESET: 'broken-answer',
	EPIPE: 'broken-answer',
	EPROTO: 'broken-answer',
	// OpenSSL's X509_V_ERR_*, as Node names them
	DEPTH_ZERO_SELF_SIGNED_CERT: 'bad-certificate',
	SELF_SIGNED_CERT_IN_CHAIN: 'bad-certificate',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'bad-certificate',
	UNABLE_TO_GET_ISSUER_CERT: 'bad-certificate',
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'bad-certificate',
	UNABLE_TO_DECRYPT_CERT_SIGNATURE: 'bad-certificate',
	ERROR_IN_CERT_NOT_BEFORE_FIELD: 'bad-certificate',
	ERROR_IN_CERT_NOT_AFTER_FIELD: 'bad-certificate',
	INVALID_CA: 'bad-certificate',
	INVALID_PURPOSE: 'bad-certificate',
	HOSTNAME_MISMATCH: 'bad-certificate',
	ERR_TLS_CERT_ALTNAME_INVALID: 'bad-certificate',
	// The alert of TLS 1.3 (RFC 8446 section 4.4.2.4); that of TLS 1.2 is a plain handshake failure, which may be anything.
	ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: 'client-certificate',
};
const BY_PREFIX: readonly (readonly [string, ReasonCode])[] = [
	['CERT_', 'bad-certificate'],
	['HPE_', 'broken-answer'],
	['ERR_SSL_', 'broken-answer'],
	['ERR_HTTP_', 'broken-answer'],
	['ERR_HTTP2_', 'broken-answer'],
	['Z_', 'broken-answer'],
	['ERR_INVALID_CHAR', 'bad-request'],
	['ERR_UNESCAPED_CHARACTERS', 'bad-request'],
];

/** Any error as one of ours; `detail` is the host, never more. What can't be told apart is 'internal'. */
export function toTandemError(error: unknown, host: string): TandemError {
	if (error instanceof TandemError) return error;
	const { code = '', cause } = error as { code?: string; cause?: unknown };
	const reason = (Object.hasOwn(BY_CODE, code) && BY_CODE[code]) || BY_PREFIX.find(([prefix]) => code.startsWith(prefix))?.[1];
	if (!reason && cause) return toTandemError(cause, host);
	return new TandemError(reason || 'internal', reason ? host : '', { cause: error });
}
