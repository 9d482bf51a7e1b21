'use client'

import {
  Alert,
  Button,
  Code,
  FileButton,
  Group,
  Paper,
  ScrollArea,
  Select,
  Stack,
  Table,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core'
import { type DragEvent, useMemo, useState } from 'react'
import { asDestination, defaultDestination, refuseDestination } from '#lib/fastq/map/destination.ts'
import { type MapFault, type MapVerdict, readMap } from '#lib/fastq/map/read-map.ts'
import { readPresignedUrl, refusePresigned } from '#lib/fastq/presigned-url.ts'
import { randomName } from '../api/request-key.ts'
import { showNotice } from '../api/show-notice.ts'
import { sectionHref } from '../frame/addresses.ts'
import { useChosenProject, useProjectCrumbs } from '../frame/chosen-project.tsx'
import { PageFrame } from '../frame/page-frame.tsx'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { type Loss, useUnsaved } from '../frame/unsaved-work.tsx'
import { ConsoleIcon } from '../kit/console-icon.tsx'
import { NotForYou } from '../kit/not-for-you.tsx'
import { ImportProgress } from './import-progress.tsx'
import { useImport } from './use-import.ts'

/** Keeps the page responsive; larger maps are for the command line. */
const BYTES_MAX = 16_000_000
const EXAMPLE =
  'client_id,r_notation,path\ns1,R1,https://…/s1_R1.fastq.gz?X-Amz-…\ns1,R2,https://…/s1_R2.fastq.gz?X-Amz-…'
const ORGANISATION = 'organisation'
const TITLE = 'Import a FASTQ map'

const AT_WORK: Loss = {
  title: 'Stop before the map is through?',
  words:
    'If you leave now, the files that were accepted and the samples that were created stay, and the rest is not sent.',
  leave: 'Stop and leave',
}

const sayAtWork = () =>
  showNotice({
    title: 'The other file was not taken',
    message: 'This map is still being sent. Choose another file once it is through, or stopped.',
    color: 'yellow',
  })

/** Imports FASTQ files by a map, which is checked in the browser and sent only when it has no faults. */
export function ImportPage() {
  const [text, setText] = useState('')
  const [tooLarge, setTooLarge] = useState(false)
  const [destination, setDestination] = useState(() => defaultDestination(new Date(), randomName()))
  const owner = useOwner()
  const { projectId } = useChosenProject()
  const crumbs = useProjectCrumbs()
  const going = useImport()
  const verdict = useMemo(() => judge(text), [text])
  const badDestination = refuseDestination(destination)
  const atWork = going.phase === 'sending' || going.phase === 'assigning'
  const changeText = (next: string) => {
    setText(next)
    going.forget()
  }
  const take = async (file: File | null | undefined) => {
    if (!file) return
    if (going.isAtWork()) return sayAtWork()
    setTooLarge(file.size > BYTES_MAX)
    if (file.size > BYTES_MAX) return
    const read = await file.text()
    // Sending may have begun while it was read.
    if (going.isAtWork()) return sayAtWork()
    changeText(read)
  }
  const rows = verdict?.rows
  const samples = rows?.filter(({ rNotation }) => rNotation === 'R1').length
  const settled = going.phase !== 'ready'
  const up = [...going.outcomes.values()].filter((outcome) => 'id' in outcome).length
  useUnsaved(atWork || (text !== '' && up !== rows?.length), atWork ? AT_WORK : undefined)
  if (owner.choices.length === 0) {
    return (
      <PageFrame title={TITLE}>
        <NotForYou who="people who may add files" what="import a map" />
      </PageFrame>
    )
  }
  return (
    <PageFrame
      title={TITLE}
      crumbs={[...crumbs, { label: 'My FASTQs', href: sectionHref(projectId, 'fastqs') }]}
      description="The map is checked in this browser. Nothing is sent until it has no faults."
    >
      <Stack gap="lg">
        <DropArea onFile={take} atWork={atWork}>
          <Textarea
            label="Map"
            description="One line for each file, with the columns client_id, r_notation and path."
            placeholder={EXAMPLE}
            value={text}
            onChange={(event) => changeText(event.currentTarget.value)}
            autosize
            minRows={7}
            maxRows={16}
            spellCheck={false}
            disabled={atWork}
            styles={{
              input: {
                fontFamily: 'var(--mantine-font-family-monospace)',
                whiteSpace: 'pre',
                overflowX: 'auto',
              },
            }}
          />
        </DropArea>
        {tooLarge && (
          <Alert color="red" role="alert">
            This map is too large for a page. Use <Code>npx arraydrop upload</Code>, which also resumes after
            interruptions.
          </Alert>
        )}
        {verdict?.faults && <MapFaults faults={verdict.faults} />}
        {rows && (
          <Paper withBorder p="md">
            <Stack gap="md">
              <Text role="status">
                This map is valid: <b>{rows.length}</b> {rows.length === 1 ? 'file' : 'files'} of{' '}
                <b>{samples}</b> {samples === 1 ? 'sample' : 'samples'}.
              </Text>
              <TextInput
                label="Destination"
                description="Your own name for this import, to find the files again. Nothing is stored there."
                value={destination}
                onChange={(event) => setDestination(event.currentTarget.value)}
                error={badDestination}
                disabled={settled}
              />
              {owner.choices.length > 1 && (
                <Select
                  label="Owner of the files"
                  data={owner.choices}
                  value={owner.value}
                  onChange={(value) => value && owner.choose(value)}
                  allowDeselect={false}
                  disabled={settled}
                />
              )}
              <ImportProgress
                rows={rows}
                going={going}
                hindered={badDestination === undefined ? null : 'The destination has to be changed first.'}
                onSend={() =>
                  going.send(rows, { destination: asDestination(destination), projectId: owner.projectId })
                }
              />
            </Stack>
          </Paper>
        )}
      </Stack>
    </PageFrame>
  )
}

function judge(text: string): MapVerdict | null {
  if (text.trim() === '') return null
  const now = new Date()
  return readMap(text, { refuseUrl: (url) => refusePresigned(readPresignedUrl(url), now) })
}

/** Projects the person can upload to and, with a role in every project, the whole organisation. */
function useOwner() {
  const { may, mayEverywhere } = useSignedInPerson()
  const { project, projects } = useChosenProject()
  const [chosen, setChosen] = useState<string | null>(null)
  const choices = [
    ...projects
      .filter(({ id }) => may('upload_create', id))
      .map(({ id, name }) => ({ value: id, label: name })),
    ...(mayEverywhere('upload_create') ? [{ value: ORGANISATION, label: 'The whole organisation' }] : []),
  ]
  const usual = choices.find(({ value }) => value === project?.id) ?? choices[0]
  const value = chosen ?? usual?.value ?? null
  return { choices, value, projectId: value === ORGANISATION ? null : value, choose: setChosen }
}

function DropArea({
  onFile,
  atWork,
  children,
}: {
  onFile: (file: File | null | undefined) => void
  /** Another file would have to wait. */
  atWork: boolean
  children: React.ReactNode
}) {
  const [over, setOver] = useState(false)
  const drag = (is: boolean) => (event: DragEvent) => {
    event.preventDefault()
    setOver(is)
  }
  return (
    <Paper
      withBorder
      p="md"
      bg={over ? 'var(--console-sunken)' : undefined}
      onDragOver={drag(true)}
      onDragLeave={drag(false)}
      onDrop={(event) => {
        drag(false)(event)
        onFile(event.dataTransfer.files[0])
      }}
    >
      <Stack gap="sm">
        {children}
        <Group gap="sm">
          <FileButton
            onChange={onFile}
            disabled={atWork}
            accept=".csv,text/csv"
            inputProps={{ 'aria-label': 'Map file' }}
          >
            {(props) => (
              <Button
                {...props}
                disabled={atWork}
                variant="default"
                leftSection={<ConsoleIcon name="upload" size={16} />}
              >
                Choose a file
              </Button>
            )}
          </FileButton>
          <Text size="sm" c="dimmed">
            {atWork
              ? 'Another file can be chosen once this map is through, or stopped.'
              : 'Or drop one here, or paste its text.'}
          </Text>
        </Group>
      </Stack>
    </Paper>
  )
}

const FAULTS_SHOWN_MAX = 200

/** Every fault of a map, by line. The text itself is not repeated: a signed URL opens its file. */
function MapFaults({ faults }: { faults: readonly MapFault[] }) {
  const left = faults.length - FAULTS_SHOWN_MAX
  return (
    <Alert
      color="red"
      role="alert"
      icon={<ConsoleIcon name="warning" />}
      title={
        faults.length === 1
          ? 'One thing is wrong, and nothing was sent'
          : `${faults.length} things are wrong, and nothing was sent`
      }
    >
      <ScrollArea.Autosize mah={360} type="auto" viewportProps={{ tabIndex: 0 }}>
        <Table verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={70}>Line</Table.Th>
              <Table.Th w={110}>Column</Table.Th>
              <Table.Th>What is wrong</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {faults.slice(0, FAULTS_SHOWN_MAX).map(({ line, column, message }) => (
              <Table.Tr key={`${line} ${column} ${message}`}>
                <Table.Td>{line}</Table.Td>
                <Table.Td>{column ?? ''}</Table.Td>
                <Table.Td>{message}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
      {left > 0 && (
        <Text size="sm" mt="xs">
          … and {left} more
        </Text>
      )}
    </Alert>
  )
}
