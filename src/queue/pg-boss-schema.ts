/**
 * What pg-boss has no place for: natural keys, who holds a job until when, and ids that are remembered. One row an id; the job itself,
 * its lane and its order are pg-boss's.
 */
export const table = "archwright_queue";

export const setUp = `
  create table if not exists ${table} (
    id text primary key,
    key text not null unique,
    job uuid not null unique,
    state text not null default 'waiting',
    attempts integer not null default 0,
    lease timestamptz,
    owner uuid,
    error text,
    at timestamptz not null default now(),
    ended timestamptz
  );
  create index if not exists ${table}_lease on ${table} (lease) where state = 'running';
  create index if not exists ${table}_state on ${table} (state) where state <> 'done';
`;

const held = "where id = $1 and owner = $2 and state = 'running' returning job, attempts";

export const sql = {
  know: `insert into ${table} (id, key, job) values ($1, $2, $3) on conflict do nothing returning id`,
  lapsed: `select id, job, attempts from ${table} where state = 'running' and lease < now() for update skip locked`,
  hold: `update ${table} set state = 'running', attempts = attempts + 1, owner = $2,
      lease = now() + $3 * interval '1 millisecond' where job = $1 returning id, attempts`,
  renew: `update ${table} set lease = now() + $3 * interval '1 millisecond' ${held}`,
  done: `update ${table} set state = 'done', ended = now(), owner = null, lease = null ${held}`,
  release: `update ${table} set state = 'waiting', attempts = attempts - 1, owner = null, lease = null ${held}`,
  again: `update ${table} set state = 'waiting', error = $3, owner = null, lease = null ${held}`,
  bury: `update ${table} set state = 'dead', error = $2, ended = now(), owner = null, lease = null where id = $1`,
  free: `update ${table} set state = 'waiting', owner = null, lease = null where id = $1`,
  find: `select state, ended < now() - $2 * interval '1 day' as gone from ${table} where id = $1`,
  count: `select state, count(*)::int as jobs from ${table} where state <> 'done' group by state`,
  prune: `delete from ${table} where ended is not null and at < now() - $1 * interval '1 day'`,
} as const;
