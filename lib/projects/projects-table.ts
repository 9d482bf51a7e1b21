import { type Selectable, sql } from 'kysely'
import type { Schema } from '#lib/platform/db/schema.ts'
import type { Database, Tx } from '#lib/services.ts'
import { type Project, ProjectSettings } from './project.ts'

type Row = Pick<Selectable<Schema['project']>, 'id' | 'name' | 'is_array_default' | 'settings'>

const COLUMNS = ['id', 'name', 'is_array_default', 'settings'] as const

const fromRow = (row: Row): Project => ({
  id: row.id,
  name: row.name,
  isArrayDefault: row.is_array_default,
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

/** Names are not unique; the oldest one of that name answers. */
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

/** Insert a project; the first one ever becomes the default for array data. */
export async function insertProject(
  db: Database | Tx,
  project: { name: string; description: string; settings: ProjectSettings },
): Promise<Project> {
  const row = await db
    .insertInto('project')
    .values((eb) => ({
      name: project.name,
      description: project.description,
      settings: JSON.stringify(project.settings),
      is_array_default: eb.not(
        eb.exists(eb.selectFrom('project').select('id').where('is_array_default', '=', true)),
      ),
    }))
    .returning(COLUMNS)
    .executeTakeFirstOrThrow()
  return fromRow(row)
}

/** Hold off others who would create a project until the transaction ends. */
export async function lockProjects(tx: Tx): Promise<void> {
  await sql`lock table project in share row exclusive mode`.execute(tx)
}
