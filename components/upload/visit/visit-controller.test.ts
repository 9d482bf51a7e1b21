import { describe, expect, test, vi } from 'vitest'
import type { Fault } from '#lib/genotype/verdict.ts'
import type { SessionView } from '#lib/sessions/wire.ts'
import { timersForTests } from '../sending/timers-for-tests.ts'
import type { Answer } from './session-api.ts'
import { DIGEST, OTHER_DIGEST, partOf, rejectionOf, viewOf } from './session-view-for-tests.ts'
import { visitController } from './visit-controller.ts'
import type { VisitPorts } from './visit-ports.ts'

const FILE = new File(['zip'], 'dna.zip')
const BYTES = new Uint8Array(1000)
const view = (more: Partial<SessionView> = {}): Answer => ({ kind: 'view', view: viewOf(more), askedAt: 0 })

interface Scene {
  fault?: Fault
  judgeFails?: boolean
  hashFails?: boolean
  /** What the first reply of the server says. */
  first?: Partial<SessionView>
}

/** A page with a scripted server that records its requests. */
function page({ fault, judgeFails = false, hashFails = false, first = {} }: Scene = {}) {
  const timers = timersForTests()
  const world = { answer: view(first), visible: true }
  const asked: string[] = []
  const answer = async (what: string) => {
    asked.push(what)
    return world.answer
  }
  const sending = { cancel: vi.fn(async () => undefined), stop: vi.fn(), wake: vi.fn(), tryAgain: vi.fn() }
  const send = vi.fn<VisitPorts['send']>(() => sending)
  const go = vi.fn<(url: string) => void>()
  const controller = visitController({
    timers,
    api: {
      open: () => answer('open'),
      state: () => answer('state'),
      leave: (reason) => answer(`leave ${reason}`),
      trouble: (trouble) => answer(`trouble ${trouble}`),
      refused: ({ reason, detail }) => answer(`refused ${reason} ${detail}`),
    },
    async judge() {
      if (judgeFails) throw new Error('A part of the page is missing')
      const content = async () => {
        if (hashFails) throw new Error('A part of the page is missing')
        return { bytes: BYTES, sha256: DIGEST }
      }
      if (fault) return { verdict: { ok: false, faults: [fault] }, content }
      const accepted = { vendor: 'ancestrydna', statedBuild: 37, container: 'original' } as const
      return { verdict: { ok: true, accepted }, content }
    },
    send,
    go,
    visible: () => world.visible,
  })
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  /** Advances time in steps and settles all replies in between. */
  const pass = async (seconds: number) => {
    for (let step = 0; step < seconds * 5; step += 1) {
      timers.advance(200)
      await settle()
    }
  }
  const job = () => send.mock.lastCall![0]
  const stage = () => controller.model().stage
  return { controller, world, asked, sending, send, go, timers, settle, pass, job, stage }
}

async function openPage(options: Parameters<typeof page>[0] = {}) {
  const opened = page(options)
  opened.controller.start()
  await opened.settle()
  return opened
}

async function sendingPage() {
  const opened = await openPage()
  opened.controller.choose([FILE])
  await opened.settle()
  return opened
}

describe('opening a link', () => {
  test('only a visible page opens the link', async () => {
    const { controller, world, asked, settle, stage } = page()
    world.visible = false
    controller.start()
    await settle()
    expect(asked).toEqual([])
    world.visible = true
    controller.woken()
    await settle()
    expect(asked).toEqual(['open'])
    expect(stage().name).toBe('ready')
  })

  test('the link is opened automatically once the network is back', async () => {
    const { controller, world, asked, settle, pass, stage } = page()
    world.answer = { kind: 'silent', problem: 'no_reply', trouble: null, retryAfterSeconds: null }
    controller.start()
    await settle()
    expect(stage()).toEqual({ name: 'unreachable', problem: 'no_reply', requestId: null })
    world.answer = view()
    await pass(3)
    expect(asked).toEqual(['open', 'open'])
    expect(stage().name).toBe('ready')
  })
})

