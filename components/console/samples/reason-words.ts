import type { Detail, Reason } from '#lib/genotype/reason.ts'

/** What each reason means, for whoever runs the service; the person has read other words. */
export const REASON_WORDS: Record<Reason, string> = {
  link_invalid: 'The link was damaged or is none of ours',
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
  network_error: 'The connection gave up',
  service_unavailable: 'The service was not available',
  internal_error: 'Something went wrong on our side',
}

/** In words where we have them, and as it came where a newer server says something else. */
export const wordsForReason = (reason: string): string => REASON_WORDS[reason as Reason] ?? reason

/** What exactly was recognised: `raw_text_23andme` as `raw text 23andme`. */
export const wordsForDetail = (detail: Detail | string | null): string => detail?.replaceAll('_', ' ') ?? ''
