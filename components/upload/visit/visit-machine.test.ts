import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { REASONS } from '#lib/genotype/reason.ts'
import { SHOWN_STATES } from '#lib/sessions/wire.ts'
import { DIGEST, OTHER_DIGEST, partOf, rejectionOf, viewOf } from './session-view-for-tests.ts'
import type { VisitAction } from './visit-action.ts'
import { afterPoll, step } from './visit-machine.ts'
import { flowsInTime, initialModel, type VisitModel, willNotFit } from './visit-model.ts'

const FILE = { name: 'dna.zip', size: 1000 }

const run = (actions: VisitAction[], from: VisitModel = initialModel): VisitModel =>
  actions.reduce(step, from)
const session = (more = {}): VisitAction => ({ type: 'session', view: viewOf(more) })

const ready = run([session()])
const reading = run([{ type: 'chosen', files: [FILE] }], ready)
const attempt = reading.attempt
const checked = run([{ type: 'recognised', attempt, vendor: '23andme' }], reading)
const digested = run([{ type: 'digested', attempt, sha256: DIGEST }], checked)
const uploading = run([{ type: 'sending', attempt, from: 0 }], digested)
const verifying = run([{ type: 'all_sent', attempt }], uploading)
const rejected = run([{ type: 'failed', attempt, reason: 'not_a_zip', detail: 'raw_text_23andme' }], reading)

describe('the usual course', () => {
  test('the first reply and one file lead to the confirmation and the redirect', () => {
    const names = [ready, reading, checked, uploading, verifying].map(({ stage }) => stage.name)
    expect(names).toEqual(['ready', 'reading', 'checked', 'uploading', 'verifying'])
    const done = run(
      [session({ state: 'received', vendor: '23andme', redirect_to: 'https://p.example/ok' })],
      verifying,
    )
    expect(done.stage).toEqual({
      name: 'received',
      vendor: '23andme',
      file: { name: 'dna.zip', size: 1000 },
      before: false,
    })
    expect(done.redirect).toBe('https://p.example/ok')
  })

  test('time and size of the receipt are the server’s: the same after a reload and in another tab', () => {
    const receipt = { received_at: '2026-03-01T10:00:00.000Z', size: 1_234, sha256: 'd'.repeat(64) }
    const answer = session({ state: 'received', vendor: '23andme', receipt })
    const [sender, reloaded] = [run([answer], verifying), run([answer])]
    expect([sender, reloaded].map((page) => page.session?.receipt)).toEqual([receipt, receipt])
  })

  test('sending starts automatically after a good verdict', () => {
    expect(uploading.stage).toMatchObject({ name: 'uploading', acknowledged: 0, secondsNeeded: null })
  })

  test('the progress shows acknowledged bytes alone', () => {
    const more = run([{ type: 'acknowledged', attempt, bytes: 400, secondsNeeded: 9 }], uploading)
    expect(more.stage).toMatchObject({ acknowledged: 400, secondsNeeded: 9 })
  })

  test('a second file is accepted only after the first has ended', () => {
    const second: VisitAction = { type: 'chosen', files: [{ name: 'other.zip', size: 5 }] }
    for (const busy of [reading, checked, uploading, verifying]) expect(step(busy, second)).toBe(busy)
    expect(step(rejected, second).stage.name).toBe('reading')
  })
})

