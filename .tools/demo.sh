#!/bin/sh
# Makes the demo practice anew in demo/, with two year-end sets and pictures, and opens it if there is a display.
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/.."
python=.venv/bin/python
this_year=$(date +%Y)
last_year=$((this_year - 1))

rm -rf demo
"$python" main.py demo --to demo

# README.txt has a line per person, the owner first: NAME (role) password: …
person='^\(.*\) ([^()]*) password: *\(.*\)$'
CLINIC_PRACTICE=demo/practice.clinic
CLINIC_USER=$(LC_ALL=C sed -n "s/$person/\1/p" demo/README.txt | head -n 1)
CLINIC_PASSWORD=$(LC_ALL=C sed -n "s/$person/\2/p" demo/README.txt | head -n 1)
export CLINIC_PRACTICE CLINIC_USER CLINIC_PASSWORD

for year in "$last_year" "$this_year"; do
    "$python" main.py year-end "$year" --to "demo/year-end-$year"
done
QT_QPA_PLATFORM=offscreen "$python" -m ui.pictures --to demo/pictures

unset CLINIC_PASSWORD
cat <<END

The demo practice is ready:
  demo/practice.clinic   the encrypted practice file
  demo/README.txt        who works there, and their passwords
  demo/year-end-*        $last_year and $this_year: statements, receipts and lines of every client
  demo/pictures          the main screens
END
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$(uname)" = Darwin ]; then
    nohup "$python" main.py >demo/window.log 2>&1 &
    echo "The window is opening; sign in as $CLINIC_USER."
else
    echo 'There is no display, so no window was opened.'
fi
