import type pg from 'pg'

/** Projects of the installation; the first has two thirds of the samples. */
const PROJECTS = 50
const YEARS = 3
/** Tables whose triggers would count row by row, for minutes. */
const COUNTED = ['sample', 'upload_session', 'upload', 'session_event', 'deliverable_file', 'audit_entry']
/** Samples whose links are counted by one statement. */
const COUNT_BATCH = 20_000

/**
 * An installation with so many samples over three years, three in four of them analysed: links, files, runs,
 * deliverables, entries of the audit trail, and deliveries of the last 90 days. Returns the project with most of them and
 * its subscription. The trail has hashes that do not follow: it is read, not verified.
 */
export async function seedInstallation(
  client: pg.Client,
  samples: number,
): Promise<{ projectId: string; subscriptionId: string }> {
  // Building an index at the end takes a tenth of the time.
  const { rows: search } = await client.query<{ sql: string }>(
    `select pg_get_indexdef(indexrelid) as sql from pg_index where indexrelid = to_regclass('sample_search')`,
  )
  await client.query('drop index if exists sample_search')
  for (const table of COUNTED) await client.query(`alter table ${table} disable trigger user`)
  for (const statement of STATEMENTS) await client.query(statement, statement.includes('$1') ? [samples] : [])
  for (const table of COUNTED) await client.query(`alter table ${table} enable trigger user`)
  for (const { sql } of search) await client.query(sql)
  await countLinks(client)
  await client.query('vacuum analyze')
  const { rows } = await client.query<{ projectId: string; subscriptionId: string }>(
    `select project.id as "projectId", subscription.id as "subscriptionId"
       from project join subscription on subscription.project_id = project.id where project.name = 'project 1'`,
  )
  return rows[0]!
}

async function countLinks(client: pg.Client): Promise<void> {
  let last = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const { rows } = await client.query<{ last: string | null }>(
      `with batch as (select id from sample where id > $1 order by id limit ${COUNT_BATCH})
       select max(id::text) as last, insight_count(array_agg(id)) from batch`,
      [last],
    )
    if (rows[0]!.last === null) return
    last = rows[0]!.last
  }
}

const STATEMENTS = [
  `insert into project (name, settings)
   select 'project ' || n, case n % 2 when 0 then '{"rawFileDays": 3650, "deliverableDays": 3650}' else '{}' end::jsonb
     from generate_series(1, ${PROJECTS}) n`,
  `insert into subscription (project_id, target, event_types)
   select id, 'https://partner.example/hook', array['analysis_complete_v2'] from project`,
  // One in ten has changed up to three months later, one in a thousand is hidden.
  `insert into sample (project_id, client_id, metadata, status, status_id, status_at, created, modified, hidden)
   select case when n % 3 < 2 then owners.ids[1] else owners.ids[2 + n / 3 % ${PROJECTS - 1}] end,
          'client-' || lpad(n::text, 8, '0'),
          jsonb_build_object('tube', 'tube-' || lpad(n::text, 8, '0'), 'site', 'site-' || n % 11),
          case n % 20 when 0 then 'failed' when 1 then 'failed qc' when 2 then 'consumer session expired'
            when 3 then 'consumer session expired' when 4 then 'consumer session expired' else 'succeeded' end,
          gen_random_uuid(), at, at, least(at + case n % 10 when 7 then n % 97 * interval '1 day' else '0' end, now()), n % 1000 = 1
     from generate_series(1, $1::int) n,
          (select array_agg(id order by name <> 'project 1', name) as ids from project) owners,
          lateral (select (select app_now()) - (n::float8 / $1::int) * interval '${YEARS} years' as at) moment`,
  `insert into upload_session (sample_id, jti, state, reason, created, link_expires_at, opened_at, deadline)
   select id, id, case status when 'consumer session expired' then 'expired' else 'received' end,
          case status when 'consumer session expired' then 'link_expired' end, created, created + interval '1 hour',
          created + interval '10 minutes', created + interval '25 minutes'
     from sample`,
  `insert into session_event (sample_id, kind, created)
   select id, kind, created from sample, unnest(array['minted', 'opened', 'received']) kind
    where status <> 'consumer session expired'`,
  `insert into upload (id, sample_id, state, sha256, size, created, received_at, storage_key, vendor, project_id)
   select id || '-1', id, 'accepted', repeat('a', 64), 1, created, created + interval '12 minutes', 'k',
          (array['23andme', 'ancestrydna', 'myheritage'])[1 + abs(hashtext(client_id)) % 3], project_id
     from sample where status <> 'consumer session expired'`,
  `insert into run (sample_id, for_project, lane, state, input, created, started_at, ended_at, attempts, files_removed, log_removed)
   select id, project_id, 'array', case status when 'failed' then 'failed' else 'succeeded' end, '{"kind": "array"}',
          created, created, created + interval '13 minutes', 1, true, true
     from sample where status <> 'consumer session expired'`,
  `insert into deliverable_file (sample_id, run_id, file_type, name, storage_key, size, digest, created, project_id)
   select sample.id, run.id, file_type, 'n', 'k', 1, sha256('x'), sample.created, sample.project_id
     from sample join run on run.sample_id = sample.id, unnest(array['array-zip', 'plink-bed', 'qc-json']) file_type
    where sample.status in ('succeeded', 'failed qc')`,
  `insert into audit_entry (seq, at, actor_kind, action, project_id, targets, hash, month)
   select row_number() over (order by created, action), created, 'link', action, project_id, array[id], sha256('x'),
          (select month from audit_head)
     from sample, unnest(array['file.link', 'sample.cancel']) action where status = 'succeeded'`,
  // As many FASTQ files as samples, in pairs, four in five of them of a sample; a few that could not be read.
  `insert into fastq_upload (project_id, destination_path, pair_path, client_id, r_notation, sealed_url, source_host,
                             expires_at, status, sample_id, created, modified)
   select project_id, 'gncv://run-' || n % 97 || '/' || client_id || '_R' || read || '.fastq.gz',
          'run-' || n % 97 || '/' || client_id, client_id, 'R' || read, 'k.x', 'cloud.example',
          created + interval '7 days', case n % 1000 when 0 then 'failed' else 'succeeded' end,
          case when n % 5 > 0 then id end, created, created + n % 10 * interval '1 hour'
     from (select *, row_number() over (order by id) as n from sample) sample, generate_series(1, 2) read
    where n % 2 = 0`,
  `update audit_head set seq = (select coalesce(max(seq), 0) from audit_entry)`,
  `insert into webhook_event (id, project_id, sample_id, type, payload, created)
   select status_id, project_id, id, 'analysis_complete_v2', '{}', created
     from sample where created > (select app_now()) - interval '90 days'`,
  `insert into notification (subscription_id, event_id, sample_id, state, attempts, attempts_max, created, queued_at, due_at)
   select subscription.id, event.id, event.sample_id, 'delivered', 1, 10, event.created, event.created, event.created
     from webhook_event event join subscription on subscription.project_id = event.project_id`,
]