describe('progress', () => {
  test('begins at the offset that the server already has', () => {
    const resumed = run([{ type: 'sending', attempt, from: 400 }], digested)
    expect(resumed.stage).toMatchObject({ name: 'uploading', acknowledged: 400, underWay: 400 })
  })

  test('shows bytes under way apart from what has arrived', () => {
    const more = run([{ type: 'under_way', attempt, bytes: 300 }], uploading)
    expect(more.stage).toMatchObject({ acknowledged: 0, underWay: 300 })
    const arrived = run([{ type: 'acknowledged', attempt, bytes: 200, secondsNeeded: 1 }], more)
    expect(arrived.stage).toMatchObject({ acknowledged: 200, underWay: 200 })
  })

  test('ends a trouble only by new bytes', () => {
    const trouble = { cause: 'forbidden', requestId: null } as const
    const blocked = run([{ type: 'line', attempt, line: 'blocked', trouble }], uploading)
    const zero = run([{ type: 'acknowledged', attempt, bytes: 0, secondsNeeded: null }], blocked)
    expect(zero.stage).toMatchObject({ line: 'blocked', trouble })
    const byte = run([{ type: 'acknowledged', attempt, bytes: 1, secondsNeeded: null }], zero)
    expect(byte.stage).toMatchObject({ line: 'flowing', trouble: null })
  })
})

describe('the first reply', () => {
  test('a session that has its file shows the confirmation without redirecting', () => {
    const seen = run([session({ state: 'received', redirect_to: 'https://p.example/ok' })])
    expect(seen.stage).toMatchObject({ name: 'received', before: true })
    expect(seen.redirect).toBeNull()
    expect(seen.session?.redirectTo).toBe('https://p.example/ok')
  })

  test('an unfinished part is offered for resuming', () => {
    const seen = run([session({ upload: partOf(600) })])
    expect(seen.stage).toMatchObject({ name: 'ready', resumable: { size: 1000, offset: 600 } })
  })

  test('a rejection that happened while the page was closed is explained', () => {
    expect(run([session({ last_rejection: rejectionOf() })]).stage).toMatchObject({
      name: 'rejected',
      reason: 'zip_damaged',
      detail: 'checksum',
    })
  })

  test('a page opened during the check waits for it and then redirects to the partner', () => {
    const seen = run([session({ state: 'verifying', seconds_remaining: null })])
    expect(seen.stage.name).toBe('verifying')
    expect(run([session({ state: 'received', redirect_to: 'https://p.example/ok' })], seen).redirect).toBe(
      'https://p.example/ok',
    )
  })

  test('a link that is not open yet shows no form', () => {
    expect(run([session({ state: 'minted' })]).stage.name).toBe('loading')
  })
})

describe('the end of a visit', () => {
  test.each(['link_expired', 'session_expired', 'link_canceled'] as const)(
    'by %s wins over everything that runs, and redirects where the server says',
    (reason) => {
      const state = reason === 'link_canceled' ? 'canceled' : 'expired'
      for (const before of [initialModel, ready, reading, uploading, verifying, rejected]) {
        const ended = run([session({ state, reason, redirect_to: 'https://p.example/no' })], before)
        expect(ended.stage).toEqual({ name: 'ended', reason })
        expect(ended.redirect).toBe('https://p.example/no')
      }
    },
  )

  test('an invalid link is explained here without redirecting', () => {
    const ended = run([{ type: 'refused', reason: 'link_invalid' }])
    expect(ended.stage).toEqual({ name: 'ended', reason: 'link_invalid' })
    expect(ended.redirect).toBeNull()
  })

  test('the page’s own clock never ends a visit', () => {
    for (const before of [ready, uploading, rejected]) {
      expect(step(before, { type: 'time', secondsLeft: 0 }).stage.name).toBe(before.stage.name)
    }
  })

  test.each([
    ['another tab’s leads to the confirmation', '0', { before: true, file: null }, null],
    [
      'ours, whose last answer was lost, leads on',
      'd',
      { before: false, file: FILE },
      'https://p.example/ok',
    ],
    [
      'one that an older server tells without a digest leads on',
      '',
      { before: false },
      'https://p.example/ok',
    ],
  ])('a sample that has its file: %s, never to a form or the failure URL', (_, digit, received, redirect) => {
    const sending = { ...uploading, sha256: 'd'.repeat(64) }
    const waiting = run([{ type: 'failed', attempt, reason: 'already_uploaded', detail: null }], sending)
    expect(waiting.stage.name).toBe('verifying')
    const receipt = { received_at: '2026-03-01T10:00:00.000Z', size: 1_234, sha256: digit.repeat(64) }
    const answer = session({ state: 'received', redirect_to: 'https://p.example/ok', receipt })
    for (const before of [waiting, sending]) {
      const seen = run([answer], before)
      expect(seen.stage).toMatchObject({ name: 'received', ...received })
      expect(seen.redirect).toBe(redirect)
    }
  })
})

