import { describe, expect, test } from 'vitest'
import type { NetworkTrouble } from '#lib/sessions/embed-messages.ts'
import type { SessionView } from '#lib/sessions/wire.ts'
import type { Line } from '../sending/send-file.ts'
import { partOf, viewOf } from '../visit/session-view-for-tests.ts'
import type { VisitAction } from '../visit/visit-action.ts'
import { step } from '../visit/visit-machine.ts'
import { initialModel, type VisitModel } from '../visit/visit-model.ts'
import { changeReporter, stateOf } from './report-changes.ts'

const NAME = 'genome_Miriam.zip'
const SIZE = 2_500_000

/** Runs a page through these actions and returns every event its host receives. */
function toldOf(events: (VisitAction | { wait: number })[], view: Partial<SessionView> = {}) {
  let now = 0
  const report = changeReporter(() => now)
  let model: VisitModel = step(initialModel, { type: 'session', view: viewOf(view) })
  const told = events.flatMap((event) => {
    if ('wait' in event) {
      now += event.wait
      return []
    }
    const before = model
    model = step(before, event)
    return report(before, model)
  })
  return { told, model }
}

const chosen: VisitAction = { type: 'chosen', files: [{ name: NAME, size: SIZE }] }
const recognised: VisitAction = { type: 'recognised', attempt: 1, vendor: '23andme' }
const sending: VisitAction = { type: 'sending', attempt: 1, from: 0 }
const acknowledged = (bytes: number): VisitAction => ({
  type: 'acknowledged',
  attempt: 1,
  bytes,
  secondsNeeded: 1.2,
})

describe('a host is told', () => {
  test('the host hears of every step of a good file in order, and never its name', () => {
    const { told } = toldOf([
      chosen,
      recognised,
      sending,
      { wait: 600 },
      acknowledged(1_000_000),
      { wait: 600 },
      acknowledged(SIZE),
      { type: 'all_sent', attempt: 1 },
      { type: 'session', view: viewOf({ state: 'received', vendor: '23andme' }) },
    ])
    expect(told.map(({ type, data }) => (type === 'state' ? data : type))).toEqual([
      { from: 'picking', to: 'checking' },
      'file.checked',
      { from: 'checking', to: 'sending' },
      'upload.started',
      'upload.progress',
      'upload.progress',
      { from: 'sending', to: 'verifying' },
      { from: 'verifying', to: 'received' },
    ])
    expect(told).toContainEqual({
      type: 'file.checked',
      data: { ok: true, vendor: '23andme', size_bucket: 3 },
    })
    expect(told).toContainEqual({
      type: 'upload.progress',
      data: { acked: 1_000_000, total: SIZE, percent: 40, eta_s: 2 },
    })
    expect(JSON.stringify(told)).not.toContain('Miriam')
  })

  test('progress is reported at most twice a second, in whole percents', () => {
    const steps = Array.from({ length: 100 }, (_, index) => [
      { wait: 100 },
      acknowledged((index + 1) * 25_000),
    ]).flat()
    const { told } = toldOf([chosen, recognised, sending, { wait: 1_000 }, ...steps])
    const progress = told.filter(({ type }) => type === 'upload.progress')
    expect(progress.length).toBeGreaterThan(15)
    expect(progress.length).toBeLessThanOrEqual(21)
    const still = Array.from({ length: 10 }, () => [{ wait: 1_000 }, acknowledged(1_000)]).flat()
    const none = toldOf([chosen, recognised, sending, ...still]).told
    expect(none.filter(({ type }) => type === 'upload.progress')).toEqual([])
  })

  test('the host hears why a file was refused, and separately of errors that are no file’s fault', () => {
    const refused = (reason: 'vendor_unsupported' | 'network_error') =>
      toldOf([chosen, { type: 'failed', attempt: 1, reason, detail: null }]).told
    expect(refused('vendor_unsupported')).toContainEqual({
      type: 'file.checked',
      data: { ok: false, reason: 'vendor_unsupported', retryable: true, size_bucket: 3 },
    })
    expect(refused('network_error')).toContainEqual({
      type: 'error',
      data: { reason: 'network_error', retryable: true },
    })
  })

  test('that the line broke and came back', () => {
    const line = (name: Line, cause: NetworkTrouble | null = null): VisitAction => {
      return { type: 'line', attempt: 1, line: name, trouble: cause && { cause, requestId: 'secret' } }
    }
    const { told } = toldOf([
      chosen,
      recognised,
      sending,
      line('offline'),
      acknowledged(1),
      line('stalled'),
      line('blocked', 'body_too_large'),
      line('blocked', 'forbidden'),
    ])
    expect(told.filter(({ type }) => /stalled|resumed/.test(type))).toEqual([
      { type: 'upload.stalled', data: { cause: 'offline', trouble: null } },
      { type: 'upload.resumed', data: { acked: 1, total: SIZE } },
      { type: 'upload.stalled', data: { cause: 'slow', trouble: null } },
      { type: 'upload.stalled', data: { cause: 'blocked', trouble: 'body_too_large' } },
      { type: 'upload.stalled', data: { cause: 'blocked', trouble: 'forbidden' } },
    ])
  })

  test('that the result of the last check does not come, and comes', () => {
    const trouble = { cause: 'forbidden', requestId: 'secret' } as const
    const silent = (lasting: typeof trouble | null): VisitAction => {
      return { type: 'no_contact', problem: 'foreign_reply', trouble: lasting }
    }
    const { told } = toldOf([
      chosen,
      recognised,
      sending,
      { type: 'all_sent', attempt: 1 },
      silent(null),
      silent(trouble),
      silent(trouble),
      { type: 'session', view: viewOf({ state: 'verifying' }) },
    ])
    expect(told.filter(({ type }) => /stalled|resumed/.test(type))).toEqual([
      { type: 'upload.stalled', data: { cause: 'blocked', trouble: 'forbidden' } },
      { type: 'upload.resumed', data: { acked: SIZE, total: SIZE } },
    ])
  })

  test('the same of a page that was opened again meanwhile', () => {
    const checking: VisitAction = {
      type: 'session',
      view: viewOf({ state: 'verifying', upload: partOf(SIZE, SIZE) }),
    }
    const trouble = { cause: 'forbidden', requestId: 'secret' } as const
    const { told } = toldOf([checking, { type: 'no_contact', problem: 'foreign_reply', trouble }, checking])
    expect(told.flatMap(({ type }) => (/stalled|resumed/.test(type) ? [type] : []))).toEqual([
      'upload.stalled',
      'upload.resumed',
    ])
  })

  test('of each warning once, however the seconds jump', () => {
    const time = (secondsLeft: number): VisitAction => ({ type: 'time', secondsLeft })
    const { told } = toldOf([300, 121, 120, 119, 31, 12, 11].map(time))
    expect(told).toEqual([
      { type: 'time.warning', data: { seconds_left: 120 } },
      { type: 'time.warning', data: { seconds_left: 12 } },
    ])
  })

  test.each([
    ['link_expired', 'expired'],
    ['session_expired', 'expired'],
    ['link_canceled', 'canceled'],
    ['link_invalid', 'failed'],
  ] as const)('that a session with %s is %s', (reason, state) => {
    expect(stateOf({ name: 'ended', reason })).toBe(state)
  })
})
