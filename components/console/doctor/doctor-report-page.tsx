'use client'

import { Anchor, Badge, Button, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { WireDoctorReport } from '#lib/doctor/wire.ts'
import { useApi, useApiOrigin } from '../api/use-api.tsx'
import { PageFrame } from '../frame/page-frame.tsx'
import { ApiResult, EmptyState } from '../kit/api-result.tsx'
import { TimeAgo } from '../kit/time-ago.tsx'
import { useAddress } from '../kit/use-address.ts'
import { BROWSER_WORDS, LEVELS_WORST_FIRST } from './doctor-words.ts'

/** What somebody's browser found on `/doctor`, by the code that it got there. The code is in the address. */
export function DoctorReportPage() {
  const address = useAddress()
  const origin = useApiOrigin()
  const code = address.get('code')
  return (
    <PageFrame
      title="Doctor"
      description={
        <>
          Open{' '}
          <Anchor href="/doctor" target="_blank" underline="always">
            {origin}/doctor
          </Anchor>{' '}
          in your own page, app or browser. It tries what an upload needs there and gives a code.
        </>
      }
    >
      <CodeForm key={code} code={code} find={(given) => address.change({ code: given })} />
      {code && <Report code={code} />}
    </PageFrame>
  )
}

function CodeForm({ code, find }: { code: string; find: (code: string) => void }) {
  const [typed, setTyped] = useState(code)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    find(typed.trim())
  }
  return (
    <form onSubmit={submit}>
      <Group align="end">
        <TextInput
          label="Code"
          placeholder="abcd-efgh"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={20}
        />
        <Button type="submit" disabled={typed.trim() === ''}>
          Show the result
        </Button>
      </Group>
    </form>
  )
}

function Report({ code }: { code: string }) {
  const result = useApi<WireDoctorReport>(`doctor-reports/${encodeURIComponent(code)}`)
  return (
    <ApiResult
      result={result}
      lines={8}
      missing={
        <EmptyState icon="search" title="There is no result with this code">
          Results are deleted after a day. Check the code, or open the page again and get another one.
        </EmptyState>
      }
    >
      {({ browser, created, findings }) => (
        <Stack gap="sm">
          <Text c="dimmed">
            {BROWSER_WORDS[browser]}, <TimeAgo time={created} />
          </Text>
          {LEVELS_WORST_FIRST.flatMap(({ level, label, color }) =>
            findings
              .filter((one) => one.level === level)
              .map(({ check, title, words, change }) => (
                <Paper key={check} withBorder p="md">
                  <Group gap="xs" mb={4}>
                    <Title order={2} size="h5">
                      {title}
                    </Title>
                    <Badge variant="light" color={color} tt="none" style={{ color: 'inherit' }}>
                      {label}
                    </Badge>
                  </Group>
                  <Text>{words}</Text>
                  {change && <Text mt={4}>{change}</Text>}
                </Paper>
              )),
          )}
        </Stack>
      )}
    </ApiResult>
  )
}
