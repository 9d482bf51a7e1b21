import type { Detail, Reason } from '#lib/genotype/reason.ts'

/** What each reason means, in words for operators. The upload page has its own. */
export const REASON_WORDS: Record<Reason, string> = {
  link_invalid: 'The link was damaged or is not ours',
  link_expired: 'The link was not opened in time',
  session_expired: 'No file came within the upload window',
  link_canceled: 'The link was canceled',
  already_uploaded: 'A file was there already',
  user_canceled: 'The person left the page',
  file_not_ready: 'The person does not have the file yet',
  file_too_large: 'The file was larger than 25 MB',
  file_empty: 'The file was empty',
  file_unreadable: 'The device could not read the file',
  not_a_zip: 'Not a .zip file',
  zip_damaged: 'The .zip file was damaged',
  zip_encrypted: 'The .zip file has a password',
  zip_unsafe: 'The .zip file was not safe to open',
  archive_modified: 'The .zip file was packed again',
  no_genotypes: 'No raw DNA data inside',
  several_files: 'Several files',
  vendor_unsupported: 'From a vendor that is not accepted',
  format_unrecognized: 'The format was not recognised',
  file_modified: 'The data was changed after the download',
  file_incomplete: 'The data was incomplete',
  build_unsupported: 'Another reference build',
  network_error: 'The connection failed',
  service_unavailable: 'The service was not available',
  internal_error: 'Something went wrong on our side',
}

/** A reason in words; one from a newer release is shown as it is. */
export const wordsForReason = (reason: string): string => REASON_WORDS[reason as Reason] ?? reason

/** What exactly was recognised: `raw_text_23andme` becomes `raw text 23andme`. */
export const wordsForDetail = (detail: Detail | string | null): string => detail?.replaceAll('_', ' ') ?? ''
