import type { Words } from '../words.ts'

/** Each reason in two sentences: what happened, and what to do. */
export const REASONS_ES: Words['reasons'] = {
  file_too_large: {
    what: 'Este archivo ocupa más de {limit}. Un archivo de datos de ADN es más pequeño.',
    mend: 'Elija el archivo .zip que solo tiene sus datos sin procesar, no una copia completa de su cuenta.',
  },
  file_empty: {
    what: 'Este archivo está vacío.',
    mend: 'Descárguelo otra vez de la empresa de su prueba de ADN, espere a que termine y elija el nuevo.',
  },
  file_unreadable: {
    what: 'Su dispositivo no pudo abrir este archivo. Puede que siga en una nube como iCloud, Google Drive u OneDrive.',
    mend: 'Guárdelo primero en este dispositivo y después elíjalo desde ahí.',
  },
  not_a_zip: {
    what: 'Esto no es un archivo .zip.',
    mend: 'Elija el archivo .zip tal como se lo dio la empresa de su prueba de ADN. Si no lo encuentra, descárguelo otra vez.',
  },
  zip_damaged: {
    what: 'Este archivo .zip está dañado. Puede que la descarga se interrumpiera.',
    mend: 'Descárguelo otra vez de la empresa de su prueba de ADN, espere a que termine y elija el nuevo.',
  },
  zip_encrypted: {
    what: 'Este archivo .zip está protegido con una contraseña. Los de las empresas de pruebas de ADN no lo están.',
    mend: 'Elija el primer archivo .zip, el de antes de la contraseña. O descárguelo otra vez.',
  },
  zip_unsafe: {
    what: 'Este archivo .zip está hecho de una forma poco segura. Por eso no lo abrimos.',
    mend: 'Descárguelo otra vez de la empresa de su prueba de ADN y elija ese archivo sin cambiarlo.',
  },
  archive_modified: {
    what: 'Este archivo .zip no es el que hizo la empresa de su prueba de ADN. Se volvió a comprimir.',
    mend: 'Elija el primer archivo .zip que recibió. Si ya no lo tiene, descárguelo otra vez y no lo abra.',
  },
  no_genotypes: {
    what: 'En este archivo no hay datos de ADN sin procesar.',
    mend: 'Pida los datos sin procesar («raw data») a la empresa de su prueba de ADN y elija ese archivo .zip.',
  },
  several_files: {
    what: 'Aquí hay más de un archivo.',
    mend: 'Elija un solo archivo .zip, con los datos de una sola persona.',
  },
  vendor_unsupported: {
    what: 'Este tipo de archivo de ADN todavía no le sirve a {partner}.',
    mend: 'Elija un archivo de {vendors}, si tiene uno.',
  },
  format_unrecognized: {
    what: 'No pudimos saber de qué empresa de pruebas de ADN viene este archivo.',
    mend: 'Elija el archivo .zip exactamente como se lo dio {vendors}.',
  },
  file_modified: {
    what: 'Los datos que contiene cambiaron después de salir de la empresa de su prueba de ADN.',
    mend: 'Descargue una copia nueva y elíjala sin abrirla ni editarla.',
  },
  file_incomplete: {
    what: 'Falta una parte de los datos.',
    mend: 'Descárguelo otra vez de la empresa de su prueba de ADN, espere a que termine y elija el nuevo.',
  },
  build_unsupported: {
    what: 'Los datos que contiene son de un tipo que {partner} no puede usar.',
    mend: 'Descargue otra vez sus datos directamente de la empresa de su prueba de ADN, sin convertirlos.',
  },
  network_error: {
    what: 'Se cortó la conexión. Su archivo está bien.',
    mend: 'Revise su conexión a internet e inténtelo de nuevo. Si ya tenemos una parte, seguirá desde ahí.',
  },
  service_unavailable: {
    what: 'El servicio no puede recibir su archivo ahora mismo. No es culpa suya.',
    mend: 'Espere un minuto e inténtelo de nuevo con el mismo archivo.',
  },
  internal_error: {
    what: 'Algo falló por nuestra parte. Puede que su archivo esté bien.',
    mend: 'Inténtelo de nuevo. Si vuelve a pasar, avise y dé la referencia de abajo.',
  },
}
