#!/bin/sh
# The console of central, as the unit's user and with what the unit is told: council-central add-staff 'Ada Desk'
set -eu
set -a
. /etc/council-kiosk/central.env
set +a
umask 077
cd /var/lib/council-central
exec runuser -u council-central -- /opt/council-kiosk/bin/python -m kiosk central "$@"
