import { VENDOR_NAMES } from '#lib/genotype/vendors.ts'

const VENDORS_LISTED = new Intl.ListFormat('en-GB').format(VENDOR_NAMES)

/** What the samples of a project are made from. Ids and keys are part of the interface: they never change. */
export interface PipelineCapability {
  id: string
  name: string
  key: string
  description: string
}

export const ARRAY_DATA: PipelineCapability = {
  id: '6a2d1f0e-8c53-4d2b-9d0a-0b6f4c1e7a01',
  name: 'Array data',
  key: 'array/human/grch37/v1',
  description: `Raw data files of ${VENDORS_LISTED}: checked, measured and converted.`,
}

export const IMPORT_ONLY: PipelineCapability = {
  id: '6a2d1f0e-8c53-4d2b-9d0a-0b6f4c1e7a02',
  name: 'Import only',
  key: 'import/fastq/v1',
  description: 'FASTQ files by URL: checked and kept, not analysed.',
}

export const PIPELINE_CAPABILITIES = [ARRAY_DATA, IMPORT_ONLY] as const

/** Capabilities that match a search: ids separated by commas, or part of a name or key. An empty search matches all. */
export function searchCapabilities(search: string): PipelineCapability[] {
  const words = search
    .split(',')
    .map((word) => word.trim().toLowerCase())
    .filter((word) => word !== '')
  if (words.length === 0) return [...PIPELINE_CAPABILITIES]
  return PIPELINE_CAPABILITIES.filter(({ id, name, key }) =>
    words.some((word) => id === word || name.toLowerCase().includes(word) || key.includes(word)),
  )
}
