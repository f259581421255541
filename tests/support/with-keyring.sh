#!/bin/sh
# with-keyring.sh COMMAND…   runs it in a private D-Bus session with a temporary, unlocked gnome-keyring.
#   KEYRING_PASSWORD     its password ("test" by default)
#   KEYRING_BUS_CONFIG   a D-Bus configuration file instead of the system's
#   KEYRING_DAEMON=no    only the bus, without a keyring
# Everything ends with the command. Needs Debian's packages dbus, dbus-bin and gnome-keyring.
set -eu

for program in dbus-run-session dbus-send gnome-keyring-daemon; do
  command -v "$program" >/dev/null || {
    echo "$program is missing. Run: sudo apt-get install dbus dbus-bin gnome-keyring" >&2
    exit 96
  }
done

home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
trap 'exit 98' HUP INT TERM
export HOME="$home" XDG_DATA_HOME="$home/data" XDG_CONFIG_HOME="$home/config" XDG_CACHE_HOME="$home/cache"
export XDG_RUNTIME_DIR="$home/run"
mkdir -m 700 "$XDG_DATA_HOME" "$XDG_CONFIG_HOME" "$XDG_CACHE_HOME" "$XDG_RUNTIME_DIR"
unset DISPLAY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS GNOME_KEYRING_CONTROL SSH_AUTH_SOCK

# shellcheck disable=SC2016 # it is the inner shell that expands these
inside='
  keyring_is_up() {
    dbus-send --session --print-reply --reply-timeout=500 --dest=org.freedesktop.DBus /org/freedesktop/DBus \
      org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets 2>/dev/null | grep -q true
  }
  if [ "${KEYRING_DAEMON-yes}" = yes ]; then
    printf "%s\n" "${KEYRING_PASSWORD-test}" |
      gnome-keyring-daemon --unlock --foreground --components=secrets >/dev/null 2>&1 &
    daemon=$!
    # A suspended daemon, or one that lost its bus, would outlive the session.
    trap "kill -9 $daemon 2>/dev/null || :" EXIT
    tries=0
    until keyring_is_up; do
      tries=$((tries + 1))
      [ "$tries" -gt 100 ] && { echo "gnome-keyring did not come up" >&2; exit 97; }
      sleep 0.1
    done
  fi
  "$@"
'
dbus-run-session ${KEYRING_BUS_CONFIG:+--config-file="$KEYRING_BUS_CONFIG"} -- sh -c "$inside" sh "$@"
