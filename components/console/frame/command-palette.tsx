'use client'

import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight'
import { useRouter } from 'next/navigation'
import { ConsoleIcon } from '../kit/console-icon.tsx'
import { useChosenProject } from './chosen-project.tsx'
import styles from './command-palette.module.css'
import { entriesFor, hrefOf } from './navigation.ts'
import { useSignedInPerson, useSignOut } from './signed-in-person.tsx'

/** Opens any page or project from the keyboard: Ctrl K or ⌘ K. */
export function CommandPalette() {
  const person = useSignedInPerson()
  const router = useRouter()
  const { project, projects, choose } = useChosenProject()
  const signOut = useSignOut()
  const groups: SpotlightActionGroupData[] = [
    {
      group: 'Pages',
      actions: entriesFor(person).map((entry) => {
        const { label, description, icon, outside } = entry
        const href = hrefOf(entry, project?.id)
        return {
          id: label,
          label,
          description,
          leftSection: <ConsoleIcon name={icon} />,
          onClick: () => (outside ? window.location.assign(href) : router.push(href)),
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
