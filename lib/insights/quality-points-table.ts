import { sql } from 'kysely'
import type { InferredSex } from '#lib/genotype/infer-sex.ts'
import type { Chip } from '#lib/genotype/recognise-chip.ts'
import type { Vendor } from '#lib/genotype/vendors.ts'
import type { NamedSample } from '#lib/samples/reference.ts'
import type { Database } from '#lib/services.ts'

/** What was measured of one sample. */
export interface QualityPoint extends NamedSample {
  created: Date
  callRate: number
  heterozygosity: number | null
  sex: InferredSex | null
  chip: Chip | null
  vendor: Vendor | null
}

/** The latest measured array samples of a project, newest first, at most `limit`. Hidden ones are left out. */
export async function selectQualityPoints(
  db: Database,
  projectId: string,
  limit: number,
): Promise<QualityPoint[]> {
  // One record for each sample: every further look into `qc` would unpack it again.
  const { rows } = await sql<QualityPoint>`
    select one.id, one.client_id as "clientId", one.created,
           jsonb_build_object('your_reference', one.metadata -> 'your_reference',
                              'reference', one.metadata -> 'reference') as metadata,
           measured."autosomalCallRate" as "callRate",
           measured."autosomalHeterozygosity" as heterozygosity, measured."inferredSex" as sex,
           measured.chip ->> 'name' as chip,
           (select vendor from upload where upload.sample_id = one.id and upload.state = 'accepted') as vendor
      from (
        select id, client_id, created, qc, metadata from sample
         where project_id = ${projectId} and status in ('succeeded', 'failed qc') and not hidden
           -- Reads from FASTQ files have no such numbers.
           and exists (select from upload_session where upload_session.sample_id = sample.id)
         order by created desc, id desc limit ${limit}
      ) one
      cross join lateral jsonb_to_record(one.qc -> 'summary') as measured (
        "autosomalCallRate" float8, "autosomalHeterozygosity" float8, "inferredSex" text, chip jsonb
      )
     where measured."autosomalCallRate" is not null
     order by one.created desc, one.id desc`.execute(db)
  return rows
}
