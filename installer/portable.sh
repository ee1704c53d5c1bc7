#!/usr/bin/env bash
# Makes a folder that runs where Qt is not installed (Debian 12 or newer), packed as build/hopwise-VERSION-ARCH.tar.xz.
#   installer/portable.sh
# The system's own libraries for C, graphics, fonts and X stay outside; all others and Qt's plugins go in.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. installer/packages.sh
installPackages build window installer

cmake --preset release >/dev/null
cmake --build build/release --target hopwise hopwise-cli
cmake --build build/release --target gz_changelog.Debian gz_hopwise.1 gz_hopwise-cli.1
version=$(build/release/bin/hopwise-cli --version | grep -oE '[0-9]+\.[0-9]+\.[0-9]+' | head -n 1)
name=hopwise-$version-$(uname -m)
folder=build/portable/$name
rm -rf "$folder"
cmake --install build/release --prefix "$folder" --strip >/dev/null

mkdir -p "$folder/lib" "$folder/plugins"
plugins=$(qtpaths6 --query QT_INSTALL_PLUGINS 2>/dev/null || /usr/lib/qt6/bin/qmake6 -query QT_INSTALL_PLUGINS)
for kind in platforms/libqxcb platforms/libqoffscreen imageformats/libqsvg iconengines/libqsvgicon \
            xcbglintegrations/libqxcb-glx-integration platforminputcontexts/libibusplatforminputcontextplugin; do
  [ -f "$plugins/$kind.so" ] || continue
  mkdir -p "$folder/plugins/$(dirname "$kind")"
  cp "$plugins/$kind.so" "$folder/plugins/$kind.so"
done
translations=$(qtpaths6 --query QT_INSTALL_TRANSLATIONS 2>/dev/null || echo /usr/share/qt6/translations)
mkdir -p "$folder/translations"
cp "$translations"/qtbase_zh_CN.qm "$folder/translations/" 2>/dev/null || true

# What every desktop has, and what must fit its kernel and drivers.
outside='^(ld-linux|libc|libm|libdl|libpthread|librt|libresolv|libGL|libEGL|libGLX|libGLdispatch|libdrm|libgbm'
outside+='|libX11|libX11-xcb|libXau|libXdmcp|libXext|libxcb|libfontconfig|libfreetype|libexpat|libz|libgcc_s|libstdc\+\+)\.'
find "$folder/bin" "$folder/plugins" -type f -exec ldd {} + | awk '$2 == "=>" && $3 ~ /^\// { print $3 }' | sort -u |
  while read -r library; do
    [[ $(basename "$library" | sed 's/-x86-64\././') =~ $outside ]] || cp -L "$library" "$folder/lib/"
  done
find "$folder/lib" "$folder/plugins" -name '*.so*' -exec strip --strip-unneeded {} +
find "$folder/lib" -name '*.so*' -exec patchelf --set-rpath '$ORIGIN' {} \;
find "$folder/plugins" -name '*.so' -exec patchelf --set-rpath '$ORIGIN/../../lib' {} \;
find "$folder/bin" -type f -exec patchelf --set-rpath '$ORIGIN/../lib' {} \;
printf '[Paths]\nPrefix = ..\nPlugins = plugins\nTranslations = translations\n' >"$folder/bin/qt.conf"
tar -C build/portable -cJf "build/$name.tar.xz" "$name"
echo "build/$name.tar.xz: $(du -h "build/$name.tar.xz" | cut -f 1), unpacked $(du -sh "$folder" | cut -f 1)"
