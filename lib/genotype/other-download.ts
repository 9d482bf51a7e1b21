import { AUTOSOMES } from './chromosomes.ts'

export type OtherDownload = 'y_only' | 'mt_only' | 'single_chromosome'

/**
 * Which of the same vendors' other downloads holds these chromosomes and no others; undefined when it may be the whole
 * export. All of them carry the genuine banner.
 */
export function otherDownload(labels: readonly string[]): OtherDownload | undefined {
  if (labels.length === 0) return undefined
  if (labels.some((label) => Number(label) <= AUTOSOMES))
    return labels.length === 1 ? 'single_chromosome' : undefined
  if (labels.includes('Y')) return 'y_only'
  return labels.includes('MT') ? 'mt_only' : 'single_chromosome'
}
