import type { Words } from '../words.ts'

/** Something on the way does not let the file through. */
export const NETWORK_IT: Words['network'] = {
  blocked: 'Qualcosa tra te e noi, per esempio un firewall o un antivirus, non lascia passare il tuo file.',
  tooLarge: 'Qualcosa tra te e noi rifiuta il tuo file perché troppo grande, anche a piccole parti.',
  removed: 'Qualcosa tra te e noi elimina informazioni necessarie all’invio.',
  mend: 'Prova con un’altra rete, per esempio i dati mobili, o con un altro dispositivo. Non si perde niente: continuiamo a provare.',
  request: 'Richiesta',
}
