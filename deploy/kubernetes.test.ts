import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { kubernetesFaults } from './kubernetes-faults.ts'

const FOLDER = path.join(import.meta.dirname, 'kubernetes')
const OBJECTS = readdirSync(FOLDER).flatMap((file) => read(readFileSync(path.join(FOLDER, file), 'utf8')))

test('Every manifest has only fields that Kubernetes knows, with values of their types', () => {
  expect(OBJECTS.length).toBeGreaterThan(6)
  expect(OBJECTS.flatMap(kubernetesFaults)).toEqual([])
})

test('A misspelled field, a wrong type and an unknown kind are found', () => {
  const text = `
apiVersion: apps/v1
kind: Deployment
spec: { replicas: "2", template: { spec: { containers: [{ name: a, image: b, livenesProbe: {} }] } } }
---
{ apiVersion: apps/v1beta1, kind: Deployment }
`
  expect(read(text).flatMap(kubernetesFaults)).toEqual([
    'Deployment.spec.replicas: not a number',
    'Deployment.spec.template.spec.containers[0].livenesProbe: there is no such field',
    'apps/v1beta1 Deployment: unknown kind',
  ])
})

test('Whatever an object refers to is there: config, ports, scale targets and selected pods', () => {
  const named = (kind: string) =>
    OBJECTS.filter((one) => one.kind === kind).map(({ metadata }) => metadata.name)
  const text = JSON.stringify(OBJECTS)
  const referred = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, name]) => name!)
  expect(
    referred(/"configMapRef":\{"name":"([^"]+)"/g).filter((name) => !named('ConfigMap').includes(name)),
  ).toEqual([])
  expect(
    referred(/"scaleTargetRef":\{[^}]*"name":"([^"]+)"/g).filter(
      (name) => !named('Deployment').includes(name),
    ),
  ).toEqual([])
  expect(
    referred(/"service":\{"name":"([^"]+)"/g).filter((name) => !named('Service').includes(name)),
  ).toEqual([])
  const pods = OBJECTS.filter(({ kind }) => kind === 'Deployment').map(
    ({ spec }) => spec.template.metadata.labels,
  )
  const selectors = OBJECTS.flatMap(({ spec }) => [
    spec?.selector?.matchLabels,
    spec?.podSelector?.matchLabels,
  ])
  for (const selector of selectors.filter(Boolean)) {
    const selected = pods.filter((labels) =>
      Object.entries(selector).every(([key, value]) => labels[key] === value),
    )
    expect(selected.length, JSON.stringify(selector)).toBeGreaterThan(0)
  }
})

// biome-ignore lint/suspicious/noExplicitAny: objects of any kind
function read(text: string): any[] {
  return parseAllDocuments(text, { uniqueKeys: true }).map((document) => {
    if (document.errors.length > 0) throw document.errors[0]
    return document.toJS()
  })
}
