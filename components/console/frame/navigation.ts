import type { ConsoleIconName } from '../kit/console-icon.tsx'
import type { SignedInPerson } from './signed-in-person.tsx'

export interface NavigationEntry {
  label: string
  href: string
  icon: ConsoleIconName
  /** What the page is for; shown in the palette and on the start page. */
  description: string
  /** Who sees the entry; everyone when it is missing. */
  shownTo?: (person: SignedInPerson) => boolean
  /** A page outside the shell. */
  outside?: true
}

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
    href: '/console/new-session',
    icon: 'link',
    description: 'Create a link for one person, with a QR code',
    shownTo: ({ may }) => may('upload_create'),
  },
  {
    label: 'Samples',
    href: '/console/samples',
    icon: 'samples',
    description: 'Search, follow and export samples',
    shownTo: ({ may }) => may('sample_read'),
  },
  {
    label: 'My FASTQs',
    href: '/console/fastqs',
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
    href: '/console/webhooks',
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
    href: '/console/insights',
    icon: 'insights',
    description: 'How far people get, and what stops them',
    shownTo: ({ may }) => may('sample_read'),
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

/** Whether an address is this entry's page or one below it. */
export const leadsTo = ({ href }: NavigationEntry, pathname: string): boolean =>
  pathname === href || (href !== '/console' && pathname.startsWith(`${href}/`))