describe('a chosen file', () => {
  test('a good file is sent automatically, checked, and leads to the partner', async () => {
    const { world, asked, pass, go, job, stage } = await sendingPage()
    expect(stage().name).toBe('uploading')
    job().onAcknowledged(1000, 0)
    job().onSent()
    expect(stage().name).toBe('verifying')
    world.answer = view({ state: 'received', vendor: 'ancestrydna', redirect_to: 'https://p.example/ok' })
    await pass(1)
    expect(stage()).toMatchObject({ name: 'received', before: false })
    expect(go.mock.calls).toEqual([['https://p.example/ok']])
    expect(asked).toEqual(['open', 'state', 'state'])
  })

  test('a refused file is never sent, and only reason and detail are reported', async () => {
    const { controller, asked, settle, send, stage } = await openPage({
      fault: { reason: 'vendor_unsupported', detail: 'livingdna' },
    })
    controller.choose([FILE])
    await settle()
    expect(stage()).toMatchObject({ reason: 'vendor_unsupported', detail: 'livingdna' })
    expect(send).not.toHaveBeenCalled()
    expect(asked).toEqual(['open', 'refused vendor_unsupported livingdna'])
  })

  test('there is no verdict when the code that checks or hashes cannot be loaded', async () => {
    for (const missing of [{ judgeFails: true }, { hashFails: true }]) {
      const { controller, settle, send, stage } = await openPage(missing)
      controller.choose([FILE])
      await settle()
      expect(stage()).toMatchObject({ name: 'rejected', reason: 'network_error' })
      expect(send).not.toHaveBeenCalled()
    }
  })

  test('only a part with the same digest is resumed', async () => {
    const { controller, world, settle, job } = await openPage()
    world.answer = view({ upload: partOf(400) })
    controller.choose([FILE])
    await settle()
    expect(job().resumePath).toBe('/api/upload/files/part')

    const other = await openPage()
    other.world.answer = view({ upload: partOf(400, 1000, OTHER_DIGEST) })
    other.controller.choose([FILE])
    await other.settle()
    expect(other.job().resumePath).toBeNull()
  })

  test('a file is sent once more without being chosen again, after a failure of the service', async () => {
    const { controller, send, job, settle, stage } = await sendingPage()
    job().onRefused('service_unavailable')
    await settle()
    expect(stage()).toMatchObject({ name: 'rejected', reason: 'service_unavailable' })
    controller.tryAgain()
    await settle()
    expect(send).toHaveBeenCalledTimes(2)
    expect(stage().name).toBe('uploading')
  })

  test('a file that cannot get through is reported once for each trouble, and again if that did not get through either', async () => {
    const { controller, world, asked, job, settle } = await sendingPage()
    const told = () => asked.filter((what) => what.startsWith('trouble'))
    const forbidden = { cause: 'forbidden', requestId: 'r' } as const
    const answer = world.answer
    world.answer = { kind: 'silent', problem: 'foreign_reply', trouble: null, retryAfterSeconds: null }
    job().onLine('blocked', forbidden)
    await settle()
    job().onLine('stalled', { cause: 'no_answer', requestId: null })
    job().onLine('blocked', forbidden)
    await settle()
    expect(told()).toEqual(['trouble forbidden', 'trouble no_answer'])
    world.answer = answer
    job().onAcknowledged(1, null)
    await settle()
    expect(told().slice(2).sort()).toEqual(['trouble forbidden', 'trouble no_answer'])
    job().onLine('blocked', forbidden)
    await settle()
    expect(told()).toHaveLength(4)
    controller.stop()
  })

  test('canceling an upload deletes what was sent', async () => {
    const { controller, sending, job, stage } = await sendingPage()
    const late = job()
    controller.cancel()
    expect(sending.cancel, 'it asks first').not.toHaveBeenCalled()
    controller.cancel()
    expect(sending.cancel).toHaveBeenCalledOnce()
    late.onSent()
    expect(stage()).toMatchObject({ name: 'ready', canceled: true })
  })

  describe.each(['person', 'immediate'] as const)(
    'refused, with the project’s failure redirect: %s',
    (failure_redirect) => {
      const immediate = failure_redirect === 'immediate'
      const back = 'https://p.example/no?reason=zip_damaged'

      test('by the browser: the page leaves by itself only if the project wants it', async () => {
        const { controller, world, asked, settle, stage } = await openPage({
          fault: { reason: 'zip_damaged', detail: 'checksum' },
          first: { failure_redirect },
        })
        world.answer = view({ failure_redirect, redirect_to: immediate ? back : null })
        controller.choose([FILE])
        await settle()
        expect(stage().name).toBe(immediate ? 'left' : 'rejected')
        const report = 'refused zip_damaged checksum'
        expect(asked).toEqual(immediate ? ['open', report, 'leave zip_damaged'] : ['open', report])
      })

      test('because several were dropped: reported before the page leaves, if it does', async () => {
        const { controller, asked, settle, stage } = await openPage({ first: { failure_redirect } })
        controller.choose([FILE, FILE])
        await settle()
        expect(stage().name).toBe(immediate ? 'left' : 'rejected')
        const report = 'refused several_files several_dropped'
        expect(asked).toEqual(immediate ? ['open', report, 'leave several_files'] : ['open', report])
      })

      test('by the server: the page leaves by itself only if the project wants it', async () => {
        const { controller, world, asked, settle, pass, job, stage } = await openPage({
          first: { failure_redirect },
        })
        world.answer = view({ failure_redirect })
        controller.choose([FILE])
        await settle()
        job().onAcknowledged(1000, 0)
        job().onSent()
        world.answer = view({ failure_redirect, last_rejection: rejectionOf() })
        await pass(1)
        expect(stage().name).toBe(immediate ? 'left' : 'rejected')
        expect(asked.at(-1)).toBe(immediate ? 'leave zip_damaged' : 'state')
      })

      test('in a visit before this one: the page stays, so that a new file can be chosen', async () => {
        const { stage, asked } = await openPage({
          first: { failure_redirect, last_rejection: rejectionOf() },
        })
        expect(stage().name).toBe('rejected')
        expect(asked).toEqual(['open'])
      })

      test('without a way back, or for a fault of ours: the page stays', async () => {
        const stays: Scene[] = [
          {
            fault: { reason: 'zip_damaged', detail: 'checksum' },
            first: { failure_redirect, leads_back: false },
          },
          { judgeFails: true, first: { failure_redirect } },
        ]
        for (const options of stays) {
          const { controller, settle, stage } = await openPage(options)
          controller.choose([FILE])
          await settle()
          expect(stage().name).toBe('rejected')
        }
      })
    },
  )

  test('a file that another tab sent first ends in the confirmation', async () => {
    const { world, go, job, settle, stage } = await sendingPage()
    const receipt = { received_at: '2026-03-01T10:00:00.000Z', size: 1, sha256: '0'.repeat(64) }
    world.answer = view({ state: 'received', redirect_to: 'https://p.example/ok', receipt })
    job().onRefused('already_uploaded')
    await settle()
    expect(stage()).toMatchObject({ name: 'received', before: true })
    expect(go).not.toHaveBeenCalled()
  })

  test('a file whose last answer was lost leads on once the server says that it has it', async () => {
    const { world, go, job, pass, settle, stage } = await sendingPage()
    const receipt = { received_at: '2026-03-01T10:00:00.000Z', size: 1, sha256: DIGEST }
    // Computed before the check had ended, and read after the refusal.
    world.answer = view()
    job().onRefused('already_uploaded')
    await settle()
    expect(stage().name).toBe('verifying')
    world.answer = view({ state: 'received', redirect_to: 'https://p.example/ok', receipt })
    await pass(1)
    expect(go).toHaveBeenCalledExactlyOnceWith('https://p.example/ok')
  })
})

