import type { Words } from '../words.ts'

const FRESH_COPY =
  'Laden Sie die Datei bei Ihrem DNA-Anbieter neu herunter und wählen Sie sie, ohne sie zu öffnen.'
const NOT_UNPACKED =
  'Wählen Sie die .zip-Datei, in der sie war. Auf einem Mac hat Safari sie vielleicht in den Papierkorb gelegt; auf einem Telefon liegt sie neben der entpackten Datei.'
const RAW_DATA =
  'Fordern Sie bei Ihrem DNA-Anbieter „Rohdaten“ („raw data“, eine .zip-Datei) an und wählen Sie diese.'
const ACCEPTED_INSTEAD = 'Wählen Sie eine Datei von {vendors}, falls Sie eine haben.'
const AGAIN = 'Melden Sie sich bei Ihrem DNA-Anbieter an und laden Sie Ihre Rohdaten noch einmal herunter.'

/** What exactly was recognised, said so that the person knows it is about their own file. */
export const RECOGNISED_DE: Words['recognised'] = {
  raw_text_23andme: { what: 'Das sind Ihre Daten von 23andMe, aber schon entpackt.', mend: NOT_UNPACKED },
  raw_text_ancestrydna: {
    what: 'Das sind Ihre Daten von AncestryDNA, aber schon entpackt.',
    mend: NOT_UNPACKED,
  },
  raw_text_myheritage: {
    what: 'Das sind Ihre Daten von MyHeritage, aber schon entpackt.',
    mend: NOT_UNPACKED,
  },
  raw_text: {
    what: 'Das ist eine Textdatei, keine .zip-Datei. Vielleicht wurde sie entpackt.',
    mend: NOT_UNPACKED,
  },
  gzip: { what: 'Das ist eine .gz-Datei. Sie ist anders gepackt als eine .zip-Datei.' },
  seven_zip: { what: 'Das ist eine .7z-Datei. Sie wurde mit einem anderen Programm gepackt.' },
  rar: { what: 'Das ist eine .rar-Datei. Sie wurde mit einem anderen Programm gepackt.' },
  xz: { what: 'Das ist eine .xz-Datei. Sie wurde mit einem anderen Programm gepackt.' },
  bzip2: { what: 'Das ist eine .bz2-Datei. Sie wurde mit einem anderen Programm gepackt.' },
  tar: { what: 'Das ist eine .tar-Datei. Sie wurde mit einem anderen Programm gepackt.' },
  pdf: { what: 'Das ist ein PDF, vielleicht ein Bericht.', mend: RAW_DATA },
  html: {
    what: 'Das ist eine gespeicherte Webseite, nicht Ihre Daten. Vielleicht war der Link zum Herunterladen zu alt.',
    mend: AGAIN,
  },
  xml: {
    what: 'Das sind nicht Ihre Daten, sondern eine kurze Meldung einer Website. Vielleicht war der Link zum Herunterladen zu alt.',
    mend: AGAIN,
  },
  json: { what: 'In dieser Datei stehen Einstellungen oder eine Liste, keine DNA-Rohdaten.', mend: RAW_DATA },
  image: { what: 'Das ist ein Bild.', mend: RAW_DATA },
  office_document: {
    what: 'Das ist ein Office-Dokument, zum Beispiel eine Tabelle oder ein Brief.',
    mend: RAW_DATA,
  },
  unknown_content: { what: 'Das ist keine .zip-Datei, und wir wissen nicht, was es ist.' },
  truncated: { what: 'Das Ende dieser .zip-Datei fehlt. Das Herunterladen wurde unterbrochen.' },
  checksum: { what: 'Ein Teil dieser .zip-Datei wurde auf dem Weg zu Ihnen beschädigt.' },
  inflate_failed: {
    what: 'Diese .zip-Datei lässt sich nicht entpacken. Wahrscheinlich wurde sie beim Herunterladen beschädigt.',
  },
  headers_disagree: {
    what: 'Die Teile dieser .zip-Datei passen nicht zusammen. Wahrscheinlich wurde sie beim Herunterladen beschädigt.',
  },
  bomb: { what: 'Entpackt wäre diese .zip-Datei viel zu groß.' },
  too_many_entries: { what: 'In dieser .zip-Datei sind viel zu viele Dateien.' },
  directory_too_large: { what: 'Das Inhaltsverzeichnis dieser .zip-Datei ist viel zu lang.' },
  unsafe_name: {
    what: 'Eine Datei darin hat einen unsicheren Namen. Darum öffnen wir die .zip-Datei nicht.',
  },
  overlapping: { what: 'Die Dateien darin überlappen sich. So etwas öffnen wir nicht.' },
  hidden_data: { what: 'In dieser .zip-Datei sind zusätzliche Daten, die ein DNA-Anbieter nicht hinzufügt.' },
  special_file: { what: 'In dieser .zip-Datei ist etwas, das keine gewöhnliche Datei ist.' },
  nested_archive: { what: 'In dieser .zip-Datei steckt noch eine gepackte Datei.' },
  check_timeout: { what: 'Die Prüfung dieser .zip-Datei dauerte zu lange, darum haben wir aufgehört.' },
  repacked_macos: {
    what: 'Diese .zip-Datei wurde auf einem Mac neu gepackt und ist nicht das Original.',
    mend: 'Suchen Sie die erste .zip-Datei im Papierkorb oder unter „Downloads“. Ist sie weg, laden Sie sie noch einmal herunter, am besten ohne „Sichere Dateien öffnen“ in Safari.',
  },
  repacked_folder: {
    what: 'In dieser .zip-Datei ist ein Ordner. Sie wurde also neu gepackt und ist nicht das Original.',
  },
  extra_files: {
    what: 'Neben Ihren DNA-Daten sind noch andere Dateien darin. Diese .zip-Datei ist also nicht das Original.',
  },
  compression_method: {
    what: 'Diese .zip-Datei wurde auf ungewöhnliche Weise gepackt und ist nicht das Original.',
  },
  zipped_twice: {
    what: 'Ihre .zip-Datei steckt in einer zweiten .zip-Datei.',
    mend: 'Entpacken Sie sie einmal und wählen Sie dann die .zip-Datei, die herauskommt.',
  },
  empty_archive: { what: 'Diese .zip-Datei ist leer.', mend: FRESH_COPY },
  gedcom: { what: 'Das ist ein Stammbaum, keine DNA-Rohdaten.', mend: RAW_DATA },
  relatives: { what: 'Das ist eine Liste von Verwandten, keine DNA-Rohdaten.', mend: RAW_DATA },
  segments: { what: 'Das ist eine Liste gemeinsamer DNA-Abschnitte, keine DNA-Rohdaten.', mend: RAW_DATA },
  match_list: { what: 'Das ist eine Liste von DNA-Treffern, keine DNA-Rohdaten.', mend: RAW_DATA },
  promethease: { what: 'Das ist ein Bericht von Promethease, keine DNA-Rohdaten.', mend: RAW_DATA },
  header_only: {
    what: 'Diese Datei beginnt wie DNA-Rohdaten, aber es sind keine Daten darin.',
    mend: FRESH_COPY,
  },
  nothing_alike: { what: 'Nichts in dieser Datei sieht nach DNA-Rohdaten aus.' },
  several_genotype_files: {
    what: 'In dieser .zip-Datei ist mehr als eine DNA-Datei.',
    mend: 'Wählen Sie die .zip-Datei einer einzigen Person, genau so, wie der DNA-Anbieter sie gegeben hat.',
  },
  several_dropped: {
    what: 'Sie haben mehr als eine Datei gewählt.',
    mend: 'Bitte wählen Sie nur eine .zip-Datei.',
  },
  mergedna: { what: 'Diese Datei wurde aus mehreren DNA-Dateien zusammengesetzt.', mend: ACCEPTED_INSTEAD },
  plink: {
    what: 'Diese Datei stammt von einem Forschungsprogramm (PLINK), nicht von einem DNA-Anbieter.',
    mend: ACCEPTED_INSTEAD,
  },
  snps_tool: {
    what: 'Diese Datei stammt von einem Umwandlungsprogramm, nicht von einem DNA-Anbieter.',
    mend: ACCEPTED_INSTEAD,
  },
  vcf: { what: 'Das ist eine Datei für Labore, nicht die Rohdaten, die wir brauchen.', mend: RAW_DATA },
  phased: {
    what: 'Das ist ein besonderer Download Ihres DNA-Anbieters („phased“), nicht die vollständigen Rohdaten.',
    mend: RAW_DATA,
  },
  y_only: {
    what: 'In dieser Datei ist nur der Y-Teil Ihrer DNA. Wir brauchen alles.',
    mend: RAW_DATA,
  },
  mt_only: {
    what: 'In dieser Datei ist nur der mütterliche Teil (mtDNA) Ihrer DNA. Wir brauchen alles.',
    mend: RAW_DATA,
  },
  single_chromosome: {
    what: 'In dieser Datei ist nur ein Teil Ihrer DNA. Wir brauchen alles.',
    mend: RAW_DATA,
  },
  exome: {
    what: 'Das ist eine andere Art von DNA-Test (ein Exom), nicht die Rohdaten, die wir brauchen.',
    mend: RAW_DATA,
  },
  header_missing: {
    what: 'Die ersten Zeilen dieser Datei fehlen. Darum wissen wir nicht, von welchem DNA-Anbieter sie stammt.',
    mend: FRESH_COPY,
  },
  header_minimal: {
    what: 'Die ersten Zeilen dieser Datei nennen keinen DNA-Anbieter.',
    mend: FRESH_COPY,
  },
  header_body_mismatch: {
    what: 'Die ersten Zeilen dieser Datei nennen einen DNA-Anbieter, aber die Daten darunter sehen anders aus.',
    mend: FRESH_COPY,
  },
  byte_order_mark: {
    what: 'Diese Datei wurde von einem anderen Programm geöffnet und neu gespeichert.',
    mend: FRESH_COPY,
  },
  utf16: { what: 'Diese Datei wurde in einem anderen Textformat neu gespeichert.', mend: FRESH_COPY },
  spreadsheet: {
    what: 'Diese Datei wurde in einer Tabellenkalkulation wie Excel geöffnet und gespeichert.',
    mend: FRESH_COPY,
  },
  spaces_for_tabs: {
    what: 'Die Abstände in dieser Datei wurden von einem anderen Programm verändert.',
    mend: FRESH_COPY,
  },
  bad_rows: {
    what: 'Einige Zeilen in dieser Datei sind nicht so, wie Ihr DNA-Anbieter sie schreibt.',
    mend: FRESH_COPY,
  },
  mixed_chromosomes: {
    what: 'Die Zeilen in dieser Datei haben eine andere Reihenfolge als üblich.',
    mend: FRESH_COPY,
  },
  nul_bytes: { what: 'In dieser Datei sind Zeichen, die nicht hineingehören.', mend: FRESH_COPY },
  line_too_long: {
    what: 'Eine Zeile in dieser Datei ist viel länger, als sie sein sollte.',
    mend: FRESH_COPY,
  },
  unknown_rows: { what: 'Zu viele Zeilen in dieser Datei sind uns unbekannt.', mend: FRESH_COPY },
  cut_off_row: { what: 'Die letzte Zeile dieser Datei ist abgeschnitten, es fehlen also Daten.' },
  too_few_rows: { what: 'In dieser Datei sind viel weniger Daten als in einer vollständigen.' },
  chromosomes_missing: { what: 'In dieser Datei fehlen einige Teile Ihrer DNA.' },
  build_38: {
    what: 'Diese Datei wurde in eine neuere Zählweise umgewandelt, die {partner} nicht nutzen kann.',
  },
}
