'use client'

import { Text, Textarea } from '@mantine/core'
import { ACCEPT_REASON_CHARACTERS_MAX } from '#lib/samples/sample.ts'
import type { ChangedSamples } from '#lib/samples/wire.ts'
import { showNotice } from '../api/show-notice.ts'
import { FormDialog } from '../kit/form-dialog.tsx'

interface Values extends Record<string, unknown> {
  reason: string
}

interface Props {
  projectId: string
  sampleId: string
  opened: boolean
  close: () => void
}

/** Accepts a sample in spite of its quality checks. The reason stays in its history. */
export function AcceptDialog({ projectId, sampleId, opened, close }: Props) {
  return (
    <FormDialog<Values, ChangedSamples>
      title="Accept this sample"
      opened={opened}
      close={close}
      initialValues={{ reason: '' }}
      act={{
        path: `project-accept-samples/${projectId}`,
        body: ({ reason }) => ({ sample_ids: [sampleId], reason }),
      }}
      submit="Accept the sample"
      done={() => showNotice({ message: 'The sample was accepted.', color: 'drop' })}
    >
      {(form) => (
        <>
          <Text size="sm">
            It becomes “succeeded”, and webhooks are told. Its checks and its report keep what was measured.
          </Text>
          <Textarea
            label="Reason"
            description="Stays in the history of the sample, where everyone who sees it can read it. No names of people."
            placeholder="The low call rate is known for this chip, and harmless here."
            maxLength={ACCEPT_REASON_CHARACTERS_MAX}
            autosize
            minRows={3}
            maxRows={8}
            required
            data-autofocus
            {...form.getInputProps('reason')}
          />
        </>
      )}
    </FormDialog>
  )
}
