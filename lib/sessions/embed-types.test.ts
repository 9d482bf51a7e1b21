/// <reference path="../../public/embed.d.ts" />
import { expect, expectTypeOf, test } from 'vitest'
import type { EmbedEvent, EmbedEvents, EmbedState, ExitStatus, Redirector } from './embed-messages.ts'

/** The types that partners copy are written by hand. The compiler compares them here with what the page sends. */
test('the types of embed.js are those of the messages', () => {
  expectTypeOf<Arraydrop.State>().toEqualTypeOf<EmbedState>()
  expectTypeOf<Exclude<Arraydrop.Exit['status'], 'unknown'>>().toEqualTypeOf<ExitStatus>()
  expectTypeOf<NonNullable<Arraydrop.Options['redirect']>>().toEqualTypeOf<Redirector>()
  expectTypeOf<EmbedEvents['ready']>().toEqualTypeOf<Arraydrop.Ready>()
  expectTypeOf<EmbedEvents['exit']>().toExtend<Arraydrop.Exit>()
  expectTypeOf<EmbedEvents['upload.received']>().toExtend<Arraydrop.Received>()
  expectTypeOf<EmbedEvents['redirect_request']>().toEqualTypeOf<Arraydrop.Redirect>()
  expectTypeOf<EmbedEvent['v']>().toExtend<Arraydrop.Event['v']>()
  const event = { type: 'exit', seq: 1 } satisfies Partial<EmbedEvent> & Partial<Arraydrop.Event>
  expect(event.type).toBe('exit')
})
