import { sql } from 'kysely'
import type { Migration } from '../migration.ts'

/** The times of whole months, so that those of a year are some thousand rows and not some ten thousand. */
export const insightMonths: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const STATEMENTS = [
  // Nobody counts meanwhile: the trigger and what was there before must not miss or repeat anything.
  `lock table insight_time in share row exclusive mode`,
  `create table insight_month (
    project_id uuid not null,
    month date not null,
    step text not null,
    bucket smallint not null,
    n integer not null,
    primary key (project_id, month, step, bucket)
  )`,
  `insert into insight_month
    select project_id, date_trunc('month', day)::date, step, bucket, sum(n) from insight_time group by 1, 2, 3, 4`,
  `create function insight_add_to_month() returns trigger language plpgsql as $$
    declare
      one insight_time;
      more integer;
    begin
      if tg_op = 'DELETE' then
        one := old;
        more := -old.n;
      else
        one := new;
        more := new.n - case when tg_op = 'UPDATE' then old.n else 0 end;
      end if;
      insert into insight_month as there
        values (one.project_id, date_trunc('month', one.day)::date, one.step, one.bucket, more)
        on conflict (project_id, month, step, bucket) do update set n = there.n + excluded.n;
      return null;
    end $$`,
  `create trigger insight_time_counted after insert or update or delete on insight_time
    for each row execute function insight_add_to_month()`,
]
