import { Paper, Text, Title } from '@mantine/core'
import { percentDown } from '#lib/analysis/percent.ts'
import { CALL_RATE_SCALE, HETEROZYGOSITY_SCALE, ticksBetween } from '#lib/analysis/report/plotted.ts'
import type { ProjectQuality } from '#lib/insights/project-quality.ts'
import { nameSample } from '../kit/name-sample.ts'
import styles from './quality-scatter.module.css'

const WIDTH = 720
const HEIGHT = 420
const LEFT = 56
const BOTTOM = 56
const TOP = 12
/** Links in one drawing; more are in the table below it. */
const LINKS_MAX = 200

type Sample = ProjectQuality['samples'][number]

const share = (value: number, { from, to }: { from: number; to: number }) =>
  (Math.min(to, Math.max(from, value)) - from) / (to - from)
const xOf = (callRate: number) => LEFT + share(callRate, CALL_RATE_SCALE) * (WIDTH - LEFT)
const yOf = (heterozygosity: number) =>
  TOP + (1 - share(heterozygosity, HETEROZYGOSITY_SCALE)) * (HEIGHT - TOP - BOTTOM)

interface Props {
  quality: ProjectQuality
  hrefOf: (sampleId: string) => string
}

/** Every sample by call rate and heterozygosity. Those that stand out are marked and lead to their page. */
export function QualityScatter({ quality: { samples, bounds }, hrefOf }: Props) {
  const drawn = samples.filter(({ heterozygosity }) => heterozygosity !== null)
  const odd = drawn.filter(({ stands_out }) => stands_out.length > 0)
  const linked = new Set(odd.slice(0, LINKS_MAX))
  // One path for all of the others: thousands of elements would make the page slow.
  const usual = drawn.filter((sample) => !linked.has(sample)).map(dotOf)
  const { call_rate_min, heterozygosity_min, heterozygosity_max } = bounds
  return (
    <Paper withBorder p="md">
      <Title order={2} size="h4">
        Call rate and heterozygosity
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        One dot for each sample; both in per cent of chromosomes 1–22. Dashed lines are the project’s limits.
        What lies beside the scales is drawn at their edge.
      </Text>
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing with links inside; a fieldset is for controls of a form */}
      <svg
        className={styles.plot}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="group"
        aria-label={`Call rate and heterozygosity of ${drawn.length} ${drawn.length === 1 ? 'sample' : 'samples'}, ${odd.length} of which stand out`}
      >
        {ticksBetween(CALL_RATE_SCALE).map((tick) => (
          <g key={tick}>
            <line className={styles.grid} x1={xOf(tick)} x2={xOf(tick)} y1={TOP} y2={HEIGHT - BOTTOM} />
            <text x={xOf(tick)} y={HEIGHT - BOTTOM + 20} textAnchor={tick === 1 ? 'end' : 'middle'}>
              {Math.round(tick * 100)}
            </text>
          </g>
        ))}
        {ticksBetween(HETEROZYGOSITY_SCALE).map((tick) => (
          <g key={tick}>
            <line className={styles.grid} x1={LEFT} x2={WIDTH} y1={yOf(tick)} y2={yOf(tick)} />
            <text x={LEFT - 8} y={yOf(tick) + 4} textAnchor="end">
              {Math.round(tick * 100)}
            </text>
          </g>
        ))}
        <text x={(LEFT + WIDTH) / 2} y={HEIGHT - 6} textAnchor="middle">
          Call rate, autosomes
        </text>
        <text transform={`translate(12 ${(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)`} textAnchor="middle">
          Heterozygosity
        </text>
        <path className={styles.usual} d={usual.join('')} />
        {call_rate_min !== null && (
          <line
            className={styles.bound}
            x1={xOf(call_rate_min)}
            x2={xOf(call_rate_min)}
            y1={TOP}
            y2={HEIGHT - BOTTOM}
          />
        )}
        {[heterozygosity_min, heterozygosity_max].map(
          (bound) =>
            bound !== null && (
              <line
                key={bound}
                className={styles.bound}
                x1={LEFT}
                x2={WIDTH}
                y1={yOf(bound)}
                y2={yOf(bound)}
              />
            ),
        )}
        {[...linked].map((sample) => (
          <a
            key={sample.id}
            className={styles.odd}
            href={hrefOf(sample.id)}
            aria-label={`${nameSample(sample)}: call rate ${percentDown(sample.call_rate)}, heterozygosity ${percentDown(sample.heterozygosity ?? 0)}`}
          >
            <circle className={styles.target} {...centreOf(sample)} r={16} />
            <circle className={styles.dot} {...centreOf(sample)} r={5} />
          </a>
        ))}
      </svg>
    </Paper>
  )
}

const centreOf = ({ call_rate, heterozygosity }: Sample) => ({
  cx: xOf(call_rate),
  cy: yOf(heterozygosity ?? 0),
})

/** A stroke without length: with round ends, a dot. */
const dotOf = ({ call_rate, heterozygosity }: Sample): string =>
  `M${xOf(call_rate).toFixed(1)} ${yOf(heterozygosity ?? 0).toFixed(1)}h0`
