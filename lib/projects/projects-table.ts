import { type Selectable, sql } from 'kysely'
import { countAndPage } from '#lib/platform/db/count-and-page.ts'
import { microsecondsOf, timeOf } from '#lib/platform/db/microseconds.ts'
import type { Schema } from '#lib/platform/db/schema.ts'
import type { Database, Tx } from '#lib/services.ts'
import { COUNT_MAX, type ListPage } from '#lib/wire/list-page.ts'
import { containing } from '#lib/wire/search-text.ts'
import { type Project, ProjectSettings } from './project.ts'
import type { ProjectFilter } from './wire.ts'

const COLUMNS = [
  'id',
  'name',
  'description',
  'created',
  'modified',
  'is_array_default',
  'is_test',
  'pipeline_capabilities',
  'settings',
] as const

type Row = Pick<Selectable<Schema['project']>, (typeof COLUMNS)[number]>

const fromRow = (row: Row): Project => ({
  id: row.id,
  name: row.name,
  description: row.description,
  created: row.created,
  modified: row.modified,
  isArrayDefault: row.is_array_default,
  isTest: row.is_test,
  pipelineCapabilities: row.pipeline_capabilities,
  settings: ProjectSettings.parse(row.settings),
})

export async function selectProject(db: Database | Tx, id: string): Promise<Project | undefined> {
  const row = await db.selectFrom('project').select(COLUMNS).where('id', '=', id).executeTakeFirst()
  return row && fromRow(row)
}

export async function selectArrayDefault(db: Database | Tx): Promise<Project | undefined> {
  const row = await db
    .selectFrom('project')
    .select(COLUMNS)
    .where('is_array_default', '=', true)
    .executeTakeFirst()
  return row && fromRow(row)
}

/** Names are not unique: returns the oldest project of that name. */
export async function selectProjectByName(db: Database | Tx, name: string): Promise<Project | undefined> {
  const row = await db
    .selectFrom('project')
    .select(COLUMNS)
    .where('name', '=', name)
    .orderBy('created')
    .limit(1)
    .executeTakeFirst()
  return row && fromRow(row)
}

/** Insert a project; the first one ever that is not for tests becomes the default for array data. */
export async function insertProject(
  db: Database | Tx,
  project: Pick<Project, 'name' | 'description' | 'isTest' | 'pipelineCapabilities' | 'settings'>,
): Promise<Project> {
  const row = await db
    .insertInto('project')
    .values((eb) => ({
      name: project.name,
      description: project.description,
      pipeline_capabilities: project.pipelineCapabilities,
      settings: JSON.stringify(project.settings),
      is_test: project.isTest,
      is_array_default: project.isTest
        ? false
        : eb.not(eb.exists(eb.selectFrom('project').select('id').where('is_array_default', '=', true))),
    }))
    .returning(COLUMNS)
    .executeTakeFirstOrThrow()
  return fromRow(row)
}

/** Those of all projects that are for tests. */
export async function selectTestProjects(db: Database): Promise<string[]> {
  const rows = await db.selectFrom('project').select('id').where('is_test', '=', true).execute()
  return rows.map(({ id }) => id)
}

/** Block the creation of projects until the transaction ends. */
export async function lockProjects(tx: Tx): Promise<void> {
  await sql`lock table project in share row exclusive mode`.execute(tx)
}

/** Block every change of the project and every new row that belongs to it until the transaction ends. */
export async function lockProject(tx: Tx, id: string): Promise<boolean> {
  const row = await tx.selectFrom('project').select('id').where('id', '=', id).forUpdate().executeTakeFirst()
  return row !== undefined
}

/** Delete the row, and with it whatever refers to the project: keys, roles, invitations, subscriptions, FASTQ files by URL. */
export async function deleteProject(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('project').where('id', '=', id).execute()
}

/** A project of the list, with the value that it is sorted by; times in microseconds since 1970. */
export interface ListedProject extends Project {
  place: string
}

/** One page of these projects (null: of all), behind a place or an offset, and one row more; counted to COUNT_MAX + 1. */
export async function selectProjects(
  db: Database,
  ids: readonly string[] | null,
  { search, hidden_status, locked, shared, sort_by, sort_order }: ProjectFilter,
  { limit, offset, after }: ListPage,
): Promise<{ count: number; rows: ListedProject[] }> {
  let found = db.selectFrom('project')
  if (ids) found = found.where(sql<boolean>`id = any(${ids}::uuid[])`)
  if (hidden_status === 'hidden' || locked || shared) found = found.where(sql<boolean>`false`)
  if (search !== '') {
    const pattern = containing(search)
    found = found.where(sql<boolean>`(id::text ilike ${pattern} or name ilike ${pattern})`)
  }
  const some = found.select('id').limit(COUNT_MAX + 1)
  const isTime = sort_by === 'created' || sort_by === 'modified'
  const column = sql.ref(sort_by)
  const value = isTime
    ? timeOf(after?.value)
    : sort_by === 'name'
      ? sql`${after?.value}::text`
      : sql`${after?.value}::uuid`
  const behind = sql<boolean>`(${column}, id) ${sql.raw(sort_order === 'asc' ? '>' : '<')} (${value}, ${after?.id}::uuid)`
  const page = after ? found.where(behind) : found.offset(offset)
  const { count, rows } = await countAndPage(
    db,
    some.as('some'),
    page
      .select(COLUMNS)
      .select(
        (isTime ? sql<string>`${microsecondsOf(sort_by)}::text` : sql<string>`${column}::text`).as('place'),
      )
      .orderBy(sort_by, sort_order)
      .orderBy('id', sort_order)
      .limit(limit + 1),
  )
  return { count, rows: rows.map((row) => ({ ...fromRow(row), place: row.place })) }
}

/** Change the given fields; settings are merged into the stored ones. Undefined where there is no such project any more. */
export async function updateProject(
  db: Database | Tx,
  id: string,
  { settings, pipelineCapabilities, ...change }: ProjectUpdate,
): Promise<Project | undefined> {
  const row = await db
    .updateTable('project')
    .set({
      ...change,
      ...(pipelineCapabilities ? { pipeline_capabilities: pipelineCapabilities } : {}),
      ...(settings ? { settings: sql<string>`settings || ${JSON.stringify(settings)}::jsonb` } : {}),
      modified: sql<Date>`app_now()`,
    })
    .where('id', '=', id)
    .returning(COLUMNS)
    .executeTakeFirst()
  return row && fromRow(row)
}

interface ProjectUpdate {
  name?: string | undefined
  description?: string | undefined
  pipelineCapabilities?: string | undefined
  settings?: Partial<ProjectSettings> | undefined
}

/** The organisation that this installation is. */
export function selectOrganization(db: Database | Tx): Promise<{ id: string; name: string }> {
  return db.selectFrom('organization').select(['id', 'name']).executeTakeFirstOrThrow()
}
