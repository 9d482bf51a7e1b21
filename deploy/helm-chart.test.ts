import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import packageJson from '../package.json' with { type: 'json' }

const CHART = path.join(import.meta.dirname, 'helm/arraydrop')
const read = (file: string) => readFileSync(path.join(CHART, file), 'utf8')
const values = parse(read('values.yaml'), { uniqueKeys: true })
const templates = readdirSync(path.join(CHART, 'templates')).map((file) => read(`templates/${file}`))

/** Values whose inner names are an operator's own. */
const OPEN = ['resources', 'config', 'annotations', 'nodeSelector']

/** Paths of the values that can be set. */
function leavesOf(value: unknown, at = ''): string[] {
  const name = at.split('.').at(-1)!
  if (typeof value !== 'object' || value === null || Array.isArray(value) || OPEN.includes(name)) return [at]
  return Object.entries(value).flatMap(([key, one]) => leavesOf(one, at ? `${at}.${key}` : key))
}

interface Schema {
  properties?: Record<string, Schema>
  additionalProperties?: unknown
}

function leavesOfSchema({ properties }: Schema, at = ''): string[] {
  if (!properties) return [at]
  return Object.entries(properties).flatMap(([key, one]) => leavesOfSchema(one, at ? `${at}.${key}` : key))
}

const leaves = leavesOf(values).sort()

test('Every value of the chart is used, documented and in the schema, and nothing else is', () => {
  expect(leaves.length).toBeGreaterThan(30)
  const used = templates.flatMap((text) => [...text.matchAll(/\.Values\.([\w.]+)/g)].map(([, name]) => name!))
  expect([...new Set(used)].sort()).toEqual(leaves)

  const schema: Schema = JSON.parse(read('values.schema.json'))
  // Helm itself adds `global`.
  expect(
    leavesOfSchema(schema)
      .filter((name) => name !== 'global')
      .sort(),
  ).toEqual(leaves)
  for (const one of [schema, ...Object.values(schema.properties!)]) {
    if (one.properties) expect(one.additionalProperties).toBe(false)
  }

  const table = read('README.md')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
  const documented = table.flatMap((line) =>
    [...line.split('|')[1]!.matchAll(/`([\w.]+)`/g)].map(([, name]) => name!),
  )
  expect(documented.sort()).toEqual(leaves)
})

test('The chart has the version of the service', () => {
  const chart = parse(read('Chart.yaml'))
  expect([chart.version, chart.appVersion]).toEqual([packageJson.version, packageJson.version])
})

test('Every action of a template is closed, and every included template is defined', () => {
  const defined = templates.flatMap((text) => [...text.matchAll(/define "([^"]+)"/g)].map(([, name]) => name))
  const included = templates.flatMap((text) =>
    [...text.matchAll(/include "([^"]+)"/g)].map(([, name]) => name),
  )
  expect([...new Set(included)].sort()).toEqual([...new Set(defined)].sort())
  for (const text of templates) {
    const opened = text.match(/\{\{-? *(?:if|range|with|define) /g)?.length ?? 0
    expect(text.match(/\{\{-? *end *-?\}\}/g)?.length ?? 0).toBe(opened)
    expect(text.match(/\{\{/g)?.length).toBe(text.match(/\}\}/g)?.length)
  }
})
