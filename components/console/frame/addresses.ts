/** The pages that are about one project at a time; `samples` has one page for each sample, `webhooks` one for each webhook. */
export const PROJECT_SECTIONS = ['samples', 'fastqs', 'webhooks', 'new-session', 'insights'] as const
export type ProjectSection = (typeof PROJECT_SECTIONS)[number]

export interface Crumb {
  label: string
  href: string
}

export interface ConsoleAddress {
  /** The project named by the address. */
  projectId: string | null
  section: ProjectSection | null
  /** What stands after the section: the id of a sample, for example. */
  below: string | null
}

const IN_PROJECT = /^\/console\/projects\/([^/]+)(?:\/([^/]+)(?:\/(.+))?)?\/?$/
const OUTSIDE = /^\/console\/([^/]+)(?:\/(.+))?\/?$/

/** What a path of the console is about. */
export function readAddress(pathname: string): ConsoleAddress {
  const [, projectId, inside, insideBelow] = IN_PROJECT.exec(pathname) ?? []
  if (projectId !== undefined) {
    return { projectId, section: sectionOf(inside), below: insideBelow ?? null }
  }
  const [, outside, below] = OUTSIDE.exec(pathname) ?? []
  const section = sectionOf(outside)
  return { projectId: null, section, below: section === null ? null : (below ?? null) }
}

const sectionOf = (text: string | undefined): ProjectSection | null =>
  PROJECT_SECTIONS.find((section) => section === text) ?? null

/** A page of a project. Without one, the address leads to the project chosen last. */
export const sectionHref = (
  projectId: string | null | undefined,
  section: ProjectSection,
  below?: string | null,
): string =>
  (projectId ? `/console/projects/${projectId}/${section}` : `/console/${section}`) +
  (below ? `/${below}` : '')

/** What a question is about: undefined for every project. */
export interface Scope {
  projectId: string | undefined
}

/** The query of an address: the parameter of a name, '' when it is missing. */
export interface AddressQuery {
  get(name: string): string
}