describe('a refused file', () => {
  test('a refused file is shown with reason, detail and name, and can be replaced', () => {
    expect(rejected.stage).toEqual({
      name: 'rejected',
      reason: 'not_a_zip',
      detail: 'raw_text_23andme',
      file: FILE,
    })
    expect(rejected.redirect).toBeNull()
  })

  test('several files at once are refused before any is read', () => {
    expect(step(ready, { type: 'chosen', files: [FILE, FILE] }).stage).toMatchObject({
      reason: 'several_files',
      detail: 'several_dropped',
    })
  })

  test('a reason this page does not know is shown as our own fault', () => {
    const unknown = 'from_the_future' as (typeof REASONS)[number]
    const seen = step(uploading, { type: 'failed', attempt, reason: unknown, detail: null })
    expect(seen.stage).toMatchObject({ name: 'rejected', reason: 'internal_error' })
  })
})

describe('the server’s verdict', () => {
  test('a verdict on our own bytes is shown', () => {
    const seen = run([session({ last_rejection: rejectionOf() })], verifying)
    expect(seen.stage).toMatchObject({ name: 'rejected', reason: 'zip_damaged', file: FILE })
  })

  test('a verdict on another tab’s file is not taken for ours', () => {
    const seen = run([session({ last_rejection: rejectionOf(OTHER_DIGEST) })], verifying)
    expect(seen.stage.name).toBe('verifying')
  })

  test('a verdict on an earlier try of the same file is not taken for the new one', () => {
    const again = run(
      [
        session({ last_rejection: rejectionOf() }),
        { type: 'chosen', files: [FILE] },
        { type: 'recognised', attempt: 1, vendor: '23andme' },
        { type: 'digested', attempt: 1, sha256: DIGEST },
        { type: 'sending', attempt: 1, from: 0 },
        { type: 'all_sent', attempt: 1 },
        session({ last_rejection: rejectionOf() }),
      ],
      initialModel,
    )
    expect(again.stage.name).toBe('verifying')
    const later = rejectionOf(DIGEST, '2026-03-01T10:00:05.000Z')
    expect(run([session({ last_rejection: later })], again).stage.name).toBe('rejected')
  })
})

describe('a poll while the server should be checking', () => {
  test('the page waits while the server is checking', () => {
    expect(afterPoll(verifying, viewOf({ state: 'verifying' }))).toBe('wait')
    expect(afterPoll(verifying, viewOf({ last_rejection: rejectionOf() }))).toBe('wait')
    expect(afterPoll(ready, viewOf())).toBe('wait')
  })

  test('the page asks the server to settle a completion that it lost', () => {
    expect(afterPoll(verifying, viewOf({ upload: partOf(1000) }))).toBe('settle')
  })

  test('the page sends discarded bytes again, from the start and without asking', () => {
    expect(afterPoll(verifying, viewOf())).toBe('send_again')
    expect(afterPoll(verifying, viewOf({ upload: partOf(1000, 1000, OTHER_DIGEST) }))).toBe('send_again')
    const again = step(verifying, { type: 'send_again', attempt })
    expect(again.stage).toMatchObject({ name: 'uploading', acknowledged: 0 })
  })

  test('after two resends the page gives up and reports our own fault', () => {
    const round: VisitAction[] = [
      { type: 'send_again', attempt },
      { type: 'all_sent', attempt },
    ]
    const tired = run([...round, ...round, { type: 'send_again', attempt }], verifying)
    expect(tired.stage).toMatchObject({ name: 'rejected', reason: 'internal_error' })
  })

  test('the visit starts over when the bytes were lost in a reload', () => {
    const reloaded = run([session({ state: 'verifying' })])
    expect(afterPoll(reloaded, viewOf())).toBe('start_over')
    const fresh = step(reloaded, { type: 'start_over', attempt: reloaded.attempt })
    expect(fresh.stage).toMatchObject({ name: 'ready', canceled: false })
  })
})

