import { z } from 'zod'

/** Filters of the list of projects. What is unknown, or about what we do not have, is ignored rather than refused. */
export const ProjectFilter = z.object({
  /** Part of the name, or the id. */
  search: z.string().max(255).default('').catch(''),
  /** No project is ever hidden. */
  hidden_status: z.enum(['all', 'hidden', 'visible']).default('all').catch('all'),
  sort_by: z.enum(['created', 'modified', 'name']).default('created').catch('created'),
  sort_order: z.enum(['asc', 'desc']).default('desc').catch('desc'),
})
export type ProjectFilter = z.output<typeof ProjectFilter>
