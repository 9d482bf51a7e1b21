import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { COUNTERS, GAUGES, HISTOGRAMS, type MetricDefinition } from './metrics.ts'

const root = path.resolve(import.meta.dirname, '../../..')
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')
const NAME = /\b(?:arraydrop|http_server|db_client|process|nodejs)_[a-z0-9_]+\b/g
const UNITS: Record<string, string> = { s: '_seconds', By: '_bytes' }

const told = (name: string, { unit }: MetricDefinition) =>
  `${name.replaceAll('.', '_')}${UNITS[unit ?? ''] ?? ''}`
const all = (definitions: Record<string, MetricDefinition>, ends: (one: MetricDefinition) => string[]) =>
  Object.entries(definitions).flatMap(([name, one]) => ends(one).map((end) => `${told(name, one)}${end}`))

/** Series as Prometheus keeps them. */
const SERIES = [
  ...all(COUNTERS, () => ['_total']),
  ...all(GAUGES, ({ grows }) => [grows ? '_total' : '']),
  ...all(HISTOGRAMS, () => ['_count', '_sum', '_bucket']),
]
/** What the manual calls them. */
const FAMILIES = [
  ...all(COUNTERS, () => ['_total']),
  ...all(GAUGES, ({ grows }) => [grows ? '_total' : '']),
  ...all(HISTOGRAMS, () => ['']),
]

test.each(['deploy/grafana/arraydrop.json', 'deploy/prometheus/alerts.yaml'])(
  '%s asks for nothing that we do not tell',
  (file) => {
    const asked = [...new Set(read(file).match(NAME))]
    expect(asked.length).toBeGreaterThan(8)
    expect(asked.filter((name) => !SERIES.includes(name))).toEqual([])
  },
)

test('the manual names every metric, and no other', () => {
  const [, section] = read('docs/operations.md').split('\n## Monitoring\n')
  const named = [...new Set(section!.split('\n## ')[0]!.match(NAME))]
  expect(named.sort()).toEqual(FAMILIES.sort())
})
