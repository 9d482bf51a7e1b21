import type { Words } from '../words.ts'

/** Something on the way does not let the file through. */
export const NETWORK_DE: Words['network'] = {
  blocked:
    'Etwas zwischen Ihnen und uns, etwa eine Firewall oder ein Virenschutz, lässt Ihre Datei nicht durch.',
  tooLarge: 'Etwas zwischen Ihnen und uns weist Ihre Datei als zu groß ab, selbst in kleinen Teilen.',
  removed: 'Etwas zwischen Ihnen und uns entfernt Angaben, die für den Upload nötig sind.',
  mend: 'Versuchen Sie es mit einem anderen Netz, zum Beispiel mit mobilen Daten, oder mit einem anderen Gerät. Nichts geht verloren: Wir versuchen es weiter.',
  request: 'Anfrage',
}