describe('the last check', () => {
  test('a failed last check is shown with the server’s reason', async () => {
    const { world, job, pass, stage } = await sendingPage()
    job().onSent()
    world.answer = view({ last_rejection: rejectionOf() })
    await pass(1)
    expect(stage()).toMatchObject({ name: 'rejected', reason: 'zip_damaged', detail: 'checksum' })
  })

  test('a completion lost in a server crash is settled by POST', async () => {
    const { world, asked, job, pass } = await sendingPage()
    job().onSent()
    world.answer = view({ upload: partOf(1000) })
    await pass(3)
    expect(asked).toContain('open')
    expect(asked.slice(2, 4)).toEqual(['state', 'open'])
  })

  test('bytes that the server discarded are sent again from the start', async () => {
    const { world, send, job, pass, stage } = await sendingPage()
    job().onSent()
    world.answer = view()
    await pass(1)
    expect(send).toHaveBeenCalledTimes(2)
    expect(job().resumePath).toBeNull()
    expect(stage()).toMatchObject({ name: 'uploading', acknowledged: 0 })
  })

  test('a last check whose answer something refuses is named within 20 seconds, told to the partner, and tried again', async () => {
    const { controller, world, asked, job, pass, settle, stage } = await sendingPage()
    job().onSent()
    const trouble = { cause: 'forbidden', requestId: 'r' } as const
    world.answer = { kind: 'silent', problem: 'foreign_reply', trouble, retryAfterSeconds: null }
    await pass(3)
    expect(stage(), 'not for a moment').toMatchObject({ line: 'stalled', silence: null })
    await pass(17)
    expect(stage()).toMatchObject({ name: 'verifying', silence: { problem: 'foreign_reply', ...trouble } })
    await pass(30)
    expect(asked.filter((what) => what === 'trouble forbidden')).toHaveLength(1)
    const before = asked.length
    world.answer = view({ state: 'verifying' })
    controller.tryAgain()
    await settle()
    expect(asked.slice(before)).toEqual(['state', 'trouble forbidden'])
    expect(stage()).toMatchObject({ line: 'flowing', silence: null })
  })

  test('a silence from before the device slept is not counted', async () => {
    const { controller, world, timers, job, pass, settle, stage } = await sendingPage()
    job().onSent()
    const trouble = { cause: 'forbidden', requestId: 'r' } as const
    world.answer = { kind: 'silent', problem: 'foreign_reply', trouble, retryAfterSeconds: null }
    await pass(2)
    timers.sleep(3_600_000)
    controller.woken()
    await settle()
    expect(stage()).toMatchObject({ name: 'verifying', silence: null })
    await pass(20)
    expect(stage()).toMatchObject({ silence: trouble })
  })

  test('a silence from before the page was hidden is not counted, and one with long waits is', async () => {
    const { controller, world, job, pass, settle, stage } = await sendingPage()
    job().onSent()
    const trouble = { cause: 'forbidden', requestId: 'r' } as const
    const silent = { kind: 'silent', problem: 'foreign_reply', trouble } as const
    world.answer = { ...silent, retryAfterSeconds: null }
    await pass(2)
    world.visible = false
    await pass(600)
    world.visible = true
    controller.woken()
    await settle()
    expect(stage()).toMatchObject({ name: 'verifying', silence: null })
    world.answer = { ...silent, retryAfterSeconds: 200 }
    await pass(3)
    await pass(210)
    expect(stage()).toMatchObject({ silence: trouble })
  })

  test('a check that ends while nobody sees the page leads on; what only a visible page asks is not asked', async () => {
    const { world, asked, go, job, pass } = await sendingPage()
    job().onSent()
    world.visible = false
    world.answer = view({ state: 'verifying', seconds_remaining: null })
    await pass(5)
    world.answer = view({ state: 'received', redirect_to: 'https://partner.example/done' })
    await pass(5)
    expect(go).toHaveBeenCalledExactlyOnceWith('https://partner.example/done')
    expect(asked.filter((what) => what === 'open')).toEqual(['open'])
  })

  test('the last check is polled at most 40 times a minute, however long it takes', async () => {
    const { world, asked, job, pass } = await sendingPage()
    job().onSent()
    world.answer = view({ state: 'verifying', seconds_remaining: null })
    const before = asked.length
    await pass(60)
    expect(asked.length - before).toBeGreaterThan(10)
    expect(asked.length - before).toBeLessThanOrEqual(40)
  })
})

