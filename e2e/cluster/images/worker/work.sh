#!/bin/sh
# One line a second, as a real worker would: JSON, now and then a warning on the other stream.
trap 'echo "{\"level\":\"info\",\"msg\":\"stopping\"}"; exit 0' TERM
n=0
while :; do
  n=$((n + 1))
  echo "{\"ts\":\"$(date -u +%Y-%m-%dT%H:%M:%SZ)\",\"level\":\"info\",\"msg\":\"processed order\",\"n\":$n}"
  if [ $((n % 30)) = 0 ]; then
    echo "{\"ts\":\"$(date -u +%Y-%m-%dT%H:%M:%SZ)\",\"level\":\"warn\",\"msg\":\"queue is long\",\"n\":$n}" >&2
  fi
  sleep 1 &
  wait $!
done
