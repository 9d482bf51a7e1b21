import type pg from 'pg'

/** Samples as a project has them after a while: of every status, an hour apart, with metadata. */
export async function seedSamples(client: pg.Client, projectId: string, count: number): Promise<void> {
  await client.query(
    `insert into sample (project_id, client_id, metadata, status, status_id, status_at, created, modified)
     select $1, 'client-' || lpad(n::text, 6, '0'),
            jsonb_build_object('tube', 'tube-' || lpad((n / 10)::text, 5, '0'), 'site', 'site-' || n % 7),
            (array['succeeded', 'failed qc', 'consumer session expired', 'running'])[1 + n % 4],
            gen_random_uuid(), at, at, at
     from generate_series(0, $2::int - 1) n, lateral (select app_now() - n * interval '1 hour' as at) moment`,
    [projectId, count],
  )
}

/** A link and, unless it expired, an accepted file for each sample of the project, counted as Insights counts them. */
export async function seedLinks(client: pg.Client, projectId: string): Promise<void> {
  const tables = ['upload_session', 'upload', 'session_event']
  // Counting row by row, as the triggers do, would take minutes.
  for (const table of tables) await client.query(`alter table ${table} disable trigger user`)
  await client.query(
    `insert into upload_session (sample_id, jti, state, reason, created, link_expires_at, opened_at, deadline)
     select id, id, case status when 'consumer session expired' then 'expired' else 'received' end,
            case status when 'consumer session expired' then 'session_expired' end, created, created + interval '1 hour',
            created + interval '10 minutes', created + interval '25 minutes'
     from sample where project_id = $1`,
    [projectId],
  )
  await client.query(
    `insert into upload (id, sample_id, state, sha256, size, created, received_at, storage_key, vendor, project_id)
     select id || '-1', id, 'accepted', repeat('a', 64), 1, created, created + interval '12 minutes', 'k',
            (array['23andme', 'ancestrydna', 'myheritage'])[1 + abs(hashtext(client_id)) % 3], project_id
     from sample where project_id = $1 and status <> 'consumer session expired'`,
    [projectId],
  )
  for (const table of tables) await client.query(`alter table ${table} enable trigger user`)
  await client.query('select insight_count(array_agg(id)) from sample where project_id = $1', [projectId])
}

/** Entries of the audit trail about samples of the project, chained. */
export async function seedAudit(client: pg.Client, projectId: string, count: number): Promise<void> {
  await client.query(
    `insert into audit_waiting (actor_kind, action, project_id, targets, request_id, address)
     select 'system', 'sample.cancel', $1, array[id], gen_random_uuid(), '192.0.2.7'
     from sample where project_id = $1 limit $2`,
    [projectId, count],
  )
  let chained: number
  do {
    const { rows } = await client.query<{ chained: number }>('select audit_chain_waiting(2000) as chained')
    chained = rows[0]!.chained
  } while (chained === 2_000)
}
