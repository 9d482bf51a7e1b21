import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'

const FOLDER = import.meta.dirname
const read = (file: string) => readFileSync(path.join(FOLDER, file), 'utf8')
const TEXT = read('compose.yaml')

const scalars = z.record(z.string(), z.string())
const service = z.strictObject({
  image: z.string(),
  build: z.strictObject({ context: z.string(), dockerfile: z.string() }).optional(),
  restart: z.enum(['unless-stopped', 'on-failure']),
  env_file: z.string().optional(),
  environment: scalars.optional(),
  entrypoint: z.array(z.string()).optional(),
  command: z.union([z.string(), z.array(z.string())]).optional(),
  configs: z.array(z.strictObject({ source: z.string(), target: z.string() })).optional(),
  depends_on: z
    .union([
      z.array(z.string()),
      z.record(
        z.string(),
        z.strictObject({
          condition: z.enum(['service_started', 'service_healthy', 'service_completed_successfully']),
        }),
      ),
    ])
    .optional(),
  deploy: z.strictObject({ replicas: z.number() }).optional(),
  healthcheck: z
    .union([
      z.strictObject({ disable: z.literal(true) }),
      z.strictObject({
        test: z.array(z.string()),
        interval: z.string(),
        timeout: z.string().optional(),
        start_period: z.string(),
      }),
    ])
    .optional(),
  ports: z.array(z.string()).optional(),
  stop_grace_period: z.string().optional(),
  volumes: z.array(z.string()).optional(),
})
const file = z.strictObject({
  name: z.string(),
  services: z.record(z.string(), service),
  configs: z.record(z.string(), z.strictObject({ content: z.string() })),
  volumes: z.record(z.string(), z.null()),
})

const compose = file.parse(
  Object.fromEntries(Object.entries(parse(TEXT, { merge: true })).filter(([key]) => !key.startsWith('x-'))),
)
const services = Object.entries(compose.services)

test('A setting that compose does not know, and one that is there twice, are refused', () => {
  const misspelled = parse(TEXT.replace('stop_grace_period', 'stop_grace_periode'), { merge: true })
  expect(file.safeParse(misspelled).success).toBe(false)
  expect(() => parse(`${TEXT}\nname: again\n`, { merge: true })).toThrow(/unique/)
})

test('Services, volumes, configurations and files that are referred to are there', () => {
  for (const [name, { depends_on = [], volumes = [], configs = [], build, env_file }] of services) {
    const needed = Array.isArray(depends_on) ? depends_on : Object.keys(depends_on)
    expect(
      needed.filter((other) => !compose.services[other]),
      name,
    ).toEqual([])
    expect(
      configs.filter(({ source }) => !compose.configs[source]),
      name,
    ).toEqual([])
    for (const from of volumes.map((volume) => volume.split(':')[0]!)) {
      expect(from.startsWith('.') ? existsSync(path.join(FOLDER, from)) : from in compose.volumes, from).toBe(
        true,
      )
    }
    if (build) expect(existsSync(path.join(FOLDER, build.context, build.dockerfile)), name).toBe(true)
    if (env_file) expect(existsSync(path.join(FOLDER, 'example.env'))).toBe(true)
  }
})

test('A service is waited for in a way that it can fulfil', () => {
  const conditions = services.flatMap(([, { depends_on = {} }]) =>
    Array.isArray(depends_on) ? [] : Object.entries(depends_on),
  )
  expect(conditions.length).toBeGreaterThan(2)
  for (const [name, { condition }] of conditions) {
    const { healthcheck, restart } = compose.services[name]!
    // Podman and buildah drop the image's own check.
    if (condition === 'service_healthy') expect(healthcheck, name).toHaveProperty('test')
    if (condition === 'service_completed_successfully') expect(restart, name).toBe('on-failure')
  }
})

test('example.env names every variable that compose puts in, and no other', () => {
  const used = [...TEXT.matchAll(/\$\{(\w+)(?::\?[^}]+)?\}/g)].map(([, name]) => name!)
  const offered = [...read('example.env').matchAll(/^(\w+)=/gm)].map(([, name]) => name!)
  const forServers = ['PUBLIC_URL']
  expect([...new Set([...used, ...forServers])].sort()).toEqual(offered.sort())
})

test('A secret that was left empty is named before anything starts', () => {
  for (const name of ['APP_SECRET', 'POSTGRES_PASSWORD', 'S3_SECRET_KEY']) {
    expect(read('example.env')).toMatch(new RegExp(`^${name}=$`, 'm'))
    expect(TEXT).toContain(`\${${name}:?is missing in deploy/.env}`)
  }
})

test('The proxy finds the web servers by the name and the port that they have', () => {
  const conf = read('nginx.conf')
  const [, name] = /set \$web (\w+);/.exec(conf) ?? []
  expect(compose.services).toHaveProperty(name!)
  expect(compose.services[name!]!.deploy?.replicas).toBe(2)
  const [, port] = /PORT=(\d+)/.exec(read('Containerfile')) ?? []
  expect(conf).toContain(`http://$${name}:${port};`)
  const [, listens] = /listen (\d+);/.exec(conf) ?? []
  expect(compose.services.proxy?.ports).toEqual([`${listens}:${listens}`])
})
