import { expect, test } from 'vitest'
import { GUIDES } from '#lib/docs/guides.ts'
import { copiedPaths, filesForImage, importsFromOutside, readIgnoreFile } from './image-files.ts'

const files = filesForImage(readIgnoreFile())

test('What goes into the image imports nothing that stays outside', () => {
  expect(files.length).toBeGreaterThan(500)
  expect(importsFromOutside(files)).toEqual([])
})

test('A file that comes without what it imports is found', () => {
  const withTestsOfRoutes = readIgnoreFile().replace('**/*.test.ts\n', '')
  expect(importsFromOutside(filesForImage(withTestsOfRoutes)).join('\n')).toContain(
    'route.db.test.ts: lib/testing/test-services.ts',
  )
})

test('No test and no secret goes into the image', () => {
  expect(
    files.filter((file) =>
      /\.test\.|^(?:bin|e2e|bench|deploy|data)\/|^docs\/(?!api-examples\/|[A-Za-z-]+\.md$)|\.env|^\.git/.test(
        file,
      ),
    ),
  ).toEqual([])
})

test('Everything that the Containerfile copies from the clone is there', () => {
  const copied = copiedPaths()
  expect(copied.length).toBeGreaterThan(5)
  const present = (name: string) => files.some((file) => file === name || file.startsWith(`${name}/`))
  expect(copied.filter((name) => !present(name))).toEqual([])
})

test('What the pages of /docs are drawn from is in the image', () => {
  const needed = [...GUIDES.map(({ file }) => file), 'docs/api-examples/mint-link.py']
  const copied = copiedPaths()
  const arrives = (file: string) =>
    files.includes(file) && copied.some((name) => file === name || file.startsWith(`${name}/`))
  expect(needed.filter((file) => !arrives(file))).toEqual([])
})
