'use client'

import { Alert, Anchor, Button, Group, List, Progress, Select, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { MapRow } from '#lib/fastq/map/read-map.ts'
import { sectionHref } from '../frame/addresses.ts'
import { useChosenProject } from '../frame/chosen-project.tsx'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { countOf } from '../kit/count-of.ts'
import { PageLink } from '../kit/page-link.tsx'
import type { RowOutcome } from './send-map.ts'
import type { Import } from './use-import.ts'

const SHOWN_MAX = 100

interface Props {
  rows: readonly MapRow[]
  going: Import
  /** Why nothing can be sent. */
  hindered: string | null
  onSend: () => void
}

/** The progress of an import: what the service answered for each row, and what to do next. */
export function ImportProgress({ rows, going, hindered, onSend }: Props) {
  const { phase, outcomes, problem } = going
  const said = [...outcomes]
    .map(([line, outcome]) => ({ line, outcome }))
    .sort((one, other) => one.line - other.line)
  const up = said.filter(({ outcome }) => 'id' in outcome).length
  const refused = said.flatMap(({ line, outcome }) =>
    'refusal' in outcome ? [{ line, words: outcome.refusal }] : [],
  )
  const warnings = said.flatMap(({ line, outcome }) => warningsOf(outcome).map((words) => ({ line, words })))
  return (
    <Stack gap="md">
      {phase !== 'ready' && (
        <div>
          <Progress value={(said.length / rows.length) * 100} aria-label="Rows sent" size="lg" />
          <Text size="sm" c="dimmed" mt={4} role="status">
            {up} of {countOf(rows.length, 'file')} {up === 1 ? 'was' : 'were'} accepted
            {refused.length > 0 ? `, ${refused.length} ${refused.length === 1 ? 'was' : 'were'} refused` : ''}
            .
          </Text>
        </div>
      )}
      {problem && (
        <Alert color="red" role="alert" title="The import stopped">
          {problem}
        </Alert>
      )}
      {refused.length > 0 && <Said title="Refused rows" color="red" lines={refused} />}
      {warnings.length > 0 && <Said title="Accepted, with warnings" color="yellow" lines={warnings} />}
      <Group gap="sm">
        {phase === 'ready' && (
          <>
            <Button onClick={onSend} disabled={hindered !== null}>
              Send {rows.length === 1 ? 'one file' : `${rows.length} files`}
            </Button>
            <Text size="sm">{hindered}</Text>
          </>
        )}
        {phase === 'sending' && (
          <Button variant="default" onClick={going.stop}>
            Stop
          </Button>
        )}
        {(phase === 'stopped' || (phase === 'sent' && refused.length > 0)) && (
          <Button onClick={onSend}>Send the rest again</Button>
        )}
      </Group>
      {phase !== 'ready' && phase !== 'sending' && up === rows.length && (
        <AssignAll rows={rows} going={going} />
      )}
    </Stack>
  )
}

const warningsOf = (outcome: RowOutcome): string[] => ('id' in outcome ? (outcome.warnings ?? []) : [])

interface SaidProps {
  title: string
  color: string
  lines: readonly { line: number; words: string }[]
}

const Said = ({ title, color, lines }: SaidProps) => (
  <Alert color={color} title={title} role="alert">
    <List size="sm">
      {lines.slice(0, SHOWN_MAX).map(({ line, words }) => (
        <List.Item key={`${line} ${words}`}>
          Line {line}: {words}
        </List.Item>
      ))}
    </List>
    {lines.length > SHOWN_MAX && <Text size="sm">… and {lines.length - SHOWN_MAX} more</Text>}
  </Alert>
)

function AssignAll({ rows, going }: Pick<Props, 'rows' | 'going'>) {
  const { may } = useSignedInPerson()
  const { project, projects } = useChosenProject()
  const allowed = projects.filter(({ id }) => may('run_analysis', id))
  const [wanted, setWanted] = useState<string | null>(
    allowed.find(({ id }) => id === project?.id)?.id ?? allowed[0]?.id ?? null,
  )
  const chosen = going.bound ?? wanted
  if (going.phase === 'assigned') {
    return (
      <Alert
        color="green"
        role="status"
        title={going.samples === 1 ? 'One sample was created' : `${going.samples} samples were created`}
      >
        Their analyses start now.{' '}
        <Anchor component={PageLink} href={sectionHref(chosen, 'samples')} size="sm" underline="always">
          View them
        </Anchor>
      </Alert>
    )
  }
  if (allowed.length === 0) {
    return (
      <Text size="sm">All files were added. A person who can run analyses can assign them to a project.</Text>
    )
  }
  return (
    <Stack gap="sm">
      <Text size="sm">
        All files were added. Create samples from them now, or later on the page{' '}
        <Anchor component={PageLink} href={sectionHref(project?.id, 'fastqs')} size="sm" underline="always">
          My FASTQs
        </Anchor>
        .
      </Text>
      <Group align="flex-end" gap="sm">
        <Select
          label="Assign to project"
          data={allowed.map(({ id, name }) => ({ value: id, label: name }))}
          value={chosen}
          onChange={setWanted}
          allowDeselect={false}
          disabled={going.bound !== null}
          searchable
        />
        <Button
          loading={going.phase === 'assigning'}
          disabled={chosen === null}
          onClick={() => chosen && going.assign(rows, chosen)}
        >
          Create samples
        </Button>
      </Group>
    </Stack>
  )
}
