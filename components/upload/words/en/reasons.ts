import type { Words } from '../words.ts'

/** Each reason in two sentences: what happened, and what to do. */
export const REASONS_EN: Words['reasons'] = {
  file_too_large: {
    what: 'This file is larger than {limit}. A raw DNA data file is smaller.',
    mend: 'Choose the .zip file with your raw data only, not a full copy of your account.',
  },
  file_empty: {
    what: 'This file is empty.',
    mend: 'Download it again from your DNA company, wait until it is complete, and choose the new one.',
  },
  file_unreadable: {
    what: 'Your device could not open this file. It may still be in a cloud such as iCloud, Google Drive or OneDrive.',
    mend: 'Save it on this device first, then choose it again from there.',
  },
  not_a_zip: {
    what: 'This is not a .zip file.',
    mend: 'Choose the .zip file just as your DNA company gave it to you. If you cannot find it, download it again.',
  },
  zip_damaged: {
    what: 'This .zip file is damaged. The download may have been interrupted.',
    mend: 'Download it again from your DNA company, wait until it is complete, and choose the new one.',
  },
  zip_encrypted: {
    what: 'This .zip file is locked with a password. Files from DNA companies are not.',
    mend: 'Choose the original .zip file, before the password was added. Or download it again.',
  },
  zip_unsafe: {
    what: 'This .zip file is built in a way that is not safe, so we do not open it.',
    mend: 'Download it again from your DNA company and choose that file without changing it.',
  },
  archive_modified: {
    what: 'This .zip file is not the one your DNA company made. It was zipped again.',
    mend: 'Choose the original .zip file. If you no longer have it, download it again and do not open it.',
  },
  no_genotypes: {
    what: 'There is no raw DNA data in this file.',
    mend: 'Ask your DNA company for “raw data” and choose that .zip file.',
  },
  several_files: {
    what: 'There is more than one file here.',
    mend: 'Choose just one .zip file, with the raw data of one person.',
  },
  vendor_unsupported: {
    what: 'This DNA file is of a kind that {partner} cannot use yet.',
    mend: 'Choose a file from {vendors}, if you have one.',
  },
  format_unrecognized: {
    what: 'We could not tell which DNA company this file comes from.',
    mend: 'Choose the .zip file exactly as {vendors} gave it to you.',
  },
  file_modified: {
    what: 'The data inside was changed after it came from your DNA company.',
    mend: 'Download a fresh copy and choose that one without opening or editing it.',
  },
  file_incomplete: {
    what: 'Part of the data inside is missing.',
    mend: 'Download it again from your DNA company, wait until it is complete, and choose the new one.',
  },
  build_unsupported: {
    what: 'The data inside is of a kind that {partner} cannot use.',
    mend: 'Download your raw data again directly from your DNA company, without converting it.',
  },
  network_error: {
    what: 'The connection was lost. Your file is fine.',
    mend: 'Check your internet connection, then try again. If part of it arrived, sending resumes from there.',
  },
  service_unavailable: {
    what: 'The upload service cannot take your file right now. It is not your fault.',
    mend: 'Wait a minute, then try again with the same file.',
  },
  internal_error: {
    what: 'Something went wrong on our side. Your file may be fine.',
    mend: 'Try again. If it happens twice, get in touch and give them the reference below.',
  },
}
