import type { Words } from '../words.ts'

/** Something on the way does not let the file through. */
export const NETWORK_ES: Words['network'] = {
  blocked:
    'Algo entre usted y nosotros, por ejemplo un cortafuegos o un antivirus, no deja pasar su archivo.',
  tooLarge:
    'Algo entre usted y nosotros rechaza su archivo por ser demasiado grande, incluso en partes pequeñas.',
  removed: 'Algo entre usted y nosotros elimina datos que el envío necesita.',
  mend: 'Pruebe con otra red, por ejemplo los datos móviles, o con otro dispositivo. No se pierde nada: seguimos intentándolo.',
  request: 'Solicitud',
}
