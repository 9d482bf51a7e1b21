'use client'

import { useDebouncedValue } from '@mantine/hooks'
import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight'
import { useEffect, useState } from 'react'
import type { SampleOverviewPage } from '#lib/insights/overview-wire.ts'
import { useApi } from '../api/use-api.tsx'
import { ConsoleIcon } from '../kit/console-icon.tsx'
import { nameSample } from '../kit/name-sample.ts'
import { keepFocus } from '../kit/page-focus.ts'
import { sectionHref } from './addresses.ts'
import { useChosenProject } from './chosen-project.tsx'
import styles from './command-palette.module.css'
import { useEndedSession } from './ended-session.tsx'
import { type FoundSamples, foundSamples } from './found-samples.ts'
import { entriesFor, hrefOf } from './navigation.ts'
import { palette, selectFirstEntry } from './palette.ts'
import { useSignedInPerson, useSignOut } from './signed-in-person.tsx'
import { useUnsavedWork } from './unsaved-work.tsx'

const NAME = 'Find a page, a project or a sample'

/** Opens any page, project or sample from the keyboard: Ctrl K or ⌘ K. */
export function CommandPalette() {
  const person = useSignedInPerson()
  const { go } = useUnsavedWork()
  const { project, projects, choose } = useChosenProject()
  const signOut = useSignOut()
  const [typed, setTyped] = useState('')
  const samples = useFoundSamples(typed)
  const { ended } = useEndedSession()
  // It would cover the dialog in which the person signs in again.
  useEffect(() => {
    if (ended) palette.close()
  }, [ended])
  const groups: SpotlightActionGroupData[] = [
    {
      group: 'Pages',
      actions: entriesFor(person).map((entry) => ({
        id: entry.label,
        label: entry.label,
        description: entry.description,
        leftSection: <ConsoleIcon name={entry.icon} />,
        onClick: () => go(hrefOf(entry, project?.id)),
      })),
    },
    { group: 'Samples', actions: samples.actions },
    {
      group: 'Projects',
      actions: projects.map(({ id, name }) => ({
        id,
        label: name,
        description: 'Switch to this project',
        leftSection: <ConsoleIcon name="projects" />,
        onClick: () => choose(id),
      })),
    },
    {
      group: 'You',
      actions: [
        { id: 'sign-out', label: 'Sign out', leftSection: <ConsoleIcon name="out" />, onClick: signOut },
      ],
    },
  ]
  return (
    <Spotlight
      store={palette.store}
      actions={groups}
      classNames={{ actionDescription: styles.description! }}
      attributes={{ content: { 'aria-label': NAME } }}
      shortcut={ended ? null : 'mod + K'}
      tagsToIgnore={[]}
      limit={14}
      scrollable
      maxHeight={420}
      highlightQuery
      query={typed}
      onQueryChange={setTyped}
      // Not only once it has faded out: it may be opened again before.
      onSpotlightClose={() => setTyped('')}
      onExitTransitionEnd={keepFocus}
      nothingFound={samples.state === 'searching' ? 'Searching samples …' : 'No matches'}
      searchProps={{
        placeholder: 'Where to? A page, a project, or the id, client id or metadata of a sample',
        'aria-label': NAME,
        leftSection: <ConsoleIcon name="search" />,
      }}
    />
  )
}

const SEARCH_CHARACTERS_MIN = 2
const FOUND_MAX = 6
const PAUSE_MS = 200

/** Samples of every project the person sees that have this text in their id, client id or metadata. */
function useFoundSamples(typed: string): Pick<FoundSamples, 'state'> & { actions: SpotlightActionData[] } {
  const { may } = useSignedInPerson()
  const { project, projects } = useChosenProject()
  const { go } = useUnsavedWork()
  const wanted = typed.trim()
  const [search] = useDebouncedValue(wanted, PAUSE_MS)
  const enabled = may('sample_read') && search.length >= SEARCH_CHARACTERS_MIN
  const result = useApi<SampleOverviewPage>(
    'samples/',
    { search, hidden_status: 'all', limit: FOUND_MAX },
    { enabled },
  )
  const found = foundSamples({ wanted, search, enabled, result })
  const { state } = found
  // They arrive after the text was typed, when there may have been nothing to select.
  const ids = found.samples.map(({ id }) => id).join(' ')
  useEffect(() => {
    if (state === 'failed' || state === 'unfinished' || ids) selectFirstEntry()
  }, [state, ids])
  if (state === 'failed') {
    const again = {
      id: 'search-again',
      label: 'Samples could not be searched: try again',
      description: found.why,
      keywords: [wanted],
      leftSection: <ConsoleIcon name="warning" />,
      closeSpotlightOnTrigger: false,
      onClick: () => void result.refetch(),
    }
    return { state, actions: [again] }
  }
  if (state === 'unfinished') {
    const onward = {
      id: 'search-onward',
      label: 'No sample found so far: look further',
      description: 'Not every sample was looked at. The page of samples goes on with this search.',
      keywords: [wanted],
      leftSection: <ConsoleIcon name="samples" />,
      onClick: () =>
        go(
          `${sectionHref(project?.id, 'samples')}?${new URLSearchParams({ q: wanted, scope: 'all', hidden: 'all' })}`,
        ),
    }
    return { state, actions: [onward] }
  }
  const actions = found.samples.map((sample) => ({
    id: sample.id,
    label: nameSample(sample),
    description: [
      sample.last_status.status,
      projects.find(({ id }) => id === sample.project)?.name,
      sample.reference === null ? null : sample.id,
    ]
      .filter(Boolean)
      .join(' · '),
    // The service has searched more than the palette shows.
    keywords: [wanted],
    leftSection: <ConsoleIcon name="samples" />,
    onClick: () => go(sectionHref(sample.project, 'samples', sample.id)),
  }))
  return { state, actions }
}
