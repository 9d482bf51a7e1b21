import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { parseAllDocuments, stringify } from 'yaml'
// Plain JavaScript: the runner of the tests installs it.
import { findHelm } from '../bin/testing/find-helm.mjs'
import { kubernetesFaults } from './kubernetes-faults.ts'

const CHART = path.join(import.meta.dirname, 'helm/arraydrop')
const helm = findHelm()
const folder = mkdtempSync(path.join(tmpdir(), 'arraydrop-helm-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Everything that the default leaves out. */
const ALL = {
  image: { pullSecrets: [{ name: 'registry' }] },
  config: { LOG_LEVEL: 'debug', ENCRYPT_AT_REST: '1' },
  migration: { secretName: 'arraydrop-schema' },
  serviceAccount: { annotations: { 'eks.amazonaws.com/role-arn': 'arn' } },
  web: {
    autoscaling: { enabled: false },
    nodeSelector: { disk: 'ssd' },
    tolerations: [{ key: 'a', operator: 'Exists' }],
  },
  worker: { nodeSelector: { disk: 'ssd' }, tolerations: [{ key: 'a', operator: 'Exists' }] },
  networkPolicy: { from: [{ ipBlock: { cidr: '10.0.0.0/24' } }] },
  setup: { owner: { email: 'you@example.org' }, apiKey: { enabled: true, project: 'demo' } },
}
const NOTHING = {
  ingress: { enabled: false },
  networkPolicy: { enabled: false },
  web: { autoscaling: { enabled: false } },
}

// biome-ignore lint/suspicious/noExplicitAny: objects of any kind
type Any = any

function run(command: string, values: unknown, ...more: string[]) {
  const file = path.join(folder, 'values.yaml')
  writeFileSync(file, stringify(values))
  const args = command === 'lint' ? ['lint', '--strict', CHART] : ['template', 'lab', CHART]
  return spawnSync(helm!, [...args, '--namespace', 'intake', '--values', file, ...more], { encoding: 'utf8' })
}

function render(values: unknown): Any[] {
  const { status, stdout, stderr } = run('template', values)
  expect(status, stderr).toBe(0)
  return parseAllDocuments(stdout, { uniqueKeys: true }).map((document) => {
    if (document.errors.length > 0) throw document.errors[0]
    return document.toJS()
  })
}

describe.skipIf(!helm)('Helm', () => {
  test('Helm: the chart is clean, and every object has only fields that Kubernetes knows', () => {
    for (const values of [{}, ALL, NOTHING]) {
      const lint = run('lint', values)
      expect(lint.status, lint.stdout + lint.stderr).toBe(0)
      const objects = render(values)
      expect(objects.length).toBeGreaterThan(6)
      expect(objects.flatMap(kubernetesFaults)).toEqual([])
      expect(faultyReferences(objects)).toEqual([])
    }
  })

  test('Helm: a value that the chart does not know, a wrong one, and a secret among the settings are refused', () => {
    for (const [values, told] of [
      [{ web: { replcas: 3 } }, 'replcas'],
      [{ publicUrl: 'https://upload.example.org/path' }, 'publicUrl'],
      [{ publicUrl: 'https://a:b@upload.example.org' }, 'publicUrl'],
      [{ config: { DATABASE_URL: 'postgres://…' } }, 'DATABASE_URL'],
      [{ config: { AWS_SESSION_TOKEN: 'x' } }, 'AWS_SESSION_TOKEN'],
      [{ config: { OTEL_EXPORTER_OTLP_HEADERS: 'x' } }, 'OTEL_EXPORTER_OTLP_HEADERS'],
      [{ config: { PORT: '4000' } }, 'PORT'],
      [{ image: { repository: 'a@sha256:0' } }, 'repository'],
      [{ setup: { apiKey: { enabled: true, secretName: 'arraydrop' } } }, 'a Secret of its own'],
      [{ web: { autoscaling: { minReplicas: 9, maxReplicas: 2 } } }, 'larger than maxReplicas'],
      [{ config: { LOG_LEVEL: 1 } }, 'LOG_LEVEL'],
      [{ worker: { dataSize: 'much' } }, 'dataSize'],
    ] as const) {
      const { status, stderr } = run('template', values)
      expect(status).not.toBe(0)
      expect(stderr).toContain(told)
    }
    const old = run('template', {}, '--kube-version', '1.29.0')
    expect(old.stderr).toContain('incompatible with Kubernetes')
  })

  test('Helm: a port in the address is not in the ingress, and a digest decides which image runs', () => {
    const digest = `sha256:${'0'.repeat(64)}`
    const objects = render({ publicUrl: 'https://upload.example.org:8443', image: { digest } })
    const ingress = objects.find(({ kind }) => kind === 'Ingress')
    expect(ingress.spec.rules[0].host).toBe('upload.example.org')
    expect(JSON.stringify(objects)).toContain(`"arraydrop@${digest}"`)
    expect(JSON.stringify(objects)).not.toMatch(/"image":"arraydrop:/)
  })

  test('Helm: nobody but the ingress reaches the web servers, and nobody but Prometheus the metrics', () => {
    const policies = render({}).filter(({ kind }) => kind === 'NetworkPolicy')
    const openings = policies.flatMap(({ spec }) =>
      spec.ingress.map(({ from, ports }: Any) => [
        from[0].namespaceSelector.matchLabels['kubernetes.io/metadata.name'],
        ports[0].port,
      ]),
    )
    expect(openings.sort()).toEqual([
      ['ingress-nginx', 'http'],
      ['ingress-nginx', 'outage'],
      ['monitoring', 'metrics'],
    ])
  })

  test('Helm: while no web server answers, the ingress shows a page of its own, unless that is switched off', () => {
    const [shown, without] = [render({}), render({ ingress: { outagePage: false } })]
    const annotationsOf = (objects: Any[]) =>
      objects.find(({ kind }) => kind === 'Ingress').metadata.annotations as Record<string, string>
    const backend = annotationsOf(shown)['nginx.ingress.kubernetes.io/default-backend']
    expect(shown).toContainEqual(
      expect.objectContaining({ kind: 'Service', metadata: expect.objectContaining({ name: backend }) }),
    )
    const deployment = shown.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === backend)
    expect(deployment.spec.replicas, 'a node that goes takes one of them').toBe(2)
    expect(annotationsOf(shown)).toMatchObject(annotationsOf(without))
    expect(annotationsOf(without)).not.toHaveProperty('nginx.ingress.kubernetes.io/default-backend')
    expect(JSON.stringify(without)).not.toContain('outage')
  })

  test('Helm: replicas stand beside no autoscaler; pods are probed, unprivileged, and say what disk they need', () => {
    for (const values of [{}, ALL]) {
      const objects = render(values)
      const scaled = objects.some(({ kind }) => kind === 'HorizontalPodAutoscaler')
      const [web] = objects.filter(
        ({ kind, metadata }) => kind === 'Deployment' && /web$/.test(metadata.name),
      )
      expect('replicas' in web.spec).toBe(!scaled)
      for (const { kind, spec } of objects.filter(({ kind }) => ['Deployment', 'Job'].includes(kind))) {
        const pod = spec.template.spec
        expect(pod.securityContext.runAsNonRoot).toBe(true)
        for (const one of pod.containers) {
          expect(one.resources.requests['ephemeral-storage']).toBeDefined()
          expect(one.securityContext).toMatchObject({
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          })
          if (kind === 'Deployment') expect(one).toMatchObject({ livenessProbe: {}, startupProbe: {} })
        }
      }
      const budgets = objects.filter(({ kind }) => kind === 'PodDisruptionBudget')
      expect(budgets.map(({ spec }) => spec.maxUnavailable)).toEqual([1, 1, 1])
    }
  })

  test('Helm: the schema is upgraded by its owner before anything starts, with nothing that the chart itself makes', () => {
    expect(render({}).some(({ metadata }) => /migrate$/.test(metadata.name))).toBe(false)
    const objects = render(ALL)
    const job = objects.find(({ kind, metadata }) => kind === 'Job' && /migrate$/.test(metadata.name))
    expect(job.metadata.annotations['helm.sh/hook']).toBe('pre-install,pre-upgrade')
    const [container] = job.spec.template.spec.containers
    expect(container.command).toEqual(['arraydrop', 'admin', 'migrate'])
    expect(container.envFrom.map(({ secretRef }: Any) => secretRef.name)).toEqual([
      'arraydrop',
      'arraydrop-schema',
    ])
    const made = objects.map(({ metadata }) => metadata.name).filter((name) => name !== job.metadata.name)
    for (const name of made) expect(JSON.stringify(job.spec.template.spec)).not.toContain(`"${name}"`)
  })

  test('Helm: the Job for the first key may change its own Secret, and nothing else', () => {
    const objects = render(ALL)
    const roles = objects.filter(({ kind }) => kind === 'Role')
    expect(roles.map(({ rules }) => rules)).toEqual([
      [
        {
          apiGroups: [''],
          resources: ['secrets'],
          resourceNames: ['arraydrop-first-key'],
          verbs: ['get', 'patch'],
        },
      ],
    ])
    const [secret] = objects.filter(({ kind }) => kind === 'Secret')
    expect(secret).not.toHaveProperty('data')
    expect(secret.metadata.annotations).toEqual({ 'helm.sh/resource-policy': 'keep' })
  })
})

/** Objects that are referred to and not rendered, and selectors that select no pod. */
function faultyReferences(objects: Any[]): string[] {
  const text = JSON.stringify(objects)
  const missing = (kind: string, pattern: RegExp) => {
    const there = objects.filter((one) => one.kind === kind).map(({ metadata }) => metadata.name)
    return [...text.matchAll(pattern)]
      .map(([, name]) => name!)
      .filter((name) => !there.includes(name))
      .map((name) => `${kind} ${name}`)
  }
  const pods = objects
    .filter(({ kind }) => kind === 'Deployment')
    .map(({ spec }) => spec.template.metadata.labels)
  const selectors = objects.flatMap(({ kind, spec }) => [
    kind === 'Service' ? spec.selector : spec?.selector?.matchLabels,
    spec?.podSelector?.matchLabels,
  ])
  const idle = selectors
    .filter(Boolean)
    .filter(
      (selector) =>
        !pods.some((labels) => Object.entries(selector).every(([key, value]) => labels[key] === value)),
    )
  return [
    ...missing('ConfigMap', /"configMap(?:Ref)?":\{"name":"([^"]+)"/g),
    ...missing('Deployment', /"scaleTargetRef":\{[^}]*"name":"([^"]+)"/g),
    ...missing('Service', /"service":\{"name":"([^"]+)"/g),
    ...missing('ServiceAccount', /"serviceAccountName":"([^"]+)"/g),
    ...idle.map((selector) => `no pod: ${JSON.stringify(selector)}`),
  ]
}
