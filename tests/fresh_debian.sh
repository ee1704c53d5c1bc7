#!/usr/bin/env bash
# Tries the committed tree in a fresh Debian 12: debootstrap's minimal base, a clone, ./test.sh.
#   tests/fresh_debian.sh [FOLDER]     as root; FOLDER (default: a temporary one) is removed afterwards
# Packages come from the mirror that this machine's apt uses.
set -euo pipefail
tree=$(git -C "$(dirname "${BASH_SOURCE[0]}")" rev-parse --show-toplevel)
root=${1:-$(mktemp -d)/root}

if [ -z "${HOPWISE_OWN_MOUNTS:-}" ]; then
  # What is mounted below is gone when this ends, whatever happens.
  HOPWISE_OWN_MOUNTS=yes exec unshare --mount "$0" "$root"
fi
trap 'umount "$root/proc" "$root/dev/shm" 2>/dev/null || true; rm -rf --one-file-system "$root"' EXIT

mirror=$(apt-get indextargets --format '$(REPO_URI) $(CODENAME)' 'Created-By: Packages' |
  awk '$2 == "bookworm" { print $1; exit }')
started=$SECONDS
debootstrap --variant=minbase bookworm "$root" "${mirror:-http://deb.debian.org/debian}" >"$root.log" 2>&1 ||
  { tail -n 20 "$root.log" >&2; exit 1; }
rm -f "$root.log"
cp -r /etc/apt/apt.conf.d/. "$root/etc/apt/apt.conf.d/"
cp /etc/resolv.conf "$root/etc/resolv.conf"
mount -t proc proc "$root/proc"
mkdir -p "$root/dev/shm"
mount -t tmpfs tmpfs "$root/dev/shm"
git clone -q "file://$tree" "$root/hopwise"
echo "base system: $((SECONDS - started)) s"

inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/ TERM=dumb "$@"; }
started=$SECONDS
inside bash -c 'cd /hopwise && . installer/packages.sh && installPackages build window test' >"$root/install.log" 2>&1 ||
  { tail -n 20 "$root/install.log" >&2; exit 1; }
echo "packages: $((SECONDS - started)) s"
started=$SECONDS
inside /hopwise/test.sh
echo "test.sh after installation: $((SECONDS - started)) s"
