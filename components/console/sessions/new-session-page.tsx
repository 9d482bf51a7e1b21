'use client'

import { SimpleGrid } from '@mantine/core'
import { useState } from 'react'
import { PageFrame } from '../frame/page-frame.tsx'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { MintForm } from './mint-form.tsx'
import { MintedLink } from './minted-link.tsx'
import type { Minted } from './session-form.ts'
import { SessionLive } from './session-live.tsx'

/** Make a link for one person, hand it over, and watch what comes of it. */
export function NewSessionPage() {
  const { may } = useSignedInPerson()
  const [minted, setMinted] = useState<Minted | null>(null)
  return (
    <PageFrame
      title="New upload session"
      description={
        minted
          ? 'Hand the link to one person. Whoever has it can upload, so send it by a way you trust.'
          : 'A link for one person and one file: the same as your program would make by the API.'
      }
    >
      {minted ? (
        <SimpleGrid cols={{ base: 1, md: may('sample_read') ? 2 : 1 }} spacing="lg">
          <MintedLink minted={minted} again={() => setMinted(null)} />
          {may('sample_read') && <SessionLive sampleId={minted.sample_id} />}
        </SimpleGrid>
      ) : (
        <MintForm done={setMinted} />
      )}
    </PageFrame>
  )
}
