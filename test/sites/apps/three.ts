// tests only (Node).
// three.js through an import map onto a CDN's origin: ES modules, WebGL, and its own controls and panel (lil-gui) as in its examples.
import { files, npm } from '../files.ts';
import type { Names, Site } from '../site.ts';

const page = (names: Names) => `<!DOCTYPE html>
<html lang="en">
	<head>
		<title>three.js webgl - geometry - cube</title>
		<meta charset="utf-8">
		<style>body { margin: 0; background: #000 } #info { position: absolute; top: 8px; width: 100%; text-align: center; color: #fff }</style>
		<script type="importmap">
			{ "imports": { "three": "${names.origin('cdn.example')}/build/three.module.js", "three/addons/": "${names.origin('cdn.example')}/examples/jsm/" } }
		</script>
	</head>
	<body>
		<div id="info">cube</div>
		<script type="module">
			import * as THREE from 'three';
			import { OrbitControls } from 'three/addons/controls/OrbitControls.js';
			import { GUI } from 'three/addons/libs/lil-gui.module.min.js';
			const renderer = new THREE.WebGLRenderer({ antialias: true });
			renderer.setSize(window.innerWidth, window.innerHeight);
			document.body.appendChild(renderer.domElement);
			const camera = new THREE.PerspectiveCamera(50, window.innerWidth / window.innerHeight, 0.1, 100);
			camera.position.z = 3;
			const scene = new THREE.Scene();
			const material = new THREE.MeshBasicMaterial({ color: 0xff0000 });
			const mesh = new THREE.Mesh(new THREE.BoxGeometry(1.4, 1.4, 1.4), material);
			scene.add(mesh);
			const info = document.getElementById('info');
			const draw = () => { renderer.render(scene, camera); info.textContent = 'drawn ' + renderer.info.render.triangles + ' triangles, azimuth ' + controls.getAzimuthalAngle().toFixed(1); };
			const controls = new OrbitControls(camera, renderer.domElement);
			controls.addEventListener('change', draw);
			const gui = new GUI();
			const settings = { colour: 'red', visible: true, recolour: () => { material.color.set('#00ff00'); draw(); } };
			gui.add(settings, 'visible').onChange((value) => { mesh.visible = value; draw(); });
			gui.add(settings, 'recolour');
			gui.add(settings, 'colour', ['red', 'blue']).onChange((value) => { material.color.set(value); draw(); });
			draw();
		</script>
	</body>
</html>`;

export const three: Site = {
	name: 'three',
	hosts: ['space.example', 'cdn.example'],
	path: '/',
	start: (names) => ({
		handlers: { 'space.example': files({ '/': { html: () => page(names) } }), 'cdn.example': files({ '/': npm('three') }, { cors: true }) },
	}),
	steps: [
		{ name: 'the cube is drawn', see: { css: '#info', text: 'drawn 12 triangles' } },
		{ name: 'it is red', see: { css: 'canvas', colour: [255, 0, 0] } },
		{ name: 'the panel stands', see: { css: '.lil-gui .name', text: 'recolour' } },
		{
			name: 'it is turned',
			act: (hand) => hand.drag('canvas', 120, 0),
			see: (document) => /azimuth -(0\.[1-9]|1\.)/.test(document.body.textContent ?? ''),
		},
		{ name: 'it vanishes', act: (hand) => hand.click('.lil-gui input[type=checkbox]'), see: { css: '#info', text: 'drawn 0 triangles' } },
		{ name: 'the picture is empty', see: { css: 'canvas', colour: [0, 0, 0] } },
		{
			name: 'it comes back',
			act: (hand) => hand.click('.lil-gui input[type=checkbox]'),
			see: { css: '#info', text: 'drawn 12 triangles' },
		},
		{ name: 'the panel folds', act: (hand) => hand.click('.lil-gui .title'), see: { css: '.lil-gui.closed' } },
	],
};