describe('leaving', () => {
  test('leaving follows the server’s redirect once the server knows', () => {
    const left = run(
      [
        { type: 'leave', reason: 'not_a_zip' },
        session({ redirect_to: 'https://p.example/no?reason=not_a_zip' }),
        { type: 'left' },
      ],
      rejected,
    )
    expect(left.stage).toEqual({ name: 'left', reason: 'not_a_zip' })
    expect(left.redirect).toBe('https://p.example/no?reason=not_a_zip')
  })

  test('leaving ends nothing: the same link keeps working', () => {
    const left = run([{ type: 'leave', reason: 'user_canceled' }, session(), { type: 'left' }], ready)
    expect(left.redirect).toBeNull()
    expect(run([{ type: 'ask_again' }, session()], left).stage.name).toBe('ready')
  })

  test('leaving without a file shows the help first, and can be undone', () => {
    const help = step(ready, { type: 'no_file_yet' })
    expect(help.stage.name).toBe('no_file_yet')
    expect(step(help, { type: 'back' }).stage.name).toBe('ready')
    expect(step(help, { type: 'leave', reason: 'file_not_ready' }).stage.name).toBe('leaving')
  })

  test('leaving is not possible while the last check runs', () => {
    expect(step(verifying, { type: 'leave', reason: 'user_canceled' })).toBe(verifying)
  })
})

describe('without a reply', () => {
  test('a page with nothing to show says why, and recovers automatically', () => {
    const trouble = { cause: 'forbidden', requestId: 'a3f1c2d4' } as const
    const silent = run([{ type: 'no_contact', problem: 'foreign_reply', trouble }])
    expect(silent.stage).toEqual({ name: 'unreachable', problem: 'foreign_reply', requestId: 'a3f1c2d4' })
    expect(run([session()], silent).stage.name).toBe('ready')
  })

  test('a page in use stays as it is', () => {
    for (const before of [ready, reading, uploading, rejected]) {
      expect(step(before, { type: 'no_contact', problem: 'no_reply', trouble: null })).toBe(before)
    }
  })

  test('the last check is never taken for a failure', () => {
    const silent = step(verifying, { type: 'no_contact', problem: 'no_reply', trouble: null })
    expect(silent.stage).toMatchObject({ name: 'verifying', line: 'stalled' })
  })
})

describe('canceling', () => {
  test('canceling returns to the form, and the old attempt no longer counts', () => {
    const canceled = run([{ type: 'cancel' }, { type: 'cancel' }], uploading)
    expect(canceled.stage).toEqual({ name: 'ready', resumable: null, canceled: true })
    for (const late of [
      { type: 'all_sent', attempt },
      { type: 'acknowledged', attempt, bytes: 900, secondsNeeded: 1 },
      { type: 'failed', attempt, reason: 'network_error', detail: null },
    ] as VisitAction[]) {
      expect(step(canceled, late)).toBe(canceled)
    }
  })

  test('canceling asks first, while bytes keep flowing', () => {
    const half = run([{ type: 'acknowledged', attempt, bytes: 1, secondsNeeded: 1 }], uploading)
    const asked = step(half, { type: 'cancel' })
    expect(asked.stage).toMatchObject({ name: 'uploading', asked: true })
    expect(asked.attempt).toBe(attempt)
    const later = run([{ type: 'acknowledged', attempt, bytes: 900, secondsNeeded: 1 }], asked)
    expect(later.stage).toMatchObject({ acknowledged: 900, asked: true })
    expect(step(later, { type: 'go_on' }).stage).toMatchObject({ name: 'uploading', asked: false })
    expect(step(later, { type: 'cancel' }).stage).toMatchObject({ name: 'ready', canceled: true })
  })
})

