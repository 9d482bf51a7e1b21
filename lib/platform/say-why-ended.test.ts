import { expect, test } from 'vitest'
import { BadEnvironment } from './env.ts'
import { createLog } from './log.ts'
import { sayWhyEnded } from './say-why-ended.ts'
import { StartRefusal } from './start-refusal.ts'

/** What a process says at its end, to people and to the log. */
function ended(error: unknown, { toPeople, logLevel = 'info' as const }: Given) {
  let logged = ''
  let text = ''
  const log = createLog({ logLevel }, { write: (line) => (logged += line) })
  sayWhyEnded(error, log, { toPeople, write: (part) => (text += part) })
  return { text, logged: logged ? JSON.parse(logged) : undefined }
}
interface Given {
  toPeople: boolean
  logLevel?: 'info' | 'silent'
}

const refusal = new StartRefusal('The bucket b does not exist: create it, private, and start again.', {
  cause: new Error('NoSuchBucket'),
})

test('a refusal to start is its sentence alone for people, and one line without a stack for programs', () => {
  expect(ended(refusal, { toPeople: true })).toEqual({ text: `${refusal.message}\n`, logged: undefined })
  const { text, logged } = ended(refusal, { toPeople: false })
  expect(text).toBe('')
  expect(logged).toEqual({
    level: 'fatal',
    time: expect.any(String),
    pid: process.pid,
    msg: refusal.message,
  })
})

test('faults of the environment are a refusal; a log that is silent does not hide one', () => {
  const bad = new BadEnvironment(['PORT is out of range', 'WORKER is unknown'])
  expect(ended(bad, { toPeople: true }).text).toBe(
    'The environment cannot be used:\n  PORT is out of range\n  WORKER is unknown\n',
  )
  expect(ended(refusal, { toPeople: false, logLevel: 'silent' }).text).toBe(`${refusal.message}\n`)
})

test('what nobody expected keeps its stack, in the log', () => {
  const { text, logged } = ended(new TypeError('x is undefined'), { toPeople: true })
  expect(text).toBe('')
  expect(logged).toMatchObject({ level: 'fatal', msg: 'x is undefined', err: { type: 'TypeError' } })
  expect(logged.err.stack).toContain('say-why-ended.test.ts')
})
