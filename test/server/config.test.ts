// tests only (Node).
import * as assert from 'uvu/assert';
import { ConfigError, readConfig } from '../../server/config.ts';
import { suite } from '../harness.ts';

const test = suite('config');

test('nothing set: the documented defaults', () => {
	const { config, warnings } = readConfig({});
	assert.equal(config, {
		port: 3000,
		host: '127.0.0.1',
		origin: undefined,
		data: './data',
		apiKey: undefined,
		allowPrivate: [],
		upstreamMap: '',
		embedOrigins: [],
		logLevel: 'info',
	});
	assert.equal(warnings, []);
});

test('lists are split at commas, and an empty value counts as absent', () => {
	const { config } = readConfig({
		TANDEM_PORT: '',
		TANDEM_ALLOW_PRIVATE: '127.0.0.0/8, ::1/128',
		TANDEM_EMBED_ORIGINS: 'https://desk.example,http://localhost:5000',
	});
	assert.is(config.port, 3000);
	assert.equal(config.allowPrivate, ['127.0.0.0/8', '::1/128']);
	assert.equal(config.embedOrigins, ['https://desk.example', 'http://localhost:5000']);
});

const BAD: readonly (readonly [string, string])[] = [
	['TANDEM_PORT', '70000'],
	['TANDEM_PORT', '3000x'],
	['TANDEM_PORT', '-1'],
	['TANDEM_HOST', 'a b'],
	['TANDEM_ORIGIN', 'tandem.localhost'],
	['TANDEM_ORIGIN', 'http://tandem.localhost/x'],
	['TANDEM_ORIGIN', 'http://127.0.0.1:3000'],
	['TANDEM_ORIGIN', 'http://[::1]:3000'],
	['TANDEM_ORIGIN', 'ftp://tandem.localhost'],
	['TANDEM_API_KEY', 'sixteen chars it has, but spaces too'],
	['TANDEM_ALLOW_PRIVATE', '127.0.0.1'],
	['TANDEM_ALLOW_PRIVATE', '300.0.0.0/8'],
	['TANDEM_UPSTREAM_MAP', 'https://shop.example'],
	['TANDEM_UPSTREAM_MAP', 'shop.example=http://127.0.0.1:1'],
	['TANDEM_EMBED_ORIGINS', 'https://desk.example/x'],
	['TANDEM_LOG_LEVEL', 'loud'],
];

for (const [name, value] of BAD) {
	test(`${name}=${value} stops the start, and the message names the setting`, () => {
		try {
			readConfig({ [name]: value });
		} catch (error) {
			assert.instance(error, ConfigError);
			assert.is((error as ConfigError).problems.length, 1);
			assert.match((error as ConfigError).message, `${name} must be `);
			return;
		}
		assert.unreachable('it was taken');
	});
}

test('the message does not repeat a value, which may be a secret', () => {
	try {
		readConfig({ TANDEM_API_KEY: 'hunter2 is my key' });
		assert.unreachable('it was taken');
	} catch (error) {
		assert.not.match((error as ConfigError).message, 'hunter2');
	}
});

test('every bad setting is named at once', () => {
	try {
		readConfig({ TANDEM_PORT: 'x', TANDEM_API_KEY: 'y y' });
		assert.unreachable('it was taken');
	} catch (error) {
		assert.is((error as ConfigError).problems.length, 2);
	}
});

test('a short API key is taken, with a warning', () => {
	const { config, warnings } = readConfig({ TANDEM_API_KEY: 'k' });
	assert.is(config.apiKey, 'k');
	assert.match(warnings.join(), 'TANDEM_API_KEY');
});

test('the forms of an upstream map that the design names are taken', () => {
	const map =
		'https://shop.example=http://127.0.0.1:9001,http://*.web-platform.test:8000=http://127.0.0.1:8000,https://*=http://127.0.0.1:4999';
	assert.is(readConfig({ TANDEM_UPSTREAM_MAP: map }).config.upstreamMap, map);
});

test('an unknown TANDEM_ name is told, others are nobody’s business', () => {
	assert.equal(readConfig({ TANDEM_PROT: '1', HOME: '/' }).warnings, ['TANDEM_PROT is no setting of Tandem and is ignored.']);
});

test.run();
