// page and tests: no DOM. A text as a QR code (ISO/IEC 18004), as the outline of its dark squares.
import { create } from 'qrcode';

/** An SVG path of the dark modules, one unit each, and the number of modules a side. A quiet zone of 4 belongs around it. */
export function qrSquares(text: string): { outline: string; size: number } {
	const { modules } = create(text, { errorCorrectionLevel: 'M' });
	const { size } = modules;
	let outline = '';
	for (let y = 0; y < size; y++) {
		for (let x = 0; x < size; x++) {
			if (!modules.get(y, x)) continue;
			let run = 1;
			while (x + run < size && modules.get(y, x + run)) run++;
			outline += `M${x} ${y}h${run}v1h-${run}z`;
			x += run;
		}
	}
	return { outline, size };
}
