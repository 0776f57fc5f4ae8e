// tests only (Node).
import * as assert from 'uvu/assert';
import { isChallenge } from '../../injector/sandbox/policies/challenges.ts';
import { suite } from '../harness.ts';

const test = suite('challenges');

test('the frames of robot checks are known by origin and path, and nothing beside them', () => {
	for (const url of [
		'https://www.google.com/recaptcha/api2/anchor?k=1',
		'https://www.recaptcha.net/recaptcha/enterprise/anchor',
		'https://newassets.hcaptcha.com/captcha/v1/x/static/hcaptcha.html',
		'https://challenges.cloudflare.com/cdn-cgi/challenge-platform/h/b/turnstile/',
		'https://client-api.arkoselabs.com/fc/gc/',
		'https://geo.captcha-delivery.com/captcha/?initialCid=1',
	])
		assert.ok(isChallenge(new URL(url).origin, new URL(url).pathname), url);
	for (const url of [
		'https://www.google.com/search?q=recaptcha',
		'http://www.google.com/recaptcha/',
		'https://google.com.example/recaptcha/',
		'https://hcaptcha.com.example/captcha/',
		'https://evil.example/recaptcha/',
		'https://www.hcaptcha.com/about',
	])
		assert.not(isChallenge(new URL(url).origin, new URL(url).pathname), url);
});

test.run();
