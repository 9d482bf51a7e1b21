import type { ImputationReport } from '#lib/analysis/imputation/imputation-report.ts'
import type { NamedShare } from './share-chart.tsx'

export interface ImputationNumbers {
  facts: { label: string; value: string }[]
  /** Share of hidden markers that came back, by the frequency of the rarer allele; empty where none were hidden. */
  hidden: NamedShare[]
  /** Chromosomes whose markers were hidden, and how many those were. */
  hiddenOf: { regions: string[]; markers: number }
  /** Share of the imputed calls that are sure, by region. */
  sure: NamedShare[]
}

const SHARE = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 })
const COUNT = new Intl.NumberFormat('en')

/** What an imputation came to; undefined for a sample that was not imputed, whatever the reason: its checks say that. */
export function readImputationNumbers(qc: unknown): ImputationNumbers | undefined {
  const report = (qc as { imputation?: Partial<ImputationReport> } | null)?.imputation
  if (!report?.panel || !report.regions || report.why) return undefined
  const { panel, engine = '', masked = null, typed = 0, imputed = 0, sure = 0 } = report
  return {
    facts: [
      { label: 'Panel', value: panel.id },
      { label: 'Engine', value: engine },
      { label: 'Read by the chip', value: COUNT.format(typed) },
      { label: 'Imputed', value: COUNT.format(imputed) },
      { label: 'At least 90 % sure', value: imputed === 0 ? '–' : SHARE.format(sure / imputed) },
      {
        label: 'Hidden markers that came back',
        value: typeof masked?.concordance === 'number' ? SHARE.format(masked.concordance) : '–',
      },
    ],
    hidden: (masked?.byFrequency ?? []).flatMap(({ upTo, concordance }) =>
      concordance === null ? [] : [{ name: `up to ${Math.round(upTo * 100)} %`, share: concordance }],
    ),
    hiddenOf: { regions: masked?.regions ?? [], markers: masked?.markers ?? 0 },
    sure: report.regions.flatMap(({ key, imputed: calls, sure: own }) =>
      calls === 0 ? [] : [{ name: key, share: own / calls }],
    ),
  }
}
