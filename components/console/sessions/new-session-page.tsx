'use client'

import { Anchor, Button, Code, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { QRCodeSVG } from 'qrcode.react'
import { useEffect, useRef, useState } from 'react'
import { useApi } from '../api/use-api.tsx'
import { sectionHref } from '../frame/addresses.ts'
import { useChosenProject, useProjectCrumbs } from '../frame/chosen-project.tsx'
import { PageFrame } from '../frame/page-frame.tsx'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { type Loss, useUnsaved, useUnsavedWork } from '../frame/unsaved-work.tsx'
import { Columns } from '../kit/columns.tsx'
import { ConsoleIcon } from '../kit/console-icon.tsx'
import { CopyButton } from '../kit/copy-button.tsx'
import { NotForYou } from '../kit/not-for-you.tsx'
import { PageLink } from '../kit/page-link.tsx'
import { MintForm } from './mint-form.tsx'
import classes from './minted-link.module.css'
import type { Minted } from './session-form.ts'
import { SessionLive, type SessionNow } from './session-live.tsx'

/** Creates a link for one person, shows it once, and follows what happens to it. */
export function NewSessionPage() {
  const { may } = useSignedInPerson()
  const { projectId } = useChosenProject()
  const crumbs = useProjectCrumbs()
  const [minted, setMinted] = useState<Minted | null>(null)
  return (
    <PageFrame
      title="New upload session"
      crumbs={crumbs}
      description={
        minted
          ? 'Send the link to one person. Anyone who has it can upload, so use a channel you trust.'
          : 'A link for one person and one file, the same as your program would mint through the API.'
      }
    >
      {!may('upload_create', projectId) ? (
        <NotForYou who="people who may create upload links" what="create links in this project" />
      ) : minted ? (
        <Columns cols={{ base: 1, md: may('sample_read') ? 2 : 1 }} spacing="lg">
          <MintedLink minted={minted} again={() => setMinted(null)} />
          {may('sample_read') && <SessionLive sampleId={minted.sample_id} />}
        </Columns>
      ) : (
        <MintForm done={setMinted} />
      )}
    </PageFrame>
  )
}

const LINK: Loss = {
  title: 'Leave without the link?',
  words: 'You have neither copied nor opened the link. It cannot be shown again.',
  leave: 'Leave without the link',
}

/** The new link: as text, as a QR code, and as a button that opens it. */
function MintedLink({ minted, again }: { minted: Minted; again: () => void }) {
  const { may } = useSignedInPerson()
  const { project, projectId } = useChosenProject()
  const title = useRef<HTMLHeadingElement>(null)
  const [taken, setTaken] = useState(false)
  const take = () => setTaken(true)
  const work = useUnsavedWork()
  const session = useApi<SessionNow>(
    `array-data-upload-form/${minted.sample_id}`,
    {},
    { enabled: may('sample_read') },
  )
  // Whoever opened it has it.
  const isNew = session.data === undefined || session.data.state === 'minted'
  useUnsaved(!taken && isNew, LINK)
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
          The person can scan it with their phone’s camera.
        </Text>
        <Code block className={classes.url!} tabIndex={0} role="region" aria-label="Upload link">
          {minted.url}
        </Code>
        <Group gap="sm">
          <CopyButton value={minted.url} label="Copy the link" copied={take}>
            Copy the link
          </CopyButton>
          <Button
            component="a"
            href={minted.url}
            target="_blank"
            rel="noreferrer"
            variant="default"
            onClick={take}
            leftSection={<ConsoleIcon name="preview" size={16} />}
          >
            Open
          </Button>
          <Button variant="subtle" onClick={() => work.ask(again)}>
            Create another
          </Button>
        </Group>
        <Text size="sm" c="dimmed">
          {project && (
            <>
              It belongs to the project <b>{project.name}</b>.{' '}
            </>
          )}
          The link is shown only here and cannot be shown again.
          {may('sample_read') && (
            <>
              {' '}
              <Anchor
                component={PageLink}
                href={sectionHref(projectId, 'samples', minted.sample_id)}
                underline="always"
              >
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
