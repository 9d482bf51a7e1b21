import { expect, test } from 'vitest'
import { z } from 'zod'
import { parseFields } from '#lib/problem.ts'
import { misspeltFields, parseLenient, withoutEchoes } from './unknown-fields.ts'

const Mint = z.object({
  project_id: z.string().optional(),
  expires_in: z.number().optional(),
  redirect_on_success: z.string().optional(),
  locale: z.string().optional(),
})
const Key = z.strictObject({
  name: z.string(),
  roles: z.array(z.strictObject({ role: z.string() })).optional(),
})

test.each([
  ['project', 'project_id'],
  ['projectId', 'project_id'],
  ['project-ids', 'project_id'],
  ['Expires_In', 'expires_in'],
  ['expire_in', 'expires_in'],
  ['expires', 'expires_in'],
  ['expires_at', 'expires_in'],
  ['redirect_on_sucess', 'redirect_on_success'],
  ['redirect_on_success[]', 'redirect_on_success'],
  ['locale[order]', 'locale'],
  ['locale.order.id', 'locale'],
  ['local', 'locale'],
])('A field named %s is a typing error for %s', (given, meant) => {
  expect(() => parseLenient(Mint, { [given]: 'x', locale: 5 })).toThrow(
    expect.objectContaining({
      status: 400,
      fields: {
        [given]: [`There is no such field. Did you mean ${meant}?`],
        locale: [expect.any(String)],
      },
    }),
  )
})

test('Other fields are ignored where programs for Gencove send them', () => {
  const foreign = { sub: 1, id: 1, redirect_url: 'x', language: 'de', physical_id: 'p', __proto: 1, x: 1 }
  expect(parseLenient(Mint, { ...foreign, project_id: 'p' })).toEqual({ project_id: 'p' })
  expect(misspeltFields(Mint, JSON.parse('{"__proto__":1,"constructor":2,"toString":3}'))).toEqual({})
  expect(misspeltFields(Mint, { [`project_id${' '.repeat(100_000)}`]: 1, '💥': 1, '': 1 })).toEqual({})
})

test('A strict body refuses every field that it does not have, by its name', () => {
  const refused = (body: string) => {
    try {
      parseFields(Key, JSON.parse(body))
    } catch (error) {
      return (error as { fields: unknown }).fields
    }
    return expect.fail('it was taken')
  }
  const words = ['There is no such field here.']
  expect(JSON.stringify(refused('{"name":"k","rol":"viewer","__proto__":1}'))).toBe(
    JSON.stringify(
      Object.fromEntries([
        ['rol', words],
        ['__proto__', words],
      ]),
    ),
  )
  expect(refused('{"name":"k","roles":[{"role":"x","projct":1}]}')).toEqual({
    roles: ['There is no such field in it: projct'],
  })
})

test('A program may send back what it was shown, and nothing else', () => {
  const shown = { hidden: false, webhook_url: '' }
  const sent = { id: 'x', name: 'k', hidden: false, webhook_url: 'https://example.org', hiden: false }
  expect(withoutEchoes(sent, ['id'], shown)).toEqual({
    name: 'k',
    webhook_url: 'https://example.org',
    hiden: false,
  })
})
