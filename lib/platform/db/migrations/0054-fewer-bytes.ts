import { sql } from 'kysely'
import type { Migration } from '../migration.ts'

/**
 * New rows without what can be derived; older ones stay as they are. Names, keys and digests of deliverables are stored
 * short in `deliverable_file`. A view of the old name has them whole, and is read and written as the table was, by this
 * release and the one before. See docs/decisions/0020.
 */
export const fewerBytes: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

/** What is left out of a row, and the character that stands for it: one that no name or key has. */
const NAME_START = { text: `sample_id || '_' || file_type || '.'`, mark: `chr(1)` }
const RUN_FOLDER = {
  text: `coalesce('samples/' || sample_id || '/runs/' || run_id || '/', '')`,
  mark: `chr(2)`,
}
const SAMPLE = { text: `sample_id::text`, mark: `chr(3)` }
const NAME = { mark: `chr(4)` }

const WHOLE_NAME = `replace(name, ${NAME_START.mark}, ${NAME_START.text})`
const WHOLE_KEY = `replace(replace(replace(storage_key, ${NAME.mark}, ${WHOLE_NAME}),
  ${RUN_FOLDER.mark}, ${RUN_FOLDER.text}), ${SAMPLE.mark}, ${SAMPLE.text})`
const SHORT_NAME = `replace(name, ${NAME_START.text}, ${NAME_START.mark})`
const SHORT_KEY = `replace(replace(replace(storage_key, name, ${NAME.mark}),
  ${RUN_FOLDER.text}, ${RUN_FOLDER.mark}), ${SAMPLE.text}, ${SAMPLE.mark})`

/** The same of a row of a trigger. */
const of = (row: 'new' | 'old', expression: string) =>
  expression.replaceAll(/\b(sample_id|run_id|file_type|name|storage_key)\b/g, `${row}.$1`)

const STATEMENTS = [
  'alter table sample add column qc_packed bytea',
  // Numbers are read of one sample at a time: its row stays short for those who read many.
  'alter table sample set (toast_tuple_target = 512)',
  'alter table deliverable rename to deliverable_file',
  'alter table deliverable_file alter column sha256 drop not null, add column digest bytea',
  `alter table deliverable_file
    add check (sha256 is not null or digest is not null and octet_length(digest) = 32) not valid`,
  `create view deliverable as
    select id, sample_id, run_id, file_type, ${WHOLE_NAME} as name, ${WHOLE_KEY} as storage_key,
           size, coalesce(sha256, encode(digest, 'hex')) as sha256, created, project_id
      from deliverable_file`,
  `create function deliverable_insert() returns trigger language plpgsql as $$
    begin
      new.id := coalesce(new.id, gen_random_uuid());
      new.created := coalesce(new.created, app_now());
      insert into deliverable_file (id, sample_id, run_id, file_type, name, storage_key, size, digest, created)
      values (new.id, new.sample_id, new.run_id, new.file_type, ${of('new', SHORT_NAME)}, ${of('new', SHORT_KEY)},
              new.size, decode(new.sha256, 'hex'), new.created)
      returning project_id into new.project_id;
      return new;
    end $$`,
  `create trigger deliverable_insert instead of insert on deliverable
    for each row execute function deliverable_insert()`,
  // Without its run, part of the key could not be told any more.
  `create function deliverable_keep_key() returns trigger language plpgsql as $$
    begin
      new.storage_key := ${of('old', WHOLE_KEY)};
      return new;
    end $$`,
  `create trigger deliverable_keep_key before update of run_id on deliverable_file
    for each row when (old.run_id is distinct from new.run_id) execute function deliverable_keep_key()`,
]
