import type { Words } from '../words.ts'

const FRESH_COPY = 'Descargue una copia nueva de la empresa de su prueba de ADN y elíjala sin abrirla.'
const NOT_UNPACKED =
  'Elija el archivo .zip en el que venía. En un Mac, Safari puede haberlo dejado en la Papelera; en un teléfono está junto al archivo descomprimido.'
const RAW_DATA =
  'Pida los datos sin procesar («raw data», un archivo .zip) a la empresa de su prueba de ADN y elija ese archivo.'
const ACCEPTED_INSTEAD = 'Elija un archivo de {vendors}, si tiene uno.'
const AGAIN = 'Inicie sesión en la empresa de su prueba de ADN y descargue otra vez sus datos sin procesar.'

/** What exactly was recognised, said so that the person knows it is about their own file. */
export const RECOGNISED_ES: Words['recognised'] = {
  raw_text_23andme: { what: 'Son sus datos de 23andMe, pero ya descomprimidos.', mend: NOT_UNPACKED },
  raw_text_ancestrydna: {
    what: 'Son sus datos de AncestryDNA, pero ya descomprimidos.',
    mend: NOT_UNPACKED,
  },
  raw_text_myheritage: { what: 'Son sus datos de MyHeritage, pero ya descomprimidos.', mend: NOT_UNPACKED },
  raw_text: {
    what: 'Esto es un archivo de texto, no un .zip. Puede que se descomprimiera.',
    mend: NOT_UNPACKED,
  },
  gzip: { what: 'Esto es un archivo .gz. Está comprimido de otra forma que un .zip.' },
  seven_zip: { what: 'Esto es un archivo .7z. Se comprimió con otro programa.' },
  rar: { what: 'Esto es un archivo .rar. Se comprimió con otro programa.' },
  xz: { what: 'Esto es un archivo .xz. Se comprimió con otro programa.' },
  bzip2: { what: 'Esto es un archivo .bz2. Se comprimió con otro programa.' },
  tar: { what: 'Esto es un archivo .tar. Se comprimió con otro programa.' },
  pdf: { what: 'Esto es un PDF, quizá un informe.', mend: RAW_DATA },
  html: {
    what: 'Esto es una página web guardada, no sus datos. Puede que el enlace de descarga fuera demasiado antiguo.',
    mend: AGAIN,
  },
  xml: {
    what: 'Esto no son sus datos, sino un mensaje corto de un sitio web. Puede que el enlace de descarga fuera demasiado antiguo.',
    mend: AGAIN,
  },
  json: { what: 'Este archivo tiene ajustes o una lista, no datos de ADN sin procesar.', mend: RAW_DATA },
  image: { what: 'Esto es una imagen.', mend: RAW_DATA },
  office_document: {
    what: 'Esto es un documento de oficina, como una hoja de cálculo o una carta.',
    mend: RAW_DATA,
  },
  unknown_content: { what: 'Esto no es un archivo .zip, y no sabemos qué es.' },
  truncated: { what: 'Falta el final de este archivo .zip. La descarga se interrumpió.' },
  checksum: { what: 'Una parte de este archivo .zip se dañó de camino a usted.' },
  inflate_failed: {
    what: 'Este archivo .zip no se puede descomprimir. Es probable que se dañara al descargarlo.',
  },
  headers_disagree: {
    what: 'Este archivo .zip tiene partes que no coinciden. Es probable que se dañara al descargarlo.',
  },
  bomb: { what: 'Descomprimido, este archivo .zip sería demasiado grande.' },
  too_many_entries: { what: 'Este archivo .zip contiene demasiados archivos.' },
  directory_too_large: { what: 'La lista de contenidos de este archivo .zip es demasiado larga.' },
  unsafe_name: { what: 'Un archivo de este .zip tiene un nombre poco seguro. Por eso no abrimos el .zip.' },
  overlapping: { what: 'Los archivos de este .zip se solapan. No abrimos archivos así.' },
  hidden_data: {
    what: 'En este archivo .zip hay datos adicionales que una empresa de pruebas de ADN no añade.',
  },
  special_file: { what: 'Este archivo .zip contiene algo que no es un archivo normal.' },
  nested_archive: { what: 'Dentro de este archivo .zip hay otro archivo comprimido.' },
  check_timeout: { what: 'Comprobar este archivo .zip tardaba demasiado, así que paramos.' },
  repacked_macos: {
    what: 'Este archivo .zip se volvió a comprimir en un Mac, así que no es el original.',
    mend: 'Busque el primer archivo .zip en la Papelera o en Descargas. Si ya no está, descárguelo otra vez, mejor sin «Abrir archivos “seguros”» en Safari.',
  },
  repacked_folder: {
    what: 'Este archivo .zip contiene una carpeta: se volvió a comprimir y no es el original.',
  },
  extra_files: {
    what: 'Además de sus datos de ADN hay otros archivos en este .zip, así que no es el original.',
  },
  compression_method: {
    what: 'Este archivo .zip se comprimió de una forma poco común, así que no es el original.',
  },
  zipped_twice: {
    what: 'Su archivo .zip está dentro de otro archivo .zip.',
    mend: 'Descomprímalo una vez y elija el archivo .zip que sale.',
  },
  empty_archive: { what: 'Este archivo .zip está vacío.', mend: FRESH_COPY },
  gedcom: { what: 'Esto es un árbol genealógico, no datos de ADN sin procesar.', mend: RAW_DATA },
  relatives: { what: 'Esto es una lista de parientes, no datos de ADN sin procesar.', mend: RAW_DATA },
  segments: {
    what: 'Esto es una lista de fragmentos de ADN compartidos, no datos de ADN sin procesar.',
    mend: RAW_DATA,
  },
  match_list: {
    what: 'Esto es una lista de coincidencias de ADN, no datos de ADN sin procesar.',
    mend: RAW_DATA,
  },
  promethease: {
    what: 'Esto es un informe de Promethease, no datos de ADN sin procesar.',
    mend: RAW_DATA,
  },
  header_only: {
    what: 'Este archivo empieza como unos datos de ADN, pero no hay datos dentro.',
    mend: FRESH_COPY,
  },
  nothing_alike: { what: 'Nada en este archivo se parece a datos de ADN sin procesar.' },
  several_genotype_files: {
    what: 'En este archivo .zip hay más de un archivo de ADN.',
    mend: 'Elija el archivo .zip de una sola persona, tal como lo dio la empresa de pruebas de ADN.',
  },
  several_dropped: {
    what: 'Eligió más de un archivo.',
    mend: 'Elija un solo archivo .zip, por favor.',
  },
  mergedna: { what: 'Este archivo se formó juntando varios archivos de ADN.', mend: ACCEPTED_INSTEAD },
  plink: {
    what: 'Este archivo lo hizo un programa de investigación (PLINK), no una empresa de pruebas de ADN.',
    mend: ACCEPTED_INSTEAD,
  },
  snps_tool: {
    what: 'Este archivo lo hizo un programa de conversión, no una empresa de pruebas de ADN.',
    mend: ACCEPTED_INSTEAD,
  },
  vcf: { what: 'Este es un archivo para laboratorios, no el que necesitamos.', mend: RAW_DATA },
  phased: {
    what: 'Esta es una descarga especial de la empresa de su prueba de ADN («phased»), no los datos completos.',
    mend: RAW_DATA,
  },
  y_only: { what: 'Este archivo solo tiene la parte Y de su ADN. Lo necesitamos todo.', mend: RAW_DATA },
  mt_only: {
    what: 'Este archivo solo tiene la parte materna (ADNmt) de su ADN. Lo necesitamos todo.',
    mend: RAW_DATA,
  },
  single_chromosome: {
    what: 'Este archivo solo tiene una parte de su ADN. Lo necesitamos todo.',
    mend: RAW_DATA,
  },
  exome: {
    what: 'Esta es otra clase de prueba de ADN (un exoma), no el archivo que necesitamos.',
    mend: RAW_DATA,
  },
  header_missing: {
    what: 'Faltan las primeras líneas de este archivo, así que no sabemos de qué empresa de pruebas de ADN viene.',
    mend: FRESH_COPY,
  },
  header_minimal: {
    what: 'Las primeras líneas de este archivo no nombran ninguna empresa de pruebas de ADN.',
    mend: FRESH_COPY,
  },
  header_body_mismatch: {
    what: 'Las primeras líneas de este archivo nombran una empresa de pruebas de ADN, pero los datos de abajo son distintos.',
    mend: FRESH_COPY,
  },
  byte_order_mark: { what: 'Otro programa abrió este archivo y lo volvió a guardar.', mend: FRESH_COPY },
  utf16: { what: 'Este archivo se volvió a guardar en otro formato de texto.', mend: FRESH_COPY },
  spreadsheet: {
    what: 'Este archivo se abrió y se guardó en una hoja de cálculo, como Excel.',
    mend: FRESH_COPY,
  },
  spaces_for_tabs: { what: 'Otro programa cambió los espacios de este archivo.', mend: FRESH_COPY },
  bad_rows: {
    what: 'Algunas líneas de este archivo no están como las escribe la empresa de su prueba de ADN.',
    mend: FRESH_COPY,
  },
  mixed_chromosomes: {
    what: 'Las líneas de este archivo están en un orden distinto del habitual.',
    mend: FRESH_COPY,
  },
  nul_bytes: { what: 'En este archivo hay caracteres que no deberían estar.', mend: FRESH_COPY },
  line_too_long: { what: 'Una línea de este archivo es mucho más larga de lo normal.', mend: FRESH_COPY },
  unknown_rows: { what: 'Demasiadas líneas de este archivo nos son desconocidas.', mend: FRESH_COPY },
  cut_off_row: { what: 'La última línea de este archivo está cortada, así que faltan datos.' },
  too_few_rows: { what: 'En este archivo hay muchos menos datos que en uno completo.' },
  chromosomes_missing: { what: 'En este archivo faltan algunas partes de su ADN.' },
  build_38: { what: 'Este archivo se convirtió a una numeración más nueva que {partner} no puede usar.' },
}
