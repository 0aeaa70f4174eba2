/** Version of the tables, kept in `user_version`. */
export const schemaVersion = 1;

/**
 * `job` holds what is to be done and what ended lately; `known` remembers ids and keys far longer than the jobs, so that a late
 * redelivery is still no second job. The partial indexes hold open jobs only: they stay small whatever the history.
 */
export const schema = `
  create table if not exists job (
    seq integer primary key autoincrement,
    id text not null unique,
    lane text not null,
    data text not null,
    state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'dead')),
    run_at integer not null,
    attempts integer not null default 0,
    lease integer,
    owner text,
    error text,
    ended integer
  ) strict;
  create index if not exists job_waiting on job (seq, lane, run_at) where state = 'waiting';
  create index if not exists job_lane on job (lane, seq, state, run_at, attempts)
    where state in ('waiting', 'running');
  create index if not exists job_lease on job (lease) where state = 'running';
  create index if not exists job_ended on job (ended) where state in ('done', 'dead');
  create table if not exists known (name text primary key, at integer not null) strict, without rowid;
  create index if not exists known_at on known (at);
  pragma user_version = ${schemaVersion};
`;

/** A worker that died with the job: back to its place, or dead after the last attempt. */
const lost = "the process that ran it was lost";

const open = "state in ('waiting', 'running')";

/**
 * Nothing of its lane runs or comes before `j`. One that was enqueued with a delay has no place in its lane before it is due; one that
 * is tried again keeps its place.
 */
const isFree = `not exists (
  select 1 from job b where b.lane = j.lane and b.${open} and b.seq <> j.seq
    and (b.state = 'running' or (b.seq < j.seq and (b.attempts > 0 or b.run_at <= :now))))`;

/** Oldest jobs that are looked through one by one. Where all of them wait for their lanes, each lane is asked for its first. */
const near = 100;

export const statements = {
  know: "insert into known (name, at) values (?, ?) on conflict do nothing",
  insert: "insert into job (id, lane, data, run_at) values (?, ?, ?, ?) on conflict do nothing",
  bury: `update job set state = 'dead', error = '${lost}', ended = :now, lease = null, owner = null
    where state = 'running' and lease < :now and attempts >= :most`,
  reap: `update job set state = 'waiting', run_at = :now, lease = null, owner = null
    where state = 'running' and lease < :now`,
  findNear: `select j.seq from (
      select seq, lane, run_at from job where state = 'waiting' order by seq limit ${near}) j
    where j.run_at <= :now and ${isFree} order by j.seq limit 1`,
  hasMore: `select 1 from job where state = 'waiting' order by seq limit 1 offset ${near}`,
  findFar: `with recursive lanes (lane) as (
      select min(lane) from job where ${open}
      union all
      select (select min(lane) from job where ${open} and lane > lanes.lane) from lanes
      where lane is not null)
    select j.seq from lanes join job j on j.seq = (
      select f.seq from job f where f.lane = lanes.lane and f.${open} and f.state = 'waiting' and f.run_at <= :now
      order by f.seq limit 1)
    where ${isFree} order by j.seq limit 1`,
  claim: `update job set state = 'running', attempts = attempts + 1, lease = :lease, owner = :owner
    where seq = :seq returning id, lane, data, attempts`,
  renew: "update job set lease = ? where id = ? and owner = ? and state = 'running'",
  complete: `update job set state = 'done', data = 'null', ended = ?, lease = null, owner = null
    where id = ? and owner = ? and state = 'running'`,
  retry: `update job set state = case when attempts >= :most then 'dead' else 'waiting' end,
      ended = case when attempts >= :most then :now end,
      run_at = :run_at, error = :error, lease = null, owner = null
    where id = :id and owner = :owner and state = 'running' returning state`,
  release: `update job set state = 'waiting', attempts = attempts - 1, run_at = ?, lease = null, owner = null
    where id = ? and owner = ? and state = 'running'`,
  find: "select state from job where id = ?",
  count: "select state, count(*) as jobs from job where state <> 'done' group by state",
  pruneJobs: "delete from job where state in ('done', 'dead') and ended < ?",
  pruneKnown: "delete from known where at < ?",
} as const;
