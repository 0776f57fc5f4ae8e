// page: no DOM. protocol/errors.ts in German: what happened, and what to do about it.
import type { ReasonCode } from '../../protocol/errors.ts';

export const reasons: Readonly<Record<ReasonCode, { title: string; advice: string }>> = {
	'bad-request': { title: 'Diese Anfrage war nicht zu verstehen.', advice: 'Prüfen Sie die Eingabe und versuchen Sie es noch einmal.' },
	'bad-url': {
		title: 'Das ist keine Web-Adresse.',
		advice: 'Geben Sie einen Namen wie example.com ein oder eine Adresse, die mit http:// oder https:// beginnt.',
	},
	'private-entry': { title: 'Der Gastgeber gibt gerade etwas Vertrauliches ein.', advice: 'Es geht weiter, sobald er fertig ist.' },
	'bad-selector': {
		title: 'Das ist kein CSS-Selektor.',
		advice: 'Verbessern Sie ihn an der genannten Stelle und versuchen Sie es erneut.',
	},
	unauthorized: { title: 'Sie sind nicht angemeldet.', advice: 'Melden Sie sich an und versuchen Sie es noch einmal.' },
	forbidden: { title: 'Das dürfen Sie hier nicht.', advice: 'Fragen Sie den Gastgeber der Sitzung.' },
	'not-found': { title: 'Hier ist nichts.', advice: 'Prüfen Sie die Adresse, oder bitten Sie um einen neuen Link.' },
	'session-ended': { title: 'Diese Sitzung ist beendet.', advice: 'Bitten Sie um einen neuen Link.' },
	removed: {
		title: 'Sie gehören nicht mehr zu dieser Sitzung.',
		advice: 'Bitten Sie um einen neuen Link, falls das ein Versehen war.',
	},
	'label-revoked': {
		title: 'Diese Seite gehört zu einer Sitzung, die beendet ist.',
		advice: 'Schließen Sie sie, oder bitten Sie um einen neuen Link.',
	},
	'wrong-code': { title: 'Keine Sitzung hat diesen Code.', advice: 'Prüfen Sie die sechs Ziffern, oder bitten Sie um einen neuen Code.' },
	'too-many': { title: 'Das wurde zu oft versucht.', advice: 'Warten Sie eine Minute und versuchen Sie es noch einmal.' },
	'too-large': { title: 'Das ist zu groß.', advice: 'Senden Sie etwas Kleineres.' },
	'tab-limit': { title: 'Diese Sitzung hat so viele Tabs, wie sie haben darf.', advice: 'Schließen Sie erst einen Tab.' },
	'not-in-control': { title: 'Gerade steuert jemand anders.', advice: 'Bitten Sie erst um die Steuerung.' },
	'host-away': { title: 'Der Gastgeber dieses Tabs ist nicht da.', advice: 'Warten Sie, bis er zurück ist.' },
	'asset-only': {
		title: 'Ein Gast kann hier Bilder und Gestaltung laden, aber keine Seiten.',
		advice: 'Öffnen Sie stattdessen den Link, den Sie bekommen haben.',
	},
	'private-address': {
		title: 'Diese Adresse liegt in einem privaten Netz.',
		advice: 'Der Betreiber kann sie mit der Einstellung TANDEM_ALLOW_PRIVATE erlauben.',
	},
	'no-such-host': { title: 'Es gibt keine Website dieses Namens.', advice: 'Prüfen Sie die Schreibweise der Adresse.' },
	refused: {
		title: 'Die Website hat die Verbindung abgelehnt.',
		advice: 'Vielleicht ist sie gestört. Versuchen Sie es gleich noch einmal.',
	},
	'client-certificate': {
		title: 'Diese Seite verlangt ein Zertifikat von Ihnen.',
		advice:
			'Zertifikate bleiben in Ihrem eigenen Browser und gelten hier nicht: Öffnen Sie die Seite außerhalb der Sitzung, oder melden Sie sich anders an.',
	},
	'mixed-content': {
		title: 'Diese Seite kam über https und darf keinen unverschlüsselten Teil zeigen.',
		advice: 'Öffnen Sie den Teil für sich, oder bitten Sie den Betreiber, ihn über https anzubieten.',
	},
	'needs-password': {
		title: 'Diese Website fragt nach Name und Passwort.',
		advice: 'Beides geht nur an diese Website und bleibt in dieser Sitzung.',
	},
	'bad-certificate': {
		title: 'Das Zertifikat dieser Website ist nicht gültig.',
		advice: 'Geben Sie dort nichts Geheimes ein. Sagen Sie dem Betreiber der Website Bescheid.',
	},
	timeout: { title: 'Die Website hat zu lange nicht geantwortet.', advice: 'Versuchen Sie es gleich noch einmal.' },
	'broken-answer': { title: 'Die Antwort der Website war nicht lesbar.', advice: 'Versuchen Sie es gleich noch einmal.' },
	'redirect-loop': { title: 'Die Website hat zu oft weitergeleitet.', advice: 'Leeren Sie die Sitzung und versuchen Sie es noch einmal.' },
	pdf: {
		title: 'Diese Adresse ist ein PDF, keine Seite.',
		advice: 'Der Gastgeber kann es speichern und lesen; Gäste sehen es nicht.',
	},
	download: {
		title: 'Diese Adresse ist ein Download, keine Seite.',
		advice: 'Der Gastgeber kann die Datei speichern; Gäste bekommen sie nicht.',
	},
	unavailable: { title: 'Tandem kann gerade keine weitere Sitzung aufnehmen.', advice: 'Versuchen Sie es später noch einmal.' },
	internal: {
		title: 'Bei uns ist etwas schiefgegangen.',
		advice: 'Versuchen Sie es noch einmal; der Betreiber findet die Ursache im Protokoll.',
	},
};
