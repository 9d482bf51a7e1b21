import type { Words } from '../words.ts'

const FRESH_COPY =
  'Téléchargez une nouvelle copie auprès de votre société de tests ADN et choisissez-la sans l’ouvrir.'
const NOT_UNPACKED =
  'Choisissez le fichier .zip d’où il vient. Sur un Mac, Safari l’a peut-être mis dans la Corbeille ; sur un téléphone, il est à côté du fichier décompressé.'
const RAW_DATA =
  'Demandez les données brutes (« raw data », un fichier .zip) à votre société de tests ADN et choisissez ce fichier.'
const ACCEPTED_INSTEAD = 'Choisissez un fichier de {vendors}, si vous en avez un.'
const AGAIN =
  'Connectez-vous auprès de votre société de tests ADN et téléchargez de nouveau vos données brutes.'

/** What exactly was recognised, said so that the person knows it is about their own file. */
export const RECOGNISED_FR: Words['recognised'] = {
  raw_text_23andme: { what: 'Ce sont vos données 23andMe, mais déjà décompressées.', mend: NOT_UNPACKED },
  raw_text_ancestrydna: {
    what: 'Ce sont vos données AncestryDNA, mais déjà décompressées.',
    mend: NOT_UNPACKED,
  },
  raw_text_myheritage: {
    what: 'Ce sont vos données MyHeritage, mais déjà décompressées.',
    mend: NOT_UNPACKED,
  },
  raw_text: {
    what: 'C’est un fichier texte, pas un fichier .zip. Il a peut-être été décompressé.',
    mend: NOT_UNPACKED,
  },
  gzip: { what: 'C’est un fichier .gz. Il est compressé autrement qu’un fichier .zip.' },
  seven_zip: { what: 'C’est un fichier .7z. Il a été compressé avec un autre programme.' },
  rar: { what: 'C’est un fichier .rar. Il a été compressé avec un autre programme.' },
  xz: { what: 'C’est un fichier .xz. Il a été compressé avec un autre programme.' },
  bzip2: { what: 'C’est un fichier .bz2. Il a été compressé avec un autre programme.' },
  tar: { what: 'C’est un fichier .tar. Il a été compressé avec un autre programme.' },
  pdf: { what: 'C’est un PDF, peut-être un rapport.', mend: RAW_DATA },
  html: {
    what: 'C’est une page web enregistrée, pas vos données. Le lien de téléchargement était peut-être trop ancien.',
    mend: AGAIN,
  },
  xml: {
    what: 'Ce ne sont pas vos données, mais un court message d’un site web. Le lien de téléchargement était peut-être trop ancien.',
    mend: AGAIN,
  },
  json: {
    what: 'Ce fichier contient des réglages ou une liste, pas de données ADN brutes.',
    mend: RAW_DATA,
  },
  image: { what: 'C’est une image.', mend: RAW_DATA },
  office_document: {
    what: 'C’est un document bureautique, comme un tableau ou une lettre.',
    mend: RAW_DATA,
  },
  unknown_content: { what: 'Ce n’est pas un fichier .zip, et nous ne savons pas ce que c’est.' },
  truncated: { what: 'La fin de ce fichier .zip manque. Le téléchargement a été interrompu.' },
  checksum: { what: 'Une partie de ce fichier .zip a été endommagée en chemin vers vous.' },
  inflate_failed: {
    what: 'Ce fichier .zip ne se décompresse pas. Il a sans doute été endommagé au téléchargement.',
  },
  headers_disagree: {
    what: 'Les parties de ce fichier .zip ne concordent pas. Il a sans doute été endommagé au téléchargement.',
  },
  bomb: { what: 'Une fois décompressé, ce fichier .zip serait beaucoup trop gros.' },
  too_many_entries: { what: 'Ce fichier .zip contient beaucoup trop de fichiers.' },
  directory_too_large: { what: 'La liste du contenu de ce fichier .zip est beaucoup trop longue.' },
  unsafe_name: {
    what: 'Un fichier de ce .zip porte un nom qui n’est pas sûr. Nous n’ouvrons donc pas le .zip.',
  },
  overlapping: {
    what: 'Les fichiers de ce .zip se chevauchent. Nous n’ouvrons pas ce genre de fichier.',
  },
  hidden_data: {
    what: 'Ce fichier .zip contient des données supplémentaires qu’une société de tests ADN n’ajoute pas.',
  },
  special_file: { what: 'Ce fichier .zip contient quelque chose qui n’est pas un fichier ordinaire.' },
  nested_archive: { what: 'Il y a un autre fichier compressé dans ce fichier .zip.' },
  check_timeout: {
    what: 'La vérification de ce fichier .zip prenait trop de temps, nous l’avons arrêtée.',
  },
  repacked_macos: {
    what: 'Ce fichier .zip a été recompressé sur un Mac, ce n’est donc pas l’original.',
    mend: 'Cherchez le premier fichier .zip dans la Corbeille ou dans Téléchargements. S’il n’y est plus, téléchargez-le de nouveau, de préférence sans l’ouverture automatique des fichiers dans Safari.',
  },
  repacked_folder: {
    what: 'Ce fichier .zip contient un dossier : il a été recompressé et n’est pas l’original.',
  },
  extra_files: {
    what: 'Il y a d’autres fichiers dans ce .zip à côté de vos données ADN, ce n’est donc pas l’original.',
  },
  compression_method: {
    what: 'Ce fichier .zip a été compressé d’une façon inhabituelle, ce n’est donc pas l’original.',
  },
  zipped_twice: {
    what: 'Votre fichier .zip est dans un second fichier .zip.',
    mend: 'Décompressez-le une fois, puis choisissez le fichier .zip qui en sort.',
  },
  empty_archive: { what: 'Ce fichier .zip est vide.', mend: FRESH_COPY },
  gedcom: { what: 'C’est un arbre généalogique, pas des données ADN brutes.', mend: RAW_DATA },
  relatives: { what: 'C’est une liste d’apparentés, pas des données ADN brutes.', mend: RAW_DATA },
  segments: {
    what: 'C’est une liste de segments d’ADN en commun, pas des données ADN brutes.',
    mend: RAW_DATA,
  },
  match_list: {
    what: 'C’est une liste de correspondances ADN, pas des données ADN brutes.',
    mend: RAW_DATA,
  },
  promethease: { what: 'C’est un rapport Promethease, pas des données ADN brutes.', mend: RAW_DATA },
  header_only: {
    what: 'Ce fichier commence comme des données ADN brutes, mais il n’en contient pas.',
    mend: FRESH_COPY,
  },
  nothing_alike: { what: 'Rien dans ce fichier ne ressemble à des données ADN brutes.' },
  several_genotype_files: {
    what: 'Il y a plus d’un fichier ADN dans ce fichier .zip.',
    mend: 'Choisissez le fichier .zip d’une seule personne, tel que la société de tests ADN l’a donné.',
  },
  several_dropped: {
    what: 'Vous avez choisi plus d’un fichier.',
    mend: 'Choisissez un seul fichier .zip, s’il vous plaît.',
  },
  mergedna: { what: 'Ce fichier a été composé à partir de plusieurs fichiers ADN.', mend: ACCEPTED_INSTEAD },
  plink: {
    what: 'Ce fichier vient d’un programme de recherche (PLINK), pas d’une société de tests ADN.',
    mend: ACCEPTED_INSTEAD,
  },
  snps_tool: {
    what: 'Ce fichier vient d’un programme de conversion, pas d’une société de tests ADN.',
    mend: ACCEPTED_INSTEAD,
  },
  vcf: {
    what: 'C’est un fichier pour les laboratoires, pas les données brutes qu’il nous faut.',
    mend: RAW_DATA,
  },
  phased: {
    what: 'C’est un téléchargement spécial de votre société de tests ADN (« phased »), pas les données complètes.',
    mend: RAW_DATA,
  },
  y_only: {
    what: 'Ce fichier ne contient que la partie Y de votre ADN. Il nous faut tout.',
    mend: RAW_DATA,
  },
  mt_only: {
    what: 'Ce fichier ne contient que la partie maternelle (ADNmt) de votre ADN. Il nous faut tout.',
    mend: RAW_DATA,
  },
  single_chromosome: {
    what: 'Ce fichier ne contient qu’une partie de votre ADN. Il nous faut tout.',
    mend: RAW_DATA,
  },
  exome: {
    what: 'C’est une autre sorte de test ADN (un exome), pas les données brutes qu’il nous faut.',
    mend: RAW_DATA,
  },
  header_missing: {
    what: 'Les premières lignes de ce fichier manquent : nous ne savons pas de quelle société de tests ADN il vient.',
    mend: FRESH_COPY,
  },
  header_minimal: {
    what: 'Les premières lignes de ce fichier ne nomment aucune société de tests ADN.',
    mend: FRESH_COPY,
  },
  header_body_mismatch: {
    what: 'Les premières lignes de ce fichier nomment une société de tests ADN, mais les données en dessous sont différentes.',
    mend: FRESH_COPY,
  },
  byte_order_mark: {
    what: 'Ce fichier a été ouvert et réenregistré par un autre programme.',
    mend: FRESH_COPY,
  },
  utf16: { what: 'Ce fichier a été réenregistré dans un autre format de texte.', mend: FRESH_COPY },
  spreadsheet: {
    what: 'Ce fichier a été ouvert et enregistré dans un tableur, comme Excel.',
    mend: FRESH_COPY,
  },
  spaces_for_tabs: {
    what: 'Les espacements de ce fichier ont été changés par un autre programme.',
    mend: FRESH_COPY,
  },
  bad_rows: {
    what: 'Certaines lignes de ce fichier ne sont pas telles que votre société de tests ADN les écrit.',
    mend: FRESH_COPY,
  },
  mixed_chromosomes: {
    what: 'Les lignes de ce fichier sont dans un ordre inhabituel.',
    mend: FRESH_COPY,
  },
  nul_bytes: { what: 'Il y a dans ce fichier des caractères qui n’ont rien à y faire.', mend: FRESH_COPY },
  line_too_long: {
    what: 'Une ligne de ce fichier est beaucoup plus longue que la normale.',
    mend: FRESH_COPY,
  },
  unknown_rows: { what: 'Trop de lignes de ce fichier nous sont inconnues.', mend: FRESH_COPY },
  cut_off_row: { what: 'La dernière ligne de ce fichier est coupée, il manque donc des données.' },
  too_few_rows: { what: 'Il y a beaucoup moins de données dans ce fichier que dans un fichier complet.' },
  chromosomes_missing: { what: 'Il manque certaines parties de votre ADN dans ce fichier.' },
  build_38: {
    what: 'Ce fichier a été converti vers une numérotation plus récente que {partner} ne peut pas utiliser.',
  },
}
