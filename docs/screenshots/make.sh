#!/bin/sh
# Draws the pictures beside this script: three moments of the lesson and two conversations, light and dark, both languages.
#
#   docs/screenshots/make.sh [PROGRAM]     (build/release/bin/hopwise)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
hopwise=${1:-$root/build/release/bin/hopwise}

# picture NAME OPTIONS...: in all looks.
picture() {
  name=$1
  shift
  for size in 1280x800 1920x1080; do
    for lang in en zh_CN; do
      for theme in light dark; do
        "$hopwise" --screenshot "$here/$name-${lang%_CN}-$theme-${size%x*}.png" --size $size --lang $lang --theme $theme \
          "$@" "$root/lessons/two-networks"
      done
    done
  done
}

# A task under way: the default route is gone, and h1 knows of nobody who could take the packet.
picture lesson-do --lesson-step 7 --do 'h1: ip route del default' --do 'h1: ping -c 1 10.0.2.10' --do 'h1: ip route'
# A prediction revealed.
picture lesson-predict --lesson-step 4 --choose far-mac=2 --step 15
# The router has given the packet new addresses: the strip of hops shows them.
picture lesson-rewrite --lesson-step 5 --do 'h1: ping -c 1 10.0.2.10' --step 11 --select packet
# What two programs say: a segment is lost and sent again; a reader is slow.
talk() {
  name=$1
  aspect=$2
  shift 2
  for lang in en zh_CN; do
    for theme in light dark; do
      "$hopwise" --screenshot "$here/$name-$aspect-${lang%_CN}-$theme-1280.png" --size 1280x800 --lang $lang --theme $theme \
        "$@" --select "talk:$aspect" "$here/$name.yaml"
    done
  done
}
for aspect in ladder sequence; do
  talk fast-retransmit $aspect --do 'h2: tcp-serve 80 accept recv:14480 close &' --do 'h1: tcp-client 10.0.2.10 80 connect send:14480 recveof close'
  talk zero-window $aspect --do 'h2: tcp-serve 80 rcvbuf:4096 accept sleep:2.5 recveof sleep:0.1 close &' \
    --do 'h1: tcp-client 10.0.0.2 80 connect send:12000 shut recveof close'
done
# Half as large where ImageMagick is there.
if command -v convert >/dev/null; then
  for file in "$here"/*.png; do convert "$file" -strip -colors 256 -define png:compression-level=9 "PNG8:$file"; done
fi