describe('leaving', () => {
  test.each([
    ['the reason of the rejection in view', { reason: 'file_empty' } as Fault, 'leave file_empty'],
    ['that the person canceled', undefined, 'leave user_canceled'],
  ])('tells the server %s', async (_, fault, told) => {
    const { controller, world, asked, settle, go, stage } = await openPage(fault ? { fault } : {})
    if (fault) controller.choose([FILE])
    await settle()
    world.answer = view({ redirect_to: 'https://p.example/no' })
    controller.leave()
    await settle()
    expect(asked.at(-1)).toBe(told)
    expect(stage().name).toBe('left')
    expect(go.mock.calls).toEqual([['https://p.example/no']])
  })
})

describe('time', () => {
  test('when the time is up by our clock the page asks, and only the reply ends the visit', async () => {
    const { world, asked, pass, stage } = await openPage()
    world.answer = view({ seconds_remaining: 660 })
    await pass(600)
    const before = asked.length
    expect(stage().name).toBe('ready')
    world.answer = view({ state: 'expired', reason: 'session_expired', seconds_remaining: null })
    await pass(61)
    expect(asked.length).toBeGreaterThan(before)
    expect(stage()).toEqual({ name: 'ended', reason: 'session_expired' })
  })

  test('a page that wakes asks for the time left, and the transfer continues without a tap', async () => {
    const { controller, asked, sending, settle } = await sendingPage()
    const before = asked.length
    controller.woken()
    await settle()
    expect(sending.wake).toHaveBeenCalledOnce()
    expect(asked.slice(before)).toEqual(['state'])
  })
})

test('a stopped page makes no more requests', async () => {
  const { controller, asked, pass } = await openPage()
  const before = asked.length
  controller.stop()
  await pass(120)
  expect(asked.length).toBe(before)
})