describe("the partner's brand", () => {
  test('the brand comes once and stays', () => {
    const brand = { logo: null, accent: { light: '#1d4ed8', dark: '#93b4ff' } }
    const { partner } = viewOf()
    const branded = run([session({ partner: { ...partner, brand } }), session()])
    expect(branded.session?.partner.brand).toEqual(brand)
  })
})

describe('time', () => {
  const timed = (secondsLeft: number, secondsNeeded: number) =>
    run(
      [
        { type: 'time', secondsLeft },
        { type: 'acknowledged', attempt, bytes: 100, secondsNeeded },
      ],
      uploading,
    )

  test('too little time for the rest is noticed at once', () => {
    expect(willNotFit(timed(60, 90))).toBe(true)
    expect(flowsInTime(timed(60, 90))).toBe(false)
    expect(flowsInTime(timed(60, 30))).toBe(true)
  })

  test('time that passes while bytes flow raises no false alarm', () => {
    expect(willNotFit(step(timed(60, 55), { type: 'time', secondsLeft: 50 }))).toBe(false)
  })

  test('time that passes on a dead connection counts in full', () => {
    const dead = step(timed(60, 55), { type: 'line', attempt, line: 'stalled', trouble: null })
    expect(willNotFit(step(dead, { type: 'time', secondsLeft: 50 }))).toBe(true)
  })
})

const anyEvent: fc.Arbitrary<VisitAction> = fc.oneof(
  fc
    .record({
      state: fc.constantFrom(...SHOWN_STATES),
      upload: fc.constantFrom(null, partOf(10), partOf(1000)),
      last_rejection: fc.constantFrom(null, rejectionOf()),
      redirect_to: fc.constantFrom(null, 'https://p.example/'),
    })
    .map((more): VisitAction => ({ type: 'session', view: viewOf(more) })),
  fc.constantFrom(...REASONS).map((reason): VisitAction => ({ type: 'refused', reason })),
  fc.constantFrom(...REASONS).map((reason): VisitAction => ({ type: 'leave', reason })),
  fc
    .record({ attempt: fc.nat(6), reason: fc.constantFrom(...REASONS) })
    .map((more): VisitAction => ({ type: 'failed', detail: null, ...more })),
  fc
    .nat(6)
    .chain((n) =>
      fc.constantFrom<VisitAction>(
        { type: 'recognised', attempt: n, vendor: 'myheritage' },
        { type: 'digested', attempt: n, sha256: DIGEST },
        { type: 'sending', attempt: n, from: 0 },
        { type: 'all_sent', attempt: n },
        { type: 'send_again', attempt: n },
        { type: 'start_over', attempt: n },
        { type: 'line', attempt: n, line: 'offline', trouble: null },
      ),
    ),
  fc.constantFrom<VisitAction>(
    { type: 'chosen', files: [FILE] },
    { type: 'cancel' },
    { type: 'no_file_yet' },
    { type: 'back' },
    { type: 'left' },
    { type: 'ask_again' },
    { type: 'no_contact', problem: 'no_reply', trouble: null },
  ),
)

describe('any order of actions', () => {
  const actions = fc.array(anyEvent, { maxLength: 40 })

  test('no order of actions undoes a received file', () => {
    fc.assert(
      fc.property(actions, (later) => {
        const received = run([session({ state: 'received' })])
        expect(run(later, received)).toBe(received)
      }),
    )
  })

  test('no order of actions redirects before the visit is over', () => {
    fc.assert(
      fc.property(actions, (happened) => {
        const model = run(happened)
        if (model.redirect) expect(model.stage.name).toMatch(/^(received|ended|left)$/)
      }),
      { numRuns: 500 },
    )
  })
})
