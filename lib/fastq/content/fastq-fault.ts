export type ReadFile = 'R1' | 'R2'

/** What can be wrong with a FASTQ file or a pair of them, in words that follow a place. Never quotes the file. */
export const FASTQ_FAULTS = {
  empty: 'the file holds no reads',
  not_gzip: 'the file is not packed with gzip',
  gzip_damaged: 'the packed file is damaged or was cut off',
  trailing_bytes: 'the packed file goes on behind its end',
  name_line: 'a read must begin with a line that starts with @ and a name',
  letters: 'the sequence holds a character that is no letter for a base',
  plus_line: 'the third line of a read must start with +',
  lengths: 'the sequence and its qualities have different lengths',
  qualities: 'the qualities hold a character that is none',
  line_ends: 'lines end as on Windows, with a carriage return',
  cut_off: 'the file ends in the middle of a read',
  record_too_long: 'a read is longer than 16 MB',
  too_long: 'the unpacked file is longer than 4 TB',
  other_mate: 'the reads say that they belong into the other file of the pair',
  names_differ: 'R1 and R2 name different reads',
  counts_differ: 'one file of the pair has more reads than the other',
} as const satisfies Record<string, string>
export type FastqFaultCode = keyof typeof FASTQ_FAULTS

/** The first fault of a file: behind it nothing can be read with certainty. */
export interface FastqFault {
  code: FastqFaultCode
  file: ReadFile
  /** From 1 on; null where the fault is about the whole file. */
  read: number | null
  line: number | null
}

/** `R1, line 66 (read 17): the third line of a read must start with +` */
export function describeFault({ code, file, read, line }: FastqFault): string {
  const place = read === null ? file : `${file}, line ${line} (read ${read})`
  return `${place}: ${FASTQ_FAULTS[code]}`
}
