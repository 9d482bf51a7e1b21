import type { ConsoleIconName } from '../kit/console-icon.tsx'
import type { SignedInPerson } from './signed-in-person.tsx'

export interface NavigationEntry {
  label: string
  href: string
  icon: ConsoleIconName
  /** What can be done there: for the palette and the start page. */
  description: string
  /** Who finds it; everybody without. */
  shownTo?: (person: SignedInPerson) => boolean
  /** A page that is not drawn by the shell. */
  outside?: true
}

/** The pages of the console, in the order of the menu. An entry comes with its page, never before. */
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
    description: 'Make a link for one person, with a QR code',
    shownTo: ({ may }) => may('upload_create'),
  },
  {
    label: 'Samples',
    href: '/console/samples',
    icon: 'samples',
    description: 'Search, follow and export what came in',
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
    description: 'Tell your server what happens; deliveries and their log',
    shownTo: ({ may }) => may('sample_read'),
  },
  {
    label: 'People',
    href: '/console/people',
    icon: 'people',
    description: 'Invite, change roles, hand out reset links',
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
    description: 'How far people come, and what stops them',
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

/** Whether an address is of this entry, or of a page below it. */
export const leadsTo = ({ href }: NavigationEntry, pathname: string): boolean =>
  pathname === href || (href !== '/console' && pathname.startsWith(`${href}/`))
