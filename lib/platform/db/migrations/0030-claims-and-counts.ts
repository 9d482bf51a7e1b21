import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** A request knows its own entry among the kept answers; how many webhooks a project has is a constraint. */
export const claimsAndCounts: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const STATEMENTS = [
  `alter table idempotency add column claim uuid`,
  `alter table project add column subscriptions integer not null default 0
     constraint project_subscriptions_max check (subscriptions <= 250)`,
  `update project set subscriptions = counted.n
     from (select project_id, count(*) as n from subscription group by project_id) counted
    where counted.project_id = project.id`,
  // Whoever inserts, and however many at once: the row of the project serialises them, and its constraint decides.
  `create function count_subscriptions() returns trigger language plpgsql as $$
   begin
     if tg_op = 'INSERT' then
       update project set subscriptions = subscriptions + 1 where id = new.project_id;
     else
       update project set subscriptions = subscriptions - 1 where id = old.project_id;
     end if;
     return null;
   end $$`,
  `create trigger subscription_counted after insert or delete on subscription
     for each row execute function count_subscriptions()`,
]
