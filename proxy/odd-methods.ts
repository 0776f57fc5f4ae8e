// server only (Node).
// A method is any token (RFC 9110 section 9.1), but Node's parser knows a list. A connection that it gives up for that reason is read on here:
// the first line is given a method that it knows, and the request gets its own back.
import { METHODS, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';

/** `method SP request-target SP HTTP-version`, the method being a token (RFC 9110 section 5.6.2). */
const REQUEST_LINE = /^([!#$%&'*+.^_`|~\w-]{1,64})( \S+ HTTP\/1\.1\r\n)/;
/** Octets of a request line that is looked at. */
const LINE_MAX = 64 * 1024;
const KNOWN = new Set(METHODS);

const STATUS: Readonly<Record<string, string>> = {
	HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
	HPE_CHUNK_EXTENSIONS_OVERFLOW: '413 Payload Too Large',
	ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

type ParseError = Error & { readonly code?: string; readonly rawPacket?: Buffer };

const methods = new WeakMap<object, string>();

/** Whether Node sends and reads this method as it is. */
export function isKnownMethod(method: string): boolean {
	return KNOWN.has(method);
}

/** `listener`, called with requests that bear their own method. */
export function withOwnMethods(listener: RequestListener): RequestListener {
	return (req, res) => {
		const method = methods.get(req.socket);
		if (method) req.method = method;
		return listener(req, res);
	};
}

/** Lets `server` read every method. It answers bad requests as Node does by itself. */
export function acceptOddMethods(server: Server): void {
	server.on('clientError', (error: ParseError, socket: Duplex) => {
		const line = error.code === 'HPE_INVALID_METHOD' && !methods.has(socket) ? oddLine(error.rawPacket) : undefined;
		if (line && error.rawPacket) resume(server, socket as Socket, line, error.rawPacket);
		else refuse(socket, error.code);
	});
}

interface Line {
	readonly method: string;
	readonly length: number;
	readonly rest: string;
}

/** The request line a packet begins with; undefined where its method is a known one, or it is no request line. */
function oddLine(packet: Buffer | undefined): Line | undefined {
	const match = REQUEST_LINE.exec(packet?.toString('latin1', 0, LINE_MAX) ?? '');
	const [line = '', method = '', rest = ''] = match ?? [];
	return match && !KNOWN.has(method) ? { method, length: line.length, rest } : undefined;
}

/** The connection ends with this request, so that there is one method to a connection. */
function resume(server: Server, socket: Socket, { method, length, rest }: Line, packet: Buffer): void {
	const first = Buffer.concat([Buffer.from(`POST${rest}Connection: close\r\n`, 'latin1'), packet.subarray(length)]);
	for (const release of socket.listeners('close')) release.call(socket, false); // Node gives its parser back
	for (const event of ['data', 'end', 'close', 'drain', 'timeout', 'error']) socket.removeAllListeners(event);
	const again = new Resumed(socket, first);
	methods.set(again, method);
	server.emit('connection', again);
}

function refuse(socket: Duplex, code = ''): void {
	if (socket.writable) socket.write(`HTTP/1.1 ${STATUS[code] ?? '400 Bad Request'}\r\nConnection: close\r\n\r\n`);
	socket.destroy();
}

/** A socket some of whose bytes were read already. */
class Resumed extends Duplex {
	readonly #socket: Socket;

	constructor(socket: Socket, first: Buffer) {
		super({ allowHalfOpen: true });
		this.#socket = socket;
		this.push(first);
		socket.on('data', (chunk: Buffer) => {
			if (!this.push(chunk)) socket.pause();
		});
		socket.on('end', () => this.push(null));
		socket.on('error', (error) => this.destroy(error));
		socket.on('close', () => this.destroy());
	}

	get remoteAddress(): string | undefined {
		return this.#socket.remoteAddress;
	}

	get localPort(): number | undefined {
		return this.#socket.localPort;
	}

	setTimeout(ms: number, callback?: () => void): this {
		this.#socket.setTimeout(ms, callback);
		return this;
	}

	override _read(): void {
		this.#socket.resume();
	}

	override _write(chunk: Buffer, _encoding: BufferEncoding, callback: (error?: Error | null) => void): void {
		this.#socket.write(chunk, callback);
	}

	override _final(callback: () => void): void {
		this.#socket.end(callback);
	}

	override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
		this.#socket.destroySoon();
		callback(error);
	}
}
