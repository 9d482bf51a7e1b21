'use client'

import { Alert, Anchor, Button, Group, Paper, Stack, Text, Timeline, Title } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { z } from 'zod'
import { isUnderWay, type SampleStatus } from '#lib/samples/sample.ts'
import type { SampleDetails } from '#lib/samples/wire.ts'
import type { SessionDetails } from '#lib/sessions/wire.ts'
import { useAct, useApi } from '../api/use-api.tsx'
import { sectionHref } from '../frame/addresses.ts'
import { useChosenProject } from '../frame/chosen-project.tsx'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { ApiResult } from '../kit/api-result.tsx'
import { confirmFirst } from '../kit/confirm.tsx'
import { PageLink } from '../kit/page-link.tsx'
import { StatusBadge } from '../kit/status-badge.tsx'
import { TimeAgo } from '../kit/time-ago.tsx'
import { wordsForReason } from '../samples/reason-words.ts'

export type SessionNow = z.infer<typeof SessionDetails>

const REFRESH_SECONDS = 2
const STEPS = ['minted', 'opened', 'received', 'analysed'] as const

/** The progress of a link, updated every few seconds. */
export function SessionLive({ sampleId }: { sampleId: string }) {
  const session = useApi<SessionNow>(
    `array-data-upload-form/${sampleId}`,
    {},
    { everySeconds: REFRESH_SECONDS },
  )
  const sample = useApi<SampleDetails>(
    `samples/${sampleId}`,
    {},
    { everySeconds: REFRESH_SECONDS, enabled: session.data?.state === 'received' },
  )
  return (
    <Paper withBorder p="md" component="section" aria-label="What happens">
      <Title order={2} size="h4" mb="md">
        What happens
      </Title>
      <ApiResult result={session} lines={5}>
        {(there) => <Progress session={there} sample={sample.data} />}
      </ApiResult>
    </Paper>
  )
}

function Progress({ session, sample }: { session: SessionNow; sample: SampleDetails | undefined }) {
  const { projectId } = useChosenProject()
  const status = sample?.last_status.status
  const over = session.state === 'expired' || session.state === 'canceled'
  return (
    <Stack gap="md">
      <Group gap="sm" role="status">
        <StatusBadge status={status ?? session.state} />
        {!over && session.seconds_remaining !== null && (
          <Countdown
            seconds={session.seconds_remaining}
            words={session.opened_at ? 'left to upload' : 'left to open it'}
          />
        )}
      </Group>
      <Timeline active={stepOf(session, status)} bulletSize={16} lineWidth={2}>
        <Timeline.Item title="Link created">
          <When time={session.created} />
        </Timeline.Item>
        <Timeline.Item title="Opened">
          <When time={session.opened_at} />
        </Timeline.Item>
        <Timeline.Item title="File received">
          {session.last_rejection && session.state !== 'received' && (
            <Text size="sm">
              Refused: {wordsForReason(session.last_rejection.reason)},{' '}
              <TimeAgo time={session.last_rejection.at} />. The person can try again.
            </Text>
          )}
          <When time={session.events.find(({ kind }) => kind === 'received')?.created ?? null} />
        </Timeline.Item>
        <Timeline.Item title="Analysed">
          <When time={status && !isUnderWay(status) ? (sample?.last_status.created ?? null) : null} />
        </Timeline.Item>
      </Timeline>
      {over && (
        <Alert color="gray" title={session.state === 'canceled' ? 'Canceled' : 'Expired'}>
          {session.reason ? wordsForReason(session.reason) : 'This link no longer works'}. Create another link
          if the person still wants to upload.
        </Alert>
      )}
      <Group gap="sm" className="lone-link">
        <Anchor
          component={PageLink}
          href={sectionHref(sample?.project ?? projectId, 'samples', session.sample_id)}
          size="sm"
        >
          Open the sample
        </Anchor>
        <CancelLink session={session} />
      </Group>
    </Stack>
  )
}

function stepOf({ state, opened_at }: SessionNow, status: SampleStatus | undefined): number {
  const reached =
    status && !isUnderWay(status)
      ? 'analysed'
      : state === 'received'
        ? 'received'
        : opened_at
          ? 'opened'
          : 'minted'
  return STEPS.indexOf(reached)
}

const When = ({ time }: { time: string | null }) => (
  <Text size="xs" c="dimmed">
    {time ? <TimeAgo time={time} /> : 'Not yet'}
  </Text>
)

function CancelLink({ session }: { session: SessionNow }) {
  const { may } = useSignedInPerson()
  const cancel = useAct({
    path: `array-data-upload-form/${session.sample_id}/cancel`,
    done: 'The link was canceled.',
  })
  if (!['minted', 'opened'].includes(session.state) || !may('upload_create')) return null
  return (
    <Button
      variant="default"
      size="xs"
      loading={cancel.isPending}
      onClick={() =>
        confirmFirst({
          title: 'Cancel this link?',
          children: 'It stops working at once, and a partly sent file is deleted. This cannot be undone.',
          confirm: 'Cancel the link',
          onConfirm: () => cancel.mutate(),
        })
      }
    >
      Cancel the link
    </Button>
  )
}

/** Counts down from the server's answer by the monotonic clock. Only the server decides when time is up. */
function Countdown({ seconds, words }: { seconds: number; words: string }) {
  const [left, setLeft] = useState(seconds)
  useEffect(() => {
    const begun = performance.now()
    const count = () => setLeft(Math.max(0, seconds - (performance.now() - begun) / 1_000))
    count()
    const timer = setInterval(count, 500)
    return () => clearInterval(timer)
  }, [seconds])
  const whole = Math.ceil(left)
  return (
    <Text size="sm" component="span">
      <span role="timer" aria-live="off" style={{ fontVariantNumeric: 'tabular-nums' }}>
        {Math.floor(whole / 60)}:{String(whole % 60).padStart(2, '0')}
      </span>{' '}
      {words}
    </Text>
  )
}
