// build time only (Node).
// The dashboard is one entry with client-side routes. Everything it loads is a hashed file of its own: the app's CSP allows no inline script.
import { defineConfig } from 'vite';

export default defineConfig({
	root: import.meta.dirname,
	base: '/',
	build: {
		outDir: '../dist/dashboard',
		emptyOutDir: true,
		target: 'es2024',
		assetsInlineLimit: 0,
		modulePreload: { polyfill: false },
		reportCompressedSize: false,
	},
});
