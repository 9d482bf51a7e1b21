import { expect, test } from 'vitest'
import { BlockTracker } from './block-tracker.ts'

function track(...blocks: readonly (readonly [chromosome: number, rows: number])[]) {
  const tracker = new BlockTracker()
  let line = 0
  for (const [chromosome, rows] of blocks) {
    for (let row = 0; row < rows; row++) tracker.follow(chromosome, ++line)
  }
  tracker.end()
  return { outOfBlock: tracker.outOfBlock, firstLine: tracker.firstLineOutOfBlock }
}

test('blocks are whole, however small', () => {
  expect(track([1, 50], [2, 1], [3, 2], [23, 40], [24, 1], [26, 3])).toEqual({ outOfBlock: 0, firstLine: 0 })
})

test('strays count once each, and leave the block around them and their own block whole', () => {
  expect(track([1, 50], [2, 1], [1, 50], [2, 80])).toEqual({ outOfBlock: 1, firstLine: 51 })
  expect(track([1, 50], [2, 50], [1, 2])).toEqual({ outOfBlock: 2, firstLine: 101 })
})

test('every row of a chromosome that had ended counts', () => {
  expect(track([1, 50], [2, 50], [1, 20])).toEqual({ outOfBlock: 20, firstLine: 101 })
})

test('blocks sorted as text are whole, and out of order', () => {
  const tracker = new BlockTracker()
  for (const chromosome of [1, 10, 11, 2, 20, 3])
    for (let row = 0; row < 9; row++) tracker.follow(chromosome, row)
  tracker.end()
  expect(tracker).toMatchObject({ outOfBlock: 0, blocksOutOfOrder: 2 })
})
