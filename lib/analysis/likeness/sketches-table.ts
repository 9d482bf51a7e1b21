import { sql } from 'kysely'
import type { Database, Tx } from '#lib/services.ts'
import type { SamePerson, SamePersonNamed, Sketch } from './same-person.ts'

/**
 * Whether the project asks for sketches; that stays so until the transaction ends. Of two samples that end together one waits
 * here for the other, and sees it. Called before anything is changed: a change of the setting locks in the same order.
 */
export async function lockSketches(tx: Tx, projectId: string): Promise<boolean> {
  const { rows } = await sql<{ asks: boolean }>`
    select coalesce((settings ->> 'findSamePerson')::boolean, false) as asks from project
     where id = ${projectId} for share`.execute(tx)
  if (!rows[0]?.asks) return false
  await sql`select pg_advisory_xact_lock(hashtextextended(${projectId}, 29))`.execute(tx)
  return true
}

/** Sketches that a project has kept until then, and pairs of them, count as deleted. */
const givenUpBefore = (projectId: string) => sql`coalesce(
  (select before from sketches_given_up where project_id = ${projectId}), '-infinity')`

/** The latest sketches of a project that were made with this key, but for the sample's own; at most `limit`. */
export async function selectSketches(
  db: Database,
  { projectId, kid, except }: { projectId: string; kid: string; except: string },
  limit: number,
): Promise<{ sampleId: string; bytes: Uint8Array }[]> {
  const { rows } = await sql<{ sampleId: string; bytes: Uint8Array }>`
    select sample_id as "sampleId", sketch as bytes from genotype_sketch
     where project_id = ${projectId} and key_id = ${kid} and sample_id <> ${except}
       and created > ${givenUpBefore(projectId)}
     order by created desc limit ${limit}`.execute(db)
  return rows
}

/** What was kept of this sample goes, its likenesses included. */
export async function deleteSketch(tx: Tx, sampleId: string): Promise<void> {
  await sql`delete from genotype_sketch where sample_id = ${sampleId}`.execute(tx)
}

export async function insertSketch(
  tx: Tx,
  { sampleId, projectId, sketch }: { sampleId: string; projectId: string; sketch: Sketch },
): Promise<void> {
  await sql`
    insert into genotype_sketch (sample_id, project_id, key_id, sketch)
    values (${sampleId}, ${projectId}, ${sketch.kid}, ${Buffer.from(sketch.bytes)})`.execute(tx)
}

export async function insertSamePersons(
  tx: Tx,
  projectId: string,
  found: readonly SamePerson[],
): Promise<void> {
  // One that was deleted since it was read is left out: its foreign key must not undo the run that ends here.
  await sql`
    insert into same_person (sample_id, other_id, project_id, shared, agreeing)
    select "sampleId", "otherId", ${projectId}, found.shared, found.agreeing
      from json_to_recordset(${JSON.stringify(found)}::json)
             as found("sampleId" uuid, "otherId" uuid, shared int, agreeing int)
      join genotype_sketch other on other.sample_id = "otherId"
       for key share of other`.execute(tx)
}

/** A `NamedSample` without the rest of its metadata. */
const named = (sample: string) => sql`jsonb_build_object(
  'id', ${sql.ref(sample)}.id, 'clientId', ${sql.ref(sample)}.client_id,
  'metadata', jsonb_build_object('your_reference', ${sql.ref(sample)}.metadata -> 'your_reference',
                                 'reference', ${sql.ref(sample)}.metadata -> 'reference'))`

/** The latest pairs of a project, at most `limit`; hidden samples are left out. */
export async function selectSamePersons(
  db: Database,
  projectId: string,
  limit: number,
): Promise<SamePersonNamed[]> {
  const { rows } = await sql<SamePersonNamed>`
    select ${named('one')} as sample, ${named('other')} as other, shared, agreeing
      from same_person
      join sample one on one.id = sample_id and not one.hidden
      join sample other on other.id = other_id and not other.hidden
     where same_person.project_id = ${projectId} and same_person.created > ${givenUpBefore(projectId)}
     order by same_person.created desc limit ${limit}`.execute(db)
  return rows
}

/** A project that no longer wants the sketches that it kept until then. */
export interface GivenUp {
  projectId: string
  before: string
}

export async function selectProjectsGivenUp(db: Database): Promise<GivenUp[]> {
  const { rows } = await sql<GivenUp>`
    select project_id as "projectId", before::text from sketches_given_up order by before`.execute(db)
  return rows
}

/**
 * Delete at most `limit` of these sketches, with their likenesses. Returns whether there may be more. Any number of
 * processes may call it at once.
 */
export async function deleteSketchesOf(
  db: Database,
  { projectId, before }: GivenUp,
  limit: number,
): Promise<boolean> {
  const old = sql`project_id = ${projectId} and created <= ${before}::timestamptz`
  const { numAffectedRows = 0n } = await sql`
    delete from genotype_sketch where sample_id = any(array(
      select sample_id from genotype_sketch where ${old}
       order by key_id, created desc limit ${limit} for update skip locked))`.execute(db)
  if (numAffectedRows > 0n) return true
  // While another transaction holds some, they are left for the next sweep.
  await sql`
    delete from sketches_given_up where project_id = ${projectId} and before = ${before}::timestamptz
       and (select sample_id from genotype_sketch where ${old} order by key_id, created desc limit 1) is null`.execute(
    db,
  )
  return false
}
