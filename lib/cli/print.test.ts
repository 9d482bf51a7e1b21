import { afterEach, expect, test, vi } from 'vitest'
import { printList } from './print.ts'

afterEach(() => vi.restoreAllMocks())

test.each([
  [
    ['a', 'long name', 'test'],
    ['bb', 'c'],
  ],
  [
    ['bb', 'c'],
    ['a', 'long name', 'test'],
  ],
])('a list has straight columns, whichever item says the most: %j, %j', (...rows) => {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  printList(rows, (row) => [...row], { none: 'Nothing.' })
  const lines = write.mock.calls.map(([text]) => text)
  expect(lines.toSorted()).toEqual(['a   long name  test\n', 'bb  c\n'])
})
