import { createHash } from 'node:crypto'
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

/** What every installation offers; panels for imputation come on top. */
export const PIPELINE_CAPABILITIES = [ARRAY_DATA, IMPORT_ONLY] as const

/** What of a panel its capability is made of. */
interface NamedPanel {
  name: string
  version: string
  build: number
  licence: string
}

/**
 * Array data, imputed with one panel. Its id follows from the panel's name, version and build, so that it is the same on
 * every installation and after every start.
 */
export function capabilityOfPanel({ name, version, build, licence }: NamedPanel): PipelineCapability {
  const key = `array/human/grch${build}/${name}/${version}/v1`
  const words = `Array data, imputed with the panel ${name} ${version} (GRCh${build}; ${licence}). Imputed calls are estimates and not for medical decisions.`
  return { id: uuidOf(key), name: `Array data, imputed (${name} ${version})`, key, description: words }
}

/** Whether samples of a project with this capability are imputed, wherever its panel may be. */
export const isImputation = (capabilityId: string): boolean =>
  !PIPELINE_CAPABILITIES.some(({ id }) => id === capabilityId)

/** A version 8 UUID, as RFC 9562 leaves it to everyone's own digest. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(`arraydrop ${text}`).digest('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}

/** Capabilities that match a search: ids separated by commas, or part of a name or key. An empty search matches all. */
export function searchCapabilities(
  capabilities: readonly PipelineCapability[],
  search: string,
): PipelineCapability[] {
  const words = search
    .split(',')
    .map((word) => word.trim().toLowerCase())
    .filter((word) => word !== '')
  if (search === '') return [...capabilities]
  return capabilities.filter(({ id, name, key }) =>
    words.some(
      (word) => id === word || name.toLowerCase().includes(word) || key.toLowerCase().includes(word),
    ),
  )
}
