/**
 * What runs inside fresh namespaces before a command, as a POSIX shell script. It builds a root of its own: the
 * machine's folders read-only, the hidden ones empty, the worktree and the command's home and temporary folder
 * writable, a fresh /proc and a /dev with the harmless devices only. Then it takes the old root away and hands over
 * to the command without any right, as an ordinary user.
 *
 * Arguments: `hide PATH`, `read PATH`, `write PATH`, `temporary PATH`, `network none|host`, `user ID`, `group ID`,
 * `directory PATH`, `private yes|no`, `become mapped|fresh`, `files BYTES`, `processes COUNT`, `variable NAME=VALUE`, then
 * `run PROGRAM ARGUMENTS…`. Paths are absolute and pass as they are, spaces included.
 */
export const isolationScript = String.raw`
set -eu
PATH="$PATH:/usr/sbin:/sbin:/usr/bin:/bin"
umask 022
new=/proc
network=none user=65534 group=65534 directory=/ temporary= private=no become=mapped files=unlimited processes=unlimited
hide= read= write=
# Lists are kept as numbered variables, because a path may contain anything.
n=0 variables=0
while [ $# -gt 0 ]; do
  case $1 in
    hide|read|write) n=$((n + 1)); eval "kind_$n=\$1 path_$n=\$2"; shift 2 ;;
    temporary) temporary=$2; shift 2 ;;
    network) network=$2; shift 2 ;;
    user) user=$2; shift 2 ;;
    group) group=$2; shift 2 ;;
    directory) directory=$2; shift 2 ;;
    private) private=$2; shift 2 ;;
    become) become=$2; shift 2 ;;
    files) files=$2; shift 2 ;;
    processes) processes=$2; shift 2 ;;
    variable) variables=$((variables + 1)); eval "variable_$variables=\$2"; shift 2 ;;
    run) shift; break ;;
    *) echo "unknown part $1" >&2; exit 125 ;;
  esac
done

if [ "$network" = none ]; then
  ip link set lo up 2>/dev/null || ifconfig lo up 2>/dev/null || busybox ip link set lo up 2>/dev/null || :
fi

# The new root lies over a folder that every system has and that is not needed before the end.
new=/sys
[ -d "$new" ] || new=/mnt
mount -n -t tmpfs -o mode=0755,size=64m archwright "$new"
for entry in /* /.[!.]*; do
  name=$(basename "$entry")
  case $name in proc|sys|dev|tmp|run|home|root|mnt|media|lost+found) continue ;; esac
  [ "$entry" = "$new" ] && continue
  if [ -L "$entry" ]; then
    ln -s "$(readlink "$entry")" "$new/$name"
  elif [ -d "$entry" ]; then
    mkdir "$new/$name"
    mount -n --rbind "$entry" "$new/$name"
  fi
done
mkdir -p "$new/proc" "$new/sys" "$new/dev" "$new/tmp" "$new/run" "$new/home" "$new/root" "$new/mnt" "$new/media"

# Read-only, mount by mount; the options that are there have to be repeated.
while read -r id parent device root point options rest; do
  point=$(printf '%b' "$point")
  case $point in "$new"/*) ;; *) continue ;; esac
  # Mounts that the new root covers are out of reach already.
  [ -e "$point" ] || continue
  ro=$(printf '%s' ",$options," | sed 's/,rw,/,ro,/; s/^,//; s/,$//')
  mount -n -o "remount,bind,$ro" "$point" 2>/dev/null || mount -n -t tmpfs -o ro,size=4k archwright "$point"
done < /proc/self/mountinfo

# Much software asks who it is by name.
if [ "$become" = fresh ]; then
  { cat /etc/passwd 2>/dev/null || :; echo "archwright:x:$user:$group::/tmp:/bin/sh"; } > "$new/run/passwd"
  { cat /etc/group 2>/dev/null || :; echo "archwright:x:$group:"; } > "$new/run/group"
  for name in passwd group; do
    [ ! -f "$new/etc/$name" ] || mount -n --bind "$new/run/$name" "$new/etc/$name"
    [ ! -f "$new/etc/$name" ] || mount -n -o remount,bind,ro "$new/etc/$name"
    rm "$new/run/$name"
  done
fi

# Root owns what others may not read (password hashes, keys of the machine), and is told from its owner by no right.
if [ "$private" = yes ]; then
  find /etc -xdev -type d ! -perm -005 -prune -print -o -type f ! -perm -004 -print 2>/dev/null |
    while IFS= read -r path; do
      if [ -d "$path" ]; then mount -n -t tmpfs -o ro,size=4k archwright "$new$path"
      else mount -n --bind /dev/null "$new$path"; fi
    done
fi

i=0
while [ $i -lt $n ]; do
  i=$((i + 1))
  eval "kind=\$kind_$i path=\$path_$i"
  [ "$kind" = hide ] || continue
  [ -d "$new$path" ] && [ ! -L "$new$path" ] || continue
  mount -n -t tmpfs -o mode=0755,size=4m archwright "$new$path"
  eval "hid_$i=1"
done
[ -z "$temporary" ] || mount -n --bind "$temporary" "$new/tmp"
i=0
while [ $i -lt $n ]; do
  i=$((i + 1))
  eval "kind=\$kind_$i path=\$path_$i"
  case $kind in read|write) ;; *) continue ;; esac
  [ -d "$path" ] || continue
  mkdir -p "$new$path"
  mount -n --bind "$path" "$new$path"
  [ "$kind" = write ] || mount -n -o remount,bind,ro "$new$path" 2>/dev/null || mount -n -o remount,bind,ro,nosuid,nodev "$new$path"
done
# What hides is read-only too; of several at one place the last one counts, which is the one on top.
i=0
while [ $i -lt $n ]; do
  i=$((i + 1))
  eval "kind=\$kind_$i path=\$path_$i hid=\${hid_$i:-}"
  [ -z "$hid" ] || [ "$path" = /tmp ] || mount -n -o remount,bind,ro "$new$path" 2>/dev/null || :
done
if [ "$network" = host ] && [ -e /etc/resolv.conf ]; then
  resolver=$(readlink -f /etc/resolv.conf || :)
  case $resolver in
    /run/*) mkdir -p "$new$(dirname "$resolver")"; cat "$resolver" > "$new$resolver" ;;
  esac
fi

mount -n -t tmpfs -o mode=0755,size=4m archwright "$new/dev"
for name in null zero full random urandom tty; do
  [ -e "/dev/$name" ] || continue
  : > "$new/dev/$name"
  mount -n --bind "/dev/$name" "$new/dev/$name"
done
mkdir "$new/dev/shm" "$new/dev/pts"
mount -n -t tmpfs -o mode=1777,size=256m archwright "$new/dev/shm"
mount -n -t devpts -o newinstance,ptmxmode=0666,mode=0620 devpts "$new/dev/pts" 2>/dev/null && ln -s pts/ptmx "$new/dev/ptmx" || :
ln -s /proc/self/fd "$new/dev/fd"
ln -s fd/0 "$new/dev/stdin"
ln -s fd/1 "$new/dev/stdout"
ln -s fd/2 "$new/dev/stderr"
mount -n -o remount,bind,ro "$new/dev"

mount -n -t proc -o nosuid,nodev,noexec proc "$new/proc"
for name in sys sysrq-trigger irq bus fs; do
  [ -e "$new/proc/$name" ] || continue
  mount -n --bind "$new/proc/$name" "$new/proc/$name"
  mount -n -o remount,bind,ro,nosuid,nodev,noexec "$new/proc/$name"
done

cd "$new"
mkdir .old
pivot_root . .old
cd /
umount -n -l /.old
rmdir /.old
mount -n -o remount,ro / 2>/dev/null || mount -n -o remount,bind,ro / 2>/dev/null || :
cd "$directory"
# Not exec: the first process of the namespace stays this shell, so that the command is an ordinary process.
enter=$(command -v unshare)
drop=$(command -v setpriv)
clear=$(command -v env)
i=$variables
while [ $i -gt 0 ]; do
  eval "set -- \"\$variable_$i\" \"\$@\""
  i=$((i - 1))
done
# What the machine bounds more tightly stays so.
for bound in --core=0 --fsize="$files" --nproc="$processes"; do
  prlimit --pid $$ "$bound" 2>/dev/null || :
done
set -- "$drop" --no-new-privs --bounding-set=-all --inh-caps=-all --ambient-caps=-all -- "$clear" -i "$@"
set +e
if [ "$become" = fresh ]; then
  shift
  "$drop" --reuid="$user" --regid="$group" --clear-groups "$@"
else
  "$enter" --user --map-user="$user" --map-group="$group" -- "$@"
fi
exit $?
`;
