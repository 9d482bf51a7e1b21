'use client'

import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight'
import { ConsoleIcon } from '../kit/console-icon.tsx'
import { useChosenProject } from './chosen-project.tsx'
import styles from './command-palette.module.css'
import { entriesFor, hrefOf } from './navigation.ts'
import { useSignedInPerson, useSignOut } from './signed-in-person.tsx'
import { useUnsavedWork } from './unsaved-work.tsx'

/** Opens any page or project from the keyboard: Ctrl K or ⌘ K. */
export function CommandPalette() {
  const person = useSignedInPerson()
  const { go } = useUnsavedWork()
  const { project, projects, choose } = useChosenProject()
  const signOut = useSignOut()
  const groups: SpotlightActionGroupData[] = [
    {
      group: 'Pages',
      actions: entriesFor(person).map((entry) => {
        const { label, description, icon } = entry
        const href = hrefOf(entry, project?.id)
        return {
          id: label,
          label,
          description,
          leftSection: <ConsoleIcon name={icon} />,
          onClick: () => go(href),
        }
      }),
    },
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
      actions={groups}
      classNames={{ actionDescription: styles.description! }}
      shortcut="mod + K"
      limit={12}
      scrollable
      maxHeight={420}
      highlightQuery
      nothingFound="No matches"
      searchProps={{
        placeholder: 'Where to?',
        'aria-label': 'Find a page or a project',
        leftSection: <ConsoleIcon name="search" />,
      }}
    />
  )
}
