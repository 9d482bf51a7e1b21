/**
 * Every way a link, a file or a visit can end other than well. Closed lists: a reason is never renamed, and it
 * is the same word in a redirect, a webhook, the API, the console and the words of the page.
 */

/** About the link itself. `link_invalid` is shown on our page only and never redirects anybody. */
export const LINK_REASONS = [
  'link_invalid',
  'link_expired',
  'session_expired',
  'link_canceled',
  'already_uploaded',
] as const

/** The person left the page without a file being refused. */
export const LEAVING_REASONS = ['user_canceled', 'file_not_ready'] as const

/** A file was refused. Each can be mended on the page until the deadline. */
export const FILE_REASONS = [
  'file_too_large',
  'file_empty',
  'file_unreadable',
  'not_a_zip',
  'zip_damaged',
  'zip_encrypted',
  'zip_unsafe',
  'archive_modified',
  'no_genotypes',
  'several_files',
  'vendor_unsupported',
  'format_unrecognized',
  'file_modified',
  'file_incomplete',
  'build_unsupported',
] as const

/** Something between the person and us failed; none of these ends a session. */
export const SERVICE_REASONS = ['network_error', 'service_unavailable', 'internal_error'] as const

export const REASONS = [...LINK_REASONS, ...LEAVING_REASONS, ...FILE_REASONS, ...SERVICE_REASONS] as const

export type LeavingReason = (typeof LEAVING_REASONS)[number]
export type FileReason = (typeof FILE_REASONS)[number]
export type ServiceReason = (typeof SERVICE_REASONS)[number]
export type Reason = (typeof REASONS)[number]

/** What exactly was recognised in a refused file, so that the words can name it. */
export const DETAILS = [
  // not_a_zip
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
  'pdf',
  'html',
  'xml',
  'json',
  'image',
  'office_document',
  'unknown_content',
  // zip_damaged
  'truncated',
  'checksum',
  'inflate_failed',
  'headers_disagree',
  // zip_unsafe
  'bomb',
  'too_many_entries',
  'directory_too_large',
  'unsafe_name',
  'overlapping',
  'hidden_data',
  'special_file',
  'nested_archive',
  'check_timeout',
  // archive_modified
  'repacked_macos',
  'repacked_folder',
  'extra_files',
  'compression_method',
  'zipped_twice',
  // no_genotypes
  'empty_archive',
  'gedcom',
  'relatives',
  'segments',
  'match_list',
  'promethease',
  'header_only',
  'nothing_alike',
  // several_files
  'several_genotype_files',
  'several_dropped',
  // vendor_unsupported
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
  'phased',
  'y_only',
  'mt_only',
  'single_chromosome',
  'exome',
  // format_unrecognized
  'header_missing',
  'header_minimal',
  'header_body_mismatch',
  // file_modified
  'byte_order_mark',
  'utf16',
  'spreadsheet',
  'spaces_for_tabs',
  'bad_rows',
  'mixed_chromosomes',
  'nul_bytes',
  'line_too_long',
  'unknown_rows',
  // file_incomplete
  'cut_off_row',
  'too_few_rows',
  'chromosomes_missing',
  // build_unsupported
  'build_38',
] as const
export type Detail = (typeof DETAILS)[number]
