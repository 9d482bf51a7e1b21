import { expect, test } from 'vitest'
import { missingAt, STAGES } from './funnel-stages.ts'

const funnel = { minted: 10, opened: 6, checked: 6, uploaded: 4, received: 4, succeeded: 1 }
const waiting = { opened: 3, checked: 0, uploaded: 2, received: 0, succeeded: 1 }

test('A link that can still be used has not stopped', () => {
  expect(STAGES.map((_, at) => missingAt(at, { funnel, waiting }))).toEqual([
    { open: 0, stopped: 0 },
    { open: 3, stopped: 1 },
    { open: 0, stopped: 0 },
    { open: 2, stopped: 0 },
    { open: 0, stopped: 0 },
    { open: 1, stopped: 2 },
  ])
})

test('An answer that does not say which links can still be used calls none of them stopped', () => {
  for (const at of STAGES.keys()) expect(missingAt(at, { funnel })).toEqual({ open: 0, stopped: 0 })
})
