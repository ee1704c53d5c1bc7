# Sourced by run.sh and test.sh: installPackages GROUP... installs what is missing of the groups in packages.txt.
# Nothing is asked of the network when everything is there.

hopwiseInstaller=$(dirname "${BASH_SOURCE[0]}")

packagesOf() {
  local group
  for group in "$@"; do
    awk -v group="$group" '$1 == group { print $2 }' "$hopwiseInstaller/packages.txt"
  done
}

missingPackages() {
  local package
  for package in $(packagesOf "$@"); do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || echo "$package"
  done
}

asRoot() {
  if [ "$(id -u)" -eq 0 ]; then
    env "$@"
  elif command -v sudo >/dev/null; then
    sudo env "$@"
  else
    echo "To install packages, run this as root or install sudo." >&2
    return 1
  fi
}

installPackages() {
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    echo "This is not a Debian system: please see to these packages yourself:" >&2
    packagesOf "$@" | sort | tr '\n' ' ' >&2
    echo >&2
    return 0
  fi
  local missing
  missing=$(missingPackages "$@")
  [ -n "$missing" ] || return 0
  echo "Installing:" $missing
  asRoot apt-get update -qq || return 1
  # shellcheck disable=SC2086  # one word per package
  asRoot DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
}
