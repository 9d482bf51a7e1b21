import type { Words } from '../words.ts'

/** Something on the way does not let the file through. */
export const NETWORK_NL: Words['network'] = {
  blocked: 'Iets tussen jou en ons, zoals een firewall of virusscanner, laat je bestand niet door.',
  tooLarge: 'Iets tussen jou en ons weigert je bestand omdat het te groot zou zijn, zelfs in kleine stukken.',
  removed: 'Iets tussen jou en ons verwijdert gegevens die nodig zijn voor het versturen.',
  mend: 'Probeer een ander netwerk, zoals mobiele data, of een ander apparaat. Er gaat niets verloren: we blijven het proberen.',
  request: 'Verzoek',
}
