import type { Detail, FileReason } from './reason.ts'

// Apart from reason.ts, which the upload page loads: the page needs the reasons, not this table.

/** Files of other sources, told by their text: inside an archive, or lying bare beside one. */
const OTHERS_FILES = [
  'familytreedna',
  'livingdna',
  'tellmegen',
  'genesforgood',
  'dnaland',
  'selfdecode',
  'mofang23',
  'circledna',
  'sano',
  'mapmygenome',
  'dnaera',
  'decodeme',
  'iyg',
  'geno2',
  'bgi',
  'myhappygenes',
  'mergedna',
  'plink',
  'snps_tool',
  'vcf',
] as const

/** No genotypes at all, told by the text or the type of a file: inside an archive, or lying bare. */
const OTHER_CONTENTS = [
  'office_document',
  'gedcom',
  'relatives',
  'segments',
  'match_list',
  'promethease',
  'pdf',
  'html',
  'xml',
  'json',
  'image',
] as const

/** Which details go with which reason. */
export const DETAILS_OF = {
  file_too_large: [],
  file_empty: [],
  file_unreadable: [],
  not_a_zip: [
    'raw_text_23andme',
    'raw_text_ancestrydna',
    'raw_text_myheritage',
    'raw_text',
    'gzip',
    'gzip_familytreedna',
    'seven_zip',
    'rar',
    'xz',
    'bzip2',
    'tar',
    ...OTHER_CONTENTS,
    ...OTHERS_FILES,
    'unknown_content',
  ],
  zip_damaged: ['truncated', 'checksum', 'inflate_failed', 'headers_disagree'],
  zip_encrypted: [],
  zip_unsafe: [
    'bomb',
    'too_many_entries',
    'directory_too_large',
    'unsafe_name',
    'overlapping',
    'hidden_data',
    'special_file',
    'nested_archive',
    'check_timeout',
  ],
  archive_modified: [
    'repacked_macos',
    'repacked_folder',
    'extra_files',
    'compression_method',
    'zipped_twice',
  ],
  no_genotypes: ['empty_archive', ...OTHER_CONTENTS, 'header_only', 'nothing_alike'],
  several_files: ['several_genotype_files', 'several_dropped'],
  vendor_unsupported: [...OTHERS_FILES, 'phased', 'y_only', 'mt_only', 'single_chromosome', 'exome'],
  format_unrecognized: ['header_missing', 'header_minimal', 'header_body_mismatch'],
  file_modified: [
    'byte_order_mark',
    'utf16',
    'spreadsheet',
    'spaces_for_tabs',
    'bad_rows',
    'mixed_chromosomes',
    'nul_bytes',
    'line_too_long',
    'unknown_rows',
  ],
  file_incomplete: ['cut_off_row', 'too_few_rows', 'chromosomes_missing'],
  build_unsupported: ['build_38'],
} as const satisfies Record<FileReason, readonly Detail[]>

/** Fails to compile with the name of a detail that goes with no reason. */
const _homeless: Record<Exclude<Detail, (typeof DETAILS_OF)[FileReason][number]>, never> = {}
