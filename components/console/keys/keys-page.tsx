'use client'

import { Button, Stack } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useState } from 'react'
import type { NewApiKeyAnswer, WireApiKey } from '#lib/keys/wire.ts'
import { useList } from '../api/use-api.tsx'
import { useApiOrigin } from '../api/use-api-origin.ts'
import { PageFrame } from '../frame/page-frame.tsx'
import { ApiResult, EmptyState } from '../kit/api-result.tsx'
import { CodeSample } from '../kit/code-sample.tsx'
import { ConsoleIcon } from '../kit/console-icon.tsx'
import { TableFrame } from '../kit/table-frame.tsx'
import { KeyRow } from './key-row.tsx'
import { NewKeyDialog } from './new-key-dialog.tsx'
import { NewKeyShown } from './new-key-shown.tsx'

const LIMIT = 50

/** Keys of programs: what each may do, where from, when it was last used. */
export function KeysPage() {
  const [asking, dialog] = useDisclosure()
  const [made, setMade] = useState<NewApiKeyAnswer | null>(null)
  const [offset, turn] = useState(0)
  const origin = useApiOrigin()
  const keys = useList<WireApiKey>('user-api-keys/', { limit: LIMIT, offset })
  const generate = (
    <Button leftSection={<ConsoleIcon name="plus" size={16} />} onClick={dialog.open}>
      Generate new API key
    </Button>
  )
  return (
    <PageFrame
      title="API keys"
      description="Programs call the partner API with a key. Give each program its own, and no more than it needs."
      actions={generate}
    >
      <ApiResult
        result={keys}
        lines={6}
        empty={{
          when: ({ meta }) => meta.count === 0,
          show: (
            <Stack>
              <EmptyState icon="keys" title="No API keys yet" action={generate}>
                A key is shown once, when it is made. Your program sends it with every request; whoever has it
                may do what it may.
              </EmptyState>
              <CodeSample
                title="How a program uses a key"
                text={`curl -H 'Authorization: Api-Key <key>' ${origin}/api/v2/projects/`}
              />
            </Stack>
          ),
        }}
      >
        {({ results, meta }) => (
          <TableFrame
            label="API keys"
            head={['Name', 'Prefix', 'Role', 'Project', 'Expires', 'Last used', 'Actions']}
            pages={{ count: meta.count, limit: LIMIT, offset, turn }}
          >
            {results.map((key) => (
              <KeyRow key={key.id} apiKey={key} />
            ))}
          </TableFrame>
        )}
      </ApiResult>
      <NewKeyDialog opened={asking} close={dialog.close} done={setMade} />
      <NewKeyShown made={made} close={() => setMade(null)} />
    </PageFrame>
  )
}
