/** A file that an analysis made of a sample. */
export interface Deliverable {
  id: string
  sampleId: string
  fileType: string
  /** Made by us of ids and types; never a name that a person chose. */
  name: string
  storageKey: string
  /** Bytes. */
  size: number
  /** 64 lower-case hex digits. */
  sha256: string
}

/** What our own analyses make, by file type. An operator's command may add types of its own. */
export const FILE_TYPES = {
  'array-zip': { extension: 'zip', description: 'The original archive, as the person uploaded it' },
  'qc-json': { extension: 'json', description: 'Quality control: every number and check' },
  'qc-html': { extension: 'html', description: 'Quality control: a report to read and print' },
  'plink-bed': { extension: 'bed', description: 'PLINK 1 binary genotypes' },
  'plink-bim': { extension: 'bim', description: 'PLINK 1 variants' },
  'plink-fam': { extension: 'fam', description: 'PLINK 1 sample' },
  'genotypes-tsv': {
    extension: 'tsv.gz',
    description: 'Normalised genotypes: rsid, chromosome, position, two alleles',
  },
  'genotypes-vcf': {
    extension: 'vcf.gz',
    description: 'Genotypes against the reference sequence (VCF, bgzip)',
  },
  'genotypes-tbi': { extension: 'vcf.gz.tbi', description: 'Index of genotypes-vcf (tabix)' },
  'impute-vcf': {
    extension: 'vcf.gz',
    description: 'Imputed genotypes at every site of the panel (VCF, bgzip): estimates, not measurements',
  },
  'impute-tbi': { extension: 'vcf.gz.tbi', description: 'Index of impute-vcf (tabix)' },
  'fastq-r1': { extension: 'fastq.gz', description: 'Reads as they were fetched: R1, or single reads' },
  'fastq-r2': { extension: 'fastq.gz', description: 'Reads as they were fetched: R2 of a pair' },
  'fastq-qc-json': { extension: 'json', description: 'Quality of the reads: every number' },
  'fastq-qc-html': { extension: 'html', description: 'Quality of the reads: a report to read and print' },
} as const satisfies Record<string, { extension: string; description: string }>
export type FileType = keyof typeof FILE_TYPES

/** How an operator's command may name a file type: as ours are named. */
export const FILE_TYPE_FORM = /^[a-z0-9]+(?:[-_][a-z0-9]+)*$/

/** `{sample id}_{file type}.{extension}`, as Gencove names deliverables. */
export const deliverableName = (sampleId: string, fileType: string, extension: string): string =>
  `${sampleId}_${fileType}.${extension}`
