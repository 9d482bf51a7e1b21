import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from './fixtures.ts'
import { type RawAnswer, sendRequest } from './raw/send-request.ts'
import { METHODS, type Method, ROUTES, type RouteCell, type World } from './roles/routes.ts'
import { loadContract } from './service/contract.ts'
import type { Service } from './service/start-service.ts'

/** What each role may do: the permissions page, by hand. */
const RIGHTS = {
  viewer: ['sample_read'],
  uploader: ['upload_create'],
  analyst: ['upload_create', 'sample_read', 'run_analysis'],
  manager: ['upload_create', 'sample_read', 'run_analysis', 'project_write'],
  owner: ['upload_create', 'sample_read', 'run_analysis', 'project_write', 'user_manage'],
} as const
const ROLES = Object.keys(RIGHTS) as (keyof typeof RIGHTS)[]

const root = path.resolve(import.meta.dirname, '../app/api/v2')

/** `samples/[sampleId]` for every file that answers a path. */
const routeFiles = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => path.basename(file) === 'route.ts')
  .map((file) => path.dirname(file).replaceAll(path.sep, '/'))

const listed = Object.entries(ROUTES).filter(([route]) => routeFiles.includes(route))

/** Every answer is also one that the OpenAPI document knows. */
async function send(
  service: Service,
  key: string | null,
  method: Method,
  at: string,
  body?: unknown,
): Promise<RawAnswer> {
  const answer = await sendRequest(service.address, {
    method,
    path: `/api/v2/${at}`,
    headers: {
      ...(key === null ? {} : { Authorization: `Api-Key ${key}` }),
      'Content-Type': 'application/json',
    },
    ...(method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
  })
  const contract = await loadContract(service)
  contract.demand(method, `/api/v2/${at}`, answer)
  return answer
}

interface Keys extends Record<keyof typeof RIGHTS, string> {
  elsewhere: string
  /** Made with an owner's key that has been revoked since. */
  orphaned: string
  /** An owner's key of a person who has been made a viewer since. */
  demoted: string
}

async function makeKeys(service: Service, elsewhere: string): Promise<Keys> {
  const newKey = async (...args: string[]) =>
    (await service.admin<{ key: string }>('create-api-key', '--requests-per-minute', '100000', ...args)).key
  const keys: Partial<Keys> = { elsewhere: await newKey('--role', 'owner', '--project', elsewhere) }
  for (const role of ROLES) keys[role] = await newKey('--role', role)
  return { ...(keys as Keys), ...(await makeWithdrawnKeys(service, keys.owner!)) }
}

/** Keys whose giver was revoked or may do less by now. */
async function makeWithdrawnKeys(
  service: Service,
  owner: string,
): Promise<Pick<Keys, 'orphaned' | 'demoted'>> {
  const made = async (authorization: string) => {
    const answer = await sendRequest(service.address, {
      method: 'POST',
      path: '/api/v2/user-api-keys/',
      headers: { Authorization: authorization, 'Content-Type': 'application/json' },
      body: JSON.stringify({ name: 'handed out', role: 'owner' }),
    })
    expect(answer.status, answer.body).toBe(201)
    return answer.json<{ id: string; key: string }>()
  }
  const leaked = await made(`Api-Key ${owner}`)
  const orphaned = await made(`Api-Key ${leaked.key}`)
  expect((await send(service, owner, 'DELETE', `user-api-keys/${leaked.id}`)).status).toBe(204)

  const newOwner = () =>
    service.admin<{ id: string; email: string; password: string }>(
      'create-user',
      `${randomUUID()}@clinic.example`,
      '--role',
      'owner',
    )
  // The last owner cannot be made a viewer.
  await newOwner()
  const person = await newOwner()
  const { email, password } = person
  const signedIn = await send(service, null, 'POST', 'jwt-create', { email, password })
  expect(signedIn.status, signedIn.body).toBe(200)
  const demoted = await made(`Bearer ${signedIn.json<{ access: string }>().access}`)
  expect((await send(service, owner, 'PATCH', `users/${person.id}`, { role: 'viewer' })).status).toBe(200)
  return { orphaned: orphaned.key, demoted: demoted.key }
}

/** What a request may cancel, change or delete is made anew for each. */
function worldOf(service: Service, projectId: string, owner: string): World {
  const made = async (method: Method, at: string, body: unknown) => {
    const answer = await send(service, owner, method, at, body)
    if (answer.status > 299) throw new Error(`${method} ${at} answered ${answer.status}: ${answer.body}`)
    return answer.json<Record<string, string>>()
  }
  const newSubscription = async () =>
    (
      await made('POST', `project-subscriptions/${projectId}`, {
        target: 'https://partner.example/hook',
        event_types: ['analysis_complete_v2'],
      })
    ).id!
  // A project has only so many: one for all that leave it as it is.
  let lasting: Promise<string> | undefined
  const subscription = () => (lasting ??= newSubscription())
  return {
    projectId,
    project: async () => (await made('POST', 'projects/', { name: 'To delete' })).id!,
    subscription,
    newSubscription,
    sample: async () => (await made('POST', 'array-data-upload-form/', { project_id: projectId })).sample_id!,
    key: async () =>
      (await made('POST', 'user-api-keys/', { name: 'to change', role: 'viewer', project_id: projectId }))
        .id!,
    notification: async () =>
      (await made('POST', `project-subscription-test/${await subscription()}`, {})).notification!,
    unknown: randomUUID,
  }
}

test('every route file stands in the table, and no method of it is missing there', async ({ service }) => {
  expect(routeFiles.length).toBeGreaterThan(20)
  expect(routeFiles.filter((route) => !(route in ROUTES))).toEqual([])
  for (const [route, cells] of listed) {
    const at = route.replaceAll(/\[\w+\]/g, randomUUID())
    for (const method of METHODS.filter((method) => !(method in cells))) {
      const answer = await send(service, null, method, at)
      expect(answer.status, `${method} ${route}`).toBe(405)
      expect(answer.json()).toEqual({ detail: `Method "${method}" not allowed.` })
    }
  }
})

test.describe('permissions', () => {
  let keys: Keys
  let world: World

  test.beforeAll(async ({ service, partner }) => {
    const elsewhere = await service.admin<{ id: string }>('create-project', 'Elsewhere')
    keys = await makeKeys(service, elsewhere.id)
    world = worldOf(service, partner.projectId, keys.owner)
  })

  const askedBy = async (
    service: Service,
    key: string | null,
    method: Method,
    cell: RouteCell,
    slash = '',
  ) => {
    const at = `${await cell.path(world)}${slash}`
    const body = await cell.body?.(world)
    for (;;) {
      const answer = await send(service, key, method, at, body)
      // A notification that was just made may be on its way: it is sent again once that attempt has ended.
      if (answer.status !== 409 || !answer.body.includes('being delivered right now')) return answer
      await wait(100)
    }
  }

  for (const [route, cells] of listed) {
    for (const [method, cell] of Object.entries(cells) as [Method, RouteCell][]) {
      test(`${method} ${route}: ${cell.right ?? 'any role'}`, async ({ service }) => {
        for (const role of ROLES) {
          const may =
            cell.right === null ||
            cell.right === 'public' ||
            RIGHTS[role].some((right) => right === cell.right)
          const answer = await askedBy(service, keys[role], method, cell)
          const wanted = may ? (cell.byRole?.[role] ?? cell.ok) : 403
          expect(answer.status, `${role}: ${answer.body.slice(0, 200)}`).toBe(wanted)
          if (!may) {
            expect(answer.json()).toEqual({ detail: 'You do not have permission to perform this action.' })
            expect(answer.headers['role-held'], 'which role it has').toContain(role)
            expect(String(answer.headers['role-needed']).split(/[, ]+/), 'which it needs').toContain('owner')
          }
        }
        const elsewhere = await askedBy(service, keys.elsewhere, method, cell)
        expect(elsewhere.status, `elsewhere: ${elsewhere.body.slice(0, 200)}`).toBe(cell.elsewhere ?? 404)
        if (elsewhere.status === 404) expect(elsewhere.json()).toEqual({ detail: 'Not found.' })

        // After the grant was withdrawn: the role that is left, or nothing.
        const demoted = await askedBy(service, keys.demoted, method, cell)
        const viewer = await askedBy(service, keys.viewer, method, cell)
        expect(demoted.status, `demoted: ${demoted.body.slice(0, 200)}`).toBe(viewer.status)
        const orphaned = await askedBy(service, keys.orphaned, method, cell)
        expect(orphaned.status, 'orphaned').toBe(cell.right === 'public' ? cell.ok : 401)

        const nobody = await askedBy(service, null, method, cell)
        expect(nobody.status, 'nobody').toBe(cell.right === 'public' ? cell.ok : 401)
        if (nobody.status >= 400) expect(nobody.json()).toBeInstanceOf(Object)
        expect(nobody.headers['content-type']).toMatch(/^application\/json/)
        expect(nobody.headers['request-id']).toMatch(/^[\w-]{36}$/)

        const slashed = await askedBy(service, keys.owner, method, cell, '/')
        expect(slashed.status, 'with a slash').toBe(cell.ok)
      })
    }
  }
})
