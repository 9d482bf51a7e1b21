import type { Words } from '../words.ts'

const FRESH_COPY = 'Scarica una nuova copia dalla tua azienda del test del DNA e scegli quella senza aprirla.'
const NOT_UNPACKED =
  'Scegli il file .zip in cui si trovava. Su un Mac, Safari potrebbe averlo messo nel Cestino; su un telefono è accanto al file decompresso.'
const RAW_DATA =
  'Chiedi i dati grezzi («raw data», un file .zip) alla tua azienda del test del DNA e scegli quel file.'
const ACCEPTED_INSTEAD = 'Scegli un file di {vendors}, se ne hai uno.'
const AGAIN = 'Accedi alla tua azienda del test del DNA e scarica di nuovo i tuoi dati grezzi.'

/** What exactly was recognised, said so that the person knows it is about their own file. */
export const RECOGNISED_IT: Words['recognised'] = {
  raw_text_23andme: { what: 'Sono i tuoi dati di 23andMe, ma già decompressi.', mend: NOT_UNPACKED },
  raw_text_ancestrydna: {
    what: 'Sono i tuoi dati di AncestryDNA, ma già decompressi.',
    mend: NOT_UNPACKED,
  },
  raw_text_myheritage: { what: 'Sono i tuoi dati di MyHeritage, ma già decompressi.', mend: NOT_UNPACKED },
  raw_text: {
    what: 'Questo è un file di testo, non un file .zip. Forse è stato decompresso.',
    mend: NOT_UNPACKED,
  },
  gzip: { what: 'Questo è un file .gz. È compresso in modo diverso da un file .zip.' },
  seven_zip: { what: 'Questo è un file .7z. È stato compresso con un altro programma.' },
  rar: { what: 'Questo è un file .rar. È stato compresso con un altro programma.' },
  xz: { what: 'Questo è un file .xz. È stato compresso con un altro programma.' },
  bzip2: { what: 'Questo è un file .bz2. È stato compresso con un altro programma.' },
  tar: { what: 'Questo è un file .tar. È stato compresso con un altro programma.' },
  pdf: { what: 'Questo è un PDF, forse un rapporto.', mend: RAW_DATA },
  html: {
    what: 'Questa è una pagina web salvata, non i tuoi dati. Forse il link per il download era troppo vecchio.',
    mend: AGAIN,
  },
  xml: {
    what: 'Questi non sono i tuoi dati, ma un breve messaggio di un sito. Forse il link per il download era troppo vecchio.',
    mend: AGAIN,
  },
  json: {
    what: 'Questo file contiene impostazioni o un elenco, non dati grezzi del DNA.',
    mend: RAW_DATA,
  },
  image: { what: 'Questa è un’immagine.', mend: RAW_DATA },
  office_document: {
    what: 'Questo è un documento da ufficio, come un foglio di calcolo o una lettera.',
    mend: RAW_DATA,
  },
  unknown_content: { what: 'Questo non è un file .zip, e non sappiamo che cosa sia.' },
  truncated: { what: 'Manca la fine di questo file .zip. Il download si è interrotto.' },
  checksum: { what: 'Una parte di questo file .zip si è danneggiata lungo la strada.' },
  inflate_failed: {
    what: 'Questo file .zip non si può decomprimere. Probabilmente si è danneggiato durante il download.',
  },
  headers_disagree: {
    what: 'Questo file .zip ha parti che non corrispondono. Probabilmente si è danneggiato durante il download.',
  },
  bomb: { what: 'Una volta decompresso, questo file .zip sarebbe troppo grande.' },
  too_many_entries: { what: 'Questo file .zip contiene troppi file.' },
  directory_too_large: { what: 'L’elenco dei contenuti di questo file .zip è troppo lungo.' },
  unsafe_name: { what: 'Un file in questo .zip ha un nome non sicuro. Per questo non apriamo il file .zip.' },
  overlapping: { what: 'I file in questo .zip si sovrappongono. Così non li apriamo.' },
  hidden_data: {
    what: 'Questo file .zip contiene dati aggiuntivi che un’azienda del test del DNA non aggiunge.',
  },
  special_file: { what: 'Questo file .zip contiene qualcosa che non è un file normale.' },
  nested_archive: { what: 'In questo file .zip c’è un altro file compresso.' },
  check_timeout: { what: 'Il controllo di questo file .zip durava troppo, quindi l’abbiamo fermato.' },
  repacked_macos: {
    what: 'Questo file .zip è stato compresso di nuovo su un Mac, quindi non è l’originale.',
    mend: 'Cerca il primo file .zip nel Cestino o in Download. Se non c’è più, scaricalo di nuovo, meglio senza «Apri doc. “sicuri”» in Safari.',
  },
  repacked_folder: {
    what: 'Questo file .zip contiene una cartella: è stato compresso di nuovo e non è l’originale.',
  },
  extra_files: {
    what: 'In questo .zip ci sono altri file oltre ai tuoi dati del DNA, quindi non è l’originale.',
  },
  compression_method: {
    what: 'Questo file .zip è stato compresso in modo insolito, quindi non è l’originale.',
  },
  zipped_twice: {
    what: 'Il tuo file .zip è dentro un secondo file .zip.',
    mend: 'Decomprimilo una volta, poi scegli il file .zip che ne esce.',
  },
  empty_archive: { what: 'Questo file .zip è vuoto.', mend: FRESH_COPY },
  gedcom: { what: 'Questo è un albero genealogico, non dati grezzi del DNA.', mend: RAW_DATA },
  relatives: { what: 'Questo è un elenco di parenti, non dati grezzi del DNA.', mend: RAW_DATA },
  segments: {
    what: 'Questo è un elenco di tratti di DNA in comune, non dati grezzi del DNA.',
    mend: RAW_DATA,
  },
  match_list: {
    what: 'Questo è un elenco di corrispondenze del DNA, non dati grezzi del DNA.',
    mend: RAW_DATA,
  },
  promethease: { what: 'Questo è un rapporto di Promethease, non dati grezzi del DNA.', mend: RAW_DATA },
  header_only: {
    what: 'Questo file comincia come dati grezzi del DNA, ma dentro non ci sono dati.',
    mend: FRESH_COPY,
  },
  nothing_alike: { what: 'Niente in questo file somiglia a dati grezzi del DNA.' },
  several_genotype_files: {
    what: 'In questo file .zip c’è più di un file del DNA.',
    mend: 'Scegli il file .zip di una sola persona, così come l’ha dato l’azienda del test del DNA.',
  },
  several_dropped: { what: 'Hai scelto più di un file.', mend: 'Scegli un solo file .zip.' },
  mergedna: { what: 'Questo file è stato composto da più file del DNA.', mend: ACCEPTED_INSTEAD },
  plink: {
    what: 'Questo file viene da un programma di ricerca (PLINK), non da un’azienda del test del DNA.',
    mend: ACCEPTED_INSTEAD,
  },
  snps_tool: {
    what: 'Questo file viene da un programma di conversione, non da un’azienda del test del DNA.',
    mend: ACCEPTED_INSTEAD,
  },
  vcf: { what: 'Questo è un file per laboratori, non i dati grezzi che ci servono.', mend: RAW_DATA },
  phased: {
    what: 'Questo è un download speciale della tua azienda del test del DNA («phased»), non i dati completi.',
    mend: RAW_DATA,
  },
  y_only: {
    what: 'Questo file contiene solo la parte Y del tuo DNA. Ci serve tutto.',
    mend: RAW_DATA,
  },
  mt_only: {
    what: 'Questo file contiene solo la parte materna (mtDNA) del tuo DNA. Ci serve tutto.',
    mend: RAW_DATA,
  },
  single_chromosome: {
    what: 'Questo file contiene solo una parte del tuo DNA. Ci serve tutto.',
    mend: RAW_DATA,
  },
  exome: {
    what: 'Questo è un altro tipo di test del DNA (un esoma), non i dati grezzi che ci servono.',
    mend: RAW_DATA,
  },
  header_missing: {
    what: 'Mancano le prime righe di questo file, quindi non sappiamo da quale azienda del test del DNA viene.',
    mend: FRESH_COPY,
  },
  header_minimal: {
    what: 'Le prime righe di questo file non nominano nessuna azienda del test del DNA.',
    mend: FRESH_COPY,
  },
  header_body_mismatch: {
    what: 'Le prime righe di questo file nominano un’azienda del test del DNA, ma i dati sotto sono diversi.',
    mend: FRESH_COPY,
  },
  byte_order_mark: {
    what: 'Questo file è stato aperto e salvato di nuovo da un altro programma.',
    mend: FRESH_COPY,
  },
  utf16: { what: 'Questo file è stato salvato di nuovo in un altro formato di testo.', mend: FRESH_COPY },
  spreadsheet: {
    what: 'Questo file è stato aperto e salvato in un foglio di calcolo, come Excel.',
    mend: FRESH_COPY,
  },
  spaces_for_tabs: {
    what: 'Gli spazi in questo file sono stati cambiati da un altro programma.',
    mend: FRESH_COPY,
  },
  bad_rows: {
    what: 'Alcune righe di questo file non sono come le scrive la tua azienda del test del DNA.',
    mend: FRESH_COPY,
  },
  mixed_chromosomes: {
    what: 'Le righe di questo file sono in un ordine diverso dal solito.',
    mend: FRESH_COPY,
  },
  nul_bytes: { what: 'In questo file ci sono caratteri che non dovrebbero esserci.', mend: FRESH_COPY },
  line_too_long: { what: 'Una riga di questo file è molto più lunga del dovuto.', mend: FRESH_COPY },
  unknown_rows: { what: 'Troppe righe di questo file ci sono sconosciute.', mend: FRESH_COPY },
  cut_off_row: { what: 'L’ultima riga di questo file è tagliata, quindi mancano dei dati.' },
  too_few_rows: { what: 'In questo file ci sono molti meno dati che in uno completo.' },
  chromosomes_missing: { what: 'In questo file mancano alcune parti del tuo DNA.' },
  build_38: {
    what: 'Questo file è stato convertito in una numerazione più nuova che {partner} non può usare.',
  },
}
