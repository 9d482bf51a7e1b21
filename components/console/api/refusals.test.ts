import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const CONSOLE = path.resolve('components/console')

/**
 * Those that ask the API themselves and know what becomes of it: the questions and changes of every page, the doors, where
 * there is no session yet, and what runs within a mutation of the file beside it.
 */
const ASKING = [
  'api/api.ts',
  'api/question.ts',
  'api/use-api.tsx',
  'fastqs/send-map.ts',
  'fastqs/use-import.ts',
  'frame/signed-in-person.tsx',
  'projects/project-danger.tsx',
  'samples/bulk-actions.tsx',
  'samples/use-sample-work.ts',
  'sign-in/sign-in-again.tsx',
  'sign-in/use-sign-in.ts',
]

const sources = readdirSync(CONSOLE, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\./.test(name))
  .map((name) => ({
    name: name.replaceAll(path.sep, '/'),
    text: readFileSync(path.join(CONSOLE, name), 'utf8'),
  }))

test('every request of the console is a question or a change of the cache, which tells it of an ended session', () => {
  const asking = sources.filter(({ text }) => /\bcallApi\b[<(]/.test(text)).map(({ name }) => name)
  expect(asking.toSorted()).toEqual(ASKING)
})

test('a secret is shown in one place, which asks before it is lost', () => {
  const dialogs = sources.filter(({ text }) => /<Modal\b/.test(text)).map(({ name }) => name)
  expect(dialogs.toSorted()).toEqual([
    'frame/keys-dialog.tsx',
    'kit/form-dialog.tsx',
    'kit/show-secret-once.tsx',
    'people/person-row.tsx',
    'sign-in/sign-in-again.tsx',
    'webhooks/delivery-dialog.tsx',
  ])
})
