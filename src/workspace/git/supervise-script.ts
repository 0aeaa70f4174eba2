/**
 * What runs as root around a command of another user, as a POSIX shell script: it lends the command's folders to a user that nobody
 * is, bounds its processes and memory where the machine has control groups, runs it, and ends everything when its input is closed, which
 * also happens when whoever started it dies in whatever way. Then it waits until the user has no process left, and gives the
 * folders back.
 *
 * Arguments: `user ID`, `owner USER:GROUP`, `processes COUNT`, `memory BYTES`, `lend PATH`, then `run PROGRAM ARGUMENTS…`.
 */
export const superviseScript = String.raw`
set -u
exec 3<&0 </dev/null
PATH="$PATH:/usr/sbin:/sbin:/usr/bin:/bin"
user= owner= processes= memory= n=0
while [ $# -gt 0 ]; do
  case $1 in
    user) user=$2; shift 2 ;;
    owner) owner=$2; shift 2 ;;
    processes) processes=$2; shift 2 ;;
    memory) memory=$2; shift 2 ;;
    lend) n=$((n + 1)); eval "path_$n=\$2"; shift 2 ;;
    run) shift; break ;;
    *) echo "unknown part $1" >&2; exit 125 ;;
  esac
done

give() {
  i=0
  while [ $i -lt $n ]; do
    i=$((i + 1))
    eval "path=\$path_$i"
    chown -hR "$1" -- "$path" || return 1
  done
}
# Version 2 of control groups has one tree, version 1 one for each kind.
groups=
bound() {
  [ -d "$1" ] && mkdir "$1/archwright-$user" 2>/dev/null || return 0
  groups="$groups $1/archwright-$user"
  shift
  while [ $# -gt 0 ]; do
    { printf '%s' "$2" > "\${groups##* }/$1"; } 2>/dev/null || :
    shift 2
  done
}
if [ -e /sys/fs/cgroup/cgroup.controllers ]; then
  bound /sys/fs/cgroup memory.max "$memory" memory.swap.max 0 memory.oom.group 1 pids.max "$processes"
else
  bound /sys/fs/cgroup/memory memory.limit_in_bytes "$memory" memory.memsw.limit_in_bytes "$memory"
  bound /sys/fs/cgroup/pids pids.max "$processes"
fi
tidy() {
  # A process that is being killed may still hold a file: the folders are nobody else's before it is gone.
  tries=0
  while grep -qs "^Uid:[[:space:]]$user[[:space:]]" /proc/[0-9]*/status && [ $tries -lt 100 ]; do
    tries=$((tries + 1)); sleep 0.05
  done
  give "$owner"
  for group in $groups; do
    tries=0
    until rmdir "$group" 2>/dev/null || [ $tries -ge 40 ]; do tries=$((tries + 1)); sleep 0.05; done
  done
}
# Whoever reads the output may be gone: that is when giving back matters most.
trap '' TERM INT HUP PIPE
if ! give "$user:$user"; then
  give "$owner"; echo "the folders of the command could not be lent" >&2; exit 125
fi
(
  exec 3<&-
  trap - TERM INT HUP PIPE
  mine=$(exec sh -c 'echo $PPID')
  for group in $groups; do printf '%s' "$mine" > "$group/cgroup.procs" 2>/dev/null || :; done
  exec "$@"
) &
child=$!
( read -r _ <&3; kill -KILL $child ) >/dev/null 2>&1 &
watch=$!
exec 3<&-
wait $child 2>/dev/null
status=$?
kill -KILL $watch 2>/dev/null
tidy >/dev/null 2>&1
exit $status
`.replaceAll("\\${", "${");
