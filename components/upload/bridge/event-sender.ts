import {
  EMBED_NAMESPACE,
  EMBED_VERSION,
  type EmbedEvents,
  type EmbedEventType,
} from '#lib/sessions/embed-messages.ts'
import { newNonce } from './link-to-host.ts'

export interface EventSender {
  /** Where events go from now on. */
  to(post: (message: object) => void): void
  send<Type extends EmbedEventType>(type: Type, data: EmbedEvents[Type]): void
  /** True once `exit` was sent: no event follows it. */
  ended(): boolean
}

/**
 * Numbers the events of this page load and puts them into their envelope. The first is `ready` (only a `pong` may come
 * before it), the last is `exit`; anything before, after, or while there is no host is not sent.
 */
export function eventSender(sampleId: () => string | null): EventSender {
  const instance = newNonce()
  let post: ((message: object) => void) | null = null
  let seq = 0
  let state: 'silent' | 'ready' | 'ended' = 'silent'
  return {
    to(given) {
      post = given
    },
    send(type, data) {
      if (!post || state === 'ended') return
      if (type === 'ready') state = 'ready'
      if (state === 'silent' && type !== 'pong') return
      if (type === 'exit') state = 'ended'
      seq += 1
      const id = `evt_${instance}_${seq}`
      const at = new Date().toISOString()
      post({ ns: EMBED_NAMESPACE, v: EMBED_VERSION, type, id, seq, sample_id: sampleId(), at, data })
    },
    ended: () => state === 'ended',
  }
}
