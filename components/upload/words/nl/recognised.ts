import type { Words } from '../words.ts'

const FRESH_COPY = 'Download een nieuw exemplaar bij je DNA-testbedrijf en kies dat zonder het te openen.'
const NOT_UNPACKED =
  'Kies het .zip-bestand waar het in zat. Op een Mac kan Safari het in de prullenmand hebben gelegd; op een telefoon staat het naast het uitgepakte bestand.'
const RAW_DATA =
  'Vraag je DNA-testbedrijf om “raw data” (ruwe gegevens, een .zip-bestand) en kies dat bestand.'
const ACCEPTED_INSTEAD = 'Kies een bestand van {vendors}, als je er een hebt.'
const AGAIN = 'Log in bij je DNA-testbedrijf en download je ruwe gegevens opnieuw.'

/** What exactly was recognised, said so that the person knows it is about their own file. */
export const RECOGNISED_NL: Words['recognised'] = {
  raw_text_23andme: { what: 'Dit zijn je gegevens van 23andMe, maar al uitgepakt.', mend: NOT_UNPACKED },
  raw_text_ancestrydna: {
    what: 'Dit zijn je gegevens van AncestryDNA, maar al uitgepakt.',
    mend: NOT_UNPACKED,
  },
  raw_text_myheritage: {
    what: 'Dit zijn je gegevens van MyHeritage, maar al uitgepakt.',
    mend: NOT_UNPACKED,
  },
  raw_text: {
    what: 'Dit is een tekstbestand, geen .zip-bestand. Misschien is het uitgepakt.',
    mend: NOT_UNPACKED,
  },
  gzip: { what: 'Dit is een .gz-bestand. Het is anders ingepakt dan een .zip-bestand.' },
  seven_zip: { what: 'Dit is een .7z-bestand. Het is met een ander programma ingepakt.' },
  rar: { what: 'Dit is een .rar-bestand. Het is met een ander programma ingepakt.' },
  xz: { what: 'Dit is een .xz-bestand. Het is met een ander programma ingepakt.' },
  bzip2: { what: 'Dit is een .bz2-bestand. Het is met een ander programma ingepakt.' },
  tar: { what: 'Dit is een .tar-bestand. Het is met een ander programma ingepakt.' },
  pdf: { what: 'Dit is een pdf, misschien een rapport.', mend: RAW_DATA },
  html: {
    what: 'Dit is een opgeslagen webpagina, niet je gegevens. Misschien was de downloadlink te oud.',
    mend: AGAIN,
  },
  xml: {
    what: 'Dit zijn niet je gegevens, maar een korte melding van een website. Misschien was de downloadlink te oud.',
    mend: AGAIN,
  },
  json: {
    what: 'In dit bestand staan instellingen of een lijst, geen ruwe DNA-gegevens.',
    mend: RAW_DATA,
  },
  image: { what: 'Dit is een afbeelding.', mend: RAW_DATA },
  office_document: {
    what: 'Dit is een kantoordocument, zoals een spreadsheet of een brief.',
    mend: RAW_DATA,
  },
  unknown_content: { what: 'Dit is geen .zip-bestand, en we weten niet wat het wel is.' },
  truncated: { what: 'Het einde van dit .zip-bestand ontbreekt. Het downloaden is onderbroken.' },
  checksum: { what: 'Een deel van dit .zip-bestand is onderweg naar jou beschadigd.' },
  inflate_failed: {
    what: 'Dit .zip-bestand kan niet worden uitgepakt. Waarschijnlijk is het bij het downloaden beschadigd.',
  },
  headers_disagree: {
    what: 'De delen van dit .zip-bestand passen niet bij elkaar. Waarschijnlijk is het bij het downloaden beschadigd.',
  },
  bomb: { what: 'Uitgepakt zou dit .zip-bestand veel te groot zijn.' },
  too_many_entries: { what: 'Er zitten veel te veel bestanden in dit .zip-bestand.' },
  directory_too_large: { what: 'De inhoudslijst van dit .zip-bestand is veel te lang.' },
  unsafe_name: { what: 'Een bestand in deze .zip heeft een onveilige naam. Daarom openen we de .zip niet.' },
  overlapping: { what: 'De bestanden in deze .zip overlappen elkaar. Zulke bestanden openen we niet.' },
  hidden_data: { what: 'In dit .zip-bestand staan extra gegevens die een DNA-testbedrijf niet toevoegt.' },
  special_file: { what: 'In dit .zip-bestand zit iets dat geen gewoon bestand is.' },
  nested_archive: { what: 'In dit .zip-bestand zit nog een ingepakt bestand.' },
  check_timeout: { what: 'Het controleren van dit .zip-bestand duurde te lang, dus zijn we gestopt.' },
  repacked_macos: {
    what: 'Dit .zip-bestand is op een Mac opnieuw ingepakt en is dus niet het origineel.',
    mend: 'Zoek het eerste .zip-bestand in de prullenmand of in Downloads. Is het weg, download het dan opnieuw, liefst zonder “Open ‘veilige’ bestanden” in Safari.',
  },
  repacked_folder: {
    what: 'In dit .zip-bestand zit een map: het is opnieuw ingepakt en is niet het origineel.',
  },
  extra_files: {
    what: 'Naast je DNA-gegevens zitten er andere bestanden in deze .zip, dus het is niet het origineel.',
  },
  compression_method: {
    what: 'Dit .zip-bestand is op een ongewone manier ingepakt, dus het is niet het origineel.',
  },
  zipped_twice: {
    what: 'Je .zip-bestand zit in een tweede .zip-bestand.',
    mend: 'Pak het één keer uit en kies dan het .zip-bestand dat eruit komt.',
  },
  empty_archive: { what: 'Dit .zip-bestand is leeg.', mend: FRESH_COPY },
  gedcom: { what: 'Dit is een stamboom, geen ruwe DNA-gegevens.', mend: RAW_DATA },
  relatives: { what: 'Dit is een lijst van familieleden, geen ruwe DNA-gegevens.', mend: RAW_DATA },
  segments: {
    what: 'Dit is een lijst van gedeelde stukken DNA, geen ruwe DNA-gegevens.',
    mend: RAW_DATA,
  },
  match_list: { what: 'Dit is een lijst van DNA-matches, geen ruwe DNA-gegevens.', mend: RAW_DATA },
  promethease: {
    what: 'Dit is een rapport van Promethease, geen ruwe DNA-gegevens.',
    mend: RAW_DATA,
  },
  header_only: {
    what: 'Dit bestand begint als ruwe DNA-gegevens, maar er staan geen gegevens in.',
    mend: FRESH_COPY,
  },
  nothing_alike: { what: 'Niets in dit bestand lijkt op ruwe DNA-gegevens.' },
  several_genotype_files: {
    what: 'Er zit meer dan één DNA-bestand in dit .zip-bestand.',
    mend: 'Kies het .zip-bestand van één persoon, precies zoals het DNA-testbedrijf het gaf.',
  },
  several_dropped: { what: 'Je koos meer dan één bestand.', mend: 'Kies maar één .zip-bestand.' },
  mergedna: { what: 'Dit bestand is uit meerdere DNA-bestanden samengesteld.', mend: ACCEPTED_INSTEAD },
  plink: {
    what: 'Dit bestand is gemaakt door een onderzoeksprogramma (PLINK), niet door een DNA-testbedrijf.',
    mend: ACCEPTED_INSTEAD,
  },
  snps_tool: {
    what: 'Dit bestand is gemaakt door een omzetprogramma, niet door een DNA-testbedrijf.',
    mend: ACCEPTED_INSTEAD,
  },
  vcf: {
    what: 'Dit is een bestand voor laboratoria, niet de ruwe gegevens die we nodig hebben.',
    mend: RAW_DATA,
  },
  phased: {
    what: 'Dit is een speciale download van je DNA-testbedrijf (“phased”), niet de volledige gegevens.',
    mend: RAW_DATA,
  },
  y_only: {
    what: 'In dit bestand zit alleen het Y-deel van je DNA. We hebben alles nodig.',
    mend: RAW_DATA,
  },
  mt_only: {
    what: 'In dit bestand zit alleen het moederlijke deel (mtDNA) van je DNA. We hebben alles nodig.',
    mend: RAW_DATA,
  },
  single_chromosome: {
    what: 'In dit bestand zit maar een deel van je DNA. We hebben alles nodig.',
    mend: RAW_DATA,
  },
  exome: {
    what: 'Dit is een ander soort DNA-test (een exoom), niet de ruwe gegevens die we nodig hebben.',
    mend: RAW_DATA,
  },
  header_missing: {
    what: 'De eerste regels van dit bestand ontbreken, dus we weten niet van welk DNA-testbedrijf het komt.',
    mend: FRESH_COPY,
  },
  header_minimal: {
    what: 'De eerste regels van dit bestand noemen geen DNA-testbedrijf.',
    mend: FRESH_COPY,
  },
  header_body_mismatch: {
    what: 'De eerste regels van dit bestand noemen een DNA-testbedrijf, maar de gegevens eronder zien er anders uit.',
    mend: FRESH_COPY,
  },
  byte_order_mark: {
    what: 'Dit bestand is door een ander programma geopend en opnieuw bewaard.',
    mend: FRESH_COPY,
  },
  utf16: { what: 'Dit bestand is in een andere tekstindeling opnieuw bewaard.', mend: FRESH_COPY },
  spreadsheet: {
    what: 'Dit bestand is geopend en bewaard in een spreadsheet, zoals Excel.',
    mend: FRESH_COPY,
  },
  spaces_for_tabs: {
    what: 'De spaties in dit bestand zijn door een ander programma veranderd.',
    mend: FRESH_COPY,
  },
  bad_rows: {
    what: 'Sommige regels in dit bestand zijn niet zoals je DNA-testbedrijf ze schrijft.',
    mend: FRESH_COPY,
  },
  mixed_chromosomes: {
    what: 'De regels in dit bestand staan in een andere volgorde dan anders.',
    mend: FRESH_COPY,
  },
  nul_bytes: { what: 'Er staan tekens in dit bestand die er niet horen.', mend: FRESH_COPY },
  line_too_long: { what: 'Een regel in dit bestand is veel langer dan hij hoort te zijn.', mend: FRESH_COPY },
  unknown_rows: { what: 'Te veel regels in dit bestand kennen we niet.', mend: FRESH_COPY },
  cut_off_row: { what: 'De laatste regel van dit bestand is afgekapt, dus er ontbreken gegevens.' },
  too_few_rows: { what: 'Er staan veel minder gegevens in dit bestand dan in een compleet bestand.' },
  chromosomes_missing: { what: 'Sommige delen van je DNA ontbreken in dit bestand.' },
  build_38: {
    what: 'Dit bestand is omgezet naar een nieuwere nummering die {partner} niet kan gebruiken.',
  },
}
