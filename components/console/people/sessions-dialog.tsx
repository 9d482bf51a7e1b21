'use client'

import { Modal } from '@mantine/core'
import type { WirePerson } from '#lib/people/wire.ts'
import { SessionList } from '../account/session-list.tsx'

/** Where a person is signed in. */
export function SessionsDialog({ person, close }: { person: WirePerson; close: () => void }) {
  return (
    <Modal opened onClose={close} title={`Sessions of ${person.name || person.email}`} size="xl" centered>
      <SessionList userId={person.id} />
    </Modal>
  )
}
