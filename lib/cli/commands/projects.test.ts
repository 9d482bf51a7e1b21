import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { projectsCommand } from './projects.ts'

const ARRAY = { id: '6a2d1f0e-8c53-4d2b-9d0a-0b6f4c1e7a01', key: 'array/human/grch37/v1' }
const IMPUTED = { id: '33333333-3333-4333-8333-333333333333', key: 'array/human/grch37/1000g/v5a/v1' }

/** A service that offers two capabilities, and takes every project. */
let server: Server
let asked: { method: string; path: string; body: unknown }[]
let printed: string

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    const { pathname } = new URL(request.url!, 'http://localhost')
    const body = text === '' ? undefined : JSON.parse(text)
    if (request.method !== 'GET') asked.push({ method: request.method!, path: pathname, body })
    const answer = pathname.includes('pipeline-capabilities')
      ? { meta: { count: 2, next: null }, results: [ARRAY, IMPUTED] }
      : { id: 'p', name: 'Clinic', created: 'now', settings: { raw_file_days: 30 } }
    if (pathname.endsWith('/page')) return void response.end('<p>Please sign in.</p>')
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify(answer))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += text
    return true
  })
})
afterAll(() => {
  vi.restoreAllMocks()
  server.close()
})
beforeEach(() => {
  asked = []
  printed = ''
})

const projects = (...args: string[]) => {
  const host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return projectsCommand().parseAsync([...args, '--host', host, '--api-key', 'k'], { from: 'user' })
}

test.each([IMPUTED.key, IMPUTED.id.toUpperCase()])(
  'A project is created with the capability %s',
  async (name) => {
    await projects('create', 'Clinic', '--pipeline-capability', name)
    expect(asked).toEqual([
      {
        method: 'POST',
        path: '/api/v2/projects/',
        body: { name: 'Clinic', pipeline_capabilities: IMPUTED.id },
      },
    ])
  },
)

test('A capability is chosen alone or with settings, and what changed is printed', async () => {
  await projects('set', 'p', '--pipeline-capability', IMPUTED.key)
  await projects('set', 'p', 'raw_file_days=30', '--pipeline-capability', IMPUTED.key)
  await projects('set', 'p', 'raw_file_days=30')
  expect(asked.map(({ body }) => body)).toEqual([
    { pipeline_capabilities: IMPUTED.id },
    { settings: { raw_file_days: 30 }, pipeline_capabilities: IMPUTED.id },
    { settings: { raw_file_days: 30 } },
  ])
  expect(printed).toMatch(new RegExp(`^pipeline_capability +${IMPUTED.key}\nraw_file_days +30\n`))
})

test('A capability that is not offered changes nothing; those that are offered are listed', async () => {
  await expect(projects('set', 'p', '--pipeline-capability', 'array/other')).rejects.toMatchObject({
    exitCode: 1,
    message: expect.stringContaining(`  ${IMPUTED.key}`),
  })
  await expect(projects('set', 'p')).rejects.toMatchObject({ exitCode: 2 })
  expect(asked).toEqual([])
})

test('A page of somebody else with status 200 is no answer of the service', async () => {
  await expect(projects('stats', 'page')).rejects.toMatchObject({ exitCode: 3 })
})
