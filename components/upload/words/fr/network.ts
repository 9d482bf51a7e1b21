import type { Words } from '../words.ts'

/** Something on the way does not let the file through. */
export const NETWORK_FR: Words['network'] = {
  blocked:
    'Quelque chose entre vous et nous, par exemple un pare-feu ou un antivirus, ne laisse pas passer votre fichier.',
  tooLarge:
    'Quelque chose entre vous et nous refuse votre fichier car il serait trop volumineux, même par petites parties.',
  removed: 'Quelque chose entre vous et nous supprime des informations nécessaires à l’envoi.',
  mend: 'Essayez un autre réseau, par exemple les données mobiles, ou un autre appareil. Rien n’est perdu : nous réessayons automatiquement.',
  request: 'Requête',
}
