'use client'

import { Anchor, Button, Code, Group, Paper, Stack, Text, Title } from '@mantine/core'
import Link from 'next/link'
import { QRCodeSVG } from 'qrcode.react'
import { useEffect, useRef } from 'react'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { ConsoleIcon } from '../kit/console-icon.tsx'
import { CopyButton } from '../kit/copy-button.tsx'
import classes from './minted-link.module.css'
import type { Minted } from './session-form.ts'

/** The link to hand over, which the form gave way to: as text, as a picture for a phone, and to open here. */
export function MintedLink({ minted, again }: { minted: Minted; again: () => void }) {
  const { may } = useSignedInPerson()
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    title.current?.focus({ preventScroll: true })
    window.scrollTo(0, 0)
  }, [])
  return (
    <Paper withBorder p="md" component="section" aria-label="The link">
      <Stack gap="md">
        <Title order={2} size="h4" ref={title} tabIndex={-1} className={classes.title!}>
          The link
        </Title>
        <div className={classes.code}>
          <QRCodeSVG
            value={minted.url}
            size={256}
            level="L"
            marginSize={2}
            title="QR code of the upload link"
          />
        </div>
        <Text size="sm" c="dimmed" ta="center">
          Let the person point their phone’s camera at it.
        </Text>
        <Code block className={classes.url!} tabIndex={0} role="region" aria-label="Upload link">
          {minted.url}
        </Code>
        <Group gap="sm">
          <CopyButton value={minted.url} label="Copy the link">
            Copy the link
          </CopyButton>
          <Button
            component="a"
            href={minted.url}
            target="_blank"
            rel="noreferrer"
            variant="default"
            leftSection={<ConsoleIcon name="preview" size={16} />}
          >
            Open
          </Button>
          <Button variant="subtle" onClick={again}>
            Make another
          </Button>
        </Group>
        <Text size="sm" c="dimmed">
          The link is shown here only: leaving this page loses it.
          {may('sample_read') && (
            <>
              {' '}
              <Anchor component={Link} href={`/console/samples/${minted.sample_id}`} underline="always">
                Its sample
              </Anchor>{' '}
              stays.
            </>
          )}
        </Text>
      </Stack>
    </Paper>
  )
}
