import type { ConsoleIconName } from '../kit/console-icon.tsx'
import { type ProjectSection, readAddress, sectionHref } from './addresses.ts'
import type { SignedInPerson } from './signed-in-person.tsx'

interface Entry {
  label: string
  icon: ConsoleIconName
  /** What the page is for; shown in the palette and on the start page. */
  description: string
  /** Who sees the entry; everyone when it is missing. */
  shownTo?: (person: SignedInPerson) => boolean
  /** A page outside the shell. */
  outside?: true
}

/** A page of the whole console, or one that every project has. */
export type NavigationEntry = Entry & ({ href: string; section?: never } | { section: ProjectSection })

/** The pages of the console, in the order of the menu. */
export const NAVIGATION: readonly NavigationEntry[] = [
  { label: 'Start', href: '/console', icon: 'home', description: 'What to do next' },
  {
    label: 'Projects',
    href: '/console/projects',
    icon: 'projects',
    description: 'Brand, rules and links of each project',
    shownTo: ({ may }) => may('sample_read'),
  },
  {
    label: 'New upload session',
    section: 'new-session',
    icon: 'link',
    description: 'Create a link for one person, with a QR code',
    shownTo: ({ may }) => may('upload_create'),
  },
  {
    label: 'Samples',
    section: 'samples',
    icon: 'samples',
    description: 'Search, follow and export samples',
    shownTo: ({ may }) => may('sample_read'),
  },
  {
    label: 'My FASTQs',
    section: 'fastqs',
    icon: 'fastqs',
    description: 'Sequencing reads by URL: import, assign, delete',
    shownTo: ({ may }) => may('sample_read'),
  },
  {
    label: 'API keys',
    href: '/console/api-keys',
    icon: 'keys',
    description: 'Generate, limit and revoke keys of programs',
  },
  {
    label: 'Webhooks',
    section: 'webhooks',
    icon: 'webhooks',
    description: 'Notify your server of events; deliveries and their log',
    shownTo: ({ may }) => may('sample_read'),
  },
  {
    label: 'People',
    href: '/console/people',
    icon: 'people',
    description: 'Invite people, change roles, create reset links',
    shownTo: (person) => person.mayEverywhere('user_manage'),
  },
  {
    label: 'Audit trail',
    href: '/console/audit',
    icon: 'audit',
    description: 'Who did what, and when',
    shownTo: (person) => person.mayEverywhere('project_write'),
  },
  {
    label: 'Insights',
    section: 'insights',
    icon: 'insights',
    description: 'How far people get, and what stops them',
    shownTo: ({ may }) => may('sample_read'),
  },
  {
    label: 'Doctor',
    href: '/console/doctor',
    icon: 'doctor',
    description: 'What an upload needs in a partner’s page or app: results by code',
  },
  {
    label: 'Preview',
    href: '/console/preview',
    icon: 'preview',
    description: 'Every state of the upload page',
    outside: true,
  },
  {
    label: 'Account',
    href: '/console/account',
    icon: 'account',
    description: 'Name, password, second factor, sessions',
  },
]

export const entriesFor = (person: SignedInPerson): NavigationEntry[] =>
  NAVIGATION.filter(({ shownTo }) => shownTo?.(person) ?? true)

/** Where an entry leads: a page of a project, to that of the chosen project. */
export const hrefOf = (entry: NavigationEntry, projectId: string | undefined): string =>
  entry.section === undefined ? entry.href : sectionHref(projectId, entry.section)

/** Whether an address is this entry's page or one below it. */
export function leadsTo(entry: NavigationEntry, pathname: string): boolean {
  const { section } = readAddress(pathname)
  if (entry.section !== undefined) return entry.section === section
  if (section !== null) return false
  return pathname === entry.href || (entry.href !== '/console' && pathname.startsWith(`${entry.href}/`))
}
