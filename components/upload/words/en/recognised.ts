import type { Words } from '../words.ts'

const FRESH_COPY = 'Download a fresh copy from your DNA company and choose that one without opening it.'
const NOT_UNPACKED =
  'Choose the .zip file it came in. On a Mac, Safari may have moved it to the Trash; on a phone it is next to the unzipped file.'
const RAW_DATA = 'Ask your DNA company for “raw data” (a .zip file) and choose that one.'
const ACCEPTED_INSTEAD = 'Choose a file from {vendors}, if you have one.'

/** What exactly was recognised, worded so that people recognise their own file. */
export const RECOGNISED_EN: Words['recognised'] = {
  raw_text_23andme: { what: 'This is your 23andMe data, but already unzipped.', mend: NOT_UNPACKED },
  raw_text_ancestrydna: { what: 'This is your AncestryDNA data, but already unzipped.', mend: NOT_UNPACKED },
  raw_text_myheritage: { what: 'This is your MyHeritage data, but already unzipped.', mend: NOT_UNPACKED },
  raw_text: { what: 'This is a text file, not a .zip file. It may have been unzipped.', mend: NOT_UNPACKED },
  gzip: { what: 'This is a .gz file. It is compressed differently from a .zip file.' },
  seven_zip: { what: 'This is a .7z file. It was compressed with another program.' },
  rar: { what: 'This is a .rar file. It was compressed with another program.' },
  xz: { what: 'This is an .xz file. It was compressed with another program.' },
  bzip2: { what: 'This is a .bz2 file. It was compressed with another program.' },
  tar: { what: 'This is a .tar file. It was compressed with another program.' },
  pdf: { what: 'This is a PDF, perhaps a report.', mend: RAW_DATA },
  html: {
    what: 'This is a saved web page, not your data. The download link may have been too old.',
    mend: 'Sign in to your DNA company and download your raw data again.',
  },
  xml: {
    what: 'This is not your data but a short message from a website. The download link may have been too old.',
    mend: 'Sign in to your DNA company and download your raw data again.',
  },
  json: { what: 'This file holds settings or a list, not raw DNA data.', mend: RAW_DATA },
  image: { what: 'This is a picture.', mend: RAW_DATA },
  office_document: { what: 'This is an office document, such as a spreadsheet or a letter.', mend: RAW_DATA },
  unknown_content: { what: 'This is not a .zip file, and we do not know what it is.' },
  truncated: { what: 'The end of this .zip file is missing. The download was interrupted.' },
  checksum: { what: 'Part of this .zip file was damaged on its way to you.' },
  inflate_failed: { what: 'This .zip file cannot be unzipped. The download was probably damaged.' },
  headers_disagree: { what: 'Parts of this .zip file do not match. The download was probably damaged.' },
  bomb: { what: 'This .zip file would unzip to something far too large.' },
  too_many_entries: { what: 'This .zip file holds far too many files.' },
  directory_too_large: { what: 'The list of contents of this .zip file is far too long.' },
  unsafe_name: { what: 'A file inside this .zip file has an unsafe name, so we do not open the .zip file.' },
  overlapping: { what: 'The files inside this .zip file overlap. We do not open such files.' },
  hidden_data: { what: 'This .zip file contains extra data that a DNA company does not add.' },
  special_file: { what: 'This .zip file holds something that is not an ordinary file.' },
  nested_archive: { what: 'There is another compressed file inside this .zip file.' },
  check_timeout: { what: 'Checking this .zip file took too long, so we stopped.' },
  repacked_macos: {
    what: 'This .zip file was zipped again on a Mac, so it is not the original.',
    mend: 'Look for the first .zip file in the Trash or in Downloads. If it is gone, download it again, preferably with “Open safe files” switched off in Safari.',
  },
  repacked_folder: {
    what: 'This .zip file holds a folder, so it was zipped again and is not the original.',
  },
  extra_files: {
    what: 'There are other files in this .zip file besides your DNA data, so it is not the original.',
  },
  compression_method: {
    what: 'This .zip file was compressed in an unusual way, so it is not the original.',
  },
  zipped_twice: {
    what: 'Your .zip file was put into a second .zip file.',
    mend: 'Unzip it once, then choose the .zip file that comes out.',
  },
  empty_archive: { what: 'This .zip file is empty.', mend: FRESH_COPY },
  gedcom: { what: 'This is a family tree, not raw DNA data.', mend: RAW_DATA },
  relatives: { what: 'This is a list of relatives, not raw DNA data.', mend: RAW_DATA },
  segments: { what: 'This is a list of shared DNA pieces, not raw DNA data.', mend: RAW_DATA },
  match_list: { what: 'This is a list of DNA matches, not raw DNA data.', mend: RAW_DATA },
  promethease: { what: 'This is a Promethease report, not raw DNA data.', mend: RAW_DATA },
  header_only: { what: 'This file begins like raw DNA data, but there is no data in it.', mend: FRESH_COPY },
  nothing_alike: { what: 'Nothing in this file looks like raw DNA data.' },
  several_genotype_files: {
    what: 'There is more than one DNA file in this .zip file.',
    mend: 'Choose the .zip file of one person, just as the DNA company gave it to you.',
  },
  several_dropped: { what: 'You chose more than one file.', mend: 'Please choose just one .zip file.' },
  mergedna: { what: 'This file was put together from several DNA files.', mend: ACCEPTED_INSTEAD },
  plink: {
    what: 'This file was made by a research program (PLINK), not by a DNA company.',
    mend: ACCEPTED_INSTEAD,
  },
  snps_tool: {
    what: 'This file was made by a conversion program, not by a DNA company.',
    mend: ACCEPTED_INSTEAD,
  },
  vcf: {
    what: 'This is a file for laboratories, not the raw data file we need.',
    mend: RAW_DATA,
  },
  phased: {
    what: 'This is a special download from your DNA company (“phased” data), not the full raw data.',
    mend: RAW_DATA,
  },
  y_only: { what: 'This file holds only the Y part of your DNA. We need all of it.', mend: RAW_DATA },
  mt_only: {
    what: 'This file holds only the maternal part (mtDNA) of your DNA. We need all of it.',
    mend: RAW_DATA,
  },
  single_chromosome: {
    what: 'This file holds only one part of your DNA. We need all of it.',
    mend: RAW_DATA,
  },
  exome: {
    what: 'This is another kind of DNA test (an exome), not the raw data file we need.',
    mend: RAW_DATA,
  },
  header_missing: {
    what: 'The first lines of this file are missing, so we cannot tell which DNA company it comes from.',
    mend: FRESH_COPY,
  },
  header_minimal: {
    what: 'The first lines of this file do not name a DNA company.',
    mend: FRESH_COPY,
  },
  header_body_mismatch: {
    what: 'The first lines of this file name one DNA company, but the data below looks different.',
    mend: FRESH_COPY,
  },
  byte_order_mark: { what: 'This file was opened and saved again by another program.', mend: FRESH_COPY },
  utf16: { what: 'This file was saved again in another text format.', mend: FRESH_COPY },
  spreadsheet: { what: 'This file was opened and saved in a spreadsheet, such as Excel.', mend: FRESH_COPY },
  spaces_for_tabs: { what: 'The spacing in this file was changed by another program.', mend: FRESH_COPY },
  bad_rows: { what: 'Some lines in this file are not in the form your DNA company uses.', mend: FRESH_COPY },
  mixed_chromosomes: {
    what: 'The lines in this file are in a different order than usual.',
    mend: FRESH_COPY,
  },
  nul_bytes: { what: 'There are characters in this file that do not belong there.', mend: FRESH_COPY },
  line_too_long: { what: 'A line in this file is far longer than it should be.', mend: FRESH_COPY },
  unknown_rows: { what: 'There are too many lines in this file that we do not recognize.', mend: FRESH_COPY },
  cut_off_row: { what: 'The last line of this file is cut off, so data is missing.' },
  too_few_rows: { what: 'There is far less data in this file than in a complete one.' },
  chromosomes_missing: { what: 'Some parts of your DNA are missing in this file.' },
  build_38: { what: 'This file was converted to a newer numbering that {partner} cannot use.' },
}
